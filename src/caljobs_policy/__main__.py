# SPDX-License-Identifier: MIT
"""`python -m caljobs_policy`."""

from caljobs_policy.cli import main

if __name__ == "__main__":
    main()
