# SPDX-License-Identifier: MIT
"""The known word nearest to an unknown one, but never its opposite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import field, frozen

_CUTOFF: Final = 0.6
_SAME: Final = 0.8
"""From this likeness on, one word is taken for a typo of the other."""
_LONGEST: Final = 80
_TURNING: Final = (
    *("dis", "non", "not", "de", "il", "im", "in", "ir", "no", "re", "un"),
    *("after", "before", "fewer", "more", "less", "over", "under", "out", "pre", "post"),
    *("min", "max", "lower", "higher", "earlier", "later"),
)
"""Prefixes that turn a word into another or into its opposite."""
_TURNING_AFTER: Final = ("nt", "n't", "not")
_SIGNS: Final = "-_ "


@frozen
class Remedy:
    """What helps with an unknown word, which may be private; its text is worked out when needed."""

    word: str = field(repr=False)
    known: tuple[str, ...]
    listing: str
    most: int | None
    otherwise: str

    def __str__(self) -> str:
        near = near_word(self.word, self.known)
        if near is not None:
            return f"did you mean `{near}`?"
        return self.without_near()

    def without_near(self) -> str:
        """Return what helps where nobody looks for the nearest word."""
        listed = self._listed()
        return f"{self.listing}: {', '.join(listed)}" if listed else self.otherwise

    def _listed(self) -> Sequence[str]:
        """Return the known words, or those with the same path where they are too many."""
        if self.most is None or len(self.known) <= self.most:
            return self.known
        way, _ = _parted(self.word)
        alike = [other for other in self.known if way and other.startswith(way)]
        return alike if len(alike) <= self.most else ()


def remedy_for(
    word: str,
    known: Iterable[str],
    listing: str = "known are",
    *,
    most: int | None = None,
    otherwise: str | None = None,
) -> Remedy:
    """Return a remedy that names the known word nearest to `word`, or else lists the known words.

    `otherwise` is said where there are none, or more than `most`.
    """
    return Remedy(word, tuple(known), listing, most, otherwise or "")


def near_word(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `word`, or None if none is near.

    Letter case makes no difference. Of paths such as `account.status`, only the parts that differ
    are compared. If the nearest word means the opposite, none is returned.
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
    """Return the words that may be meant; of paths, those with the same beginning or end."""
    found = sorted(known, reverse=True)
    way, last = _parted(word)
    alike = [other for other in found if way and other.casefold().startswith(way)]
    return [o for o in found if o in alike or _parted(o.casefold())[1] == last] if alike else found


def _parted(path: str) -> tuple[str, str]:
    """Split a path before its last part."""
    at = max(path.rfind("."), path.rfind("/")) + 1
    return path[:at], path[at:]


def _likeness(word: str, other: str) -> float:
    """Return how alike two words are, from 0 to 1."""
    ratio = _ratio(*_differing(word, other))
    if _parted(word)[0] and _parted(word)[1] == _parted(other)[1]:
        # Only the path before the last part is wrong, so the nearer path is better.
        ratio = max(ratio, _SAME + _ratio(word, other) / 10)
    return ratio


def _differing(word: str, other: str) -> tuple[str, str]:
    """Return two paths without their common beginning."""
    for sign in "./":
        while sign in word and sign in other:
            (first, _, rest), (second, _, more) = word.partition(sign), other.partition(sign)
            if first != second:
                break
            word, other = rest, more
    return word, other


def _is_contrary(word: str, other: str) -> bool:
    """Return whether two words differ only by a prefix or suffix that turns the meaning."""
    one, two = _parted(word)[1], _parted(other)[1]
    whole = _ratio(one, two)
    return any(
        _ratio(stem, other_stem) >= max(_SAME, whole)
        for turned, stem in _stems(one)
        for other_turned, other_stem in _stems(two)
        if turned != other_turned
    )


def _stems(word: str) -> Iterator[tuple[str, str]]:
    """Yield a word whole, and then each turning prefix or suffix with the rest of the word."""
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
