# SPDX-License-Identifier: MIT
"""Properties of reading any text."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from caljobs_policy.loader.documents import iter_documents, read_documents
from caljobs_policy.loader.text import yaml_text
from caljobs_policy.loader.text.editor_traces import DOUBLE, SINGLE
from caljobs_policy.syntax.nodes import AnyNode, Mapping, Scalar, Sequence

C_LOADER = getattr(yaml, "CBaseLoader", None)
LOADERS = [loader for loader in (C_LOADER, yaml_text.PureLoader) if loader]
QUOTES = DOUBLE + SINGLE
FRAGMENTS = [
    *"abc10:-#'\"[]{},&*!|>%@`?\t\n \\~<=.\r\x00",
    *(": ", "- ", "\n  ", "\n- ", "\na: ", "\n  b: ", "\n---\n", "\n...\n", '"x"', "'y'", "#c"),
    *(" # d", "<<", "&a ", "*a", "!!str ", "null", "é", "😀", "\u2028", "\ufeff", "{a: b}"),
    *("\xa0", "\u200b", "“", "”", "<<<<<<<\n"),
    *("[1, 2]", "|\n  t\n", ">-\n  t", '{"k": 1}\n', "\\ud83d", "\\U00110000", "%YAML 1.2\n"),
]
MARKUP = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def texts(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Return lists and mappings of texts."""
    return st.recursive(
        text,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
        max_leaves=20,
    )


TEXTS = texts(st.text())
# PyYAML writes these characters as they are when it may, though they end lines.
SIGNS = texts(st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029")))
# It also leaves texts out of quotes that hold what cannot be seen, or quotes that are not straight.
UNSEEN: Any = ("Zs", "Zl", "Zp", "Cf", "Cc")
SEEN = st.characters(codec="utf-8", exclude_categories=UNSEEN, exclude_characters=QUOTES)
VISIBLE = texts(st.text(SEEN))


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True, scope="module")
def loader(request: pytest.FixtureRequest) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "LOADER", request.param)
        yield request.param


def value(node: AnyNode | None) -> Any:
    """Return the value that JSON would give; texts where it has texts."""
    match node:
        case Scalar():
            return node.text if node.quoted else json.loads(node.text)
        case Sequence():
            return [value(item) for item in node.items]
        case Mapping():
            return {key.text: value(item) for key, item in node.entries}
    raise AssertionError


def text(node: AnyNode | None) -> Any:
    """Return the texts of a node without their places."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [text(item) for item in node.items]
        case Mapping():
            return {key.text: text(item) for key, item in node.entries}
    raise AssertionError


def placed(node: AnyNode | None) -> Any:
    """Return the texts of a node with their places, but for those of empty texts."""
    match node:
        case Scalar():
            return node, node.place if node.text else None
        case Sequence():
            return node.place, [placed(item) for item in node.items]
        case Mapping():
            return node.place, [(placed(key), placed(item)) for key, item in node.entries]
    return None


def check(data: bytes | str) -> None:
    documents = read_documents(data, "f")
    assert documents
    for document in documents:
        assert (document.root is None) == bool(document.problems)
        assert document.place.line
        for problem in document.problems:
            assert problem.help
            assert problem.place.file == "f"
            assert problem.place.line
            assert problem.place.column
            assert not {"yaml.", "<block", "<stream", "<scalar", "Error"} & set(
                problem.message.replace("`", " ").split()
            )


class TestAnyInputIsRead:
    """Any bytes and any text give documents, and nothing is raised."""

    @given(st.binary())
    def test_bytes(self, data: bytes) -> None:
        check(data)

    @given(st.text(st.characters(exclude_categories=())))
    def test_text(self, data: str) -> None:
        check(data)

    @given(MARKUP)
    def test_markup(self, data: str) -> None:
        check(data)


class TestJsonIsReadAsWritten:
    """What JSON writes is read with the same structure and the same texts."""

    @given(JSON, st.sampled_from([None, 1, "\t"]))
    def test_document(self, data: Any, indent: int | str | None) -> None:
        written = [data] if not isinstance(data, list | dict) else data
        [document] = read_documents(json.dumps(written, indent=indent), "f")
        assert document.problems == ()
        assert value(document.root) == written

    @given(st.lists(st.dictionaries(st.text(), JSON, max_size=3), min_size=1))
    def test_lines(self, data: list[dict[str, Any]]) -> None:
        documents = read_documents("\n".join(map(json.dumps, data)), "f")
        assert [value(document.root) for document in documents] == data
        assert [document.place.line for document in documents] == [*range(1, len(data) + 1)]


class TestYamlIsReadAsWritten:
    """Texts that PyYAML writes are read as the same texts."""

    @given(TEXTS, st.booleans())
    def test_document(self, data: Any, flow: bool) -> None:
        [document] = read_documents(yaml.safe_dump(data, default_flow_style=flow), "f")
        assert document.problems == ()
        assert text(document.root) == data

    @given(SIGNS, st.sampled_from(["'", "|", ">"]))
    def test_signs_of_all_scripts(self, data: Any, style: str) -> None:
        dumped = yaml.safe_dump(data, default_style=style, allow_unicode=True)
        [document] = read_documents(dumped, "f")
        assert document.problems == ()
        assert text(document.root) == data

    @given(VISIBLE)
    def test_signs_of_all_scripts_without_quotes(self, data: Any) -> None:
        [document] = read_documents(yaml.safe_dump(data, allow_unicode=True), "f")
        assert document.problems == ()
        assert text(document.root) == data

    @given(st.lists(TEXTS.filter(bool), min_size=1, max_size=4))
    def test_stream(self, data: list[Any]) -> None:
        documents = read_documents(yaml.safe_dump_all(data), "f")
        assert [text(document.root) for document in documents] == data


class TestAWholeTextIsReadLikeAStream:
    """A text that is taken at once is read as one that comes line by line."""

    @given(MARKUP, st.lists(st.sampled_from(["a: 1\n", "# c\n", "\n", "b: {c: d}\n"]), max_size=3))
    def test_markup(self, data: str, before: list[str]) -> None:
        text = "".join(before) + data
        found = [(one, placed(one.root)) for one in read_documents(text, "f")]
        by_line = iter_documents(BytesIO(text.encode()), "f")
        assert found == [(one, placed(one.root)) for one in by_line]


@pytest.mark.skipif(C_LOADER is None, reason="PyYAML has no parser in C here")
class TestBothParsersAgree:
    """What both parsers can read, they read as the same tree."""

    @given(MARKUP)
    def test_markup(self, data: str) -> None:
        trees = []
        for loader in LOADERS:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(yaml_text, "LOADER", loader)
                trees.append([placed(document.root) for document in read_documents(data, "f")])
        for one, other in zip(*trees, strict=True):
            assert one == other or one is None or other is None
