"""Whether what a file says of itself is borne out by what is in it.

The vocabulary is that of schema.org's properties (W3C, Schema.org Accessibility Properties for Discoverability
Vocabulary); which of them a book has to have, EPUB Accessibility 1.1 §2.2 says. What is untrue is an error; what is
missing, or cannot be true of all of it, a warning. What only the checks that ran or a person can bear out is told as a
claim (``CLAIMED``), and judged where those are known (claims_backed.py).
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from converters.checks.outside.answers import Said
from converters.checks.publication import ACCESS, Publication, Thing
from converters.findings import Severity

CLAIMED: Final = "claimed-"
"""How the rules begin that only tell what is claimed: claimed-conformance, claimed-certifier, claimed-pdfua …"""

Reason = tuple[str, str, str]
"""A rule of ``RULES``, the property that says what is wrong, and what the rule's words are filled with."""


class Need(msgspec.Struct, frozen=True):
    """A value of a property, and what has to be in the file for it: one of ``things``."""

    rule: str
    property: str
    values: tuple[str, ...]
    things: tuple[Thing, ...]
    words: str
    severity: Severity = "error"


def _feature(rule: str, values: str, things: tuple[Thing, ...], words: str, severity: Severity = "error") -> Need:
    return Need(rule, "accessibilityFeature", tuple(values.split()), things, words, severity)


_PICTURES: Final[tuple[Thing, ...]] = ("pictures", "cover", "described pictures", "undescribed pictures")
_HEARD: Final[tuple[Thing, ...]] = ("sound", "video")
NEEDS: Final = (
    _feature("synchronized-without-overlay", "synchronizedAudioText", ("in step",),
             "it says that text and sound go in step, and there is no media overlay and no times"),
    _feature("contents-missing", "tableOfContents", ("contents",),
             "it says that it has a table of contents, and there is none with links"),
    _feature("pictures-missing", "alternativeText longDescription", _PICTURES,
             "it says that pictures are described, and there is none", "warning"),
    _feature("page-list-missing", "pageNavigation", ("page list",),
             "it says that one can go to the pages of the print edition, and there is no page list"),
    _feature("page-breaks-missing", "pageBreakMarkers pageBreaks printPageNumbers", ("page breaks",),
             "it says that the pages of the print edition are marked, and no page break is"),
    _feature("index-missing", "index", ("index",), "it says that it has an index, and nothing is marked as one"),
    _feature("speech-markup-missing", "ttsMarkup", ("speech markup",),
             "it says that words are marked for speech, and there is no lexicon, no SSML and no CSS Speech"),
    _feature("reading-order-missing", "readingOrder", ("order",),
             "it says that it has a reading order, and that leads to files that are not listed, or to none"),
    _feature("headings-missing", "structuralNavigation", ("headings",),
             "it says that one can go from heading to heading, and there are no headings"),
    _feature("long-description-missing", "longDescription longDescriptions", ("long descriptions",),
             "it says that pictures have long descriptions, and nothing leads to one"),
    _feature("captions-missing", "closedCaptions captions", ("captions",),
             "it says that there are captions, and there is no track of them"),
    _feature("video-missing", "openCaptions audioDescription signLanguage", ("video",),
             "it says that its videos have captions, descriptions or signs, and there is no video"),
    _feature("sound-missing-for-transcript", "transcript", _HEARD,
             "it says that it has a transcript of what is heard, and there is no sound or video", "warning"),
    _feature("math-missing", "MathML MathML-chemistry", ("math",),
             "it says that formulas are MathML, and there is no formula in it"),
    _feature("roles-missing", "ARIA aria", ("roles",),
             "it says that parts have ARIA roles, and there is no role or ARIA attribute"),
    _feature("ruby-missing", "rubyAnnotations fullRubyAnnotations", ("ruby",),
             "it says that signs have their reading beside them (ruby), and none has"),
    _feature("braille-missing", "braille", ("braille",), "it says that it holds braille, and there is none in it"),
    _feature("tags-missing", "taggedPDF", ("tags",), "it says that it is tagged, and it has no structure"),
    Need("auditory-without-sound", "accessMode", ("auditory",), _HEARD,
         "it says that something in it has to be heard, and there is no sound"),
    Need("visual-without-pictures", "accessMode", ("visual",), (*_PICTURES, "video", "math"),
         "it says that something in it has to be seen, and there are no pictures"),
    Need("textual-without-text", "accessMode", ("textual",), ("text",),
         "it says that it can be read as text, and there is hardly any"),
    Need("tactile-without-braille", "accessMode", ("tactile",), ("braille",),
         "it says that it is for the fingers, and there is no braille"),
)  # fmt: skip
"""What a format does not let one see is not asked of it: see ``Publication.told``."""

