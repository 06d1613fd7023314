# SPDX-License-Identifier: MIT
"""The kinds of problem, each with the stable code that programs go by."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """What kind of problem one is: a word that stays, whatever becomes of the message."""

    meaning: str

    def __new__(cls, word: str, meaning: str) -> Code:
        """Make a code of its word, and keep what it means beside it."""
        code = str.__new__(cls, word)
        code._value_ = word
        code.meaning = meaning
        return code

    UNKNOWN_KEY = "unknown-key", "a key that there is not"
    UNKNOWN_WORD = "unknown-word", "a word that is none of those that stand to choose from"
    MISSING = "missing", "a key that has to be given is left out"
    NULL = "null", "null where it cannot stand"
    WRONG_KIND = "wrong-kind", "a value of another kind, such as a list for a single word"
    NOT_A_FLAG = "not-a-flag", "neither true nor false"
    NOT_A_NUMBER = "not-a-number", "no whole number"
    NOT_A_DATE = "not-a-date", "no day of the calendar, or not written as 2025-06-02"
    NOT_A_TIME = "not-a-time", "no time, or not written as 2025-06-02T09:00"
    OUT_OF_RANGE = "out-of-range", "a number or a date that is too small or too large"
    DUPLICATE = "duplicate", "something is given twice"
    CONFLICT = "conflict", "two things contradict each other"
    TOO_LARGE = "too-large", "too long, too deep or too much to be read"
    SYNTAX = "syntax", "the text is not written as its format demands"
    NEWER_SCHEMA = "newer-schema", "a record of a later version of the library"
    NOT_A_DIGEST = "not-a-digest", "no digest, or one that does not fit what it stands with"
    NOT_ALLOWED = "not-allowed", "a profile that the program does not let be loaded"
    UNKNOWN_PROFILE = "unknown-profile", "no profile goes by a name"
    NO_EDITION = "no-edition", "no edition of a profile is in force on a day"
    UNUSABLE_FILE = "unusable-file", "a file cannot be opened or written"
    UNUSABLE_ENGINE = "unusable-engine", "an engine cannot be used here"
    BAD_PROFILE = "bad-profile", "anything else that is wrong with a profile"
    BAD_CASE = "bad-case", "anything else that is wrong with a case"
    BAD_ROSTER = "bad-roster", "anything else that is wrong with a roster"
    BAD_SUBJECT = "bad-subject", "anything else that is wrong with a subject"
    BAD_RECORD = "bad-record", "anything else that is wrong with the record of a decision"
    OTHER = "other", "anything else that is told"
