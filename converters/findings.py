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
    "read-014": Rule("info", "Left out of the editions",
                     "If it belongs to the episode, put it into the text of the source"),
    "read-015": Rule("info", "Time codes are kept as times of the recording, not as words", "Nothing to do"),
    "read-016": Rule("warning", "A label looks damaged and is read as this person's", "Correct it in the source"),
    "read-017": Rule("info", "Two labels are taken for one person's",
                     "If they are two people, give each an entry under [people.<id>] with its labels"),
    "read-018": Rule("warning", "Not one sound is marked in the whole episode: is there music, laughter or applause "
                     "that a deaf reader should know of?",
                     'Add [[sounds]] with description = "[applause]" and before = "the words after it" to the '
                     "episode's .toml file"),
    "read-019": Rule("warning", "Tracked changes were taken as accepted", "Accept or refuse them in the source"),
    "read-020": Rule("info", "The lines that rolling captions repeat are kept once", "Nothing to do"),
    "read-021": Rule("warning", "It is not certain who says this; it is left with the speaker before",
                     "Put NAME: before it in the source"),
    "read-022": Rule("warning", "The source tells these people apart and does not say who they are",
                     "Name each: --speakers \"LABEL=NAME, LABEL=NAME\", or [labels] in the episode's .toml file"),
    "read-023": Rule("warning", "The file does not say how its letters are encoded; this was recognised from them",
                     "Save the source as UTF-8, or look whether names and accents are right"),
    "read-024": Rule("warning", "Somebody named with --speakers or under [labels] does not speak in the source",
                     "Compare the name with the labels of the source"),
    "print-001": Rule("warning", "On paper, this theme of the large print takes a great deal of ink",
                      "To print it, leave --theme out, or use cream paper; for a screen it is as good as any"),
    "print-002": Rule("warning", "The large print does not meet its standard to the letter, and its title page says so",
                      "Nothing to do; or choose another --font-size, --paper or --typeface"),
    "braille-001": Rule("warning", "Words of a language that this machine has no braille for are written in the "
                        "edition's own code", "Read them over, or get a newer liblouis"),
    "braille-002": Rule("warning", "The braille code has no cells for these signs; their names stand in transcriber's "
                        "notes", "Read them over, or write words for them in the source"),
    "braille-003": Rule("warning", "The braille code does not have these letters; they stand without their marks",
                        "Read the words over that have them"),
    "braille-004": Rule("warning", "Read back from braille, this word comes out as another", "Have a braille reader "
                        "look at it; it is written as the code has it"),
    "braille-005": Rule("warning", "This machine writes this braille code but cannot read it back, so its words are "
                        "not proved one by one", "Have a braille reader look at the edition"),
    "ebraille-001": Rule("warning", "An eBraille edition names the year of the copyright, and the episode has no date: "
                         "it names that of the edition", "Put date = 2025-03-14 in the episode's .toml file"),
    "claim-001": Rule("info", "No person has checked how accessible editions of this template are, so no "
                      "conformance is claimed of them",
                      "Nothing to do; or check one in 20 minutes: README, “Checked by people”"),
    "claim-002": Rule("warning", "This check is of another template, or older than the template, so its claim is "
                      "withdrawn", "Check an edition anew: README, “Checked by people”"),
    "claim-003": Rule("info", "Not every point of the script was passed in this check, so nothing is claimed",
                      "Mend what fell short, or take the points up: README, “Checked by people”"),
    "claim-004": Rule("info", "What was checked did not read itself aloud and this edition does, so nothing is claimed",
                      "Check one that does, and put read_aloud = true into human-checks.toml"),
    "show-001": Rule("warning", "No contact is known: readers are told to get in touch and cannot",
                     "Put at least two ways under [contact] in show.toml, or run: curbcut init"),
    "show-002": Rule("warning", "Only one way to get in touch is known",
                     "Add a second one under [contact] in show.toml: not everybody can use the first"),
    "speech-001": Rule("warning", "The voice that was asked for speaks another language; another one is taken",
                       "See: curbcut voices"),
    "speech-002": Rule("warning", "There are more people than distinct voices; names are spoken at every change",
                       "Nothing to do, or give voices under [people.<id>] in show.toml"),
    "speech-003": Rule("warning", "The voice can say nothing here: it is left as a pause", "Read it in the text"),
    "speech-040": Rule("warning", "An English voice cannot say every sign of a pronunciation; these are left out",
                       "Write that part with other signs in show.toml, and listen with: curbcut voices --check SOURCE"),
    "speech-041": Rule("warning", "A voice of this language cannot be given IPA, so the word is read as it is printed",
                       'Put a respelling beside it in show.toml: { ipa = "…", respelling = "…" }'),
    "speech-010": Rule("warning", "No voice was chosen, so these people have one of the middle range of pitch",
                       'Set voice = "higher", "lower" or a voice in [people.<id>] of show.toml; listen with: '
                       "curbcut voices --cast SOURCE"),
    "speech-011": Rule("warning", "Another in this episode has the voice that is theirs elsewhere, or one too near it",
                       "Settle voices for all episodes with: curbcut voices --assign ARCHIVE"),
    "speech-012": Rule("warning", "How high the voices of this engine are is not known, so “higher” and “lower” "
                       "chose nothing", "Put the id of a voice there; see: curbcut voices"),
    "speech-013": Rule("warning", "These people were given a voice that another has in the same episode; names are "
                       "spoken at every change", "Give each their own under [people.<id>] in show.toml"),
    "speech-020": Rule("warning", "There are fewer true voices than people, so one voice is set higher or lower for "
                       "some of them, and names are spoken at every change",
                       "Add voices for piper with --voices DIR, or let one narrator read: --cast one"),
    "speech-050": Rule("info", "The voice may say these names wrong", "Listen to them with curbcut voices --check "
                       "SOURCE, and put what is wrong under [lexicon] in show.toml"),
    "text-001": Rule("warning", "The words we add are in English: no translation fits the language of the episode",
                     "Nothing to do; they are marked as English"),
    "time-001": Rule("info", "Where the source does not say when a sentence begins, the time between those that it "
                     "tells is shared out by letters", "Nothing to do, or listen whether the captions fit"),
    "time-002": Rule("warning", "For more than 10 s at a time the source does not say when a sentence begins; the time "
                     "in between is shared out by letters",
                     "Compare the captions with the recording before they are published, or give more times"),
    "time-003": Rule("warning", "Times of the source run backward; those that contradict the others are left out",
                     "Correct them in the source"),
}  # fmt: skip


