# SPDX-License-Identifier: MIT
"""The files and streams of the command line, and what is told where one cannot be used."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, BinaryIO

from caljobs_policy.cli.encodings import take_all_signs
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.terminal import print_problem
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.errors.problems import Place, Problem

if TYPE_CHECKING:
    from caljobs_policy.loader.documents import Document


def once_each(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of files, but none whose file came before, by this name or another."""
    seen: set[str] = set()
    for name in names:
        file = real(name)
        if file not in seen:
            seen.add(file)
            yield name


def real(name: str) -> str:
    """Return what is the same for all names of a file; `-` stands for standard input."""
    try:
        return name if name == "-" else os.path.normcase(os.path.realpath(name))
    except (OSError, ValueError):
        return name


def opened(name: str) -> AbstractContextManager[BinaryIO] | Problem:
    """Open a file, or standard input for `-`, or return why it cannot be read."""
    from caljobs_policy.loader.documents import open_file

    if name != "-":
        return open_file(name)
    if sys.stdin is None:
        return Problem("standard input is closed", Place("-"), "name a file, or open it")
    return nullcontext(sys.stdin.buffer)


def documents_of(name: str) -> Iterator[Document] | Problem:
    """Return the documents of a file, or of standard input for `-`, or why there are none."""
    source = opened(name)
    return source if isinstance(source, Problem) else _documents(source, name)


def _documents(source: AbstractContextManager[BinaryIO], name: str) -> Iterator[Document]:
    from caljobs_policy.loader.documents import iter_documents

    with source as stream:
        yield from iter_documents(stream, name)


@contextmanager
def usable_output() -> Iterator[None]:
    """See to it that standard output takes all signs, and tell what keeps a run from going on."""
    if sys.stdout is None:
        _tell("standard output is closed", "open it, or redirect it to a file")
        sys.exit(ExitCode.COULD_NOT_RUN)
    for stream in (sys.stdout, sys.stderr):
        take_all_signs(stream)
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except EngineError as error:
        print_problem(error.problem)
        sys.exit(ExitCode.COULD_NOT_RUN)
    except OSError as error:
        if isinstance(error.filename, str | bytes):
            # A file was opened, removed or renamed; nothing is wrong with the output.
            reason = (error.strerror or "nobody says why").lower()
            place = Place(os.fsdecode(error.filename))
            remedy = "check that it is there, and who may use it"
            print_problem(Problem(f"the file cannot be used: {reason}", place, remedy))
            sys.exit(ExitCode.COULD_NOT_RUN)
        _drop_output()
        # Whoever stops reading early, as `head` does, has all that they want.
        if error.errno != errno.EPIPE:
            reason = (error.strerror or "it takes nothing").lower()
            _tell(f"the output cannot be written: {reason}", "make room, or write it elsewhere")
        sys.exit(ExitCode.COULD_NOT_RUN)


def _drop_output() -> None:
    """Send what is left in the buffer nowhere, since Python tries again when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _tell(message: str, remedy: str) -> None:
    print_problem(Problem(message, Place(), remedy))
