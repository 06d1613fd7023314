# SPDX-License-Identifier: MIT
"""The files that outputs go to: each is written whole, or what was there before stays."""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from threading import current_thread, main_thread
from typing import BinaryIO, Final

from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.parameters import Output
from caljobs_policy.cli.terminal import print_problem, say
from caljobs_policy.errors.problems import Place, Problem

_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
"""The errors of a disk that is full, or of one's own share of it."""


_ENDING: Final = [signal.SIGTERM, *([signal.SIGHUP] if os.name == "posix" else [])]
"""The signals that ask a process to end, and that of a terminal that is closed."""


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


def written_texts(outputs: Iterable[Output], text_of: Callable[[str], str]) -> ExitCode:
    """Write a text to each place, by its form."""

    def write(form: str, stream: BinaryIO | None) -> None:
        text = text_of(form)
        if stream is None:
            say(text)
        else:
            stream.write(f"{text}\n".encode())

    return written(outputs, write)


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
        with ended_by_exceptions():
            with open(handle, "wb") as stream:
                yield stream
            os.chmod(beside, _mode(target))
            os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


@contextmanager
def ended_by_exceptions() -> Iterator[None]:
    """Let signals that end this process raise an exception first, so that it can clear away."""
    ended = {}
    if current_thread() is main_thread():
        usual = {one for one in _ENDING if signal.getsignal(one) is signal.SIG_DFL}
        ended = {one: signal.signal(one, _end) for one in usual}
    try:
        yield
    finally:
        for one, handler in ended.items():
            signal.signal(one, handler)


def _end(number: int, _: object) -> None:
    sys.exit(128 + number)  # which is the code that a shell makes of it


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
