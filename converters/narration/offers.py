"""Which of the engine's voices are offered.

espeak-ng has a voice for each language and accent, variants that can be put on any of them
(``+f2``), and a base pitch, which we write after an ``@``. ``tests/bench/voices.py`` measured
English with eSpeak NG 1.52.0 at 175 words a minute: word error rate of Whisper ``tiny.en`` on 36
plain sentences of our own (485 words), median pitch, and how far away the voice is that is most
like it (``distinctness.difference``).

    voice                  WER     pitch    range    nearest  which is
    gmw/en+edward          6.8 %   102 Hz   lower    2.1      gmw/en-us+edward
    gmw/en-us+edward       3.1 %   102 Hz   lower    2.1      gmw/en+edward
    gmw/en-us+Denis@80     6.2 %   136 Hz   middle   3.6      gmw/en-us+steph@35
    gmw/en-us+steph@35     7.2 %   155 Hz   middle   3.0      gmw/en-us+steph@50
    gmw/en-us+mike2@95     7.4 %   140 Hz   middle   4.1      gmw/en+edward@80
    gmw/en-us+m8@95        5.2 %   134 Hz   middle   4.2      gmw/en-us+steph@35
    gmw/en-us+Gene@80      7.8 %   132 Hz   middle   4.4      gmw/en+edward@80
    gmw/en-us+klatt4@95    7.6 %   163 Hz   middle   3.9      gmw/en-us+Nguyen@72
    gmw/en-us+Nguyen@72    6.4 %   182 Hz   middle   2.8      gmw/en-us+steph@50
    gmw/en+edward@80       8.0 %   138 Hz   middle   3.6      gmw/en-us+Denis@80
    gmw/en-us+david@50     7.6 %    75 Hz   lower    4.2      gmw/en-us+sandro@35
    gmw/en-us+mike2@35     8.0 %    80 Hz   lower    4.4      gmw/en-us+david@50
    gmw/en-us+Gene@35      4.7 %    82 Hz   lower    5.5      gmw/en-us+edward
    gmw/en-us+sandro@35    5.6 %    86 Hz   lower    4.2      gmw/en-us+david@50
    gmw/en-us+david@95     4.9 %   120 Hz   lower    3.7      gmw/en-us+Denis@80
    gmw/en-us+steph@50     6.8 %   184 Hz   higher   2.8      gmw/en-us+Nguyen@72
    gmw/en-us+f3@50        7.4 %   212 Hz   higher   4.1      gmw/en-us+f2@80
    gmw/en-us+Nguyen@95    7.6 %   225 Hz   higher   3.7      gmw/en-us+Nguyen@72
    gmw/en-us+f2@80        7.4 %   266 Hz   higher   4.1      gmw/en-us+f3@50

The first is the narrator's, the next that is unlike it is for unattributed speech; people have
the others. Offered is what is within 5 points of the best, ``gmw/en-us+edward``. About 100 variants
were tried on half of the sentences, and 62 voices, some at several pitches, on all of them. Left out,
because more than 5 points worse: plain ``gmw/en`` (10.9 %), ``f2`` at its own pitch and below
(10 %), michel, quincy, Storm, Gene2, most other named variants; and every voice of Scotland, the
Caribbean, Lancaster, the West Midlands and Received Pronunciation, which were 15 points worse and
more when they were measured in an earlier round. Left out, because another of their range is
nearer than 3.5: adam, benjamin, iven3, iven4, Reed, steph and Nguyen at other pitches, plain
``gmw/en-us``. Left out without a measurement, because they are 5 dB quieter than the rest
and more: Hugo, klatt, klatt2, victor.

Rounding alone, with another number of threads, moves a rate by up to 0.9 points. Faster speech is
harder for recognition in every voice: at 260 words a minute the rates are 14 to 30 %, the clearest
``gmw/en-us+edward``, ``mike2@95`` and the narrator, the least clear ``Gene`` and ``david@50``.

For other languages nothing was measured. They have the same variants, and what was measured in
English stands for them too: that is right for pitch and timbre, which are the variant's, and a
guess for how clear each is.
"""

from typing import Final

import msgspec

