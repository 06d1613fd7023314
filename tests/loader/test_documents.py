# SPDX-License-Identifier: MIT
"""Hostile text becomes nodes with places, or problems that an analyst can fix."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.documents import Limits, iter_documents, read_bytes, read_documents
from caljobs_policy.loader.text import yaml_text
from caljobs_policy.syntax.nodes import AnyNode, Mapping, Scalar, Sequence

NAME = "profile.yaml"
# A tracer, as for coverage, slows down what is measured.
C_LOADER = getattr(yaml, "CBaseLoader", None)
LOADERS: list[Any] = [loader for loader in (C_LOADER, yaml_text.PureLoader) if loader]
USUAL: Any = LOADERS[0]


class Wordless(USUAL):  # type: ignore[misc]
    """A parser that says where it stops, and not why."""

    def check_event(self, *choices: Any) -> bool:
        with silence():
            return bool(super().check_event(*choices))

    def get_event(self) -> Any:
        with silence():
            return super().get_event()


@contextmanager
def silence() -> Iterator[None]:
    try:
        yield
    except yaml.MarkedYAMLError as error:
        raise type(error)(None, error.context_mark, None, error.problem_mark) from None


LOADERS.append(Wordless)


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "LOADER", request.param)


def written(node: AnyNode | None) -> object:
    """Return the texts of a node without their places."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [written(item) for item in node.items]
        case Mapping():
            return {key.text: written(value) for key, value in node.entries}
    return None


def root(text: str | bytes) -> AnyNode:
    [document] = read_documents(text, NAME)
    assert document.problems == ()
    assert document.root is not None
    return document.root


def problems(text: str | bytes, limits: Limits | None = None) -> list[Problem]:
    [document] = read_documents(text, NAME, limits or Limits())
    assert document.root is None
    assert all(problem.help for problem in document.problems)
    assert all(
        "yaml" not in str(p).replace(NAME, "").lower() or "%" in str(p) for p in document.problems
    )
    return list(document.problems)


def at(text: str | bytes) -> tuple[int, int, str]:
    """Return the place and message of the one problem in a text."""
    [problem] = problems(text)
    assert problem.place.file == NAME
    return problem.place.line, problem.place.column, problem.message


class TestNodes:
    def test_texts_stay_as_written(self) -> None:
        node = root("a: 001\non: NO\nb: 680.10\nc: '1'\nd: 2025-01-01\n")
        assert written(node) == {"a": "001", "on": "NO", "b": "680.10", "c": "1", "d": "2025-01-01"}

    def test_quotes_are_told_apart(self) -> None:
        node = root("- a\n- 'a'\n- \"a\"\n- |\n  a\n")
        assert isinstance(node, Sequence)
        assert [isinstance(i, Scalar) and i.quoted for i in node.items] == [False, True, True, True]

    @pytest.mark.parametrize("text", ["", "~", "null"])
    def test_a_plain_null_is_null(self, text: str) -> None:
        node = root(f"a: {text}\n")
        assert isinstance(node, Mapping)
        value = node.get("a")
        assert isinstance(value, Scalar)
        assert value.is_null

    @pytest.mark.parametrize("text", ["Null", "NULL", "'null'", '"~"', "None", "nil"])
    def test_other_words_for_null_are_texts(self, text: str) -> None:
        node = root(f"a: {text}\n")
        assert isinstance(node, Mapping)
        value = node.get("a")
        assert isinstance(value, Scalar)
        assert not value.is_null

    def test_a_quoted_null_is_a_text(self) -> None:
        node = root("'null'")
        assert isinstance(node, Scalar)
        assert not node.is_null

    def test_places_count_from_one(self) -> None:
        node = root("# head\nkey:\n  - é: x\n")
        assert isinstance(node, Mapping)
        items = node.get("key")
        assert isinstance(items, Sequence)
        [item] = items.items
        assert isinstance(item, Mapping)
        assert node.entries[0][0].place == Place(NAME, 2, 1)
        assert items.place == Place(NAME, 3, 3)
        assert item.entries[0][1].place == Place(NAME, 3, 8)

    def test_a_missing_key_gives_nothing(self) -> None:
        node = root("a: 1")
        assert isinstance(node, Mapping)
        assert node.get("b") is None

    def test_keys_keep_their_order(self) -> None:
        node = root("b: 1\na: 2\n")
        assert isinstance(node, Mapping)
        assert [key.text for key, _ in node.entries] == ["b", "a"]

    def test_an_alias_gives_the_same_node(self) -> None:
        assert written(root("a: &x [1]\nb: *x\nc: 3")) == {
            "a": ["1"],
            "b": ["1"],
            "c": "3",
        }

    def test_an_alias_as_a_key_stands_where_it_is_used(self) -> None:
        node = root("- &x word\n- *x : 1\n")
        assert isinstance(node, Sequence)
        assert isinstance(node.items[1], Mapping)
        assert node.items[1].entries[0][0] == Scalar("word")
        assert node.items[1].entries[0][0].place == Place(NAME, 2, 3)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_any_line_ends_are_read(self, end: str) -> None:
        node = root(f"a: 1{end}b: |{end}  x{end}  y{end}")
        assert written(node) == {"a": "1", "b": "x\ny\n"}

    def test_a_byte_order_mark_moves_nothing(self) -> None:
        node = root(b"\xef\xbb\xbfa: 1")
        assert isinstance(node, Mapping)
        assert node.entries[0][0].place == Place(NAME, 1, 1)


