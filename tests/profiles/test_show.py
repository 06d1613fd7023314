# SPDX-License-Identifier: MIT
"""`show` lists all that the shipped policies evaluate, in words that a county analyst knows."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from io import StringIO

import pytest
from rich.console import Console

from caljobs_policy import Policy, load_policy
from caljobs_policy.policy.conditions import NEVER
from caljobs_policy.policy.rules import Origin, Plan
from caljobs_policy.policy.sentences import simplified
from caljobs_policy.report.show import policy_text
from tests.samples.keys import subject_title

POLICIES = [
    ("state", date(2016, 1, 1)),
    ("state", date(2022, 3, 1)),
    ("state", date(2025, 6, 2)),
    ("la_city", date(2025, 6, 2)),
    ("slo_county", date(2022, 3, 1)),
    ("slo_county", date(2025, 6, 2)),
]
PLANS = [(n, d, key) for n, d in POLICIES for key in load_policy(n, d).plans]
each_policy = pytest.mark.parametrize(("name", "day"), POLICIES)
each_plan = pytest.mark.parametrize(("name", "day", "key"), PLANS)
SOURCE = re.compile(r"\(?[\w./-]+\.yaml:\d+(, in place of what \w+ says)?\)")
MACHINERY = re.compile(
    r"[a-z]_[a-z]"  # a key
    r"|\b(request|account|office|record)\.[a-z]"  # the name of a fact
    r"|0 to \d{4,}|\bmapping\b|\blist of\b|\b(True|False|None)\b|: yes\b|\bform e1\b"
)


@cache
def told(name: str, day: date) -> str:
    stream = StringIO()
    console = Console(file=stream, width=2_000, highlight=False, markup=False, emoji=False)
    console.print(policy_text(load_policy(name, day)))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def entries(name: str, day: date, key: str) -> list[str]:
    """Return the entries of the section about subjects of a key."""
    heading = subject_title(key).partition(" ")[2]
    section = told(name, day).split(f"\n{heading[:1].upper()}{heading[1:]}\nIn scope by ")[1]
    return section.split("\nIn scope by ")[0].split("\n  • ")


def plan(name: str, day: date, key: str) -> tuple[Policy, Plan]:
    policy = load_policy(name, day)
    return policy, policy.plans[key]


def says(entry: str, origin: Origin, clauses: tuple[str, ...], *texts: str) -> bool:
    """Return whether an entry has its origin, its clauses and some texts in it."""
    place = f"{origin.place.file}:{origin.place.line}"
    cited = set(re.findall(r"[\w-]+/[\w-]+", SOURCE.sub("", entry)))
    return place in entry and set(clauses) <= cited and all(text in entry for text in texts)


@each_plan
def test_every_check_is_told_with_its_clauses(name: str, day: date, key: str) -> None:
    found = entries(name, day, key)
    checks = plan(name, day, key)[1].checks
    for check in (one for one in checks if simplified(one.when) != NEVER):
        clauses = (*check.clauses, *(c for more in check.clauses_if.values() for c in more))
        outcome = "Out of scope" if check.exempts else check.outcome.value.replace("_", " ")
        assert any(says(entry, check.origin, clauses, outcome) for entry in found), check.id


@each_plan
def test_every_route_is_told_with_its_clauses(name: str, day: date, key: str) -> None:
    policy, rules = plan(name, day, key)
    found = entries(name, day, key)
    for route in (one for one in rules.routes if simplified(one.when) != NEVER):
        requestors = " or ".join(policy.title_of("roles", role) for role in route.requestors)
        to = " and ".join(policy.title_of("roles", role) for role in route.submit_to)
        assert any(
            says(entry, route.origin, route.clauses, f"{requestors} → {to}", *route.send_to)
            for entry in found
        ), route.id


@each_plan
def test_every_duty_is_told_with_its_clauses(name: str, day: date, key: str) -> None:
    policy, rules = plan(name, day, key)
    found = entries(name, day, key)
    for duty in rules.duties:
        what = "".join(part for part in duty.what if isinstance(part, str))
        texts = (what, policy.title_of("roles", duty.who)[1:], duty.promptness or "")
        assert any(says(entry, duty.origin, duty.clauses, *texts) for entry in found), duty.id


@each_plan
def test_every_deadline_is_told_with_its_legs(name: str, day: date, key: str) -> None:
    found = entries(name, day, key)
    for rule in plan(name, day, key)[1].deadlines:
        counts = [str(leg.count) for leg in rule.legs if leg.count.amount > 1]
        warning = f"from {rule.warning} days before" if rule.warning is not None else ""
        texts = (rule.title, *counts, warning)
        clauses = (*rule.clauses, *(clause for leg in rule.legs for clause in leg.clauses))
        assert any(says(entry, rule.origin, clauses, *texts) for entry in found), rule.id


@each_plan
def test_the_scope_is_told_with_its_clauses(name: str, day: date, key: str) -> None:
    first = entries(name, day, key)[0]
    assert all(clause in first for clause in plan(name, day, key)[1].scope)


@each_policy
def test_every_word_number_day_guide_and_reading_is_told(name: str, day: date) -> None:
    policy, text = load_policy(name, day), told(name, day)
    titles = [word.title for words in policy.words.values() for word in words.values()]
    titles += [fact.title for fact in policy.facts.values()]
    titles += [closed.title for closed in (policy.calendar.closed if policy.calendar else ())]
    for title in titles:
        assert f"• {title[:1].upper()}{title[1:]}" in text
    for parameter in policy.parameters.values():
        assert f"• {parameter.value}: {parameter.title}\n" in text
    assert all(guide.say in text for guide in policy.guides)
    assert all(f"{r.question}\n    {r.answer}" in text for r in policy.readings.values())


@each_policy
def test_no_machinery_is_shown(name: str, day: date) -> None:
    text = told(name, day).partition("How open questions are read")[0]
    text = SOURCE.sub("", re.sub(r"\w+@[\w.-]+", "", text))
    found = [line.strip() for line in text.splitlines() if MACHINERY.search(line)]
    assert found == []


@pytest.mark.parametrize(
    ("name", "day", "sentence"),
    [
        (
            "state",
            date(2022, 3, 1),
            "Out of scope where the organization type is a WSB field division, a community-based"
            " organization or all other staff",
        ),
        (
            "state",
            date(2022, 3, 1),
            "Required: the proposed password is 8 to 20 characters long and contains an upper case"
            " letter, a lower case letter, a digit and one of the characters ! @ # $ % ^ * . _\n"
            "    where a password is proposed\n",
        ),
        (
            "state",
            date(2022, 3, 1),
            "Required: the staff member's work includes Title I services, and nothing else\n"
            "    where the privilege group asked for is LWIA/CBO Staff\n",
        ),
        (
            "state",
            date(2025, 6, 2),
            "Required: the CalJOBS System Access Request Form (Attachment 1) is attached\n",
        ),
        (
            "state",
            date(2025, 6, 2),
            "    if missing: “The Employee Confidentiality Statement (DE 7410) is not signed.”"
            " (WSD24-12/staff-1 too)\n",
        ),
        (
            "state",
            date(2025, 6, 2),
            "365 days after the day the Employee Confidentiality Statement (DE 7410) was signed,"
            " where the staff member's employer is the Employment Development Department\n",
        ),
        (
            "slo_county",
            date(2025, 6, 2),
            "Required: the approval of the DSS WIOA Program Manager is on file\n"
            "    if not: await approval\n",
        ),
        (
            "slo_county",
            date(2025, 6, 2),
            "    5 business days after the day of the service\n    met by the day of the entry\n",
        ),
    ],
)
def test_what_is_evaluated_reads_as_english(name: str, day: date, sentence: str) -> None:
    assert sentence in told(name, day)
