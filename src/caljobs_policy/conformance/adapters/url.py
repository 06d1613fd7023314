# SPDX-License-Identifier: MIT
"""Systems behind a URL: a case is posted as JSON, and the answer is JSON."""

from __future__ import annotations

import json
from functools import partial
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from caljobs_policy.conformance.adapters.adapter import Adapter, Asked, Reply, late
from caljobs_policy.conformance.adapters.timed import TimedCalls
from caljobs_policy.errors.problems import shown

SCHEMES: Final = ("http://", "https://")
_LONGEST: Final = 1_000_000
"""An answer with more bytes is none."""


def url_adapter(url: str, limit: float) -> Adapter:
    """Return the adapter of a URL."""
    # Each read has the limit of the library besides, so that no thread is left behind for long.
    return Adapter(url, partial(TimedCalls, partial(_posted, url, limit), limit))


def _posted(url: str, limit: float, case: Asked) -> Reply:
    """Post a case, and return what comes back."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    body = json.dumps(case).encode()
    request = Request(url, body, headers, method="POST")  # noqa: S310  # begins with one of SCHEMES
    try:
        with urlopen(request, timeout=limit) as response:  # noqa: S310
            return _read(response.read(_LONGEST + 1))
    except HTTPError as error:
        with error:
            said = error.read(300).decode("utf-8", "replace").strip().partition("\n")[0]
        more = f": {shown(said, 200)}" if said else ""
        return Reply(fault=f"the system answered with the status {error.code}{more}")
    except TimeoutError:
        return late(limit)
    except (URLError, OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return late(limit)
        said = getattr(reason, "strerror", None) or str(reason) or "no reason is told"
        return Reply(fault=f"{url} does not answer: {said.lower()}", is_lost=True)


def _read(body: bytes) -> Reply:
    if len(body) > _LONGEST:
        return Reply(fault=f"the answer is longer than {_LONGEST:,} bytes")
    if not body.strip():
        return Reply()
    try:
        return Reply(json.loads(body))
    except (ValueError, RecursionError):
        said = body.decode("utf-8", "replace").strip()
        return Reply(fault=f"the answer is not JSON: {shown(said)}")
