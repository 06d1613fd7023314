# SPDX-License-Identifier: MIT
"""What a policy says about subjects of one key: checks, routes, duties and deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, TypeAlias

from attrs import field, frozen

from caljobs_policy.dates.durations import Duration
from caljobs_policy.errors.problems import Place
from caljobs_policy.plain.field_repr import FieldRepr
from caljobs_policy.plain.mappings import FrozenDict, frozen_mappings
from caljobs_policy.policy.conditions import ALWAYS, NEVER, Condition, Test, facts_in, tests_in
from caljobs_policy.policy.outcome import Outcome, Result, good_outcome
from caljobs_policy.policy.sentences import in_words
from caljobs_policy.policy.speech import Naming, Speech
from caljobs_policy.subjects.facts import AT, Fact


@frozen
class DueDate(FieldRepr):
    """A placeholder in a text for the day on which a deadline is due."""

    deadline: str

    @property
    def title(self) -> str:
        """How it reads in a text that is shown without a subject."""
        return "due"


Template: TypeAlias = tuple[str | Fact | DueDate, ...]
"""A text with placeholders for facts, which are filled in when it is shown."""
REQUESTOR: Final = "requestor"
COORDINATOR: Final = "coordinator"
REQUESTORS: Final = "requestors"
ROUTE_PARTS: Final = (REQUESTORS, COORDINATOR)
"""The parts of a routing row that may have clauses and readings of their own."""
PARTIES: Final = (REQUESTOR, COORDINATOR)
"""Stand for roles that only a subject determines."""
ANYONE: Final = "anyone"
"""Stands for every role, if a directive doesn't say who requests."""
ELSE: Final = "else"
MISSED: Final = "missed"
NEAR: Final = "near"
OPEN: Final = "open"
"""The text for a deadline that was missed and still isn't met."""
DEADLINE_TESTS: Final = (MISSED, NEAR)
"""What a condition or a text can ask about a deadline."""
DEADLINES: Final = (
    "temporary_password_expires",
    "training_expires",
    "statement_expires",
    "annual_maintenance_due",
    "account_must_be_revoked",
    "next_sample_review_due",
    "data_entry_due",
    "case_note_entry_due",
    "next_case_note_due",
    "soft_exit",
    "planned_break_ends",
    "follow_up_due",
    "follow_up_ends",
)
"""The names of deadlines that any program may rely on; a profile may have more."""


@frozen
class Origin(FieldRepr):
    """Where a rule, a row or a value comes from: edition, place, and what it replaces."""

    edition: str
    place: Place = field(default=Place(), eq=False)
    replaces: str | None = None