class Finding(msgspec.Struct, frozen=True):
    """One remark: ``text`` says what and what to do, ``where`` is a node id, a line or None."""

    code: str
    severity: Severity
    text: str
    where: str | None = None


class Weighed(msgspec.Struct, frozen=True):
    """A label that was weighed: how often it stands, whether it is taken for a speaker's, and why.

    ``evidence`` are reasons, each with its points: above 0 for, below 0 against.
    """

    label: str
    count: int
    speaker: bool
    evidence: tuple[tuple[str, int], ...]


class Report:
    """Collects findings, in the order in which they came up, each once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._findings: dict[Finding, None] = {}
        self._left_out: list[str] = []
        self._source: tuple[str, ...] = ()
        self._times: tuple[str, ...] = ()
        self._weighed: tuple[Weighed, ...] = ()

    def add(self, code: str, detail: str = "", where: str | None = None) -> None:
        """Add a remark; ``detail`` is the words or the count that the rule is about."""
        rule = RULES[code]
        problem = f"{rule.problem}: {detail}" if detail else rule.problem
        end = "" if problem.endswith("?") else "."
        self._findings.setdefault(Finding(code, rule.severity, f"{problem}{end} {rule.remedy}.", where))

    def leave_out(self, reason: str, words: str, where: str | None = None) -> None:
        """Account for words of the source that no edition has: what they are, and every one of them."""
        if words.strip():
            self._left_out.append(words)
            self.add("read-014", f"{reason}: “{' '.join(words.split())}”", where)

    def account(self, source: tuple[str, ...]) -> None:
        """Remember all the texts that the source consists of, for whoever wants to see that none is lost."""
        self._source = source

    def keep_times(self, codes: tuple[str, ...]) -> None:
        """Account for time codes, which are kept as times of the recording."""
        if codes:
            self._times += codes
            self.add("read-015", f"{len(codes)} of them")

    def weigh(self, labels: tuple[Weighed, ...]) -> None:
        """Remember what was found for and against each label."""
        self._weighed = labels

    @property
    def times(self) -> tuple[str, ...]:
        """The time codes, as printed."""
        return self._times

    @property
    def weighed(self) -> tuple[Weighed, ...]:
        """The labels, with what was found for and against each."""
        return self._weighed

    @property
    def source(self) -> tuple[str, ...]:
        """All the texts that the source consists of, as its format gives them."""
        return self._source

    @property
    def left_out(self) -> tuple[str, ...]:
        """The words that were left out, as told to ``leave_out``."""
        return tuple(self._left_out)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings so far."""
        return tuple(self._findings)