class TestDocuments:
    def test_each_stands_between_lines_of_three_dashes(self) -> None:
        found = read_documents("a: 1\n--- # second\nb: 2\n--- [3]\n", NAME)
        assert [written(d.root) for d in found] == [{"a": "1"}, {"b": "2"}, ["3"]]
        assert [d.place.line for d in found] == [1, 3, 4]

    def test_a_broken_one_does_not_stop_the_others(self) -> None:
        found = read_documents("a: [\n---\nb: 'x\n---\nc: 3\n", NAME)
        assert [written(d.root) for d in found] == [None, None, {"c": "3"}]
        assert [p.place.line for d in found for p in d.problems] == [1, 3]

    def test_one_with_wrong_bytes_does_not_stop_the_others(self) -> None:
        found = read_documents(b"a: 1\n---\nb: \xe9\n---\nc: 3\n", NAME)
        assert [written(d.root) for d in found] == [{"a": "1"}, None, {"c": "3"}]

    def test_dashes_within_a_block_of_text_are_text(self) -> None:
        assert written(root("a: |\n  ---\n  x\n")) == {"a": "---\nx\n"}

    def test_empty_ones_before_the_first_are_skipped(self) -> None:
        assert written(root("# head\n---\n# more\n---\na: 1\n")) == {"a": "1"}

    def test_a_later_empty_one_is_a_problem(self) -> None:
        found = read_documents("a: 1\n---\n# nothing\n---\nb: 2\n", NAME)
        assert [d.root is None for d in found] == [False, True, False]
        assert found[1].problems[0].message == "this document is empty"
        assert found[1].place == Place(NAME, 2, 1)

    def test_three_dots_end_one(self) -> None:
        found = read_documents("a: 1\n...\n# note\n---\nb: 2\n... # end\n\n", NAME)
        assert [written(d.root) for d in found] == [{"a": "1"}, {"b": "2"}]

    def test_the_version_may_be_named(self) -> None:
        assert written(root("%YAML 1.2\n# note\n---\na: 1\n")) == {"a": "1"}

    @pytest.mark.parametrize("line", ["%TAG ! !x", "%YAML 3.0", "%FOO"])
    def test_other_directives_are_refused(self, line: str) -> None:
        assert at(f"%YAML 1.1\n{line}\n---\na: 1\n") == (
            2,
            1,
            f"the line `{line}` is an instruction for a reader of YAML",
        )

    def test_wrong_bytes_between_a_directive_and_its_document_are_told(self) -> None:
        assert at(b"%YAML 1.2\n# caf\xe9\n---\na: 1\n") == (
            2,
            6,
            "the byte 0xE9 here is not UTF-8",
        )

    @pytest.mark.parametrize("text", ["", "\n \n", "# note\n", "---\n", "---\n---\n", "\ufeff"])
    def test_an_empty_text_is_one_with_a_problem(self, text: str) -> None:
        [problem] = problems(text)
        assert "is empty" in problem.message