_MODES: Final = {"auditory", "chartOnVisual", "chemOnVisual", "colorDependent", "diagramOnVisual", "mathOnVisual",
                 "musicOnVisual", "tactile", "textOnVisual", "textual", "visual"}  # fmt: skip
_HAZARDS: Final = {
    "flashing", "motionSimulation", "sound", "none", "unknown", "noFlashingHazard", "noMotionSimulationHazard",
    "noSoundHazard", "unknownFlashingHazard", "unknownMotionSimulationHazard", "unknownSoundHazard",
}  # fmt: skip


_WORDS: Final[dict[str, tuple[Severity, str]]] = {
    **{need.rule: (need.severity, need.words) for need in NEEDS},
    "transformability-in-fixed-layout": ("error", ("it says that size, spacing and colours are the reader's to choose, "
                                         "and its layout is fixed")),
    "unlocked-but-encrypted": ("error", "it says that nothing is locked, and parts of it are encrypted"),
    "unknown-value": ("warning", "{} is not of the vocabulary, so a bookshop shows nothing for it"),
    "sound-unsaid": ("warning", "there is sound in it, and its access modes do not say so"),
    "pictures-unsaid": ("warning", "there are pictures in it, and its access modes do not say so"),
    "text-unsaid": ("warning", "there is text in it, and its access modes do not say so"),
    "sufficient-not-a-mode": ("error", ("it says that this is enough for all of it, and {} is not among its access "
                              "modes")),
    "sufficient-text-with-undescribed-pictures": ("error", ("it says that its text is enough, and a picture has no "
                                                  "text alternative")),
    "sufficient-sound-without-sound": ("error", "it says that its sound is enough, and it has none"),
    "hazards-contradict": ("error", "it names a hazard and says that there is none"),
    "hazard-denied-with-flashing": ("error", ("it says that nothing flashes, and a picture changes over three times a "
                                    "second")),
    "hazard-denied-with-moving-pictures": ("warning", ("it says that nothing flashes or moves, and there is video or a "
                                           "moving picture: a person has to have seen all of it")),
    "alternative-text-missing": ("error", "it says that pictures have a text alternative, and one has none"),
    "access-metadata-missing": ("warning", ("it says nothing about how it can be read: a bookshop or library would "
                                "show “No information is available”, and people who need to know leave it")),
    "accessmode-missing": ("warning", "it does not say whether it is to be read, seen, heard or felt (accessMode)"),
    "accessmodesufficient-missing": ("warning", ("it does not say by which of the senses alone all of it can be read "
                                     "(accessModeSufficient)")),
    "accessibilityfeature-missing": ("warning", "it does not say what it offers (accessibilityFeature)"),
    "accessibilityhazard-missing": ("warning", ("it does not say whether anything in it flashes, moves or sounds so "
                                    "that it harms (accessibilityHazard)")),
    "accessibilitysummary-missing": ("info", "it does not say in words how it can be read (accessibilitySummary)"),
    "title-missing": ("error", "it has no title: a bookshop, a library or a tab of a browser shows a file name"),
    "language-missing": ("error", "it does not say in which language it is: nothing can choose a voice"),
    "language-of-other-letters": ("error", ("most of its letters are {}, which that language is not written in: a "
                                  "voice would stumble over all of it")),
    "multimedia-without-sound": ("error", "it says that it is heard, and there is no sound in it"),
    "multimedia-without-text": ("error", "it says that it has its text, and there is none in it"),
    "cells-of-eight-dots": ("error", "it says that its cells have six dots, and some have more"),
    "tactile-graphics-denied": ("error", "it says that it has no pictures, and there are some"),
}  # fmt: skip
RULES: Final = tuple(_WORDS)
"""Every rule of this file; those of claims_backed.py come to these."""


def unsupported(of: Publication) -> Iterator[Said]:
    """Yield all that is wrong with what a file says of itself, and what it claims besides."""
    for about in (_identity, _letters, _values, _access_modes, _sufficient, _hazards, _lacking, _own_kind):
        for rule, where, value in about(of):
            severity, words = _WORDS[rule]
            yield Said(rule, severity, words.format(value), where)
    yield from _claimed(of)


# values ------------------------------------------------------------------------------------


