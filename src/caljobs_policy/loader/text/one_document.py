# SPDX-License-Identifier: MIT
"""Reads one document, as JSON if it is, else as YAML."""

from __future__ import annotations

from itertools import islice

from caljobs_policy.errors.codes import Code
from caljobs_policy.errors.problems import Problem
from caljobs_policy.loader.text.editor_traces import conflicts
from caljobs_policy.loader.text.guard import Guard, nested
from caljobs_policy.loader.text.json_text import looks_like_json, looks_strict, read_json
from caljobs_policy.loader.text.pieces import Piece
from caljobs_policy.loader.text.sources import Document, Limits, Source
from caljobs_policy.loader.text.spots import open_brackets
from caljobs_policy.loader.text.yaml_text import read_yaml


def document(piece: Piece, limits: Limits) -> Document:
    """Read a piece of a stream as one document."""
    if piece.problem:
        return Document(None, (piece.problem,), piece.place)
    if not piece.contents:
        return Document(None, (_empty(piece),), piece.place)
    source = piece.source
    if merged := tuple(islice(conflicts(source), limits.problems)):
        return Document(None, merged, piece.place)
    guard = _read(source, limits)
    if guard.problems or guard.root is None:
        problems = sorted(dict.fromkeys(guard.problems or [_empty(piece)]), key=lambda p: p.place)
        return Document(None, tuple(problems), piece.place)
    return Document(guard.root, (), piece.place)


def _read(source: Source, limits: Limits) -> Guard:
    """Read a text as JSON if it is, else as YAML; report failures of the likelier one."""
    if not looks_like_json(source):
        return _as_yaml(source, limits)
    as_json = Guard(limits).build(read_json, source)
    if as_json.reached is None:
        return as_json
    as_yaml = _as_yaml(source, limits)
    if as_yaml.reached is None or as_json.reached.line < as_yaml.reached.line:
        return as_yaml
    return as_json if looks_strict(source) else as_yaml


def _as_yaml(source: Source, limits: Limits) -> Guard:
    guard = Guard(limits).build(read_yaml, source)
    if guard.reached and open_brackets(source.before(guard.reached)) > limits.depth:
        # A parser may give up on a line before it reports the first of the brackets there.
        guard.problems[-1] = nested(guard.reached, limits)
    return guard


def _empty(piece: Piece) -> Problem:
    what = "this document is empty" if piece.marked else "the text is empty"
    remedy = "add some content, or remove its line of `---`"
    return Problem(
        what,
        piece.place,
        remedy if piece.marked else "check that it is the right file",
        code=Code.MISSING,
    )