class TestJson:
    def test_tabs_and_escapes_are_read_as_in_json(self) -> None:
        node = root('{\n\t"a": "x\\/\\ud83d\\ude00",\n\t"b": [1.50, true, null, -2e5]\n}\n')
        assert written(node) == {"a": "x/😀", "b": ["1.50", "true", "null", "-2e5"]}
        assert isinstance(node, Mapping)
        numbers = node.get("b")
        assert isinstance(numbers, Sequence)
        assert numbers.items[1].place == Place(NAME, 3, 14)

    def test_quotes_are_told_apart(self) -> None:
        node = root('[true, "true", null, "null"]')
        assert node == Sequence(
            (Scalar("true"), Scalar("true", quoted=True), Scalar("null"), Scalar("null", True))
        )

    def test_it_may_follow_three_dashes(self) -> None:
        assert written(root('---\n{\n\t"a": 1}')) == {"a": "1"}

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
    def test_what_is_no_number_is_refused(self, number: str) -> None:
        assert at(f'{{"a": {number}}}') == (1, 7, f"`{number}` is not a number")

    def test_a_repeated_key_is_refused(self) -> None:
        assert at('{"a": 1,\n "a": 2}') == (2, 2, "the key `a` on line 2 is already on line 1")

    def test_half_of_a_pair_is_refused(self) -> None:
        assert at('{"a": "\\ud83d"}')[:2] == (1, 7)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                '{\n\t"a": 1\n\t"b": 2\n}',
                (3, 2, 'a comma or a closing `}` is missing before `"b"`'),
            ),
            ('["a" "b"]', (1, 6, 'a comma or a closing `]` is missing before `"b"`')),
            ('{"a" 1}', (1, 6, "a colon is missing before `1`")),
            ('{"a": 1} "b"', (1, 10, '`"b"` follows the end of the document')),
            ('{"a": }}', (1, 7, "a value is missing before `}`")),
            ('{"a": 1, [', (1, 10, "a key in double quotes is missing before `[`")),
            (
                '{"a": "\\q"}',
                (1, 7, 'the text `"\\q"}` is not closed on its line, or holds an unknown escape'),
            ),
            ('{"a": 1', (1, 8, "a comma or a closing `}` is missing before the end of the text")),
        ],
    )
    def test_its_faults_are_named(self, text: str, expected: tuple[int, int, str]) -> None:
        assert at(text) == expected

    def test_what_looser_readers_take_is_taken(self) -> None:
        assert written(root("{a: 1, 'b': 01,}")) == {"a": "1", "b": "01"}


class TestJsonLines:
    def test_each_line_is_a_document(self) -> None:
        found = read_documents('{"a": 1}\n\n# note\n {b: 2}\n{"c": "\\/"}', NAME)
        assert [written(d.root) for d in found] == [{"a": "1"}, {"b": "2"}, {"c": "/"}]
        assert [d.place for d in found] == [Place(NAME, 1, 1), Place(NAME, 4, 2), Place(NAME, 5, 1)]

    @pytest.mark.parametrize("first", ['{"a": 1}', '{"a": [1]}', '{"a": {"b": [1]}}', "{}"])
    def test_what_is_no_object_does_not_stop_the_others(self, first: str) -> None:
        one, other, last = read_documents(f'{first}\nx\n{{"b": 1}}\n', NAME)
        assert (one.root is None, other.root, last.root is None) == (False, None, False)

    def test_a_broken_line_does_not_stop_the_others(self) -> None:
        found = read_documents('{"a": 1}\n{"b": [}\nc: 3\n{"d": 4}\n', NAME)
        assert [written(d.root) for d in found] == [{"a": "1"}, None, None, {"d": "4"}]
        assert [p.place.line for d in found for p in d.problems] == [2, 3]

    def test_a_broken_first_line_does_not_stop_the_others(self) -> None:
        found = read_documents('{"a": 1\n{"b": 2}\n{"c": 3}', NAME)
        assert [written(d.root) for d in found] == [None, {"b": "2"}, {"c": "3"}]

    def test_brackets_in_quotes_do_not_count(self) -> None:
        found = read_documents('{"a": "}\\"{"}\n{"b": \'{\'}\n', NAME)
        assert [written(d.root) for d in found] == [{"a": '}"{'}, {"b": "{"}]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('{"a": [\n{"b": 1},\n{"c": 2}]}', {"a": [{"b": "1"}, {"c": "2"}]}),
            ('{"a": "b \\\n  {c"}', {"a": "b {c"}),
            ("{a: 'b }\n  {c'}", {"a": "b } {c"}),
            ("{a: {},\nc: {}}", {"a": {}, "c": {}}),
        ],
    )
    def test_an_object_over_several_lines_is_one_document(self, text: str, expected: Any) -> None:
        assert written(root(text)) == expected

    def test_an_apostrophe_opens_no_quote(self) -> None:
        found = read_documents("{a: don't}\n{b: 2}", NAME)
        assert [written(d.root) for d in found] == [{"a": "don't"}, {"b": "2"}]

    def test_three_dashes_may_stand_between_lines(self) -> None:
        found = read_documents('{"a": 1}\n{"b": 2}\n---\nc: 3\n', NAME)
        assert [written(d.root) for d in found] == [{"a": "1"}, {"b": "2"}, {"c": "3"}]


