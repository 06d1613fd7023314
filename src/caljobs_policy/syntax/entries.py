# SPDX-License-Identifier: MIT
"""The entries that one jurisdiction writes into the tables of its profile, as written."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from attrs import frozen

from caljobs_policy.plain.mappings import frozen_dict
from caljobs_policy.syntax.declaration import Condition, Duration, Keyed, Texts, mapping, needed
from caljobs_policy.syntax.nodes import AnyNode, Word


@frozen(kw_only=True)
class Entry(Keyed):
    """What every entry of a table has: the clauses behind it, and the readings."""

    clauses: tuple[Word, ...] = ()
    reading: tuple[Word, ...] = ()


@frozen(kw_only=True)
class WordEntry(Entry):
    """A word of the profile: a role, an organization type, a form, an employer."""

    title: str | None = needed()
    counts_as: tuple[Word, ...] = ()
    stands_for: tuple[Word, ...] = ()
    """The words of the profile above that this one takes the place of."""
    outside: bool | None = None
    """An organization of which the directive does not speak."""
    email: tuple[Word, ...] = ()
    phone: str | None = None
    authority: tuple[Word, ...] = ()
    """The clauses that give the right to loosen what stands above."""
    reason: str | None = None


@frozen(kw_only=True)
class WordList(Entry):
    """A list of words that conditions refer to by its name."""

    shorthand: ClassVar = "words"
    words: tuple[Word, ...] = needed(())


@frozen(kw_only=True)
class ParameterEntry(Entry):
    """A value that rules refer to by name, so that a local profile can change it alone."""

    value: Duration = needed()
    title: str | None = None
    instead: Mapping[str, AnyNode] = mapping()
    stricter: Word | None = None
    """Which direction is stricter, where the operators that use it do not tell."""


@frozen(kw_only=True)
class Term(Entry):
    """A condition that others refer to by its name."""

    title: str | None = None
    """The condition as an English clause, in which sentences speak of it."""
    when: Condition = needed()


@frozen(kw_only=True)
class ReadingEntry(Entry):
    """How a place that can be read in several ways is read here."""

    question: str | None = needed()
    answer: str | None = needed()
    others: tuple[Word, ...] = ()
    chosen: Word | None = None


@frozen(kw_only=True)
class Where(Entry):
    """What is cited for one kind of failure or one part of a row, and the readings behind it."""


@frozen(kw_only=True)
class ScopeRow(Entry):
    """A sort of subject that the directive speaks of."""


@frozen(kw_only=True)
class Judgement(Entry):
    """What everything has that can be met or not: when it applies and what it says."""

    when: Condition = None
    unless: Condition = None
    otherwise: Word | None = None
    say: Texts = mapping()
    remedy: Texts = mapping()
    where: Mapping[str, Where] = mapping()
    instead: Mapping[str, Word] = mapping()
    """Under another choice of its reading: the outcome that takes the place of `otherwise`, or
    `none`."""


@frozen(kw_only=True)
class Rule(Judgement):
    """A condition that subjects have to meet."""

    about: tuple[Word, ...] = needed(())
    require: Condition = None
    forbid: Condition = None


@frozen(kw_only=True)
class TableRow(Judgement):
    """A row of a lookup table: what stands in its columns for one value of the key fact."""

    rest: ClassVar = "columns"
    columns: Mapping[str, AnyNode] = mapping()


@frozen(kw_only=True)
class Table(Judgement):
    """A lookup table: for each value of a fact, what is required."""

    about: tuple[Word, ...] = needed(())
    by: Word | None = needed()
    require: Condition = needed()
    rows: Mapping[str, TableRow] = needed({}, converter=frozen_dict)
    no_row: Word | None = None


@frozen(kw_only=True)
class Paper(Judgement):
    """A form that has to be attached to requests of a type; its key is the form, or names one."""

    form: Word | None = None


@frozen(kw_only=True)
class Submission(Judgement):
    """That requests of a type go to the coordinator that the routing names."""


@frozen(kw_only=True)
class RouteException(Entry):
    """Who coordinates instead, for some requests or where something holds."""

    about: tuple[Word, ...] = ()
    """The requests of which it speaks; without them, all."""
    when: Condition = None
    coordinator: Word | None = None
    also: tuple[Word, ...] = ()
    """Who gets the request besides the coordinator."""
    send_to: tuple[Word, ...] = ()
    """The addresses to which it is sent in place of the coordinator's, or `none`."""
    requestors: tuple[Word, ...] = ()
    where: Mapping[str, Where] = mapping()
    of: tuple[Word, ...] = ()
    """The editions above for which it is meant; without them, for all."""
    authority: tuple[Word, ...] = ()
    reason: str | None = None


@frozen(kw_only=True)
class RouteRow(Judgement):
    """Who requests and who coordinates for a type of organization."""

    except_: Mapping[str, RouteException] = mapping()
    authority: tuple[Word, ...] = ()
    reason: str | None = None
    requestors: tuple[Word, ...] = needed(())
    coordinator: Word | None = needed()
    cc: tuple[Word, ...] = ()
    subject: str | None = None


@frozen(kw_only=True)
class Approval(Judgement):
    """Somebody else's consent that has to be on file."""

    about: tuple[Word, ...] = needed(())
    role: Word | None = needed()


@frozen(kw_only=True)
class Exemption(Entry):
    """When a subject is outside the directive."""

    about: tuple[Word, ...] = needed(())
    when: Condition = needed()
    say: Texts = mapping()
    authority: tuple[Word, ...] = ()
    reason: str | None = None


@frozen(kw_only=True)
class GuideEntry(Entry):
    """A norm or a definition without a fact to test; it is shown, never enforced."""

    say: Texts = mapping()
    about: tuple[Word, ...] = ()


@frozen(kw_only=True)
class OwnFact(Entry):
    """A fact that the profile declares for itself."""

    title: str | None = needed()
    type: Word | None = needed()
    words: tuple[Word, ...] = ()
    """All that it can hold, where it holds words."""
    left_out: Word | None = None
    private: bool | None = None
    happens: bool | None = None
    given: bool | None = None
    """Whether nobody can change it, so that nothing that would turn a decision does."""


@frozen(kw_only=True)
class DocumentEntry(Entry):
    """A directive, notice or policy that clauses are cited from."""

    title: str | None = needed()
    issuer: str | None = needed()
    in_force: date | None = None
    supersedes: tuple[Word, ...] = ()
    note: str | None = None


@frozen(kw_only=True)
class ClauseEntry(Entry):
    """One norm of a document: the section it stands in, its kind, and what it says."""

    at: str | None = needed()
    kind: Word | None = needed()
    says: str | None = needed()


@frozen(kw_only=True)
class Excuse(Entry):
    """Why a clause is not implemented."""

    shorthand: ClassVar = "reason"
    reason: str | None = needed()


@frozen(kw_only=True)
class Override(Entry):
    """A change to the profile above: of what, from what to what, and by what authority."""

    was: AnyNode | None = needed()
    now: AnyNode | None = needed()
    authority: tuple[Word, ...] = ()
    reason: str | None = None
    of: tuple[Word, ...] = ()
    """The editions above for which it is meant; without them, for all."""


@frozen(kw_only=True)
class Restatement(Entry):
    """A clause that only repeats what an entry of the profile above says."""

    where: tuple[Word, ...] = ()
    """The kinds of failure of which it speaks; without them, of all."""
