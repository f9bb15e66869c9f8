"""What is said of how an edition can be used, derived from what it holds: one place for every format.

The vocabulary is that of schema.org (W3C, Schema.org Accessibility Properties for Discoverability Vocabulary), from
which bookshops and libraries make what they show (Accessibility Metadata Display Guide for Digital Publications 2.0).
"""

from typing import Final, Literal

import msgspec

from converters.human_checks import HumanCheck, standing
from converters.phrases import Phrases, written_date
from converters.writers import WriteContext, writer_named
from converters.writers.origin import is_narrated

Heard = Literal["not", "in part", "wholly"]

PLAIN: Final[tuple[str, ...]] = ("none",)
"""Nothing moves or flashes in an edition: they are text, a still cover, and sound. Synthetic speech has no other
sounds in it, so none of the three hazards is there."""
RECORDED: Final = ("noFlashingHazard", "noMotionSimulationHazard", "unknownSoundHazard")
"""Nobody has listened to a show's own recording for sounds that harm."""


class Holds(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition holds, beside the text of the episode under headings, and contents that lead to them.

    ``heard`` is how much of it; ``in_step``: text is marked while it is heard; ``recorded``: the sound is the show's
    own recording. ``pictured``: it has a cover with alternative text. ``lexicon``: how names are said.
    ``roles``: landmarks and notes have ARIA roles. ``reflows``: size, typeface, spacing and colours are the reader's.
    ``contrast``: all text at 7:1 or better. ``large``: print of 16 point or more that cannot be made larger.
    ``tagged``: a PDF with tags. ``braille``: its text is braille.
    """

    heard: Heard = "not"
    in_step: bool = False
    recorded: bool = False
    pictured: bool = False
    lexicon: bool = False
    roles: bool = False
    reflows: bool = False
    contrast: bool = False
    large: bool = False
    tagged: bool = False
    braille: bool = False


class Access(msgspec.Struct, frozen=True):
    """What is said; each of ``sufficient`` is enough by itself."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str

    @property
    def properties(self) -> tuple[tuple[str, str], ...]:
        """The same as names of schema.org's properties and values."""
        several = (
            ("accessMode", self.modes), ("accessModeSufficient", self.sufficient),
            ("accessibilityFeature", self.features), ("accessibilityHazard", self.hazards),
        )  # fmt: skip
        return (*((name, v) for name, values in several for v in values), ("accessibilitySummary", self.summary))

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """The same with a prefix: ``schema:accessMode``."""
        return tuple((f"schema:{name}", value) for name, value in self.properties)


def access(holds: Holds, summary: str) -> Access:
    """Return what is said of an edition that holds this; ``summary`` is for people.

    A cover makes no edition one that must be seen: what it says stands in the text (EPUB Accessibility 1.1 §2.2, "do
    not list access modes for content that does not contain information necessary to understand").
    """
    text = "tactile" if holds.braille else "textual"
    sounds = () if holds.heard == "not" else ("auditory",)
    return Access(
        modes=(text, *sounds),
        sufficient=(text, *(sounds if holds.heard == "wholly" else ())),
        features=tuple(feature for feature, is_there in _features(holds) if is_there),
        hazards=RECORDED if holds.recorded else PLAIN,
        summary=summary,
    )


def _features(holds: Holds) -> tuple[tuple[str, bool], ...]:
    is_heard = holds.heard != "not"
    return (
        ("tableOfContents", True), ("readingOrder", True), ("structuralNavigation", True),
        ("displayTransformability", holds.reflows), ("unlocked", True), ("ARIA", holds.roles),
        ("alternativeText", holds.pictured), ("ttsMarkup", holds.lexicon),
        ("synchronizedAudioText", is_heard and holds.in_step), ("transcript", is_heard and not holds.in_step),
        ("highContrastDisplay", holds.contrast), ("largePrint", holds.large), ("taggedPDF", holds.tagged),
        ("braille", holds.braille),
    )  # fmt: skip


# what people found ------------------------------------------------------------------------------


def check_of(context: WriteContext, own: str) -> HumanCheck | None:
    """Return the human check that stands for an edition, None where none does."""
    narrated = is_narrated(writer_named(own), context, None)
    return standing(context.options.human_checks, own, is_narrated=narrated)


def evaluation(context: WriteContext, own: str) -> str:
    """Return who checked editions like this one, or that nobody has."""
    check = check_of(context, own)
    return evaluated(check, context.phrases) if check else context.phrases.not_evaluated


def evaluated(check: HumanCheck, phrases: Phrases) -> str:
    """Return in words who checked, when, with what, and what they judge."""
    said = phrases.evaluated.format(
        who=check.who, role=check.role, date=written_date(check.date, phrases), tools=", ".join(check.tools)
    )
    judged = phrases.evaluated_conforms.format(standard=check.conforms_to) if check.conforms_to else ""
    return f"{said} {judged}".rstrip()


def text_summary(context: WriteContext, own: str, *further: str, pictured: bool = False) -> str:
    """Return the summary of an edition of text: what it is, what is ``further`` said of it, who has checked it."""
    phrases = context.phrases
    pictures = phrases.holds_only_its_cover if pictured else phrases.holds_no_pictures
    parts = (phrases.accessibility_summary.format(pictures=pictures), *further, evaluation(context, own))
    return " ".join(filter(None, parts))