class TestFiles:
    def test_not_utf_8_names_the_byte(self) -> None:
        assert at(b"a: 1\nb: \xc3\xa9\xe9\n") == (2, 5, "the byte 0xE9 here is not UTF-8")

    def test_a_half_of_a_pair_in_a_text_is_not_utf_8(self) -> None:
        assert at("a: \ud83d")[:2] == (1, 4)

    @pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "utf-32"])
    def test_utf_16_is_named(self, codec: str) -> None:
        bom = b"\xfe\xff" if codec == "utf-16-be" else b""
        assert at(bom + "a: 1\n---\n".encode(codec))[2] == "the file is in UTF-16, not in UTF-8"

    @pytest.mark.parametrize("data", [b"PK\x03\x04\xff", b"a: \x00\xff", "a: \x7f", "\x1b[1m"])
    def test_a_binary_file_is_refused(self, data: bytes | str) -> None:
        assert "not a text file" in at(data)[2]

    @pytest.mark.parametrize("sign", ["\x85", "\u2028", "\ufeff"])
    def test_a_hidden_line_end_is_refused(self, sign: str) -> None:
        line, column, message = at(f"a: 1\nb: x{sign}y\n")
        assert (line, column) == (2, 5)
        assert f"U+{ord(sign):04X}" in message

    def test_a_hidden_line_end_in_json_is_text(self) -> None:
        assert written(root('{"a": "x\u2028y"}')) == {"a": "x\u2028y"}


NO_COLON = "`{}` has no colon and is not part of the value above it"


