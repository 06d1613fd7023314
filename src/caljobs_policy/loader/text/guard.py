# SPDX-License-Identifier: MIT
"""The tree of a document, built under limits; nothing is ever constructed or executed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, NoReturn

from attrs import Factory, define

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.text.sources import Limits, MalformedError, Source, StoppedError
from caljobs_policy.plain.making import maker_of
from caljobs_policy.syntax.nodes import AnyNode, At, Mapping, Scalar, Sequence

UNUSUAL_KEYS = frozenset({"", "<<"})
SMALLER = "split the file into smaller ones"


_scalar = maker_of(Scalar)


@define
class OpenMapping:
    """A mapping whose end is not read yet; keys and values alternate."""

    at: At
    anchor: str | None = None
    in_brackets: bool = False
    height: int = 1
    """The number of levels in it, its own included."""
    before: int = 0
    """The number of nodes before it."""
    entries: list[tuple[Scalar, AnyNode]] = Factory(list)
    key: Scalar | None = None
    lines: dict[str, int] = Factory(dict)
    """Where each key stands."""

    @property
    def node(self) -> Mapping:
        """What is read of it."""
        return Mapping(tuple(self.entries), self.at)

    def put(self, node: AnyNode, at: At, guard: Guard) -> None:
        """Take a key or a value; what cannot be a key is replaced by an empty one."""
        if self.key is not None:
            self.entries.append((self.key, node))
            self.key = None
            return
        key = node if isinstance(node, Scalar) else Scalar("", place=at)
        text = key.text
        if text in self.lines or text in UNUSUAL_KEYS:
            guard.note(_key_problem(node, self, Place(*at)))
            self.lines.setdefault(text, at[1])
        else:
            self.lines[text] = at[1]
        self.key = key


@define
class OpenSequence:
    """A list whose end is not read yet."""

    at: At
    anchor: str | None = None
    in_brackets: bool = False
    height: int = 1
    before: int = 0
    items: list[AnyNode] = Factory(list)

    @property
    def node(self) -> Sequence:
        """What is read of it."""
        return Sequence(tuple(self.items), self.at)

    def put(self, node: AnyNode, _: At, __: Guard) -> None:
        """Take an item."""
        self.items.append(node)


class Measured(NamedTuple):
    """A node with the number of nodes in it, itself included, and of levels in it."""

    node: AnyNode
    size: int = 1
    height: int = 0


@define
class Guard:
    """Builds a tree of what readers find in a text, notes its problems, and stops at a limit.

    What readers find is somewhere: a place is made of that if there is a problem with it.
    """

    limits: Limits
    root: AnyNode | None = None
    problems: list[Problem] = Factory(list)
    reached: Place | None = None
    """How far the text could be read; None if its syntax did not break."""
    opened: list[OpenMapping | OpenSequence] = Factory(list)
    _anchored: dict[str, Measured] = Factory(dict)
    _nodes: int = 0
    _aliases: int = 0

    def build(self, read: Callable[[Source, Guard], None], source: Source) -> Guard:
        """Take all that a reader finds, as far as it comes."""
        try:
            read(source, self)
        except MalformedError as error:
            self.problems.append(error.problem)
            self.reached = error.reached
        except StoppedError as error:
            self.problems.append(error.problem)
        return self

    def scalar(self, text: str, quoted: bool, at: At, anchor: str | None = None) -> None:
        """Take a text."""
        # This runs for every text in every file.
        self._nodes += 1
        if self._nodes > self.limits.nodes or len(text) > self.limits.scalar:
            self._refuse(at)
        node = _scalar(text, quoted, at)
        if anchor is not None:
            self._anchor(anchor, Measured(node), at)
        if self.opened:
            self.opened[-1].put(node, at, self)
        else:
            self.root = node

    def begin(self, opened: OpenMapping | OpenSequence) -> None:
        """Take the start of a mapping or a list."""
        opened.before = self._nodes
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            self._refuse(opened.at)
        self._check_depth(len(self.opened) + 1, opened.at)
        self.opened.append(opened)

    def end(self) -> None:
        """Take the end of the mapping or list that began last."""
        closed = self.opened.pop()
        node = closed.node
        if closed.anchor is not None:
            made = Measured(node, self._nodes - closed.before, closed.height)
            self._anchor(closed.anchor, made, closed.at)
        self._put(node, closed.height, closed.at)

    def alias(self, name: str, at: At) -> None:
        """Take what an alias stands for, counted as if it were written here."""
        self._aliases += 1
        if self._aliases > self.limits.aliases:
            message = f"more than {self.limits.aliases} aliases such as {shown('*' + name)}"
            remedy = "write out what they stand for"
            raise StoppedError(Problem(message, Place(*at), remedy, code=Code.TOO_LARGE))
        meant = self._anchored.get(name)
        if meant is None:
            message = f"{shown('*' + name)} refers to nothing that is complete above it"
            remedy = "put a text that starts with `*` in quotes, or write the value out"
            self.note(Problem(message, Place(*at), remedy, code=Code.UNKNOWN_WORD))
            meant = Measured(Scalar("", place=at))
        else:
            self._count(meant.size, at)
            self._check_depth(len(self.opened) + meant.height, at)
        node, inner = meant.node, self.opened[-1] if self.opened else None
        if isinstance(node, Scalar) and isinstance(inner, OpenMapping) and inner.key is None:
            # What is wrong with a key is told where it stands.
            meant = Measured(Scalar(node.text, node.quoted, at))
        self._put(meant.node, meant.height, at)

    def note(self, problem: Problem | None) -> None:
        """Note a problem, if there is one."""
        if problem is None:
            return
        if len(self.problems) >= self.limits.problems:
            message = f"there are more than {self.limits.problems} problems above"
            remedy = "fix those first"
            raise StoppedError(Problem(message, problem.place, remedy, code=Code.TOO_LARGE))
        self.problems.append(problem)

    def _put(self, node: AnyNode, height: int, at: At) -> None:
        """Put a finished node where it belongs."""
        if not self.opened:
            self.root = node
            return
        inner = self.opened[-1]
        if inner.height <= height:
            inner.height = height + 1
        inner.put(node, at, self)

    def _anchor(self, name: str, made: Measured, at: At) -> None:
        if name in self._anchored:
            message = f"the name {shown('&' + name)} is used a second time"
            remedy = "give each value a name of its own"
            self.note(Problem(message, Place(*at), remedy, code=Code.DUPLICATE))
        self._anchored[name] = made

    def _count(self, nodes: int, at: At) -> None:
        self._nodes += nodes
        if self._nodes > self.limits.nodes:
            self._refuse(at)

    def _refuse(self, at: At) -> NoReturn:
        """Stop at too many nodes, or else at a text that is too long."""
        message = f"a text is longer than {self.limits.scalar:,} characters"
        remedy = "shorten it, or look for a missing quote above"
        if self._nodes > self.limits.nodes:
            message, remedy = f"one document has more than {self.limits.nodes:,} values", SMALLER
        raise StoppedError(Problem(message, Place(*at), remedy, code=Code.TOO_LARGE))

    def _check_depth(self, depth: int, at: At) -> None:
        if depth > self.limits.depth:
            raise StoppedError(nested(Place(*at), self.limits))


def _key_problem(node: AnyNode, mapping: OpenMapping, place: Place) -> Problem | None:
    """Return why a node cannot be a key of a mapping, if so."""
    if not isinstance(node, Scalar):
        remedy = "write a single text as the key, or put a value that starts with `{` in quotes"
        return Problem("a key is not a single text", place, remedy)
    if node.quoted or node.text not in UNUSUAL_KEYS:
        return _repeated(node.text, mapping, place)
    if node.text:
        remedy = "write out the keys that it would merge in"
        return Problem("the merge key `<<` is not supported", place, remedy)
    return Problem(
        "a key is missing before a colon", place, "write `key: value`", code=Code.MISSING
    )


def _repeated(key: str, mapping: OpenMapping, place: Place) -> Problem | None:
    line = mapping.lines.get(key)
    if line is None:
        return None
    message = f"the key {shown(key)} on line {place.line} is already on line {line}"
    return Problem(message, place, "keep one of the two", code=Code.DUPLICATE)


def nested(place: Place, limits: Limits) -> Problem:
    """Return the problem of a collection that lies too deep."""
    message = f"nested deeper than {limits.depth} levels"
    return Problem(message, place, "write it with fewer levels", code=Code.TOO_LARGE)
