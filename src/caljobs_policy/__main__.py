# SPDX-License-Identifier: MIT
"""`python -m caljobs_policy`, and the command `caljobs-policy`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIG_DFL, SIGINT, default_int_handler, getsignal, signal


def main() -> None:
    """Run the command line, or say how to get it where the extra `cli` is missing."""
    with _ended_at_once():
        from caljobs_policy.errors.extras import lacking

        problem = lacking("the command line", "cli")
        if problem:
            sys.exit(str(problem))
        from caljobs_policy.cli import main as run

    run()


@contextmanager
def _ended_at_once() -> Iterator[None]:
    """Let an interrupt end this process, as long as it has done nothing that is to be undone."""
    handler = getsignal(SIGINT)
    if handler is default_int_handler:
        signal(SIGINT, SIG_DFL)
    yield
    signal(SIGINT, handler)


if __name__ == "__main__":
    main()