class TestRefusals:
    FAULTS: ClassVar = [
        ("a:\n\tb: 1\n", (2, 1, "there is a tab where only spaces are allowed")),
        ("- a\n- b\n\t- c\n", (3, 1, "there is a tab where only spaces are allowed")),
        ("? [a]\n: 1\n", (1, 3, "a key is not a single text")),
        ("a: {{ name }}\n", (1, 5, "a key is not a single text")),
        ("?\n: b\n", (1, 2, "a key is missing before a colon")),
        ("a: 1\n<<: {b: 1}\n", (2, 1, "the merge key `<<` is not supported")),
        ("a: b: c\n", (1, 5, "there is a second colon followed by a space in `a: b: c`")),
        (
            "a: 1\n  b: 2\n",
            (2, 4, "`b: 2` is indented as a part of the value above it, but holds a key"),
        ),
        ("a: 1\nb:2\nc: 3\n", (2, 1, "missing space after the colon in `b:2`")),
        ("- a\n-b\n", (2, 1, "missing space after the `-` in `-b`")),
        ("a: 1\nb\n", (2, 1, "`b` has no colon and is not part of the value above it")),
        ("a: 'x\nb: 1\n", (1, 4, "the quote that opens `'x` is never closed")),
        ('a: "x', (1, 4, 'the quote that opens `"x` is never closed')),
        ("a: [1, 2", (1, 4, "the bracket that opens `[1, 2` is never closed")),
        ("a: {b: 1", (1, 4, "the bracket that opens `{b: 1` is never closed")),
        ("a: [\n", (1, 4, "the bracket that opens `[` is never closed")),
        ("a: [1\nb: 2", (2, 2, "a comma or a closing bracket is missing before `: 2`")),
        ("a: @b", (1, 4, "`@` cannot start a value that is not in quotes")),
        ("a: 'b' c", (1, 8, "`c` follows a value that has ended")),
        ("a:\n  - 1\n - 2\n", (3, 2, "`- 2` does not line up with the lines above it")),
        ("- a\nb: 1", (2, 1, "`b: 1` does not line up with the lines above it")),
        ("a: - b", (1, 4, "a list item cannot start here, with `- b`")),
        ("a: ? b", (1, 4, "a question mark cannot start a value here")),
        ("a: | b", (1, 4, "`| b` does not start a block of text")),
        ("a: ]", (1, 4, "a value is missing before `]`")),
        ("{a: 1} x", (1, 8, "`x` follows the end of the document")),
        ("a: b\n... x", (2, 5, "`x` follows the end of the document")),
        (
            "a: **b**",
            (
                1,
                4,
                "`**b**` starts with `*` or `&`, which need a plain name after them",
            ),
        ),
        ("a: 'b' ]", (1, 8, "`]` closes a bracket that nothing opens")),
        ("a: {b: [c}", (1, 10, "a comma or a closing bracket is missing before `}`")),
        ("a: 1\nb:{c: [d]}", (2, 2, "missing space after the colon at `:{c: [d]}`")),
        ("a: 1\n: b", (2, 1, "a key is missing before `: b`")),
        ("a: 1\n[", (2, 1, "the bracket that opens `[` is never closed")),
        ("a: [b,\n  c: {d: e\n", (2, 6, "the bracket that opens `{d: e` is never closed")),
        ("a: 1\n[b, c]\nd: 2", (2, 1, NO_COLON.format("[b, c]"))),
        ("  a: 1\nb: 2", (2, 1, "`b: 2` does not line up with the lines above it")),
        (f"a: 1\n{'b' * 1500}: 2", (2, 1, f"`{'b' * 60}…` is too long to be a key")),
        (
            "a: [b, c\nd: e\nf: g]\n",
            (2, 2, "a comma or a closing bracket is missing before `: e`"),
        ),
        ("a: *b", (1, 4, "`*b` refers to nothing that is complete above it")),
        ("a: &b [*b]", (1, 8, "`*b` refers to nothing that is complete above it")),
        ("- &b c\n- &b d", (2, 3, "the name `&b` is used a second time")),
    ]
    """Texts, and the line, the column and the message of what is wrong with each."""

    @pytest.mark.parametrize(("text", "expected"), FAULTS)
    def test_each_fault_is_told_in_plain_words(
        self, text: str, expected: tuple[int, int, str]
    ) -> None:
        assert at(text) == expected

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    @pytest.mark.parametrize(("text", "expected"), FAULTS)
    def test_faults_are_told_where_they_are_however_lines_end(
        self, text: str, expected: tuple[int, int, str], end: str
    ) -> None:
        assert at(text.replace("\r\n", "\n").replace("\n", end)) == expected

    @pytest.mark.parametrize(("text", "expected"), FAULTS)
    def test_faults_are_told_as_well_in_a_later_document(
        self, text: str, expected: tuple[int, int, str]
    ) -> None:
        _, *found = read_documents(f"first: document\n---\n{text}", NAME)
        line, column, message = expected
        (problem,) = (problem for document in found for problem in document.problems)
        assert problem.message == message
        assert (problem.place.line, problem.place.column) == (line + 2, column)

    def test_what_follows_a_bracket_in_the_place_of_a_key_is_named(self) -> None:
        found = problems("[draft] office: North\n")[-1]
        assert found.message == "`office: North` follows a value that has ended"

    @pytest.mark.parametrize(
        "text",
        [
            'a: "\\q"',
            'a: "\\xzz"',
            'a: "\\ud83d"',
            'a: "\\U00110000"',
            "a: b\tc",
            "a: b\n  \tc",
            "a: >\n\tb",
            "{a:[b]]}",
            "a: b\n%c",
        ],
    )
    def test_rarer_faults_have_a_place_and_a_remedy(self, text: str) -> None:
        assert all(p.place.line for p in problems(text))

    @pytest.mark.parametrize(
        ("text", "tag", "column"),
        [
            ("a: !!python/object/apply:os.system ['true']", "!!python/object/apply:os.system", 4),
            ("!!str a", "!!str", 1),
            ("a: &x !y b", "!y", 4),
            ("a: ! b", "!", 4),
            ("a: !x!y b", "!x!y", 4),
            ("a: !<x> b", "!<x>", 4),
        ],
    )
    def test_a_tag_is_refused(self, text: str, tag: str, column: int) -> None:
        message = f"the tag `{tag}` asks to build an object, but nothing in a file is ever executed"
        assert at(text) == (1, column, message)

    def test_each_repeated_key_is_a_problem(self) -> None:
        found = problems("a: 1\nb: 2\na: 3\nc: {d: 1, 'd': 2}\na: 4\n")
        assert [p.message for p in found] == [
            "the key `a` on line 3 is already on line 1",
            "the key `d` on line 4 is already on line 4",
            "the key `a` on line 5 is already on line 1",
        ]

    def test_problems_before_a_broken_line_are_told_too(self) -> None:
        assert [p.place.line for p in problems("a: 1\na: 2\nb: 'x\n")] == [2, 3]

    def test_a_long_text_is_cut(self) -> None:
        [problem] = problems(f"{'k' * 500}: 1\n{'k' * 500}: 2\n")
        assert len(problem.message) < 200


