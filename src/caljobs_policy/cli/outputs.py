# SPDX-License-Identifier: MIT
"""The files that outputs go to: each is written whole, or what was there before stays."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Final

from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.parameters import Output
from caljobs_policy.cli.terminal import print_problem
from caljobs_policy.errors.problems import Place, Problem

_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
"""The errors of a disk that is full, or of one's own share of it."""


class NothingToWriteError(Exception):
    """What there is to say is told instead of an output, and the file stays as it is."""


def written(outputs: Iterable[Output], write: Callable[[str, BinaryIO | None], None]) -> ExitCode:
    """Write each output to its place, by its form; one that takes nothing keeps no other back."""
    code = ExitCode.GOOD
    for one in outputs:
        try:
            if one.file is None:
                write(one.form, None)
                continue
            with replacing(one.file) as stream:
                write(one.form, stream)
        except NothingToWriteError as told:
            print_problem(Problem(str(told), Place(one.file or ""), _STAYS if one.file else None))
        except OSError as error:
            if one.file is None:
                raise
            reason = (error.strerror or "it takes nothing").lower()
            message = f"the output cannot be written: {reason}"
            print_problem(Problem(message, Place(one.file), _remedy(one.file, error)))
            code = ExitCode.COULD_NOT_RUN
    return code


def _remedy(file: str, error: OSError) -> str:
    folder = Path(file).parent
    if error.errno in _FULL:
        return "make room there, or name another file"
    return "name another file" if folder.is_dir() else f"make the folder `{folder}`"


_STAYS: Final = "a file of that name stays as it was; remove it if it is an old calendar"


@contextmanager
def replacing(file: str) -> Iterator[BinaryIO]:
    """Return a stream whose bytes take the place of a file once all of them are written.

    They are written beside it, so that a full disk leaves what was there before, and a hard link
    to it keeps its own. What is no plain file, such as a pipe or a device, is written directly.
    """
    target = os.path.realpath(file)
    if not _is_plain(target):
        with open(target, "wb") as stream:
            yield stream
        return
    folder, name = os.path.split(target)
    handle, beside = mkstemp(prefix=f".{name[:100]}.", dir=folder)
    try:
        with open(handle, "wb") as stream:
            yield stream
        os.chmod(beside, _mode(target))
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _is_plain(file: str) -> bool:
    """Return whether a file is a plain one, or is not there yet."""
    try:
        return stat.S_ISREG(os.stat(file).st_mode)
    except FileNotFoundError:
        return True


def _mode(file: str) -> int:
    """Return who may read and write a file: as before, or as for any new one."""
    try:
        return stat.S_IMODE(os.stat(file).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
