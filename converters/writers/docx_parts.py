"""The parts of a Word file beside its text: pages with head and foot, bullets, notes, typefaces, settings."""

from collections.abc import Iterable
from typing import Final

from converters.languages import direction
from converters.writers.docx_look import Look
from converters.writers.docx_markup import inside, part, twips, valued
from converters.writers.docx_text import run
from converters.writers.markup import NOTHING, Markup, element, joined, void

EDGE: Final = 28
"""Points from the edge of the paper to head and foot: a printer may not reach further."""

SEPARATORS: Final = (-1, 0)
"""The numbers of the two notes that every file with notes has, which are the lines that part them from the text."""

_WORD_2013: Final = 15
"""The mode in which Word sets the file: its newest, so that no title says “compatibility mode” (MS-DOCX §2.12.3)."""

_MICROSOFT: Final = "http://schemas.microsoft.com/office/word"


def paragraph_of(style: str, *content: Markup) -> Markup:
    """Return a paragraph of finished runs."""
    return element("w:p", element("w:pPr", valued("pStyle", style)), *content)


def section(look: Look, language: str) -> Markup:
    """Return paper, margins, head and foot; the first page, which begins with the title, has neither (§17.6)."""
    page = void("w:pgSz", {"w:w": twips(look.width), "w:h": twips(look.height)})
    upright, across = twips(look.margin), twips(look.side)
    margins = {
        "w:top": upright, "w:right": across, "w:bottom": upright, "w:left": across,
        "w:header": twips(EDGE), "w:footer": twips(EDGE), "w:gutter": "0",
    }  # fmt: skip
    return element(
        "w:sectPr",
        void("w:headerReference", {"w:type": "default", "r:id": "header"}),
        void("w:footerReference", {"w:type": "default", "r:id": "footer"}),
        page,
        void("w:pgMar", {**margins}),
        valued("titlePg"),
        valued("bidi") if direction(language) == "rtl" else NOTHING,
    )


def header(runs: Markup) -> bytes:
    """Return the running head."""
    return part("hdr", paragraph_of("Header", runs))


def footer() -> bytes:
    """Return the foot with the number of the page, which every program counts for itself."""
    number = element("w:fldSimple", run("1"), attributes={"w:instr": " PAGE "})
    return part("ftr", paragraph_of("Footer", number))


def bullets(look: Look) -> bytes:
    """Return the numbering that the styles of lists name: a dot, and lines that stand clear of it."""
    place = {"w:left": twips(look.points), "w:hanging": twips(look.points)}
    level = element(
        "w:lvl",
        valued("start", 1),
        valued("numFmt", "bullet"),
        valued("pStyle", "ListBullet"),
        valued("lvlText", "•"),
        valued("lvlJc", "left"),
        inside("pPr", void("w:ind", {**place})),
        attributes={"w:ilvl": "0"},
    )
    kind = valued("multiLevelType", "singleLevel")
    abstract = element("w:abstractNum", kind, level, attributes={"w:abstractNumId": "0"})
    return part("numbering", abstract, element("w:num", valued("abstractNumId", 0), attributes={"w:numId": "1"}))


def footnotes(notes: Iterable[tuple[int, Markup]]) -> bytes:
    """Return the notes by number, each its paragraphs; before them the lines that part notes from text (§17.11)."""
    kinds = (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
    lines = (
        element(
            "w:footnote",
            paragraph_of("FootnoteText", element("w:r", void(f"w:{tag}", {}))),
            attributes={"w:type": kind, "w:id": str(number)},
        )
        for number, (kind, tag) in zip(SEPARATORS, kinds, strict=True)
    )
    told = (element("w:footnote", note, attributes={"w:id": str(number)}) for number, note in notes)
    return part("footnotes", *lines, *told)


def mark() -> Markup:
    """Return what stands before the words of a note: its number as in the text, and a space."""
    named = element("w:rPr", valued("rStyle", "FootnoteReference"))
    return joined(element("w:r", named, void("w:footnoteRef", {})), run(" "))


def typefaces(look: Look) -> bytes:
    """Return what Word takes where it does not have our typeface: another by name, or any sans serif (§17.8)."""
    font = look.font
    table = element(
        "w:font",
        valued("altName", font.others),
        valued("panose1", font.panose),
        void("w:charset", {"w:val": "00"}),
        valued("family", "swiss"),
        valued("pitch", "variable"),
        attributes={"w:name": font.name},
    )
    return part("fonts", table)


def settings(look: Look, *, noted: bool) -> bytes:
    """Return how the file opens: without red lines under names, which screen readers would call mistakes (§17.15)."""
    lines = (void("w:footnote", {"w:id": str(number)}) for number in SEPARATORS)
    return part(
        "settings",
        valued("displayBackgroundShape") if look.ground else NOTHING,
        valued("hideSpellingErrors"),
        valued("hideGrammaticalErrors"),
        valued("defaultTabStop", "720"),
        valued("autoHyphenation", "false"),
        valued("characterSpacingControl", "doNotCompress"),
        inside("footnotePr", *lines) if noted else NOTHING,
        inside("compat", *_compatibility()),
        valued("decimalSymbol", "."),
        valued("listSeparator", ","),
    )


def _compatibility() -> Iterable[Markup]:
    names = {
        "compatibilityMode": _WORD_2013,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    for name, value in names.items():
        yield void("w:compatSetting", {"w:name": name, "w:uri": _MICROSOFT, "w:val": str(value)})


def document(body: Markup, look: Look, language: str) -> bytes:
    """Return the part that holds the text; ``body`` are its paragraphs in reading order."""
    ground = void("w:background", {"w:color": look.ground}) if look.ground else NOTHING
    return part("document", ground, element("w:body", joined(body, section(look, language))))
