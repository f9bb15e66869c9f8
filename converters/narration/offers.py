"""Which of the engine's voices are offered.

espeak-ng has a voice for each language and accent, variants that can be put on any of them
(``+f2``), and a base pitch, which we write after an ``@``. English was measured with eSpeak NG
1.52.0 at 175 words a minute and Whisper ``tiny.en``: word error rate on 36 plain sentences of
our own (507 words) and on 45 of a real conversation full of names, median pitch, and how far it
is from the voice most like it, in timbre (dB between long-term spectra) and pitch (semitones)
together.

    voice                  plain    real     pitch    nearest  which is
    gmw/en                 6.9 %   14.7 %   101 Hz    3.7      gmw/en-us+Mario
    gmw/en-us+Reed         6.7 %   11.3 %   115 Hz    3.6      gmw/en-us+benjamin@70
    gmw/en-us+adam@90      6.9 %   12.0 %   153 Hz    4.1      gmw/en-us+f2@20
    gmw/en-us+f2           8.1 %   12.2 %   193 Hz    over 5
    gmw/en-us+adam         7.9 %   12.9 %   100 Hz    3.6      gmw/en-us+edward
    gmw/en-us+Reed@90      8.7 %   11.2 %   171 Hz    5.0      gmw/en-us+adam@90
    gmw/en-us+Nguyen@35    7.9 %   11.4 %   134 Hz    4.3      gmw/en-us+benjamin@70
    gmw/en-us+adam@20      9.1 %   14.0 %    77 Hz    3.9      gmw/en-us+Reed@20
    gmw/en-us+benjamin@70  7.3 %   12.5 %   123 Hz    3.6      gmw/en-us+Reed
    gmw/en-us+f2@20        9.1 %   12.8 %   149 Hz    4.1      gmw/en-us+adam@90
    gmw/en-us+Reed@20      9.1 %   13.3 %    90 Hz    3.9      gmw/en-us+adam@20
    gmw/en-us+edward       6.7 %    9.8 %   101 Hz    3.6      gmw/en-us+adam
    gmw/en-us+Mario       11.2 %   14.1 %   108 Hz    3.7      gmw/en

The first is the narrator's, and the only one with its accent, so that names and headings are
told from what people say. Left out, because more than 5 points worse than the best on either
text: all of Scotland, the Caribbean and the West Midlands (23 to 42 %), Lancaster, Received
Pronunciation, f1, f3, f4, f5 and most named variants. Left out, because another is nearer than
3.6: m1, m2, m3, benjamin. Left out, because 5 to 8 dB quieter than the rest: Hugo, Diogo,
Henrique, Mike. For other languages nothing was measured; they have the same variants.
"""

from typing import Final

import msgspec

from converters.document import LanguageTag
from converters.narration.model import Voice


class Style(msgspec.Struct, frozen=True):
    """A way of speaking that can be put on a voice; ``pitch`` of 100, None for the voice's own."""

    variant: str = ""
    pitch: int | None = None

    @property
    def ending(self) -> str:
        """What a voice's id ends with: ``+Reed@90``."""
        variant = f"+{self.variant}" if self.variant else ""
        return variant if self.pitch is None else f"{variant}@{self.pitch}"


AMERICA: Final = "gmw/en-us"
BRITAIN: Final = "gmw/en"

ENGLISH: Final = (
    (BRITAIN, Style()),
    (AMERICA, Style("Reed")),
    (AMERICA, Style("adam", 90)),
    (AMERICA, Style("f2")),
    (AMERICA, Style("adam")),
    (AMERICA, Style("Reed", 90)),
    (AMERICA, Style("Nguyen", 35)),
    (AMERICA, Style("adam", 20)),
    (AMERICA, Style("benjamin", 70)),
    (AMERICA, Style("f2", 20)),
    (AMERICA, Style("Reed", 20)),
    (AMERICA, Style("edward")),
    (AMERICA, Style("Mario")),
)

STYLES: Final = tuple(style for _, style in ENGLISH)

CANNOT_READ: Final = frozenset({"ja"})
"""Languages whose usual script espeak-ng does not read: it says “Chinese letter” for each kanji."""

OTHER_SCRIPTS: Final = frozenset({"cmn-latn-pinyin", "fa-latn", "en-shaw"})
"""Voices for a language in letters that nobody prints it in."""


def offered(voices: tuple[tuple[str, str, str], ...], variants: frozenset[str]) -> tuple[Voice, ...]:
    """Return the voices to choose from, of those that an engine lists as id, language and name.

    An engine without variants has finished voices; all of them are offered.
    """
    if not variants:
        return tuple(Voice(identifier, _tag(language), name) for identifier, language, name in voices)
    listed = {identifier: (_tag(language), name) for identifier, language, name in voices}
    found = [(base, style) for base, style in ENGLISH if base in listed]
    found += [(base, style) for base, (tag, _) in listed.items() if _is_whole(tag) for style in STYLES]
    return tuple(
        Voice(base + style.ending, listed[base][0], _described(listed[base][1], style))
        for base, style in found
        if not style.variant or style.variant in variants
    )


def _tag(language: str) -> LanguageTag:
    return LanguageTag(language.replace("_", "-").lower())


def _is_whole(tag: LanguageTag) -> bool:
    """Tell whether a voice is to be offered in every style; English has a list of its own."""
    return tag.split("-")[0] not in {"en", *CANNOT_READ} and tag not in OTHER_SCRIPTS


def _described(name: str, style: Style) -> str:
    parts = (name, style.variant and f"variant {style.variant}", style.pitch and f"pitch {style.pitch} of 100")
    return ", ".join(part for part in parts if part)
