# SPDX-License-Identifier: MIT
"""What is printed for signs that an encoding lacks; never `?`, the mark of missing facts."""

from __future__ import annotations

import codecs
import unicodedata
from typing import Final, TextIO

NEAREST: Final = "caljobs_policy.nearest"
"""The name of the way in which such signs are encoded."""
_HORIZONTAL: Final = "─━═╌┄┈╍┅┉╴╶╸╺"
_VERTICAL: Final = "│┃║╎┆┊╏┇┋╵╷╹╻"
_DASHES: Final = "‐‑‒–—―−﹘﹣－"  # noqa: RUF001  # all of them, since any may be meant
_PLAIN: Final = {
    "✗": "x",
    "✓": "+",
    "·": "-",
    "•": "*",
    "→": "->",
    "←": "<-",
    "…": "...",
    "≤": "<=",
    "≥": ">=",
    "×": "x",  # noqa: RUF001  # the sign of multiplication
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",  # noqa: RUF001  # a quote
    "’": "'",  # noqa: RUF001  # a quote
    "\N{NO-BREAK SPACE}": " ",
    "\N{REPLACEMENT CHARACTER}": "_",
    **dict.fromkeys(map(chr, range(0x2500, 0x2580)), "+"),  # corners and crossings of boxes
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_HORIZONTAL, "-"),
    **dict.fromkeys(_VERTICAL, "|"),
}


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Return what is encoded in place of some signs, and where encoding goes on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(map(_in_place_of, signs)), error.end


def _in_place_of(sign: str) -> str:
    """Return the plain sign, the letter without its accent, or the number of the sign."""
    letters = unicodedata.normalize("NFKD", sign)
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    for plain in (_PLAIN.get(sign), bare):
        if plain and plain.isascii():
            return plain
    return sign.encode("ascii", "backslashreplace").decode()


codecs.register_error(NEAREST, _nearest)


def take_all_signs(stream: TextIO) -> None:
    """See to it that whatever is printed to a stream can be encoded."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=NEAREST)
