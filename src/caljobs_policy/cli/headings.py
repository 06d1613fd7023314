# SPDX-License-Identifier: MIT
"""What the headings of a roster stand for, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caljobs_policy.errors.exceptions import FileError, RosterError
from caljobs_policy.errors.problems import Place, Problem
from caljobs_policy.loader.documents import open_file, read_bytes, read_documents
from caljobs_policy.syntax.nodes import Mapping as MappingNode
from caljobs_policy.syntax.nodes import Scalar


def headings_from(maps: Iterable[str]) -> Mapping[str, str]:
    """Read what headings stand for: `HEADING=KEY`, or a file with a mapping of them.

    Raises a `FileError` where a file cannot be opened, else a `RosterError` with all that is wrong.
    """
    found: dict[str, str] = {}
    for text in maps:
        heading, given, key = text.rpartition("=")
        if given:
            found[heading.strip()] = key.strip()
        else:
            found |= _headings_in(text)
    return found


def _headings_in(file: str) -> Mapping[str, str]:
    stream = open_file(file)
    if isinstance(stream, Problem):
        raise FileError([stream])
    with stream:
        data = read_bytes(stream, name=file)
    if isinstance(data, Problem):
        raise RosterError([data])
    documents = read_documents(data, file)
    problems = [problem for document in documents for problem in document.problems]
    if problems:
        raise RosterError(problems)
    root = documents[0].root
    entries = root.entries if isinstance(root, MappingNode) else ()
    pairs = [(key, value) for key, value in entries if isinstance(value, Scalar)]
    if len(documents) > 1 or not pairs or len(pairs) < len(entries):
        remedy = "write one in each line, such as `Training date: staff.training_completed_on`"
        raise RosterError(
            [Problem("headings and their keys are expected", Place(file, 1, 1), remedy)]
        )
    return {key.text: value.text for key, value in pairs}
