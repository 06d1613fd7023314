# SPDX-License-Identifier: MIT
"""How many examples Hypothesis tries; the environment variable HYPOTHESIS_PROFILE chooses.

`make soak` says under SOAK_EXAMPLES how many the profile `soak` tries.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

IN_CI = bool(os.environ.get("CI"))


def register(name: str, max_examples: int, *, repeatable: bool) -> None:
    # Everything is given, since a profile inherits from the one in force, which under CI is
    # Hypothesis' own `ci`. A slow machine is no fault of a test.
    settings.register_profile(
        name,
        max_examples=max_examples,
        deadline=None,
        derandomize=repeatable,
        print_blob=repeatable,
        suppress_health_check=[HealthCheck.too_slow],
    )


register("default", 100, repeatable=False)
register("ci", 25, repeatable=True)
register("quick", 10, repeatable=IN_CI)
register("soak", int(os.environ.get("SOAK_EXAMPLES", "1000")), repeatable=False)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "default"))
