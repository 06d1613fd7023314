# SPDX-License-Identifier: MIT
"""The authority of a local entry to loosen what stands above: a clause of the issuer, a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from caljobs_policy.compiler.chain import Layer
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place
from caljobs_policy.policy.differences import Direction
from caljobs_policy.syntax.nodes import Word

_NOBODY: Final = ""


@frozen
class Claim:
    """What a local entry cites as its authority to differ, and where."""

    fault: str
    """The message where it lacks that authority."""
    place: Place
    authority: tuple[Word, ...]
    reason: str | None
    loosened: tuple[int, ...]
    """The numbers of the layers whose words it loosens or changes."""
    rather: str = ""
    """Another way to fix it, if there is one."""


@frozen
class Authorities:
    """Knows who issued the documents of a chain, and refuses to loosen without authority."""

    layers: Sequence[Layer]
    problems: Problems

    def check(self, claim: Claim, direction: Direction) -> None:
        """Refuse a claim without a clause or a reason, or with a clause of the wrong issuer.

        A profile that binds nobody can be loosened with a reason alone. Where the direction is
        unknown, any clause will do.
        """
        if not direction.may_loosen:
            return
        binding = [n for n in claim.loosened if self.layers[n].edition.binding]
        is_looser = direction is Direction.LOOSER
        if not claim.reason or (binding and not claim.authority):
            remedy = self._remedy(binding, is_looser=is_looser)
            rather = f"{claim.rather}, or " if claim.rather else ""
            self.problems.add(Code.LOOSER, claim.place, claim.fault, f"{rather}{remedy}")
        elif binding and is_looser:
            self._check_issuer(claim.authority, max(binding))

    def _remedy(self, binding: Sequence[int], *, is_looser: bool) -> str:
        if not binding:
            return "give the `reason`"
        issuers = _either(self._issuers_from(max(binding)))
        clause = f"a clause that {issuers} issued" if is_looser else "a clause"
        return f"cite under `authority` {clause}, and give the `reason`"

    def _check_issuer(self, authority: Sequence[Word], layer: int) -> None:
        """Refuse clauses if none was issued by the issuer of the layer, or of one above it."""
        issuers = self._issuers_from(layer)
        cited = {self._issuer(word) for word in authority}
        if None in cited or cited & {_folded(issuer) for issuer in issuers}:
            return  # A clause that does not exist is reported elsewhere.
        who = _either(issuers)
        self.problems.add(
            Code.LOOSER,
            authority[0].place,
            f"`{authority[0]}` gives no authority to loosen what {who} issued",
            f"cite a clause that {who} issued; list a waiver of theirs under `documents`",
        )

    def _issuers_from(self, layer: int) -> tuple[str, ...]:
        """Return who issued the documents of a layer and of those above it."""
        editions = (above.edition for above in self.layers[layer:])
        found = (d.issuer for edition in editions for d in edition.table("documents").values())
        return tuple(dict.fromkeys(found))

    def _issuer(self, clause: Word) -> str | None:
        """Return who issued the document of a clause; None where no layer lists the clause.

        A clause that a profile adds to another profile's document has no issuer: nothing shows
        that the document's issuer wrote it.
        """
        document = clause.text.partition("/")[0]
        listing = (x.edition for x in self.layers if clause.text in x.edition.table("clauses"))
        edition = next(listing, None)
        if edition is None:
            return None
        entry = edition.table("documents").get(document)
        return _folded(entry.issuer) if entry is not None else _NOBODY


def _folded(issuer: str) -> str:
    return " ".join(issuer.casefold().split())


def _either(names: Iterable[str]) -> str:
    return " or ".join(names) or "the profile above"
