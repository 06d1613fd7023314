# SPDX-License-Identifier: MIT
"""What an engine finds: the checks that are not met and those of which it cannot be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from caljobs_policy.policy.policy import Policy
from caljobs_policy.policy.rules import Plan
from caljobs_policy.subjects.facts import Subject

Verdict: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""The numbers of a plan's checks that are not met, and of those that an unknown fact decides."""
Engine: TypeAlias = Callable[[Policy, Plan, Subject, datetime | None], Verdict]
