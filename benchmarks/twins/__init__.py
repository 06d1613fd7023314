# SPDX-License-Identifier: MIT
"""The state's directive as one would write it by hand, without a library for policies.

Complete facts only: the functions know null, but nothing unknown.
"""

from benchmarks.twins.account.answer import ACCOUNT_BY_HAND
from benchmarks.twins.request.answer import REQUEST_BY_HAND

TWINS = {"request/create": REQUEST_BY_HAND, "account": ACCOUNT_BY_HAND}
