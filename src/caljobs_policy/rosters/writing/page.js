"use strict";
const entries = [...document.querySelectorAll("#entries > li")];
const texts = entries.map((entry) => entry.textContent.toLowerCase());
const buttons = [...document.querySelectorAll("button[aria-pressed]")];
const search = document.getElementById("search");
const organization = document.getElementById("organization");
const isPressed = (button) => button.getAttribute("aria-pressed") === "true";
let waiting = 0;

function show() {
  const pressed = buttons.filter(isPressed);
  const kinds = pressed.filter((button) => button.dataset.kind).map((button) => button.dataset.kind);
  const spans = pressed.filter((button) => button.dataset.from).map((button) => button.dataset);
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const place = organization ? organization.value : "";
  let shown = 0;
  entries.forEach((entry, number) => {
    const { kind, due, organization: own } = entry.dataset;
    const fits =
      (!kinds.length || kinds.includes(kind)) &&
      (!spans.length || spans.some((span) => due && span.from <= due && due <= span.to)) &&
      (!place || place === own) &&
      words.every((word) => texts[number].includes(word));
    shown += fits;
    if (entry.hidden === fits) entry.hidden = !fits;
  });
  const names = pressed.map((button) => button.dataset.name);
  if (place) names.push(organization.selectedOptions[0].textContent);
  if (words.length) names.push(`“${search.value.trim()}”`);
  tell(shown, names.join("; "));
}

function tell(shown, filters) {
  const count = `${shown.toLocaleString("en")} of ${entries.length.toLocaleString("en")} shown`;
  const remedy = shown ? "" : ". Nothing matches: remove a filter, or click “Show all”.";
  document.getElementById("shown").textContent = (filters ? `${count}: ${filters}` : count) + remedy;
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(show, 100);
}

function reset() {
  buttons.forEach((button) => button.setAttribute("aria-pressed", "false"));
  search.value = "";
  if (organization) organization.value = "";
  show();
}

if (entries.length) {
  for (const button of buttons) {
    button.disabled = false;
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!isPressed(button)));
      show();
    });
  }
  search.addEventListener("input", soon);
  if (organization) organization.addEventListener("change", show);
  document.getElementById("reset").addEventListener("click", reset);
  document.getElementById("filters").hidden = false;
  show();
}
