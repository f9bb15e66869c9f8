"""What a bookshop or library shows of a publication, made from its metadata alone, in the words of the guide.

Accessibility Metadata Display Guide for Digital Publications 2.0, by the algorithms of its Display Techniques for EPUB
Accessibility Metadata (W3C Publishing Community Group, final report of 22 April 2025); the statements are in
display_guide.toml. The techniques are written for the package of an EPUB, whose terms an eBraille file, an audiobook's
manifest and a page's metadata share. Nothing is looked for in the content: whether it is true, claims.py asks.

Where the techniques write a value otherwise than schema.org's vocabulary does ("aria", "longDescriptions"), both
spellings count. A bookshop may leave out a field of which it has no information; here it is shown, to be missed.
"""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters.checks.publication import Publication


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """``display_guide.toml``: headings and statements by the guide's ids, and which feature leads to which."""

    headings: dict[str, str]
    statements: dict[str, tuple[str, ...]]
    navigation: dict[str, str]
    rich_content: dict[str, str]
    additional: dict[str, str]


class Statement(msgspec.Struct, frozen=True):
    """One statement: the field's id, that of the guide, and the metadata's own words that follow it."""

    field: str
    id: str
    said: str = ""

    @property
    def heading(self) -> str:
        """The heading of its field."""
        return guide().headings[self.field]

    @property
    def compact(self) -> str:
        """What is shown where there is little room."""
        return self._with(0)

    @property
    def descriptive(self) -> str:
        """What is shown where there is room."""
        return self._with(-1)

    def _with(self, place: int) -> str:
        known = guide().statements.get(self.id, ("",))[place]
        return f"{known} {self.said}".strip()


@functools.cache
def guide() -> Guide:
    """Return the table, read once."""
    return msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=Guide)


def shown(of: Publication) -> tuple[Statement, ...]:
    """Return all statements, in the order of the guide's fields."""
    said = (
        *_ways_of_reading(of), *_conformance(of),
        *_features(of, "navigation", guide().navigation, "navigation-no-metadata"),
        *_features(of, "rich-content", guide().rich_content, "rich-content-unknown"),
        *_hazards(of), *_summary(of), *_legal(of),
        *_features(of, "additional-accessibility-information", guide().additional, ""),
    )  # fmt: skip
    return tuple(dict.fromkeys(said))


# ways of reading (techniques, "Ways of reading") -------------------------------------------

_ALTERNATIVES: Final = {"longDescription", "longDescriptions", "alternativeText", "describedMath", "transcript"}


def _ways_of_reading(of: Publication) -> Iterator[Statement]:
    features = {*of.values("accessibilityFeature")}
    for ending in (_adjustments(of, features), *_nonvisual(of, features), _recorded(of, features)):
        yield Statement("ways-of-reading", f"ways-of-reading-{ending}")


def _adjustments(of: Publication, features: set[str]) -> str:
    if "displayTransformability" in features:
        return "visual-adjustments-modifiable"
    is_fixed = ("layout", "pre-paginated") in of.terms
    return "visual-adjustments-unmodifiable" if is_fixed else "visual-adjustments-unknown"


def _nonvisual(of: Publication, features: set[str]) -> Iterator[str]:
    modes, sufficient = of.values("accessMode"), of.values("accessModeSufficient")
    alternatives = bool(features & _ALTERNATIVES)
    if modes == ("textual",) or "textual" in sufficient:
        yield "nonvisual-reading-readable"
    elif alternatives or any("textual" in value for value in (*modes, *sufficient)):
        yield "nonvisual-reading-not-fully"
    elif modes in {("auditory",), ("visual",)}:
        yield "nonvisual-reading-none"
    else:
        yield "nonvisual-reading-no-metadata"
    if alternatives:
        yield "nonvisual-reading-alt-text"


def _recorded(of: Publication, features: set[str]) -> str:
    if "synchronizedAudioText" in features:
        return "prerecorded-audio-synchronized"
    if "auditory" in of.values("accessModeSufficient"):
        return "prerecorded-audio-only"
    is_heard = "auditory" in of.values("accessMode")
    return "prerecorded-audio-complementary" if is_heard else "prerecorded-audio-no-metadata"


# conformance -------------------------------------------------------------------------------

_NEWER: Final = re.compile(r"EPUB Accessibility 1\.1 - WCAG (2\.[0-2]) Level (A{1,3})$")
_OLDER: Final = re.compile(r"idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-(a{1,3})$")


def _conformance(of: Publication) -> Iterator[Statement]:
    """Yield what is claimed, as the metadata claims it. The highest claim by the newest standard counts."""
    claims = [claim for value in of.values("conformsTo") if (claim := _claim(value))]
    if not claims:
        partly = any("EPUB Accessibility 1.1 - WCAG 2." in value for value in of.values("conformsTo"))
        yield Statement("conformance", "conformance-unknown-standard" if partly else "conformance-no")
        return
    epub, wcag, level = max(claims)
    yield Statement("conformance", f"conformance-{level}")
    for name, ending in (("certifiedBy", "certifier"), ("certifierCredential", "certifier-credentials")):
        yield from (Statement("conformance", f"conformance-{ending}", value) for value in of.values(name)[:1])
    keys = (f"epub-accessibility-{epub}", f"wcag-{wcag}", f"level-{level}")
    words = " ".join(guide().statements[f"conformance-details-{key.replace('.', '-')}"][0] for key in keys)
    yield Statement("conformance-details", "conformance-details-claim", words)
    for name, ending in (("certified on", "certification-info"), ("certifierReport", "certifier-report")):
        found = of.values(name)[:1]
        yield from (Statement("conformance-details", f"conformance-details-{ending}", value) for value in found)


def _claim(value: str) -> tuple[str, str, str] | None:
    """Return the versions of EPUB Accessibility and WCAG, and the level, None for another standard."""
    if newer := _NEWER.search(value):
        return "1.1", newer[1], newer[2].lower()
    older = _OLDER.search(value)
    return ("1.0", "2.0", older[1]) if older else None


# the other fields --------------------------------------------------------------------------


def _features(of: Publication, field: str, leads_to: dict[str, str], none: str) -> Iterator[Statement]:
    features = {*of.values("accessibilityFeature")}
    found = [statement for feature, statement in leads_to.items() if feature in features]
    yield from (Statement(field, one) for one in found or ([none] if none else []))


def _hazards(of: Publication) -> Iterator[Statement]:
    said = {*of.values("accessibilityHazard")}
    named = {"flashing": "flashing", "motionSimulation": "motion", "sound": "sound"}
    if "none" in said or said >= {"noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"}:
        found = ["none"]
    elif dangers := [ending for hazard, ending in named.items() if hazard in said]:
        found = dangers
    elif "unknown" in said:
        found = ["unknown"]
    else:
        found = ["no-metadata"]
    yield from (Statement("hazards", f"hazards-{ending}") for ending in found)


def _summary(of: Publication) -> Iterator[Statement]:
    found = of.values("accessibilitySummary")
    yield Statement("accessibility-summary", *(("", found[0]) if found else ("accessibility-summary-no-metadata",)))


def _legal(of: Publication) -> Iterator[Statement]:
    exempt = any(value.startswith("eaa-") for value in of.values("exemption"))
    yield Statement("legal-considerations", f"legal-considerations-{'exempt' if exempt else 'no-metadata'}")
