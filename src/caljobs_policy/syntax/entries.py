# SPDX-License-Identifier: MIT
"""The entries that one jurisdiction writes into the tables of its profile, as written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from attrs import field, frozen

from caljobs_policy.errors import Place
from caljobs_policy.syntax import shapes
from caljobs_policy.syntax.nodes import AnyNode, Word
from caljobs_policy.syntax.shapes import Shape


@frozen(kw_only=True)
class Entry:
    """What every entry has: its key in its table, its place, and the clauses behind it."""

    shorthand: ClassVar[str | None] = None
    """The field that is meant where no mapping is written."""
    key: Word
    place: Place = field(eq=False)
    node: AnyNode = field(eq=False, repr=False)
    faulty: frozenset[str] = field(default=frozenset(), eq=False, repr=False)
    """The fields of which something wrong was told: nothing follows from what they hold."""
    clauses: tuple[Word, ...] = shapes.words()
    reading: tuple[Word, ...] = shapes.words()


@frozen(kw_only=True)
class ListedWord(Entry):
    """A word of the profile: a role, an organization type, a form, an employer."""

    title: str | None = shapes.text(required=True)
    counts_as: tuple[Word, ...] = shapes.words()
    stands_for: tuple[Word, ...] = shapes.words()
    """The words of the profile above that this one takes the place of."""
    outside: bool | None = field(default=None, metadata=shapes.as_(Shape.FLAG))
    """An organization of which the directive does not speak."""
    email: tuple[Word, ...] = shapes.words()
    phone: str | None = shapes.text()
    authority: tuple[Word, ...] = shapes.words()
    """The clauses that give the right to loosen what stands above."""
    reason: str | None = shapes.text()


@frozen(kw_only=True)
class WordList(Entry):
    """A list of words that conditions refer to by its name."""

    shorthand: ClassVar = "words"
    words: tuple[Word, ...] = shapes.words(required=True)


@frozen(kw_only=True)
class Parameter(Entry):
    """A value that rules refer to by name, so that a local profile can change it alone."""

    value: AnyNode | None = shapes.node(Shape.DURATION, required=True)
    title: str | None = shapes.text()
    instead: Mapping[str, AnyNode] = shapes.mapping(Shape.NODES)
    stricter: Word | None = shapes.word()
    """Which direction is stricter, where the operators that use it do not tell."""


@frozen(kw_only=True)
class Term(Entry):
    """A condition that others refer to by its name."""

    title: str | None = shapes.text()
    """The condition as an English clause, in which sentences speak of it."""
    when: AnyNode | None = shapes.node(Shape.CONDITION, required=True)


@frozen(kw_only=True)
class Reading(Entry):
    """How a place that can be read in several ways is read here."""

    question: str | None = shapes.text(required=True)
    answer: str | None = shapes.text(required=True)
    others: tuple[Word, ...] = shapes.words()
    chosen: Word | None = shapes.word()


@frozen(kw_only=True)
class Where(Entry):
    """What is cited for one kind of failure or one part of a row, and the readings behind it."""


@frozen(kw_only=True)
class ScopeRow(Entry):
    """A sort of subject that the directive speaks of."""


@frozen(kw_only=True)
class Judgement(Entry):
    """What everything has that can be met or not: when it applies and what it says."""

    when: AnyNode | None = shapes.node(Shape.CONDITION)
    unless: AnyNode | None = shapes.node(Shape.CONDITION)
    otherwise: Word | None = shapes.word()
    say: Mapping[str, Word] = shapes.texts()
    remedy: Mapping[str, Word] = shapes.texts()
    where: Mapping[str, Where] = shapes.entries(Where)
    instead: Mapping[str, Word] = shapes.mapping(Shape.NAMED_WORDS)
    """Under another choice of its reading: the outcome that takes the place of `otherwise`, or
    `none`."""


@frozen(kw_only=True)
class Rule(Judgement):
    """A condition that subjects have to meet."""

    about: tuple[Word, ...] = shapes.words(required=True)
    require: AnyNode | None = shapes.node(Shape.CONDITION)
    forbid: AnyNode | None = shapes.node(Shape.CONDITION)


@frozen(kw_only=True)
class Row(Judgement):
    """A row of a lookup table: what stands in its columns for one value of the key fact."""

    columns: Mapping[str, AnyNode] = shapes.mapping(Shape.NODES)


@frozen(kw_only=True)
class Table(Judgement):
    """A lookup table: for each value of a fact, what is required."""

    about: tuple[Word, ...] = shapes.words(required=True)
    by: Word | None = shapes.word(required=True)
    require: AnyNode | None = shapes.node(Shape.CONDITION, required=True)
    rows: Mapping[str, Row] = shapes.entries(Row, required=True)
    no_row: Word | None = shapes.word()


@frozen(kw_only=True)
class Paper(Judgement):
    """A form that has to be attached to requests of a type; its key is the form, or names one."""

    form: Word | None = shapes.word()


@frozen(kw_only=True)
class Submission(Judgement):
    """That requests of a type go to the coordinator that the routing names."""


@frozen(kw_only=True)
class RouteException(Entry):
    """Who coordinates instead, for some requests or where something holds."""

    about: tuple[Word, ...] = shapes.words()
    """The requests of which it speaks; without them, all."""
    when: AnyNode | None = shapes.node(Shape.CONDITION)
    coordinator: Word | None = shapes.word()
    also: tuple[Word, ...] = shapes.words()
    """Who gets the request besides the coordinator."""
    send_to: tuple[Word, ...] = shapes.words()
    """The addresses to which it is sent in place of the coordinator's, or `none`."""
    requestors: tuple[Word, ...] = shapes.words()
    where: Mapping[str, Where] = shapes.entries(Where)
    of: tuple[Word, ...] = shapes.words()
    """The editions above for which it is meant; without them, for all."""
    authority: tuple[Word, ...] = shapes.words()
    """The clauses that give the right to loosen what stands above."""
    reason: str | None = shapes.text()