@frozen(eq=False, slots=False, field_transformer=frozen_mappings)
class Check(FieldRepr):
    """One requirement: if `when` holds, `require` has to hold."""

    id: str
    require: Condition
    outcome: Outcome
    clauses: tuple[str, ...]
    origin: Origin
    when: Condition = ALWAYS
    say: Mapping[str, Template] = field(factory=dict)
    remedy: Mapping[str, Template] = field(factory=dict)
    kinds: Mapping[str, Condition] = field(factory=dict)
    """The kinds of failure identified by a condition; the failed test identifies any other."""
    clauses_if: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Further clauses that a kind of failure breaks."""
    clauses_where: tuple[tuple[Condition, tuple[str, ...]], ...] = ()
    """Further clauses to cite if a condition holds."""
    readings: tuple[str, ...] = ()
    readings_if: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Further readings that a kind of failure rests on."""
    readings_where: tuple[tuple[Condition, tuple[str, ...]], ...] = ()
    """Further readings that it rests on if a condition holds."""
    approval: str | None = None
    """The role whose approval the check looks for."""
    form: str | None = None
    """The form that the check looks for among the attachments."""
    exempts: bool = False
    """A subject that doesn't meet it is outside the directive."""
    pending: bool = False
    """Failing it breaks no clause: a deadline is near, or a duty is open."""
    stated: str | None = None
    """What it requires in words, if the condition itself is too long to read."""

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """The tests in its conditions, each once."""
        return tuple(dict.fromkeys(tests_in(self.when) + tests_in(self.require)))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it reads, beginning with those in `require`."""
        return facts_in(self.require, self.when)

    @property
    def unmet(self) -> Result:
        """The result where it is not met."""
        return Result.PENDING if self.pending else Result.NOT_MET

    def required(self, speech: Speech) -> str:
        """Return what it requires, as an English clause."""
        return self.stated or in_words(self.require, speech)


@frozen(eq=False, field_transformer=frozen_mappings)
class Route(FieldRepr):
    """Who makes requests for a type of organization, and where these go with what."""

    organization: str
    requestors: tuple[str, ...]
    coordinator: str
    submit_to: tuple[str, ...]
    """The coordinator, and whoever else gets the request."""
    send_to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: Template | None
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    when: Condition
    origin: Origin
    readings_by: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """For each role of a requestor, the readings by which it counts as one in the row."""
    id: str = ""
    """The organization, and the number of the exception if it is one."""
    case: Condition = ALWAYS
    """When this is the route, unless an earlier exception applies."""
    exception: Origin | None = None
    """Where the exception stands, if it is one; `origin` is that of its row."""


@frozen(eq=False)
class DutyRule(FieldRepr):
    """What someone has to do after a decision with one of the outcomes."""

    id: str
    who: str
    what: Template
    arises: frozenset[Outcome]
    clauses: tuple[str, ...]
    origin: Origin
    when: Condition = ALWAYS
    to: str | None = None
    cc: tuple[str, ...] = ()
    promptness: str | None = None
    by: str | None = None
    """The deadline by which the duty is due."""
    readings: tuple[str, ...] = ()


@frozen
class Leg(FieldRepr):
    """What a deadline is counted from: the first fact that exists, and for how long."""

    when: Condition
    triggers: tuple[Fact, ...]
    count: Duration
    clauses: tuple[str, ...] = ()
    """Further clauses to cite if the leg counts."""
    readings: tuple[str, ...] = ()


@frozen(eq=False)
class DeadlineRule(FieldRepr):
    """A deadline: the earliest of its legs."""

    id: str
    name: str
    title: str
    legs: tuple[Leg, ...]
    clauses: tuple[str, ...]
    origin: Origin
    missed: Condition
    """Holds if it has come due and was not met in time."""
    near: Condition
    """Holds if it will come due within its warning time, and is not met."""
    when: Condition = ALWAYS
    met_by: tuple[Fact, ...] = ()
    met_when: Condition = NEVER
    """Holds if it is met; `met_by` has the day."""
    warning: int | None = None
    """Its warning time in days."""
    reached_is_missed: bool = False
    """Whether it counts as missed on the due date itself, not only after it."""
    readings: tuple[str, ...] = ()
    readings_open: tuple[str, ...] = ()
    """Further readings that it rests on while nothing has met it."""
    readings_where: tuple[tuple[Condition, tuple[str, ...]], ...] = ()
    """Further readings that it rests on if a condition holds."""


@frozen(eq=False, field_transformer=frozen_mappings)
class Plan(FieldRepr):
    """Everything that a policy says about subjects of one key."""

    key: str
    checks: tuple[Check, ...]
    """Exemptions first."""
    routes: tuple[Route, ...] = ()
    duties: tuple[DutyRule, ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()
    coordinators: Mapping[str, str] = field(factory=dict)
    """Who coordinates for each organization if no route says so."""
    scope: tuple[str, ...] = ()
    """The clauses that bring such subjects into scope."""
    scope_origin: Origin = Origin("")
    names: Mapping[Condition, Naming] = field(factory=dict)
    """The conditions that have names in sentences: terms with a title, and deadlines."""

    exemptions: int = field(init=False)
    """How many checks are exemptions; these come first."""
    weights: tuple[int, ...] = field(init=False)
    """The weight of each check's outcome."""
    lightest: int = field(init=False, repr=False)
    """The least of these weights."""
    good: Outcome = field(init=False)
    """The outcome if nothing is found."""
    outcomes: Mapping[int, Outcome] = field(init=False)
    """The outcome for each weight that the heaviest finding can have."""

    def __attrs_post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "exemptions", sum(check.exempts for check in self.checks))
        weights = tuple([check.outcome.weight for check in self.checks])
        set_(self, "weights", weights)
        set_(self, "lightest", min(weights, default=0))
        heavier = {w: check.outcome for w, check in zip(weights, self.checks, strict=True) if w}
        set_(self, "outcomes", FrozenDict({0: good_outcome(self.key), **heavier}))
        set_(self, "good", good_outcome(self.key))

    @property
    def conditions(self) -> Iterator[Condition]:
        """All conditions of its checks and deadlines."""
        for check in self.checks:
            yield from (check.when, check.require)
        for rule in self.deadlines:
            yield from (rule.when, rule.missed, rule.near, rule.met_when)
            yield from (leg.when for leg in rule.legs)

    @cached_property
    def reads_moment(self) -> bool:
        """Whether any check depends on the moment of evaluation."""
        facts = (fact for check in self.checks for fact in check.facts)
        return any(fact.happens or fact == AT for fact in facts)

    @cached_property
    def readers(self) -> Mapping[Fact, frozenset[int]]:
        """The numbers of the checks that read each fact."""
        found: dict[Fact, set[int]] = defaultdict(set)
        for number, check in enumerate(self.checks):
            for test in check.tests:
                for fact in test.facts:
                    found[fact].add(number)
        return {fact: frozenset(numbers) for fact, numbers in found.items()}
