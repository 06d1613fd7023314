# SPDX-License-Identifier: MIT
"""Runs a command and prints what it took: `python launched.py CORES COMMAND...`.

It imports as little as it can: what the kernel says of the peak memory of a process counts from the
memory of the one that started it.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main(cores: int, command: list[str]) -> None:
    """Run the command on so many cores, in silence; print its times, peak memory and exit code."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    begin = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ)
    _, status, used = os.wait4(child, 0)
    took = {
        "seconds": time.perf_counter() - begin,
        "cpu": used.ru_utime + used.ru_stime,
        # In bytes on macOS, and in units of 1,024 elsewhere; of the largest process.
        "peak": used.ru_maxrss * (1 if sys.platform == "darwin" else 1_024),
        "code": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(took))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
