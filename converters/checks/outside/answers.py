"""What passes between the command and the processes that look at files."""

import msgspec

from converters.checks.ledger import Parity
from converters.findings import Severity


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a checker found, in its own words.

    ``clauses`` are those that the checker itself names; ``count`` how often it found the same, ``where`` first.
    """

    rule: str
    severity: Severity
    text: str
    where: str = ""
    clauses: tuple[str, ...] = ()
    advice: str = ""
    count: int = 1


class Ledgers(msgspec.Struct, frozen=True):
    """The ledger of an edition, and the first words of the first sentences that it names."""

    parity: Parity
    quoted: dict[str, str] = {}


class Answer(msgspec.Struct, frozen=True):
    """What one checker found in each file; a file that is in neither was not looked at.

    ``covers`` has the rules that looked at something in a file, by the clause that they are of. ``ledgers`` are those
    of parity alone.
    """

    version: str
    said: dict[str, tuple[Said, ...]]
    rules: int | None = None
    refused: dict[str, str] = {}
    covers: dict[str, dict[str, tuple[str, ...]]] = {}
    ledgers: dict[str, Ledgers] = {}


class Question(msgspec.Struct, frozen=True):
    """One edition, for our own proofs: its files, the main one first, and the model as JSON (empty: none is at hand).

    ``ours``: Curbcut made it, so that it is held to what was promised. ``clips``: what was kept of what was spoken in
    it (``narration/kept``), empty where nothing was.
    """

    key: str
    format: str
    files: tuple[str, ...]
    model: str = ""
    ours: bool = False
    clips: str = ""


class Work(msgspec.Struct, frozen=True):
    """What a process is asked: the tools it is to use, of which files or editions."""

    tools: tuple[str, ...]
    files: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    scripts: bool = False


Answers = dict[str, Answer]
"""By the checker's name in the table."""