def _values(of: Publication) -> Iterator[Reason]:
    """Yield the values that need something that is not in the file, or that nobody knows."""
    for need in NEEDS:
        for value in of.values(need.property):
            if value in need.values and of.lacks(*need.things):
                yield need.rule, f"{need.property}: {value}", ""
    for feature, thing, rule in _DENIED:
        if feature in of.values("accessibilityFeature") and thing in of.holds:
            yield rule, f"accessibilityFeature: {feature}", ""
    for name, vocabulary in (("accessMode", _MODES), ("accessibilityHazard", _HAZARDS)):
        yield from (("unknown-value", name, value) for value in of.values(name) if value not in vocabulary)


_DENIED: Final[tuple[tuple[str, Thing, str], ...]] = (
    ("displayTransformability", "fixed layout", "transformability-in-fixed-layout"),
    ("unlocked", "locked", "unlocked-but-encrypted"),
    ("alternativeText", "undescribed pictures", "alternative-text-missing"),
)


def _access_modes(of: Publication) -> Iterator[Reason]:
    """Yield the senses that are not named. Pictures that are ornaments, and a cover, need none (§2.2)."""
    modes = {*of.values("accessMode")}
    seen = any(mode == "visual" or mode.endswith("Visual") for mode in modes)
    if modes and "sound" in of.holds and "auditory" not in modes:
        yield "sound-unsaid", "accessMode", ""
    if modes and "pictures" in of.holds and not seen:
        yield "pictures-unsaid", "accessMode", ""
    if modes and "text" in of.holds and not modes & {"textual", "tactile"} and of.kind != "lpf":
        yield "text-unsaid", "accessMode", ""


def _sufficient(of: Publication) -> Iterator[Reason]:
    """Yield the combinations of senses that cannot be enough."""
    modes = {*of.values("accessMode")}
    for combination in of.values("accessModeSufficient"):
        each = set(filter(None, re.split(r"[\s,]+", combination)))
        where = f"accessModeSufficient: {combination}"
        if modes and not each <= modes:
            yield "sufficient-not-a-mode", where, ", ".join(sorted(each - modes))
        if each == {"textual"} and "undescribed pictures" in of.holds:
            yield "sufficient-text-with-undescribed-pictures", where, ""
        if each == {"auditory"} and of.lacks("sound", "video"):
            yield "sufficient-sound-without-sound", where, ""


def _hazards(of: Publication) -> Iterator[Reason]:
    said = {*of.values("accessibilityHazard")}
    denied = said & {"none", "noFlashingHazard", "noMotionSimulationHazard"}
    dangers = said & {"flashing", "motionSimulation", "sound"}
    where = f"accessibilityHazard: {', '.join(sorted(said))}"
    if ("none" in said and len(said) > 1) or any(f"no{one[0].upper()}{one[1:]}Hazard" in said for one in dangers):
        yield "hazards-contradict", where, ""
    if denied & {"none", "noFlashingHazard"} and "flashing pictures" in of.holds:
        yield "hazard-denied-with-flashing", where, ""
    elif denied and of.holds & {"video", "moving pictures"}:
        yield "hazard-denied-with-moving-pictures", where, ""


# what is missing ---------------------------------------------------------------------------


def _lacking(of: Publication) -> Iterator[Reason]:
    """Yield what every book has to say (EPUB Accessibility 1.1 §2.2); a web page need not say anything."""
    if of.speaks_of_access:
        yield from ((f"{name.lower()}-missing", "", "") for name in ACCESS if not of.values(name))
    elif of.kind in {"epub", "ebraille", "lpf"}:
        yield "access-metadata-missing", "", ""


def _identity(of: Publication) -> Iterator[Reason]:
    if not of.title:
        yield "title-missing", "", ""
    if not of.language and of.kind not in {"pdf", "daisy"}:
        yield "language-missing", "", ""


# language ----------------------------------------------------------------------------------

_SCRIPTS: Final = {
    **dict.fromkeys("ru uk bg be mk kk ky mn tg".split(), "CYRILLIC"),
    **dict.fromkeys("ar fa ur ps ckb".split(), "ARABIC"), **dict.fromkeys("he yi".split(), "HEBREW"),
    **dict.fromkeys("hi mr ne sa".split(), "DEVANAGARI"), "el": "GREEK", "th": "THAI", "ka": "GEORGIAN",
    "hy": "ARMENIAN", "bn": "BENGALI", "ta": "TAMIL", "te": "TELUGU", "gu": "GUJARATI", "am": "ETHIOPIC",
    "km": "KHMER", "lo": "LAO", "my": "MYANMAR", "ko": "HANGUL", "zh": "CJK",
    **dict.fromkeys("en de es fr it pt nl sv da nb nn no fi pl cs sk hu ro tr vi id hr sl et lv lt ga cy ca eu gl is "
                    "sw af sq mt lb la eo".split(), "LATIN"),
}  # fmt: skip
_BY_TAG: Final = {"latn": "LATIN", "cyrl": "CYRILLIC", "arab": "ARABIC", "brai": "BRAILLE", "grek": "GREEK",
                  "hebr": "HEBREW", "deva": "DEVANAGARI", "hans": "CJK", "hant": "CJK"}  # fmt: skip
