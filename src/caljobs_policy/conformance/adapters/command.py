# SPDX-License-Identifier: MIT
"""Systems that are a command: a line of JSON in for each case, a line of JSON out."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Any, Final

from caljobs_policy.conformance.adapters.adapter import Adapter, AdapterError, Asked, Reply, late
from caljobs_policy.errors.problems import Place, Problem, printable, shown

_LONGEST: Final = 1_000_000
"""A line with more bytes is no answer."""
_LIKE: Final = "name a command that reads a case a line and answers each with a line"
_ENDING: Final = 2.0
"""How many seconds a command has to end once it is asked nothing more."""


def command_adapter(command: str, limit: float) -> Adapter:
    """Return the adapter of a command; raises an `AdapterError` if it cannot be one."""
    try:
        arguments = shlex.split(command, posix=os.name == "posix")
    except ValueError:
        message = f"a quotation mark is not closed in {shown(command)}"
        raise AdapterError(
            Problem(message, Place(), 'close it, or write \\" for the mark')
        ) from None
    if not arguments:
        raise AdapterError(Problem("the command is empty", Place(), _LIKE))
    return Adapter(command, partial(CommandConnection, arguments, limit))


class CommandConnection:
    """Asks a process, which is started again where it hangs or has ended."""

    def __init__(self, arguments: list[str], limit: float) -> None:
        self.arguments, self.limit = arguments, limit
        self._asked = 0
        self._running: _Running | None = None

    def ask(self, case: Asked) -> Reply:
        """Send a case, and wait for the answer with its number no longer than the time limit."""
        self._asked += 1
        if self._running is None:
            self._running = _Running(self.arguments)
        until = monotonic() + self.limit
        self._running.send({"id": self._asked, "case": case})
        remark: str | None = None
        while True:
            try:
                line = self._running.lines.get(timeout=max(0.0, until - monotonic()))
            except Empty:
                self._end()
                return late(self.limit)
            if line is None:
                return Reply(fault=self._ended(), is_lost=True)
            reply, remark = self._read(line, remark)
            if reply is not None:
                return reply

    def _read(self, line: bytes, remark: str | None) -> tuple[Reply | None, str | None]:
        """Return what a line answers, or None for what comes late, with a remark on that."""
        found = _parsed(line)
        if isinstance(found, Reply):
            return found, remark
        number = found["id"]
        if type(number) is int and 0 < number < self._asked:
            return None, f"an answer to question {number} came late or twice"
        if number != self._asked:
            told = f"the answer has the id {shown(json.dumps(number))}, and not {self._asked}"
            return Reply(fault=told), remark
        return Reply(found["answer"], remark=remark), remark

    def _ended(self) -> str:
        code, last = self._running.ended() if self._running is not None else (None, "")
        self._running = None
        told = f"the command ended with code {code}" if code is not None else "the command ended"
        return f"{told}; it said last: {shown(last, 200)}" if last else told

    def _end(self) -> None:
        if self._running is not None:
            self._running.kill()
        self._running = None

    def close(self) -> None:
        """Tell the process that nothing more comes, and end it if it goes on."""
        if self._running is not None:
            self._running.finish()
        self._running = None


def _parsed(line: bytes) -> dict[str, Any] | Reply:
    """Return an answer with its id, or what is wrong with the line."""
    if len(line) > _LONGEST:
        return Reply(fault=f"the answer is longer than {_LONGEST:,} bytes")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        said = line.decode("utf-8", "replace").strip()
        return Reply(fault=f"the answer is not JSON in one line: {shown(said)}")
    if not isinstance(found, dict):
        return Reply(fault='the answer is not of the form `{"id": ..., "answer": ...}`')
    for key in ("id", "answer"):
        if key not in found:
            return Reply(fault=f"the answer has no `{key}`")
    return found


class _Running:
    """A process with the lines that it has answered so far."""

    def __init__(self, arguments: list[str]) -> None:
        try:
            self.process = subprocess.Popen(  # noqa: S603  # the command that the user named
                arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # A group of its own, so that what it starts ends with it.
                start_new_session=os.name == "posix",
            )
        except (OSError, ValueError) as error:
            reason = (getattr(error, "strerror", None) or "it is no command").lower()
            message = f"{shown(arguments[0])} cannot be run: {reason}"
            raise AdapterError(Problem(message, Place(), _LIKE)) from None
        self.lines: SimpleQueue[bytes | None] = SimpleQueue()
        self.last = ""
        self._readers = [Thread(target=one, daemon=True) for one in (self._read, self._listen)]
        for reader in self._readers:
            reader.start()

    def send(self, question: dict[str, Any]) -> None:
        """Write a question; whether the process still reads is seen by what it answers."""
        with suppress(OSError, ValueError):
            stdin = _open(self.process.stdin)
            stdin.write(json.dumps(question).encode() + b"\n")
            stdin.flush()

    def _read(self) -> None:
        stdout = _open(self.process.stdout)
        while line := stdout.readline(_LONGEST + 1):
            self.lines.put(line)
        self.lines.put(None)

    def _listen(self) -> None:
        """Keep the last line of what the process says besides."""
        for line in _open(self.process.stderr):
            said = printable(line.decode("utf-8", "replace").strip())
            self.last = said or self.last

    def ended(self) -> tuple[int | None, str]:
        """Return the code and the last words of a process that closed its output."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_ENDING)
        self.kill()
        return self.process.returncode, self.last

    def finish(self) -> None:
        """Close the input of the process, and kill it if it does not end by itself."""
        with suppress(OSError, ValueError):
            _open(self.process.stdin).close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_ENDING)
        self.kill()

    def kill(self) -> None:
        """End the process and all that it started, and close the pipes."""
        with suppress(OSError):
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join(_ENDING)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with suppress(OSError):
                _open(pipe).close()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the process has no such pipe")
    return pipe
