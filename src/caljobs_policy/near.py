# SPDX-License-Identifier: MIT
"""The known word that is nearest to one that is not known, and never its contrary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_CUTOFF: Final = 0.6
_SAME: Final = 0.8
"""From this likeness on, two words are taken for one word and a slip of the pen."""
_LONGEST: Final = 80
_TURNING: Final = (
    *("dis", "non", "not", "de", "il", "im", "in", "ir", "no", "re", "un"),
    *("after", "before", "fewer", "more", "less", "over", "under", "out", "pre", "post"),
    *("min", "max", "lower", "higher", "earlier", "later"),
)
"""What turns a word into another, or its contrary, when it stands before it."""
_TURNING_AFTER: Final = ("nt", "n't", "not")
_SIGNS: Final = "-_ "


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the remedy that names the known word nearest to `word`, or None when none is near."""
    near = near_word(word, known)
    return f"did you mean `{near}`?" if near else None


def near_word(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to `word`, or None when none is near.

    Capital letters make no difference. Of paths, such as `account.status`, the parts are compared
    that differ. Where the nearest word says the contrary, none is named.
    """
    if not word or len(word) > _LONGEST:
        return None
    text = word.casefold()
    likeness = {other: _likeness(text, other.casefold()) for other in _candidates(text, known)}
    best = max(likeness, key=lambda other: likeness[other], default=None)
    if best is None or likeness[best] < _CUTOFF or _is_contrary(text, best.casefold()):
        return None
    return best


def _candidates(word: str, known: Iterable[str]) -> list[str]:
    """Return the words that may be meant: of paths, those that begin alike, or end alike."""
    found = sorted(known, reverse=True)
    way, last = _parted(word)
    alike = [other for other in found if way and other.casefold().startswith(way)]
    return [o for o in found if o in alike or _parted(o.casefold())[1] == last] if alike else found


def _parted(path: str) -> tuple[str, str]:
    """Part the last part of a path from the way to it."""
    at = max(path.rfind("."), path.rfind("/")) + 1
    return path[:at], path[at:]


def _likeness(word: str, other: str) -> float:
    """Return how like two words are, from 0 to 1."""
    ratio = _ratio(*_differing(word, other))
    if _parted(word)[0] and _parted(word)[1] == _parted(other)[1]:
        # Only the way to it is wrong; the nearer way is better.
        ratio = max(ratio, _SAME + _ratio(word, other) / 10)
    return ratio


def _differing(word: str, other: str) -> tuple[str, str]:
    """Return two paths without the parts in which they agree from the beginning."""
    for sign in "./":
        while sign in word and sign in other:
            (first, _, rest), (second, _, more) = word.partition(sign), other.partition(sign)
            if first != second:
                break
            word, other = rest, more
    return word, other


def _is_contrary(word: str, other: str) -> bool:
    """Return whether two words are one but for what turns it into its contrary."""
    one, two = _parted(word)[1], _parted(other)[1]
    whole = _ratio(one, two)
    return any(
        _ratio(stem, other_stem) >= max(_SAME, whole)
        for turned, stem in _stems(one)
        for other_turned, other_stem in _stems(two)
        if turned != other_turned
    )


def _stems(word: str) -> Iterator[tuple[str, str]]:
    """Return a word with nothing before it, and what is left of it without each turning part."""
    yield "", word
    for turning in _TURNING:
        if word.startswith(turning) and len(word) > len(turning) + 1:
            yield turning, word.removeprefix(turning).lstrip(_SIGNS)
    for turning in _TURNING_AFTER:
        if word.endswith(turning) and len(word) > len(turning) + 1:
            yield turning, word.removesuffix(turning).rstrip(_SIGNS)


def _ratio(one: str, two: str) -> float:
    from difflib import SequenceMatcher  # noqa: PLC0415  # few programs meet a misspelt word

    matcher = SequenceMatcher(None, one, two)
    quick = matcher.real_quick_ratio() >= _CUTOFF and matcher.quick_ratio() >= _CUTOFF
    return matcher.ratio() if quick else 0.0