class TestHiddenCharacters:
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("a: 1\nb:\xa02\nc: 3", (2, 3)),
            ("a:\n\xa0\xa0b: 1\n  c: 2", (2, 1)),
            ("a: 1\nb: 2\xa0\nc: 3", (2, 5)),
            ("a: 1\nb\u200b: 2", (2, 2)),
            ("a: one\xa0two", (1, 7)),
            ("a: one\n  two\u2003three", (2, 6)),
            ("- a\n-\u3000b", (2, 2)),
            ("a: 'b'\xa0\nc: d", (1, 7)),
            ("a: [b,\u200b\n c d: e", (1, 7)),
            ("{\xa0a: 1}", (1, 2)),
            ('{"a":\xa01}', (1, 6)),
            ('{"a": 1,\n\u200b"b":\t2 "c": 3}', (2, 1)),
        ],
    )
    def test_each_is_named_where_it_stands(self, text: str, place: tuple[int, int]) -> None:
        line, column, message = at(text)
        assert (line, column) == place
        assert message.startswith("there is a hidden character here: ")

    def test_they_are_told_by_name(self) -> None:
        names = {"\xa0": "non-breaking space", "\u200b": "zero-width space", "\u2009": "thin space"}
        for sign, name in names.items():
            assert at(f"a: b{sign}c")[2].endswith(f"{name}, U+{ord(sign):04X}")

    @pytest.mark.parametrize(
        "text",
        ["a: 'b\xa0c'", 'a: "b\u200b"', "a: |\n  b\xa0c", "a: b # c\xa0d", '{"a": "b\xa0c"}'],
    )
    def test_in_quotes_blocks_and_comments_they_may_stand(self, text: str) -> None:
        root(text)


class TestTypographicQuotes:
    TOLD = "a typographic quote begins or ends this text, and would be read as part of it"

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("a: “b c”", 4),
            ("a: ‘b’", 4),  # noqa: RUF001
            ("a: «b»", 4),
            ("a: „b“", 4),
            ("“a”: b", 1),
            ("a: b”", 4),
            ('a: “b"', 4),
            ("a: “b: c”", 4),
            ("- “b: c\n  d”", 3),
            ("- [‘b: c: d’]", 4),  # noqa: RUF001
        ],
    )
    def test_around_a_text_they_are_told(self, text: str, column: int) -> None:
        assert at(text) == (1, column, self.TOLD)

    def test_those_that_a_comma_parts_are_told(self) -> None:
        assert [p.place.column for p in problems("a: [“b, c”]")] == [5, 9]

    @pytest.mark.parametrize(
        "text",
        [
            "a: “b” or “c”",
            "a: the form “b”",
            "a: “b” is one",
            "a: staffs\u2019",
            'a: "“b”"',
            "a: |\n  “b”",
        ],
    )
    def test_within_a_text_they_are_a_part_of_it(self, text: str) -> None:
        root(text)


class TestMergeConflicts:
    TOLD = "this line marks an unresolved merge conflict"

    @pytest.mark.parametrize(
        "text",
        [
            "a: 1\n<<<<<<< HEAD\nb: 2\n||||||| base\n=======\nb: 3\n>>>>>>> other\n",
            '{\n<<<<<<< HEAD\n"b": 2\n|||||||\n=======\n"b": 3\n>>>>>>> other\n}\n',
        ],
    )
    def test_each_mark_is_told(self, text: str) -> None:
        found = problems(text)
        assert {p.message for p in found} == {self.TOLD}
        assert [p.place.line for p in found] == [2, 4, 5, 7]

    def test_those_between_lines_of_json_are_told(self) -> None:
        text = '{"a": 1}\n<<<<<<< HEAD\n{"a": 2}\n=======\n{"a": 3}\n>>>>>>> other\n'
        found = read_documents(text, NAME)
        assert [p.place.line for d in found for p in d.problems if p.message == self.TOLD] == [
            2,
            4,
            6,
        ]
        assert [written(d.root) for d in found if d.root] == [{"a": "1"}, {"a": "2"}, {"a": "3"}]

    def test_those_within_a_text_are_a_part_of_it(self) -> None:
        root("a: |\n  <<<<<<< HEAD\n  =======\n")


