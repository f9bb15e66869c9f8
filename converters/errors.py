"""The kinds of failure that stop an episode or an edition, one class for each exit code.

Each message says what is wrong, where, and what to do next. Exit codes 0 and 1
are left to success and to Python itself.
"""

from typing import ClassVar


class CurbcutError(Exception):
    """Something that the person at the keyboard can act on."""

    exit_code: ClassVar[int] = 1


class UsageError(CurbcutError):
    """The command line or a settings file asks for what does not exist."""

    exit_code = 2


class SourceError(CurbcutError):
    """A source cannot be read as a transcript."""

    exit_code = 3


class ProofError(CurbcutError):
    """A finished edition does not say what the transcript says, so it was not saved."""

    exit_code = 4


class SavingError(CurbcutError):
    """Nothing could be written; what stood there before still stands."""

    exit_code = 5


class MissingPartError(CurbcutError):
    """A library, font or engine is not on this machine."""

    exit_code = 6


class SomeFailedError(CurbcutError):
    """Some of many episodes failed; the others are finished."""

    exit_code = 7