@frozen(kw_only=True)
class RouteRow(Judgement):
    """Who requests and who coordinates for a type of organization."""

    except_: Mapping[str, RouteException] = shapes.entries(RouteException)
    authority: tuple[Word, ...] = shapes.words()
    reason: str | None = shapes.text()
    requestors: tuple[Word, ...] = shapes.words(required=True)
    coordinator: Word | None = shapes.word(required=True)
    cc: tuple[Word, ...] = shapes.words()
    subject: str | None = shapes.text()


@frozen(kw_only=True)
class Approval(Judgement):
    """Somebody else's consent that has to be on file."""

    about: tuple[Word, ...] = shapes.words(required=True)
    role: Word | None = shapes.word(required=True)


@frozen(kw_only=True)
class Exemption(Entry):
    """When a subject is outside the directive."""

    about: tuple[Word, ...] = shapes.words(required=True)
    when: AnyNode | None = shapes.node(Shape.CONDITION, required=True)
    say: Mapping[str, Word] = shapes.texts()
    authority: tuple[Word, ...] = shapes.words()
    """The clauses that give the right to loosen what stands above."""
    reason: str | None = shapes.text()


@frozen(kw_only=True)
class Guide(Entry):
    """A norm or a definition without a fact to test; it is shown, never enforced."""

    say: Mapping[str, Word] = shapes.texts()
    about: tuple[Word, ...] = shapes.words()


@frozen(kw_only=True)
class OwnFact(Entry):
    """A fact that the profile declares for itself."""

    title: str | None = shapes.text(required=True)
    type: Word | None = shapes.word(required=True)
    left_out: Word | None = shapes.word()
    private: bool | None = field(default=None, metadata=shapes.as_(Shape.FLAG))
    happens: bool | None = field(default=None, metadata=shapes.as_(Shape.FLAG))


@frozen(kw_only=True)
class Document(Entry):
    """A directive, notice or policy that clauses are cited from."""

    title: str | None = shapes.text(required=True)
    issuer: str | None = shapes.text(required=True)
    in_force: date | None = field(default=None, metadata=shapes.as_(Shape.DAY))
    supersedes: tuple[Word, ...] = shapes.words()
    note: str | None = shapes.text()


@frozen(kw_only=True)
class Clause(Entry):
    """One norm of a document: the section it stands in, its kind, and what it says."""

    at: str | None = shapes.text(required=True)
    kind: Word | None = shapes.word(required=True)
    says: str | None = shapes.text(required=True)


@frozen(kw_only=True)
class Excuse(Entry):
    """Why a clause is not implemented."""

    shorthand: ClassVar = "reason"
    reason: str | None = shapes.text(required=True)


@frozen(kw_only=True)
class Override(Entry):
    """A change to the profile above: of what, from what to what, and by what right."""

    was: AnyNode | None = shapes.node(Shape.NODE, required=True)
    now: AnyNode | None = shapes.node(Shape.NODE, required=True)
    authority: tuple[Word, ...] = shapes.words()
    reason: str | None = shapes.text()
    of: tuple[Word, ...] = shapes.words()
    """The editions above for which it is meant; without them, for all."""


@frozen(kw_only=True)
class Restatement(Entry):
    """A clause that only repeats what an entry of the profile above says."""

    where: tuple[Word, ...] = shapes.words()
    """The kinds of failure of which it speaks; without them, of all."""
