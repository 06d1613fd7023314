"use strict";
const entries = [...document.querySelectorAll("#entries > li")];
const texts = entries.map((entry) => entry.textContent.toLowerCase());
const search = document.getElementById("search");
const organization = document.getElementById("organization");
const buttons = [...document.querySelectorAll("button[data-kind], button[data-from]")];
const pressed = (button) => button.getAttribute("aria-pressed") === "true";

function show() {
  const kinds = buttons.filter((b) => b.dataset.kind && pressed(b)).map((b) => b.dataset.kind);
  const spans = buttons.filter((b) => b.dataset.from && pressed(b)).map((b) => b.dataset);
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  entries.forEach((entry, number) => {
    const { kind, due, organization: where } = entry.dataset;
    const fits =
      (!kinds.length || kinds.includes(kind)) &&
      (!spans.length || spans.some((span) => due && span.from <= due && due <= span.to)) &&
      (!organization.value || organization.value === where) &&
      wanted.every((word) => texts[number].includes(word));
    entry.hidden = !fits;
    shown += fits;
  });
  document.getElementById("shown").textContent = `${shown} of ${entries.length} shown`;
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!pressed(button)));
    show();
  });
}
search.addEventListener("input", show);
organization.addEventListener("change", show);
document.getElementById("reset").addEventListener("click", () => {
  buttons.forEach((button) => button.setAttribute("aria-pressed", "false"));
  search.value = "";
  organization.value = "";
  show();
});
show();
