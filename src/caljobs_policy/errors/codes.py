# SPDX-License-Identifier: MIT
"""The kinds of problem, each with a stable code for programs."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """The kind of a problem: a word that stays the same even if the message changes."""

    meaning: str

    def __new__(cls, word: str, meaning: str) -> Code:
        """Create a code from its word, with its meaning beside it."""
        code = str.__new__(cls, word)
        code._value_ = word
        code.meaning = meaning
        return code

    UNKNOWN_KEY = "unknown-key", "a key that does not exist"
    UNKNOWN_WORD = "unknown-word", "a word that is not in its vocabulary"
    MISSING = "missing", "something required is left out"
    NULL = "null", "null where a value is required"
    WRONG_KIND = "wrong-kind", "a value of another kind, such as a list for a single word"
    NOT_A_FLAG = "not-a-flag", "neither true nor false"
    NOT_A_NUMBER = "not-a-number", "not a whole number"
    NOT_A_DATE = "not-a-date", "not a date, or not written as 2025-06-02"
    NOT_A_TIME = "not-a-time", "not a time, or not written as 2025-06-02T09:00"
    NOT_A_DURATION = "not-a-duration", "not a duration, or not written as 30 days"
    NOT_A_NAME = "not-a-name", "a word that cannot serve as a name"
    OUT_OF_RANGE = "out-of-range", "a number or a date that is too small or too large"
    DUPLICATE = "duplicate", "something is given twice"
    CONFLICT = "conflict", "two things contradict each other, or cannot hold together"
    CIRCULAR = "circular", "something refers to itself, perhaps through others"
    MISPLACED = "misplaced", "something that does not belong where it is written"
    UNUSED = "unused", "something that nothing uses"
    OUTDATED = "outdated", "what an override says of the profile above no longer holds"
    LOOSER = "looser", "a local profile loosens what stands above it, without authority"
    TOO_LARGE = "too-large", "too long, too deep or too large to read"
    SYNTAX = "syntax", "the text is not valid YAML, JSON or CSV"
    NEWER_SCHEMA = "newer-schema", "a record written by a later version of the library"
    NOT_A_DIGEST = "not-a-digest", "not a digest, or one that does not match the data"
    NOT_ALLOWED = "not-allowed", "a profile that this program may not load"
    UNKNOWN_PROFILE = "unknown-profile", "there is no profile of that name"
    NO_EDITION = "no-edition", "no edition of the profile is in force on that day"
    UNUSABLE_FILE = "unusable-file", "a file cannot be opened or written"
    UNUSABLE_ENGINE = "unusable-engine", "an engine cannot be used here"
    BAD_PROFILE = "bad-profile", "anything else that is wrong with a profile"
    BAD_CASE = "bad-case", "anything else that is wrong with a case"
    BAD_ROSTER = "bad-roster", "anything else that is wrong with a roster"
    BAD_SUBJECT = "bad-subject", "anything else that is wrong with a subject"
    BAD_RECORD = "bad-record", "anything else that is wrong with the record of a decision"
    OTHER = "other", "anything else"
