# SPDX-License-Identifier: MIT
"""The shipped local profiles beside the one above them, for proofs about each key of both."""

from __future__ import annotations

from datetime import date
from typing import Final

from caljobs_policy import Policy, load_policy

TODAY, THEN = date(2025, 6, 2), date(2022, 6, 2)
CHAINS: Final = [
    (load_policy(local, day), load_policy("state", day))
    for local, day in (("la_city", TODAY), ("slo_county", TODAY), ("slo_county", THEN))
]
KEYS: Final[list[tuple[Policy, Policy, str]]] = [
    (local, above, key) for local, above in CHAINS for key in sorted({*local.plans, *above.plans})
]