from converters.document import LanguageTag
from converters.narration.distinctness import pitch_range
from converters.narration.model import Traits, Voice


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
    (BRITAIN, Style("edward"), Traits(102, (1.3, 0.4, 0.1, 0.8, 0.0, 0.4))),
    (AMERICA, Style("edward"), Traits(102, (1.0, 0.3, 0.0, 1.0, -0.2, 0.1))),
    (AMERICA, Style("Denis", 80), Traits(136, (-0.4, 0.1, 0.3, -1.6, 0.1, 0.1))),
    (AMERICA, Style("steph", 35), Traits(155, (-2.1, 0.5, -1.0, -0.7, -1.3, 0.0))),
    (AMERICA, Style("mike2", 95), Traits(140, (1.1, 3.3, 1.8, 0.0, -0.4, -0.2))),
    (AMERICA, Style("m8", 95), Traits(134, (-4.5, -0.4, -1.0, 0.9, 0.0, -0.4))),
    (AMERICA, Style("Gene", 80), Traits(132, (2.9, 1.0, -3.2, -0.2, 0.3, 0.2))),
    (AMERICA, Style("klatt4", 95), Traits(163, (2.1, 0.5, 0.6, 0.0, 0.1, -0.8))),
    (AMERICA, Style("Nguyen", 72), Traits(182, (-0.9, 0.1, -0.5, 0.4, 0.8, -0.4))),
    (BRITAIN, Style("edward", 80), Traits(138, (1.3, 0.4, 0.1, 0.8, 0.0, 0.4))),
    (AMERICA, Style("david", 50), Traits(75, (-2.2, 1.1, 1.1, 0.3, 0.6, 0.8))),
    (AMERICA, Style("mike2", 35), Traits(80, (1.1, 3.3, 1.8, 0.0, -0.4, -0.2))),
    (AMERICA, Style("Gene", 35), Traits(82, (2.9, 1.0, -3.2, -0.2, 0.3, 0.2))),
    (AMERICA, Style("sandro", 35), Traits(86, (-0.7, -1.2, 0.3, -1.4, 0.6, 0.0))),
    (AMERICA, Style("david", 95), Traits(120, (-2.2, 1.1, 1.1, 0.3, 0.6, 0.8))),
    (AMERICA, Style("steph", 50), Traits(184, (-2.1, 0.5, -1.0, -0.7, -1.3, 0.0))),
    (AMERICA, Style("f3", 50), Traits(212, (1.2, -3.1, 0.5, 0.5, -0.5, 0.3))),
    (AMERICA, Style("Nguyen", 95), Traits(225, (-0.9, 0.1, -0.5, 0.4, 0.8, -0.4))),
    (AMERICA, Style("f2", 80), Traits(266, (1.4, -2.6, 0.9, 0.0, -0.1, -0.1))),
)
"""Base, style and what was measured: pitch in Hz, and timbre in dB along six directions."""

STYLES: Final = tuple({style: traits for _, style, traits in ENGLISH}.items())
"""The styles, each once, for languages that nothing was measured in."""

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
    found = [row for row in ENGLISH if row[0] in listed]
    found += [(base, *style) for base, (tag, _) in listed.items() if _is_whole(tag) for style in STYLES]
    return tuple(
        _voice(base, style, traits, listed[base])
        for base, style, traits in found
        if not style.variant or style.variant in variants
    )


def _tag(language: str) -> LanguageTag:
    return LanguageTag(language.replace("_", "-").lower())


def _is_whole(tag: LanguageTag) -> bool:
    """Tell whether a voice is to be offered in every style; English has a list of its own."""
    return tag.split("-")[0] not in {"en", *CANNOT_READ} and tag not in OTHER_SCRIPTS


def _voice(base: str, style: Style, traits: Traits, listed: tuple[LanguageTag, str]) -> Voice:
    tag, name = listed
    voice = Voice(base + style.ending, tag, "", traits)
    parts = (
        name,
        style.variant and f"variant {style.variant}",
        f"{traits.pitch} Hz",
        str(pitch_range(voice)),
    )
    return msgspec.structs.replace(voice, description=", ".join(part for part in parts if part))
