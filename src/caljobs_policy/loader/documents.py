# SPDX-License-Identifier: MIT
"""Reading of hostile YAML and JSON text into nodes that know their places."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from typing import Protocol

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.text.lines import (
    LineStream,
    as_bytes,
    cannot_be_read,
    lines_of,
    too_large,
)
from caljobs_policy.loader.text.one_document import document
from caljobs_policy.loader.text.pieces import Splitter, single_piece
from caljobs_policy.loader.text.sources import DEFAULT_LIMITS, Document, Limits

__all__ = ["Document", "Limits", "iter_documents", "open_file", "read_bytes", "read_documents"]


class ByteStream(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes | None:
        """Return at most `size` bytes; nothing at the end."""


def read_bytes(
    source: str | os.PathLike[str] | ByteStream, limits: Limits = DEFAULT_LIMITS, name: str = ""
) -> bytes | Problem:
    """Read a file or a stream to its end, or return the problem with it.

    No more than the size limit is read. Places show `name`, or else the path.
    """
    if not isinstance(source, str | os.PathLike):
        return _read_stream(source, Place(name), limits)
    stream = open_file(source, name)
    if isinstance(stream, Problem):
        return stream
    with stream:
        return _read_stream(stream, Place(name or os.fspath(source)), limits)


def open_file(source: str | os.PathLike[str], name: str = "") -> BufferedReader | Problem:
    """Open a file for reading, or return the problem with it."""
    place = Place(name or os.fspath(source))
    try:
        return open(source, "rb")
    except FileNotFoundError:
        return Problem(
            "there is no such file", place, "check its name and folder", code=Code.UNUSABLE_FILE
        )
    except IsADirectoryError:
        return Problem("this is a folder", place, "name a file in it", code=Code.UNUSABLE_FILE)
    except (OSError, ValueError):
        return cannot_be_read(place)


def read_documents(data: bytes | str, name: str, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Read all documents of a text, each with a root or with its problems; there is at least one.

    Places show `name`. Lines of `---` separate documents; in JSON lines, each line is one.
    """
    raw = as_bytes(data)
    if len(raw) > limits.size:
        place = Place(name, 1, 1)
        return [Document(None, (too_large(place, limits),), place)]
    if piece := single_piece(raw, name):
        return [document(piece, limits)]
    return list(iter_documents(BytesIO(raw), name, limits))


def iter_documents(
    stream: LineStream, name: str, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document]:
    """Read the documents of a long stream one by one, each as soon as it has ended.

    The size limit holds for each document, and no more than one is held in memory.
    """
    splitter = Splitter(name, limits)
    for line in lines_of(stream, name, limits):
        for piece in splitter.feed(line):
            yield document(piece, limits)
    for piece in splitter.close():
        yield document(piece, limits)


def _read_stream(stream: ByteStream, place: Place, limits: Limits) -> bytes | Problem:
    """Read to the end or just past the limit; a pipe may return less at a time."""
    data = bytearray()
    try:
        while chunk := as_bytes(stream.read(limits.size + 1 - len(data))):
            data += chunk
            if len(data) > limits.size:
                return too_large(place, limits)
    except (OSError, UnicodeError):
        return cannot_be_read(place)
    return bytes(data)
