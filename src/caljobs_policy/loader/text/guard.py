# SPDX-License-Identifier: MIT
"""The tree of a document, built under limits; nothing is ever constructed or executed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from attrs import Factory, define

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.text.editor_traces import conflicts
from caljobs_policy.loader.text.json_text import json_tokens, looks_like_json, looks_strict
from caljobs_policy.loader.text.pieces import Piece
from caljobs_policy.loader.text.sources import (
    Document,
    Limits,
    MalformedError,
    Source,
    StoppedError,
)
from caljobs_policy.loader.text.spots import open_brackets
from caljobs_policy.loader.text.tokens import Token, yaml_tokens
from caljobs_policy.syntax.nodes import AnyNode, Mapping, Scalar, Sequence

SMALLER = "split the file into smaller ones"


class Measured(NamedTuple):
    """A node with the number of nodes in it, itself included, and of levels below it."""

    node: AnyNode
    size: int = 1
    height: int = 0


@define
class Open:
    """A collection whose end is not read yet; in a mapping, keys and values alternate."""

    token: Token
    items: list[AnyNode] = Factory(list)
    entries: list[tuple[Scalar, AnyNode]] = Factory(list)
    key: Scalar | None = None
    lines: dict[str, int] = Factory(dict)
    size: int = 1
    height: int = 1

    @property
    def wants_key(self) -> bool:
        """Whether the next node is a key."""
        return self.token.kind == "mapping" and self.key is None

    def add(self, inner: Measured) -> None:
        """Take a value or an item."""
        if self.key is None:
            self.items.append(inner.node)
        else:
            self.entries.append((self.key, inner.node))
            self.key = None
        self.size += inner.size
        self.height = max(self.height, inner.height + 1)

    def closed(self) -> Measured:
        """Return the collection as a node."""
        place = self.token.place
        if self.token.kind == "mapping":
            return Measured(Mapping(tuple(self.entries), place), self.size, self.height)
        return Measured(Sequence(tuple(self.items), place), self.size, self.height)


@define
class Guard:
    """Builds a tree from tokens, notes its problems, and stops at a limit."""

    limits: Limits
    root: AnyNode | None = None
    problems: list[Problem] = Factory(list)
    reached: Place | None = None
    _open: list[Open] = Factory(list)
    _anchored: dict[str, Measured] = Factory(dict)
    _nodes: int = 0
    _aliases: int = 0

    def build(self, tokens: Iterable[Token]) -> Guard:
        """Take all tokens; `reached` is set when the syntax broke."""
        try:
            for token in tokens:
                self._take(token)
        except MalformedError as error:
            self.problems.append(error.problem)
            self.reached = error.reached
        except StoppedError as error:
            self.problems.append(error.problem)
        return self

    def _take(self, token: Token) -> None:
        if token.problem:
            self._note(token.problem)
        match token.kind:
            case "scalar":
                self._put(token, Measured(self._scalar(token)))
            case "alias":
                self._put(token, self._meant(token))
            case "end":
                closing = self._open.pop()
                self._put(closing.token, closing.closed())
            case _:
                self._begin(token)

    def _begin(self, token: Token) -> None:
        self._count(1, token.place)
        self._check_depth(len(self._open) + 1, token.place)
        self._open.append(Open(token))

    def _scalar(self, token: Token) -> Scalar:
        self._count(1, token.place)
        if len(token.text) > self.limits.scalar:
            message = f"a text is longer than {self.limits.scalar:,} characters"
            remedy = "shorten it, or look for a missing quote above"
            raise StoppedError(Problem(message, token.place, remedy, code=Code.TOO_LARGE))
        return Scalar(token.text, token.quoted, token.place)

    def _meant(self, token: Token) -> Measured:
        """Return what an alias stands for, counted as if it were written here."""
        self._aliases += 1
        if self._aliases > self.limits.aliases:
            message = f"more than {self.limits.aliases} aliases such as {shown('*' + token.text)}"
            raise StoppedError(
                Problem(message, token.place, "write out what they stand for", code=Code.TOO_LARGE)
            )
        meant = self._anchored.get(token.text)
        if meant is None:
            message = f"{shown('*' + token.text)} refers to nothing that is complete above it"
            remedy = "put a text that starts with `*` in quotes, or write the value out"
            self._note(Problem(message, token.place, remedy, code=Code.UNKNOWN_WORD))
            return Measured(Scalar("", place=token.place))
        self._count(meant.size, token.place)
        self._check_depth(len(self._open) + meant.height, token.place)
        return meant

    def _put(self, token: Token, made: Measured) -> None:
        """Put a finished node where it belongs."""
        if token.anchor is not None:
            self._anchor(token.anchor, made, token.place)
        if not self._open:
            self.root = made.node
        elif self._open[-1].wants_key:
            self._put_key(self._open[-1], made, token)
        else:
            self._open[-1].add(made)

    def _anchor(self, name: str, made: Measured, place: Place) -> None:
        if name in self._anchored:
            message = f"the name {shown('&' + name)} is used a second time"
            self._note(
                Problem(message, place, "give each value a name of its own", code=Code.DUPLICATE)
            )
        self._anchored[name] = made

    def _put_key(self, mapping: Open, made: Measured, token: Token) -> None:
        """Take a node as a key; one that cannot be a key is replaced by an empty key."""
        place = token.place
        node = made.node
        if problem := _key_problem(node, mapping, place):
            self._note(problem)
        if not isinstance(node, Scalar):
            node = Scalar("", place=place)
        elif token.kind == "alias":
            node = Scalar(node.text, node.quoted, place)
        mapping.lines.setdefault(node.text, place.line)
        mapping.key = node
        mapping.size += made.size
        mapping.height = max(mapping.height, made.height + 1)

    def _count(self, nodes: int, place: Place) -> None:
        self._nodes += nodes
        if self._nodes > self.limits.nodes:
            message = f"one document has more than {self.limits.nodes:,} values"
            raise StoppedError(Problem(message, place, SMALLER, code=Code.TOO_LARGE))

    def _check_depth(self, depth: int, place: Place) -> None:
        if depth > self.limits.depth:
            raise StoppedError(_nested(place, self.limits))

    def _note(self, problem: Problem) -> None:
        if len(self.problems) >= self.limits.problems:
            message = f"there are more than {self.limits.problems} problems above"
            raise StoppedError(
                Problem(message, problem.place, "fix those first", code=Code.TOO_LARGE)
            )
        self.problems.append(problem)


def _key_problem(node: AnyNode, mapping: Open, place: Place) -> Problem | None:
    """Return why a node cannot be a key of a mapping, if so."""
    if not isinstance(node, Scalar):
        remedy = "write a single text as the key, or put a value that starts with `{` in quotes"
        return Problem("a key is not a single text", place, remedy)
    if node.quoted or node.text not in {"", "<<"}:
        return _repeated(node.text, mapping, place)
    if node.text:
        remedy = "write out the keys that it would merge in"
        return Problem("the merge key `<<` is not supported", place, remedy)
    return Problem(
        "a key is missing before a colon", place, "write `key: value`", code=Code.MISSING
    )


def _repeated(key: str, mapping: Open, place: Place) -> Problem | None:
    line = mapping.lines.get(key)
    if line is None:
        return None
    message = f"the key {shown(key)} on line {place.line} is already on line {line}"
    return Problem(message, place, "keep one of the two", code=Code.DUPLICATE)


def document(piece: Piece, limits: Limits) -> Document:
    """Read a piece of a stream as one document."""
    if piece.problem:
        return Document(None, (piece.problem,), piece.place)
    if not piece.contents:
        return Document(None, (_empty(piece),), piece.place)
    source = piece.source
    if merged := tuple(islice(conflicts(source), limits.problems)):
        return Document(None, merged, piece.place)
    guard = _read(source, limits)
    if guard.problems or guard.root is None:
        problems = sorted(dict.fromkeys(guard.problems or [_empty(piece)]), key=lambda p: p.place)
        return Document(None, tuple(problems), piece.place)
    return Document(guard.root, (), piece.place)


def _read(source: Source, limits: Limits) -> Guard:
    """Read a text as JSON if it is, else as YAML; report failures of the likelier one."""
    if not looks_like_json(source):
        return _as_yaml(source, limits)
    as_json = Guard(limits).build(json_tokens(source))
    if as_json.reached is None:
        return as_json
    as_yaml = _as_yaml(source, limits)
    if as_yaml.reached is None or as_json.reached.line < as_yaml.reached.line:
        return as_yaml
    return as_json if looks_strict(source) else as_yaml


def _as_yaml(source: Source, limits: Limits) -> Guard:
    guard = Guard(limits).build(yaml_tokens(source))
    if guard.reached and open_brackets(source.before(guard.reached)) > limits.depth:
        # A parser may give up on a line before it reports the first of the brackets there.
        guard.problems[-1] = _nested(guard.reached, limits)
    return guard


def _nested(place: Place, limits: Limits) -> Problem:
    message = f"nested deeper than {limits.depth} levels"
    return Problem(message, place, "write it with fewer levels", code=Code.TOO_LARGE)


def _empty(piece: Piece) -> Problem:
    what = "this document is empty" if piece.marked else "the text is empty"
    remedy = "add some content, or remove its line of `---`"
    return Problem(
        what,
        piece.place,
        remedy if piece.marked else "check that it is the right file",
        code=Code.MISSING,
    )
