# SPDX-License-Identifier: MIT
"""`python -m caljobs_policy`, and the command `caljobs-policy`."""

from __future__ import annotations

import sys

from caljobs_policy.errors.extras import lacking


def main() -> None:
    """Run the command line, or say how to get it where the extra `cli` is missing."""
    problem = lacking("the command line", "cli")
    if problem:
        sys.exit(str(problem))
    from caljobs_policy.cli import main as run

    run()


if __name__ == "__main__":
    main()