class TestDroppedText:
    @pytest.mark.parametrize(
        ("text", "column", "lost"),
        [
            ("title: Attachment #1", 19, "#1"),
            ("- see\n  Attachment #1 and more", 14, "#1 and more"),
            ("a: [see #1\n]", 9, "#1"),
            ("color: #fff", 8, "#fff"),
            ("a: 'x'#1", 7, "#1"),
            ("a: > #1", 6, "#1"),
            ("title: Attachment # 5 must be signed", 19, "# 5 must be signed"),
            ("title: Attachment # 5", 19, "# 5"),
        ],
    )
    def test_it_is_a_problem(self, text: str, column: int, lost: str) -> None:
        [problem] = problems(text)
        assert problem.message == f"the text after ` #` would be dropped: `{lost}`"
        assert problem.place.column == column

    @pytest.mark.parametrize(
        "text",
        [
            "a: b # one",
            "a: b#1",
            "a: 'b #1'",
            "a: 5 #1",
            "a: 5 # 1 more",
            "a: |\n  b #1",
            "#a\nb: 1",
            "a: b\n#c\n",
            "a: #b\n  - c",
            "a: b #",
            "a: 'b' #1",
        ],
    )
    def test_a_comment_is_none(self, text: str) -> None:
        root(text)


class TestLimits:
    @pytest.mark.parametrize(
        "text",
        [
            "[" * 100_000,
            "[" * 100_000 + "]" * 100_000,
            "[\n" * 100_000,
            "{a: " * 100_000,
            '{"a":' * 100_000,
            "- " * 100_000,
            "? " * 100_000,
            "a: " + "[" * 100_000,
            "\n".join(" " * depth + "a:" for depth in range(3_900)),
            "\n".join(" " * depth + "-" for depth in range(3_900)),
        ],
        ids=["[", "[]", "lines", "{a", "json", "-", "?", "value", "indented", "items"],
    )
    def test_deep_nesting_is_refused(self, text: str) -> None:
        assert at(text)[2] == "nested deeper than 40 levels"

    def test_brackets_in_texts_are_not_nested(self) -> None:
        deep = "[" * 41
        for text in (f"a: '{deep}'", f'- "{deep}" # {deep}', f"- a: |\n\n   {deep}\n", "- []" * 41):
            assert "nested" not in str(read_documents(text, NAME)[0].problems)
        assert written(root(f"k{deep}: 1"))
        assert at(f"a: '[' \nb: {deep}")[:2] == (2, 43)
        assert at(f"- a: |\n   {deep}\n  b: {deep}")[:2] == (3, 44)

    def test_100_000_columns_of_indentation_end(self) -> None:
        text = f"a:\n{' ' * 100_000}- b:\n{' ' * 100_010}c\n{' ' * 100_005}- d"
        (document,) = read_documents(text, NAME)
        assert document.root or document.problems

    def test_the_last_level_is_read(self) -> None:
        assert written(root("[" * 40 + "]" * 40))
        assert at("[" * 41 + "]" * 41)[:2] == (1, 41)

    def test_nodes_are_counted(self) -> None:
        assert problems("[a, {b: c}]", Limits(nodes=4))[0].place == Place(NAME, 1, 9)
        assert read_documents("[a, {b: c}]", NAME, Limits(nodes=5))[0].root

    def test_an_alias_counts_with_all_that_it_stands_for(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 6)]
        assert "more than 200,000 values" in at("\n".join(lines))[2]

    def test_an_alias_counts_with_its_depth(self) -> None:
        lines = ["- &a0 []", *(f"- &a{i} [[[[[[[[*a{i - 1}]]]]]]]]" for i in range(1, 9))]
        assert at("\n".join(lines))[2] == "nested deeper than 40 levels"

    def test_aliases_are_counted(self) -> None:
        assert isinstance(root("- &a b\n" + "- *a\n" * 50), Sequence)
        assert at("- &a b\n" + "- *a\n" * 51)[2] == "more than 50 aliases such as `*a`"

    def test_a_text_may_be_too_long(self) -> None:
        assert problems("a: bcdef", Limits(scalar=4))[0].place == Place(NAME, 1, 4)

    def test_a_file_may_be_too_large(self) -> None:
        assert problems("a: bcdef", Limits(size=7))[0].message == "the text is larger than 7 bytes"
        assert read_documents("a: bcdef", NAME, Limits(size=8))[0].root

    def test_problems_end_at_a_hundred(self) -> None:
        found = problems("a: 1\n" * 500)
        assert len(found) == 101
        assert found[-1].message == "there are more than 100 problems above"

    def test_a_profile_of_200_kb_is_read(self) -> None:
        row = "- id: rule-{0}\n  title: The title of a rule\n  when: {{role: staff, days: {0}}}\n"
        text = "".join(row.format(i) for i in range(2_800))
        found = root(text)
        assert isinstance(found, Sequence)
        assert len(found.items) == 2_800


