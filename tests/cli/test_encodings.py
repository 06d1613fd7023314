# SPDX-License-Identifier: MIT
"""Characters that an encoding lacks are replaced by others, but never by `?`."""

from __future__ import annotations

import unicodedata

import pytest

from caljobs_policy.cli.encodings import NEAREST


@pytest.mark.parametrize(
    ("text", "encoding", "plain"),
    [
        ("✗ missing → mend it", "ascii", b"x missing -> mend it"),
        ("✗ missing → mend it", "cp1252", b"x missing -> mend it"),
        ("✓ met · a, b", "ascii", b"+ met - a, b"),
        ("✓ met · a, b", "cp1252", b"+ met \xb7 a, b"),
        ("• “one” — \u2018two\u2019…", "ascii", b"* \"one\" - 'two'..."),
        ("• “one” — \u2018two\u2019…", "cp1252", b"\x95 \x93one\x94 \x97 \x91two\x92\x85"),
        ("┌─┐│╞═╡", "ascii", b"+-+|+-+"),
        ("Zoë César", "ascii", b"Zoe Cesar"),
        ("Zoë César Łuka ő", "cp1252", b"Zo\xeb C\xe9sar \\u0141uka o"),
        ("東京 🙂", "ascii", b"\\u6771\\u4eac \\U0001f642"),
        ("\udc80", "utf-8", b"\\udc80"),
        ("a\N{REPLACEMENT CHARACTER}b", "ascii", b"a_b"),
    ],
)
def test_sign_that_is_lacking_has_another_in_its_place(
    text: str, encoding: str, plain: bytes
) -> None:
    assert text.encode(encoding, NEAREST) == plain


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "cp932"])
def test_no_sign_becomes_a_question_mark(encoding: str) -> None:
    for code in range(0x3000):
        if unicodedata.name(chr(code), "").endswith("QUESTION MARK"):
            continue
        plain = chr(code).encode(encoding, NEAREST)
        assert plain
        assert b"?" not in plain or "?" in unicodedata.normalize("NFKD", chr(code)), hex(code)
