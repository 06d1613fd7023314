# SPDX-License-Identifier: MIT
# pyright: strict, reportWildcardImportFromLibrary=false
"""A star brings the public names, with their types, and no others."""

from datetime import date

from caljobs_policy import *

request: Request = Request(type="create")
decided: Decision = evaluate(load_policy("state", date.today()), request)
