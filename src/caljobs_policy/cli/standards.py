# SPDX-License-Identifier: MIT
"""The profile that systems are held to, as commands ask for it."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from caljobs_policy.cli.exit_codes import ExitCode, code_of_error

if TYPE_CHECKING:
    from caljobs_policy.conformance.sources import Standard


def standard_of(profile: str, day: date | None) -> Standard:
    """Return what systems are held to; leave where something is wrong with the profile."""
    from caljobs_policy.cli.terminal import errors, tell_notices
    from caljobs_policy.conformance.sources import Standard
    from caljobs_policy.errors.exceptions import CaseError, PolicyError

    try:
        found = Standard(profile, day)
    except PolicyError as error:
        errors(error)
        sys.exit(code_of_error(error))
    if found.examined.case_problems:
        errors(CaseError(found.examined.case_problems))
        sys.exit(ExitCode.INVALID)
    for policy in found.policies:
        tell_notices(policy)
    return found
