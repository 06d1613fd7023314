# SPDX-License-Identifier: MIT
"""Reads a subject from a case, checked against the words of its policy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from attrs import frozen

from caljobs_policy.errors import Place, Problem, SubjectError
from caljobs_policy.loader.text.wording import TIGHT_COLON
from caljobs_policy.near import nearest
from caljobs_policy.policy.policy import Policy
from caljobs_policy.privacy import named
from caljobs_policy.subjects.facts import Subject, subject_class, subject_keys
from caljobs_policy.subjects.faults import unlisted
from caljobs_policy.subjects.fields import Holds, Kind, fields_of
from caljobs_policy.syntax.nodes import AnyNode, Scalar, Sequence
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.scalars import Fault, day_from, day_or_time_from, time_from

_MISSING: Final = object()
"""Stands for a value that could not be read."""


@frozen
class SubjectReader:
    """Reads subjects and collects what is wrong with them."""

    policy: Policy
    problems: list[Problem]

    def subject(self, kind: str, node: AnyNode) -> Subject | None:
        """Read a subject of a kind; None after a problem."""
        if not isinstance(node, MappingNode):
            self._no_mapping(kind, node)
            return None
        key = self._key(kind, node)
        if key is None:
            return None
        cls = subject_class(key)
        leave = {"type"} if kind == "record" else set()
        before = len(self.problems)
        values = self._fields(cls, kind, node, leave)
        if len(self.problems) > before:
            return None
        try:
            return cls(**values)
        except SubjectError as error:
            self.problems.extend(Problem(p.message, node.place, p.help) for p in error.problems)
            return None

    def _key(self, kind: str, node: MappingNode) -> str | None:
        """Return the kind of a subject with its type, which must be given."""
        if kind not in {"request", "record"}:
            return kind
        types = {key.partition("/")[2]: key for key in subject_keys(kind)}
        said = node.get("type")
        if isinstance(said, Scalar) and said.text in types:
            return types[said.text]
        remedy = f"write one of: {', '.join(types)}"
        if said is None or (isinstance(said, Scalar) and said.is_null):
            self._add((said or node).place, f"`{kind}.type` is missing", remedy)
        elif isinstance(said, Scalar):
            self._unknown(said.place, f"{kind}.type", said.text, list(types))
        else:
            self._add(said.place, f"`{kind}.type` takes one word", remedy)
        return None

    def _fields(
        self, cls: type, path: str, node: MappingNode, leave: set[str] | None = None
    ) -> dict[str, Any]:
        """Read the facts of a mapping; what is left out stays so."""
        fields = fields_of(cls)
        known = {**fields, **self.policy.own_facts(path)}
        values: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for key, value in node.entries:
            name = key.text
            if name in (leave or ()):
                continue
            if name not in known:
                self._unknown_key(key, path, known)
                continue
            found = self._value(known[name], f"{path}.{name}", value)
            if found is not _MISSING:
                (values if name in fields else own)[name] = found
        return {**values, "own": own} if own else values

    def _unknown_key(self, key: Scalar, path: str, known: Collection[str]) -> None:
        remedy = nearest(key.text, known) or f"its keys are: {', '.join(known)}"
        self._add(key.place, f"`{path}` has no {named('key', key.text, known)}", remedy)

    def _value(self, holds: Holds, path: str, node: AnyNode) -> Any:
        """Read the value of one fact."""
        if isinstance(node, Scalar) and node.is_null:
            if not holds.nullable:
                self._add(
                    node.place, f"`{path}` must not be null", "leave it out when it is not known"
                )
                return _MISSING
            return None
        if holds.part is not None:
            return self._parts(holds, holds.part, path, node)
        if holds.kind is Kind.WORDS:
            return self._words(holds, path, node)
        if not isinstance(node, Scalar):
            self._add(node.place, f"`{path}` takes {holds.kind.value}", "write one value")
            return _MISSING
        return _SCALARS[holds.kind](self, holds, path, node)

    def _parts(self, holds: Holds, cls: type, path: str, node: AnyNode) -> Any:
        """Read a part, or a list of parts."""
        if holds.kind is Kind.PART:
            return self._part(cls, path, node)
        items = node.items if isinstance(node, Sequence) else (node,)
        parts = [self._part(cls, path, item) for item in items]
        return _MISSING if _MISSING in parts else tuple(parts)

    def _part(self, cls: type, path: str, node: AnyNode) -> Any:
        if not isinstance(node, MappingNode):
            self._no_mapping(path, node)
            return _MISSING
        before = len(self.problems)
        values = self._fields(cls, path, node)
        return _MISSING if len(self.problems) > before else cls(**values)

    def _words(self, holds: Holds, path: str, node: AnyNode) -> Any:
        items = node.items if isinstance(node, Sequence) else (node,)
        words = []
        for item in items:
            if not isinstance(item, Scalar) or item.is_null:
                self._add(item.place, f"`{path}` takes {holds.kind.value}", "write `[a, b]`")
                words.append(_MISSING)
            else:
                words.append(self._word(holds, path, item))
        return _MISSING if _MISSING in words else tuple(words)

    def _word(self, holds: Holds, path: str, node: Scalar) -> Any:
        """Read a word that the policy lists; a text where it lists none."""
        known = self.policy.words_for(holds)
        if known is not None and node.text not in known:
            self._unknown(node.place, path, node.text, list(known))
            return _MISSING
        return node.text

    def _flag(self, holds: Holds, path: str, node: Scalar) -> Any:
        if not node.quoted and node.text in {"true", "false"}:
            return node.text == "true"
        remedy = "write true or false, in small letters and without quotes"
        self._add(node.place, f"`{path}` takes true or false", _null_or(remedy, node))
        return _MISSING

    def _count(self, holds: Holds, path: str, node: Scalar) -> Any:
        if node.text.isascii() and node.text.isdigit() and len(node.text) < 10:
            return int(node.text)
        remedy = "write at most nine digits and no other sign"
        self._add(node.place, f"`{path}` takes a whole number", _null_or(remedy, node))
        return _MISSING

    def _text(self, holds: Holds, path: str, node: Scalar) -> Any:
        return node.text

    def _day(self, holds: Holds, path: str, node: Scalar) -> Any:
        return self._read(holds, path, node, day_from)

    def _time(self, holds: Holds, path: str, node: Scalar) -> Any:
        return self._read(holds, path, node, time_from)

    def _day_or_time(self, holds: Holds, path: str, node: Scalar) -> Any:
        return self._read(holds, path, node, day_or_time_from)

    def _read(
        self,
        holds: Holds,
        path: str,
        node: Scalar,
        reader: Callable[[str], tuple[Any, Fault | None]],
    ) -> Any:
        found, fault = reader(node.text)
        if fault is None:
            return found
        message, remedy = fault
        self._add(node.place, f"`{path}` {message}", _null_or(remedy, node))
        return _MISSING

    def _no_mapping(self, path: str, node: AnyNode) -> None:
        """Note what is not a mapping."""
        message, remedy = f"`{path}` takes a mapping", "write its facts below, one a line"
        if isinstance(node, Scalar) and not node.quoted and TIGHT_COLON.match(node.text):
            message = f"missing space after a colon below `{path}`"
            remedy = "write `key: value`, with a space after the colon"
        self._add(node.place, message, _null_or(remedy, node))

    def _unknown(self, place: Place, path: str, word: str, known: Collection[str]) -> None:
        message, remedy = unlisted(word, known)
        self._add(place, f"`{path}` {message}", remedy)

    def _add(self, place: Place, message: str, remedy: str | None = None) -> None:
        self.problems.append(Problem(message, place, remedy))


def _null_or(remedy: str, node: AnyNode) -> str:
    """Return the remedy, or the one for what looks as if it should be null."""
    if isinstance(node, Scalar) and node.text.strip().casefold() in {"null", "none"}:
        return "write `null`, in small letters and without quotes, where there is none"
    return remedy


_SCALARS: Final[Mapping[Kind, Callable[[SubjectReader, Holds, str, Scalar], Any]]] = {
    Kind.FLAG: SubjectReader._flag,
    Kind.WORD: SubjectReader._word,
    Kind.TEXT: SubjectReader._text,
    Kind.COUNT: SubjectReader._count,
    Kind.DAY: SubjectReader._day,
    Kind.TIME: SubjectReader._time,
    Kind.DAY_OR_TIME: SubjectReader._day_or_time,
}