class Endless(io.RawIOBase):
    """A stream of one endless line, which counts how often it is read."""

    def __init__(self, line: bytes) -> None:
        self.line = line
        self.asked = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.asked += 1
        return self.line[:size] if size is not None else self.line


class Failing(io.RawIOBase):
    """A stream that breaks when it is read."""

    def readline(self, size: int | None = -1, /) -> bytes:
        raise OSError

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError


class TestStreams:
    def test_documents_come_as_soon_as_they_have_ended(self) -> None:
        stream = Endless(b'{"a": 1}\n')
        found = list(islice(iter_documents(stream, NAME), 3))
        assert [d.place.line for d in found] == [1, 2, 3]
        assert stream.asked == 3

    def test_documents_between_dashes_come_one_by_one(self) -> None:
        stream = Endless(b"--- [a]\n")
        assert [written(d.root) for d in islice(iter_documents(stream, NAME), 2)] == [["a"], ["a"]]

    def test_the_size_limit_is_for_each_document(self) -> None:
        text = b"a: 1\n---\nb: 22\nc: 3\n---\nd: 4\n"
        found = list(iter_documents(io.BytesIO(text), NAME, Limits(size=11)))
        assert [written(d.root) for d in found] == [{"a": "1"}, None, {"d": "4"}]
        assert found[1].problems[0].message == "the text is larger than 11 bytes"

    def test_a_line_above_the_limit_is_skipped(self) -> None:
        text = b'{"a": 1}\n{"b": "' + b"x" * 1000 + b'"}\n{"c": 3}\n'
        found = list(iter_documents(io.BytesIO(text), NAME, Limits(size=20)))
        assert [written(d.root) for d in found] == [{"a": "1"}, None, {"c": "3"}]
        assert [d.place.line for d in found] == [1, 2, 3]

    def test_a_stream_of_text_is_read_too(self) -> None:
        found = iter_documents(io.StringIO("a: é\n---\nb: 2"), NAME)
        assert [written(d.root) for d in found] == [{"a": "é"}, {"b": "2"}]

    def test_a_failure_is_a_problem(self) -> None:
        [document] = iter_documents(Failing(), NAME)
        assert document.problems[0].message == "the file cannot be read"


class TestBytes:
    def test_a_file_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.yaml"
        path.write_bytes(b"a: 1")
        assert read_bytes(path) == read_bytes(str(path)) == b"a: 1"

    def test_a_stream_is_read_to_its_end(self) -> None:
        reader, writer = os.pipe()
        with open(reader, "rb", buffering=0) as stream, open(writer, "wb", buffering=0) as sink:
            sink.write(b"a: 1")
            sink.close()
            assert read_bytes(stream) == b"a: 1"

    def test_no_more_than_the_limit_is_read(self) -> None:
        stream = io.BytesIO(b"x" * 1000)
        found = read_bytes(stream, Limits(size=10), name="big.yaml")
        assert isinstance(found, Problem)
        assert str(found).startswith("big.yaml: the text is larger than 10 bytes")
        assert stream.tell() == 11

    def test_a_file_of_the_exact_limit_is_read(self) -> None:
        assert read_bytes(io.BytesIO(b"x" * 10), Limits(size=10)) == b"x" * 10

    def test_what_cannot_be_read_is_a_problem(self, tmp_path: Path) -> None:
        cases = {
            str(tmp_path / "none.yaml"): "there is no such file",
            str(tmp_path): "this is a folder",
            "a\0b": "the file cannot be read",
            str(tmp_path / ("x" * 5000)): "the file cannot be read",
        }
        for path, message in cases.items():
            found = read_bytes(path)
            assert isinstance(found, Problem)
            assert (found.message, found.place.file) == (message, path)

    def test_a_broken_stream_is_a_problem(self) -> None:
        assert isinstance(read_bytes(Failing(), name=NAME), Problem)
