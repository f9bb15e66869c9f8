"""What each standard of large print asks for, as data: where each number is from, how it is understood.

Sources: ACB, Large Print Guidelines (revised 6 May 2025). APH, guidelines for print documents, research-based. UKAAF,
G003 Creating clear print and large print documents (2019). RNIB, clear print. "House" is styles/large-print.css.

They contradict each other: ACB wants lines under what is emphasised and dots in the contents, UKAAF forbids the first
and APH the second. No file meets all.

No file shows the colour, weight and finish of its paper, the weight and thickness of a volume, its binding, or whether
somebody asked for another size: none of these is claimed. That bold type emphasises cannot be told from bold type that
names a speaker, so only slanted and underlined letters are counted.
"""

from typing import Final

import msgspec

from converters.checks.large_print_measures import Ends, Side
from converters.settings import Standard

INCH: Final = 72.0

STEADY_PLACES: Final[tuple[tuple[Ends, Side], ...]] = (
    ("foot", "outer"),
    ("foot", "middle"),
    ("foot", "one side"),
    ("head", "outer"),
    ("head", "middle"),
    ("head", "one side"),
)
"""Where a number is on every page in the same place, or mirrored."""


class Asked(msgspec.Struct, frozen=True):
    """What a standard asks of the figures of a file; None and empty where it says nothing.

    Sizes and margins in points. ``leading`` in ems; ``leading_in_word_spaces``: the room between two lines (leading
    less one em) in widths of a space. ``characters``: of the middle full line. ``typefaces``: names, one of which all
    letters a to z have. ``paragraph_space`` in lines. ``number_places``: where page numbers may stand. ``leaders``:
    whether contents have them. What is True is allowed.
    """

    body: float
    smallest: float
    leading: float | None = None
    leading_in_word_spaces: float | None = None
    x_height: float | None = None
    characters: tuple[float, float] | None = None
    typefaces: tuple[str, ...] = ()
    serifs: bool = True
    italics: bool = False
    underline: bool = True
    capitals: bool = True
    bold_body: bool = True
    heading: float | None = None
    bold_headings: bool = False
    contrast: float = 7.0
    dark_on_light: bool = False
    number_as_body: bool = True
    bold_number: bool = False
    number_places: tuple[tuple[Ends, Side], ...] = ()
    leaders: bool | None = None
    margin: float | None = None
    paragraph_space: float | None = None
    widows: bool = False
    stranded_turns: bool = True


ASKED: Final[dict[Standard, Asked]] = {
    # ACB: Arial (Arimo, Liberation Sans, Nimbus Sans and Helvetica have its metrics); 18 point for all text; headings
    # of 22 and 20 point, bold; line spacing 1.15, understood as the least leading in ems (a word processor's 1.15 lines
    # of Arial are 1.32 ems, which is more); margins of 1 inch; underlining for emphasis, no italics, no capitals; black
    # on white or off-white; leaders in contents; numbers bold, as large as the text, in the lower outer corner; no
    # widows and orphans. High contrast without a number, here and below: WCAG 2.2's 7:1 (§1.4.6).
    "acb": Asked(
        body=18,
        smallest=18,
        leading=1.15,
        typefaces=("Arial", "Arimo", "Liberation Sans", "Nimbus Sans", "Helvetica"),
        serifs=False,
        capitals=False,
        bold_body=False,
        heading=20,
        bold_headings=True,
        dark_on_light=True,
        bold_number=True,
        number_places=(("foot", "outer"),),
        leaders=True,
        margin=INCH,
    ),
    # APH: at least 18 point, and an x of at least 1/8 inch, which some typefaces reach at 18 and others do not; no
    # serifs; leading 1.25; 39 to 43 characters a line, of the middle full line; headings of 22 and 20 point; block
    # paragraphs, understood as room between them; no italics; no leaders; light paper. Coloured bands in contents are
    # advice, and the volume's size and weight are not in the file.
    "aph": Asked(
        body=18,
        smallest=18,
        leading=1.25,
        x_height=INCH / 8,
        characters=(39, 43),
        serifs=False,
        heading=20,
        bold_headings=True,
        dark_on_light=True,
        leaders=False,
        paragraph_space=1.3,
    ),
    # UKAAF: at least 16 point, ideally 18 (16 is what is judged); sans serif; single spacing, which is 1.15 ems of
    # Arial; a blank line between paragraphs, understood as nine tenths of a line at least; no italics, no underlining,
    # no blocks of capitals; words not split; numbers as large as the text.
    "ukaaf": Asked(
        body=16,
        smallest=16,
        leading=1.15,
        serifs=False,
        underline=False,
        capitals=False,
        paragraph_space=1.9,
    ),
    # RNIB clear print: at least 12 point (14 is advised); room between lines of 1.5 to 2 word spaces, of which the
    # lesser is judged; 60 to 70 characters a line; italics, underlining and capitals avoided; space between
    # paragraphs; numbers always in the same place.
    "clear": Asked(
        body=12,
        smallest=12,
        leading_in_word_spaces=1.5,
        characters=(60, 70),
        underline=False,
        capitals=False,
        number_as_body=False,
        paragraph_space=1.2,
        number_places=STEADY_PLACES,
    ),
    # The house: 18 point and never less, no italics, leading 1.3, contrast 7:1 in whichever theme a reader chose.
    "house": Asked(
        body=18,
        smallest=18,
        leading=1.3,
        serifs=False,
        bold_body=False,
        number_places=(("foot", "outer"),),
        paragraph_space=1.3,
        stranded_turns=False,
    ),
}
