"""Coded remarks: what an episode's staff should know, without anything being stopped.

Codes are data in one table. A code is never reused; a retired one keeps its row.
"""

from typing import Final, Literal

import msgspec

Severity = Literal["error", "warning", "info"]


class Rule(msgspec.Struct, frozen=True):
    """What a code means: what is wrong (``problem``) and what to do next (``remedy``)."""

    severity: Severity
    problem: str
    remedy: str


RULES: Final[dict[str, Rule]] = {
    "read-001": Rule("warning", "The text is not valid UTF-8", "Save the source as UTF-8 and convert it again"),
    "read-002": Rule("warning", "Characters were already lost before Curbcut read the text (shown as \ufffd)",
                     "Correct them in the source"),
    "read-003": Rule("warning", "Control characters were left out", "Nothing to do; no word is concerned"),
    "read-004": Rule("warning", "No one is named as speaking", "If people speak here, put NAME: before their words"),
    "read-005": Rule("warning", "The source has no title, so its file name serves as one",
                     "Put the title on the first line, or title = \"…\" in the episode's .toml file"),
    "read-006": Rule("warning", "A link was lost in copying",
                     "Add [[links]] with these words and the address (href) to the episode's .toml file"),
    "read-007": Rule("info", "Kept as part of the web page, not of the episode: not spoken, set apart in the text",
                     "If it belongs to the episode, move it to the summary, or under its speaker, in the source"),
    "read-008": Rule("info", "This has the shape of a speaker's label, but is read as text",
                     "If it is a person, add it under [labels] in the episode's .toml file"),
    "read-009": Rule("info", "The language was recognised from the words",
                     'If it is wrong, put language = "…" in show.toml'),
    "read-010": Rule("warning", "The language could not be recognised", 'Put language = "…" in show.toml'),
    "read-011": Rule("warning", "Nothing tells who the host is, so the conversation is not divided into exchanges",
                     'Put role = "host" under [people.<id>] in show.toml'),
    "read-012": Rule("warning", "A fact in the episode's .toml file found no place in the source",
                     "Compare the words with the source"),
    "read-013": Rule("warning", "An address in the episode's .toml file cannot be followed",
                     "Write it in full, beginning with https://"),
    "show-001": Rule("warning", "No contact is known: readers are told to get in touch and cannot",
                     "Put at least two ways under [contact] in show.toml, or run: curbcut init"),
    "show-002": Rule("warning", "Only one way to get in touch is known",
                     "Add a second one under [contact] in show.toml: not everybody can use the first"),
    "speech-001": Rule("warning", "The voice that was asked for speaks another language; another one is taken",
                       "See: curbcut voices"),
    "speech-002": Rule("warning", "There are more people than distinct voices; names are spoken at every change",
                       "Nothing to do, or give voices under [people.<id>] in show.toml"),
    "speech-003": Rule("warning", "The voice can say nothing here: it is left as a pause", "Read it in the text"),
    "text-001": Rule("warning", "The words we add are in English: no translation fits the language of the episode",
                     "Nothing to do; they are marked as English"),
}  # fmt: skip


class Finding(msgspec.Struct, frozen=True):
    """One remark: ``text`` says what and what to do, ``where`` is a node id, a line or None."""

    code: str
    severity: Severity
    text: str
    where: str | None = None


class Report:
    """Collects findings, in the order in which they came up, each once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._findings: dict[Finding, None] = {}

    def add(self, code: str, detail: str = "", where: str | None = None) -> None:
        """Add a remark; ``detail`` is the words or the count that the rule is about."""
        rule = RULES[code]
        about = f": {detail}" if detail else ""
        self._findings.setdefault(Finding(code, rule.severity, f"{rule.problem}{about}. {rule.remedy}.", where))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings so far."""
        return tuple(self._findings)
