"""The typefaces that large print is set in: their files, and what their letters measure.

Arimo comes as one file for all weights. WeasyPrint embeds its bold letters with the widths of
the regular ones, so they run into each other; so each weight is cut out as a file of its own,
with the letters of this edition and no others, which takes a tenth of a second.
"""

import io
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from fontTools import subset  # type: ignore[import-untyped]  # fontTools has no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # as above
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]  # as above

from converters.settings import Typeface

SCHEME: Final = "curbcut-font:"
"""What a typeface's address begins with in our style sheets; nothing else is ever fetched."""

OTHER_SCRIPTS: Final = '"Noto Sans", sans-serif'
USUAL_ADVANCE: Final = 0.5
"""The mean width of a letter of English, space included, in parts of the size of its type."""


class Face(msgspec.Struct, frozen=True):
    """A typeface: ``shown`` is its whole name, ``x_height`` in parts of its size, ``files`` regular and bold."""

    family: str
    shown: str
    package: str
    files: tuple[str, str]
    x_height: float
    variable: bool = False

    @property
    def stack(self) -> str:
        """What CSS calls it, with the fonts that have other scripts."""
        return f"{self.family}, {OTHER_SCRIPTS}"

    @property
    def rules(self) -> str:
        """CSS that names its files."""
        weights = zip(self.files, ("normal", "bold"), strict=True)
        face = '@font-face {{ font-family: {}; src: url("{}{}"); font-weight: {}; }}'
        return "\n".join(face.format(self.family, SCHEME, file, weight) for file, weight in weights)


FACES: Final[dict[Typeface, Face]] = {
    "atkinson": Face(
        "Atkinson", "Atkinson Hyperlegible", "fontpkg_atkinson_hyperlegible",
        ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf"), 0.496,
    ),
    "arimo": Face("Arimo", "Arimo", "fontpkg_arimo", ("Arimo-Regular.ttf", "Arimo-Bold.ttf"), 0.528, variable=True),
}  # fmt: skip

_VARIABLE: Final = "Arimo[wght].ttf"
_WEIGHTS: Final = (400, 700)


def served(face: Face, letters: str) -> dict[str, bytes]:
    """Return the typeface's files by name; of a variable one, with these letters only."""
    if not face.variable:
        return {name: (files(face.package) / "files" / name).read_bytes() for name in face.files}
    weights = zip(face.files, _WEIGHTS, strict=True)
    return {name: _cut(face, weight, frozenset(letters)) for name, weight in weights}


def _cut(face: Face, weight: int, letters: frozenset[str]) -> bytes:
    """Return one weight of a variable typeface as a file of its own; equal letters give equal bytes."""
    font = TTFont(io.BytesIO(_variable(face.package)), lazy=True, recalcTimestamp=False)
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in letters])
    subsetter.subset(font)
    static = instantiateVariableFont(font, {"wght": weight}, static=True)
    made = io.BytesIO()
    static.save(made)
    return made.getvalue()


@cache
def _variable(package: str) -> bytes:
    return (files(package) / "files" / _VARIABLE).read_bytes()


def mean_advance(face: Face, text: str) -> float:
    """Return the mean width of these characters, spaces included, in parts of the size of the type.

    Where the typeface has few of them it is that of English in any sans serif.
    """
    name = _VARIABLE if face.variable else face.files[0]
    font = TTFont(io.BytesIO((files(face.package) / "files" / name).read_bytes()), lazy=True)
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    counted = {letter: number for letter, number in Counter(text).items() if ord(letter) in glyphs}
    total = sum(counted.values())
    if total * 2 < len(text) or not total:
        return USUAL_ADVANCE
    wide = sum(widths[glyphs[ord(letter)]][0] * number for letter, number in counted.items())
    return float(wide / total / font["head"].unitsPerEm)