_TELLING: Final = 200
"""Letters of another script from which on a tag is held to be wrong."""


def _letters(of: Publication) -> Iterator[Reason]:
    """Yield a language that is not written in these letters, as far as the script tells (BCP 47, ISO 15924)."""
    parts = of.language.lower().split("-")
    tagged = next((_BY_TAG[part] for part in parts[1:] if part in _BY_TAG), None)
    wanted = tagged or ("" if len(parts) > 1 and len(parts[1]) == len("Latn") else _SCRIPTS.get(parts[0], ""))
    others = {script: count for script, count in of.letters.items() if script != wanted}
    if not wanted or not others or not wanted.isupper():
        return
    most = max(others, key=lambda script: others[script])
    if others[most] >= _TELLING and others[most] > 2 * of.letters.get(wanted, 0):
        yield "language-of-other-letters", of.language, most.title()


# claims of their formats -------------------------------------------------------------------

_TEXT_AND_SOUND: Final = {"audiofulltext", "audioparttext", "textpartaudio", "textncx"}


def _own_kind(of: Publication) -> Iterator[Reason]:
    """Yield what talking books and braille say of themselves that is not so.

    By DAISY 2.02 §2.1.1, ANSI/NISO Z39.86-2005 §3, and the metadata of eBraille 1.0.
    """
    for kind in of.values("multimediaType"):
        if "audio" in kind.lower() and of.lacks("sound"):
            yield "multimedia-without-sound", kind, ""
        if kind.lower() in _TEXT_AND_SOUND and of.lacks("text"):
            yield "multimedia-without-text", kind, ""
    if "6" in of.values("brailleCellType") and "eight dots" in of.holds:
        yield "cells-of-eight-dots", "brailleCellType: 6", ""
    if "none" in of.values("tactileGraphics") and "pictures" in of.holds:
        yield "tactile-graphics-denied", "tactileGraphics: none", ""


# what only checks and people can bear out --------------------------------------------------

_CONFORMS: Final = re.compile(
    r"\b(conform\w*|compl(?:y|ies|iant)\w*|meets|satisf\w+|certif\w+|fully accessible|erfüll\w*|entspr\w+|cumple\w*)\b",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(r"\b(not|never|nobody|no one|no person|nicht|niemand|kein\w*|no|nadie)\b", re.IGNORECASE)
_STANDARD: Final = re.compile(
    r"\bWCAG\b|EPUB Accessibility|EN 301 549|Section 508|PDF/UA|fully accessible", re.IGNORECASE
)
_ACCESSIBILITY: Final = re.compile(r"EPUB Accessibility|WCAG|idpf\.org/epub/a11y|PDF/UA|301 ?549", re.IGNORECASE)


def says_it_conforms(words: str) -> str:
    """Return the first sentence, in the languages of our own summaries, that says it meets a standard; else nothing."""
    for one in re.split(r"(?<=[.!?])\s+", words):
        if _CONFORMS.search(one) and _STANDARD.search(one) and not _DENIES.search(one):
            return one
    return ""


def _claimed(of: Publication) -> Iterator[Said]:
    def told(what: str, value: str) -> Said:
        return Said(f"{CLAIMED}{what}", "info", value)

    for value in of.values("conformsTo"):
        if _ACCESSIBILITY.search(value):
            yield told("conformance", value)
    for summary in of.values("accessibilitySummary"):
        if sentence := says_it_conforms(summary):
            yield told("summary", sentence)
    names: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
        ("certifiedBy", "certifier", bool), ("certifierCredential", "credential", bool),
        ("certifierReport", "report", bool), ("pdfuaid:part", "pdfua", bool), ("pdfaid:part", "pdfa", bool),
        ("accessibilityFeature", "contrast", "highContrastDisplay".__eq__),
        ("accessibilityFeature", "large-print", "largePrint".__eq__),
    )  # fmt: skip
    for name, what, counts in names:
        yield from (told(what, value) for value in of.values(name) if counts(value))
