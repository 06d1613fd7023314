# SPDX-License-Identifier: MIT
"""What can be compared: a profile or a folder, on a day, as it is or in a revision of Git."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import frozen

from caljobs_policy.analysis.comparing.pair import Pair
from caljobs_policy.compiler.build import build
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.compiler.directions import Directions
from caljobs_policy.compiler.problems import Problems
from caljobs_policy.dates.durations import Moment
from caljobs_policy.dates.reading import day_from
from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.exceptions import ProfileError
from caljobs_policy.errors.problems import Place, Problem, shown
from caljobs_policy.loader.policies import day_at, edition_on, policy_of
from caljobs_policy.loader.revisions import Revision, chain_at, place_in, revision_of
from caljobs_policy.loader.store import ReadChain, read_chain
from caljobs_policy.policy.policy import Policy


@frozen
class Source:
    """A policy with the name under which it was asked for."""

    policy: Policy
    chain: ReadChain
    """Its profile as written, with those above it."""
    title: str
    """The title of its own edition that is in force."""
    uses: Directions
    """Which direction of its numbers is stricter."""
    profile: str
    """What a case names as its profile, as far as one can."""
    revision: Revision | None = None
    root: Path | None = None
    """The folder into which a revision was written."""

    def at(self, moment: Moment) -> Policy:
        """Return the policy of the same profile at another moment.

        Raises a `ProfileError` where none is in force.
        """
        return policy_of(self.chain, day_at(self.chain, moment))

    def shown(self, place: Place) -> Place:
        """Return where something stands, as the reader can find it."""
        if self.revision is None or self.root is None:
            return place
        return place_in(place, self.root, self.revision)


def source_of(text: str, usual_day: date) -> Source:
    """Return the policy that `NAME`, a folder or `REV:PATH` names, with `@DATE` behind it or not.

    Raises a `ProfileError` where there is none, or where it is wrong.
    """
    name, day = _parted(text)
    revision = revision_of(name)
    if revision is None:
        return _of(read_chain(name), day or usual_day, name)
    with chain_at(revision) as (chain, root):
        return _of(chain, day or usual_day, name, revision, root)


def _of(
    chain: ReadChain,
    day: date,
    name: str,
    revision: Revision | None = None,
    root: Path | None = None,
) -> Source:
    policy = policy_of(chain, day)
    layers = [Layer(one.profile, edition_on(one.profile, day)) for one in chain.profiles]
    built = build(layers, day, Problems())
    title, uses = layers[0].edition.title, built.vocabulary.directions
    return Source(policy, chain, title, uses, name, revision, root)


def incomparable(old: Source, new: Source) -> Problem | None:
    """Return why two policies cannot be compared, if they cannot."""
    pair = Pair(old.policy, new.policy)
    names = f"{shown(pair.old.jurisdiction)} and {shown(pair.new.jurisdiction)}"
    if not pair.are_related:
        message = f"{names} cannot be compared: they have no profile in common, so no words either"
        remedy = "compare profiles of which one extends the other, or which extend the same one"
        return Problem(message, Place(), remedy, code=Code.UNKNOWN_WORD)
    if pair.has_nobody:
        message = f"{names} cannot be compared: no organization of one corresponds to one elsewhere"
        remedy = "say which organizations others stand for, with `stands_for`"
        return Problem(message, Place(), remedy, code=Code.UNKNOWN_WORD)
    return None


def _parted(text: str) -> tuple[str, date | None]:
    """Return a name and the day behind it, if there is one."""
    name, at, written = text.rpartition("@")
    if not at or not name or Path(text).is_dir() or not written[:1].isdigit():
        return text, None
    day, fault = day_from(written)
    if day is None:
        remedy = "write a day as in `state@2025-03-01`"
        message = f"{shown(written)} {'; '.join(fault or ())}"
        raise ProfileError([Problem(message, Place(text), remedy, code=Code.NOT_A_DATE)])
    return name, day
