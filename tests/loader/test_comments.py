# SPDX-License-Identifier: MIT
"""Comments are told from what is written, whatever stands in a text."""

from __future__ import annotations

from typing import Final

import pytest
import yaml

from caljobs_policy.loader.text import comments
from caljobs_policy.loader.text.comments import Comment, comments_in
from caljobs_policy.loader.text.yaml_text import PureLoader

TEXT: Final = """\
# head
plain: page#1  # after plain
quoted: "a # b
  # c" # after quoted
single: 'it''s # d' # after single
block: |  # after a sign
  text # e
  # f

# after a block
folded: >-
  text
  # g
list: [one, # in a list
  two]
  # indented # twice
null_value:   # after a key
"""
FOUND: Final = [
    Comment(1, 1, "# head"),
    Comment(2, 16, "# after plain"),
    Comment(4, 8, "# after quoted"),
    Comment(5, 21, "# after single"),
    Comment(6, 11, "# after a sign"),
    Comment(10, 1, "# after a block"),
    Comment(14, 13, "# in a list"),
    Comment(16, 3, "# indented # twice"),
    Comment(17, 15, "# after a key"),
]


@pytest.mark.parametrize("parser", [getattr(yaml, "CBaseLoader", PureLoader), PureLoader])
def test_comments_are_found_beside_all_that_may_hold_a_sign(
    parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "LOADER", parser)
    assert list(comments_in(TEXT)) == FOUND


def test_a_text_without_any_value_may_have_comments() -> None:
    assert list(comments_in("# alone\n")) == [Comment(1, 1, "# alone")]


def test_a_text_that_breaks_the_syntax_has_none() -> None:
    assert not list(comments_in('# head\nkey: "open\n'))
