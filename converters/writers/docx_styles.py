"""The styles of the Word edition: all that it looks like stands here, and nothing in its text.

A paragraph names one style and a run one more. Every style is based on *Normal*, which alone has a size
(see ``docx_look``); words in another language have a style for it (WCAG 3.1.2), so that no run is
formatted by itself. Built-in styles keep Word's own ids and names, which it shows in each user's language.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec

from converters.languages import direction
from converters.writers.docx_look import Look
from converters.writers.docx_markup import inside, part, twips, valued
from converters.writers.markup import NOTHING, Markup, element, joined, void

LEVELS: Final = 6
"""Headings that all readers know (PDF/UA-1 §7.4.2 goes no further either)."""

Kind = Literal["Speaker", "Edition Words", "Hyperlink", "Strong", "Emphasis"]
KINDS: Final[tuple[Kind, ...]] = ("Speaker", "Edition Words", "Hyperlink", "Strong", "Emphasis")
"""What runs may be, in the order in which a name puts them together; *Edition Words* are ours in a line that is not."""


class Letters(msgspec.Struct, frozen=True):
    """The character style of a run: its kinds, and its language where that is another than the document's."""

    kinds: tuple[Kind, ...] = ()
    language: str | None = None

    @property
    def name(self) -> str:
        """What Word's users see: ``Emphasis es``; ``Language es`` for words that are only in another language."""
        kinds = " ".join(kind for kind in KINDS if kind in self.kinds)
        return " ".join(filter(None, (kinds or ("Language" if self.language else ""), self.language)))

    @property
    def identifier(self) -> str:
        """What runs name it by, empty for plain letters."""
        return self.name.replace(" ", "")

    @property
    def ancestors(self) -> "Iterator[Letters]":
        """Yield the styles that it is built up from, the nearest last."""
        if len(self.kinds) > 1:
            yield Letters(tuple(kind for kind in KINDS if kind in self.kinds)[:1])
        if self.kinds and self.language:
            yield Letters(self.kinds)


class Style(msgspec.Struct, frozen=True):
    """A style: its id, Word's name for it, the one it is based on, and what it sets of lines (§17.3.1) and letters."""

    identifier: str
    name: str
    based_on: str | None = "Normal"
    following: str | None = None
    lines: Markup = NOTHING
    letters: Markup = NOTHING
    kind: Literal["paragraph", "character", "numbering"] = "paragraph"

    @property
    def default(self) -> bool:
        """Whether it holds where no style is named."""
        return self.based_on is None


def turned(identifier: str, way: str) -> str:
    """Return the id of a style for paragraphs that are written the other way round than the document."""
    return f"{identifier}{way.upper()}"


def styles(language: str, look: Look, letters: Iterable[Letters], turned_round: Iterable[str]) -> bytes:
    """Return the part of styles; ``letters`` and ``turned_round`` (ids of paragraph styles) are those in use."""
    paragraphs = {style.identifier: style for style in _paragraphs(language, look)}
    wanted = dict.fromkeys(
        each for one in sorted(set(letters), key=_order) for each in (*one.ancestors, one) if each.name
    )
    every = (
        *paragraphs.values(),
        *(_turned(paragraphs[identifier], language) for identifier in sorted(set(turned_round))),
        Style("DefaultParagraphFont", "Default Paragraph Font", None, kind="character"),
        *(_letter_style(one, look) for one in wanted),
        _mark_style(look),
        Style("NoList", "No List", None, kind="numbering"),
    )
    return part("styles", _defaults(language, look), *map(_written, every))


def _order(letters: Letters) -> tuple[str, str]:
    return (letters.language or "", letters.identifier)


def _defaults(language: str, look: Look) -> Markup:
    """Return what holds before any style: the typeface, and the language of the document (§17.7.5)."""
    name, wide = look.font.name, _EAST_ASIAN.get(language.partition("-")[0])
    fonts = {"w:ascii": name, "w:hAnsi": name, "w:cs": "Arial", "w:eastAsia": wide}
    run = element("w:rPr", void("w:rFonts", {**fonts}), _language(language))
    return element("w:docDefaults", element("w:rPrDefault", run), element("w:pPrDefault"))


_EAST_ASIAN: Final = {"zh": "Microsoft YaHei", "ja": "Meiryo", "ko": "Malgun Gothic"}
"""Sans serifs that Word's machines have; without a name, Word takes a serif for these scripts."""


def _language(language: str) -> Markup:
    """Return the language of letters of every script; Word's name for one that is not known is ``x-none``."""
    tag = "x-none" if language == "und" else language
    return void("w:lang", {"w:val": tag, "w:eastAsia": tag, "w:bidi": tag})


def _normal(language: str, look: Look) -> Style:
    right_to_left = direction(language) == "rtl"
    lines = joined(
        valued("widowControl"),
        valued("suppressAutoHyphens"),
        valued("bidi") if right_to_left else NOTHING,
        void("w:spacing", {"w:after": twips(look.gap), "w:line": str(round(look.leading * 240)), "w:lineRule": "auto"}),
    )
    size = round(look.points * 2)
    letters = joined(
        valued("color", look.ink) if look.ink else NOTHING,
        valued("sz", size),
        valued("szCs", size),
    )
    return Style("Normal", "Normal", None, lines=lines, letters=letters)


def _paragraphs(language: str, look: Look) -> Iterator[Style]:
    """Yield the styles of paragraphs."""
    yield _normal(language, look)
    em, bold = look.points, joined(valued("b"), valued("bCs"))
    yield Style("Title", "Title", following="Subtitle", lines=_KEPT, letters=bold)
    yield Style("Subtitle", "Subtitle", following="BodyText")
    for level in range(1, LEVELS + 1):
        over = joined(_KEPT, _room((2.4, 1.6, 1.2)[min(level, 3) - 1] * em))
        lines = joined(over, valued("outlineLvl", level - 1))
        yield Style(f"Heading{level}", f"heading {level}", following="BodyText", lines=lines, letters=bold)
    yield Style("TOCHeading", "TOC Heading", "Heading1", "BodyText")
    for level in range(1, LEVELS + 1):
        yield Style(f"TOC{level}", f"toc {level}", lines=joined(_close(look.gap / 2), _set_in(0.8 * em * (level - 1))))
    yield Style("BodyText", "Body Text")
    yield Style("Turn", "Turn", "BodyText", "Turn")
    yield Style("TurnParagraph", "Turn Paragraph", "Turn", "Turn")
    yield Style("TurnBlock", "Turn Block", "Turn", "Turn")
    yield Style("Sound", "Sound", "BodyText", "Turn")
    yield Style("BlockText", "Block Text", "BodyText", lines=joined(valued("keepLines"), _set_in(em)))
    yield Style("Attribution", "Attribution", "BlockText", "BodyText")
    listed = joined(inside("numPr", valued("numId", 1)), _close(look.gap / 2))
    yield Style("ListBullet", "List Bullet", "BodyText", lines=listed)
    yield Style("EditionNote", "Edition Note", "BodyText")
    yield Style("EditionList", "Edition List", "ListBullet")
    yield Style("FootnoteText", "footnote text")
    yield Style("Header", "header", lines=_close(look.gap))
    yield Style("Footer", "footer", lines=joined(_over_and_under(look.gap, 0), valued("jc", "center")))


_KEPT: Final = joined(valued("keepNext"), valued("keepLines"))


def _room(before: float) -> Markup:
    return void("w:spacing", {"w:before": twips(before)})


def _over_and_under(before: float, after: float) -> Markup:
    return void("w:spacing", {"w:before": twips(before), "w:after": twips(after)})


def _close(after: float) -> Markup:
    return void("w:spacing", {"w:after": twips(after)})


def _set_in(points: float) -> Markup:
    return void("w:ind", {"w:left": twips(points)})


def _turned(style: Style, language: str) -> Style:
    """Return a style for paragraphs of a language that is written the other way round (§17.3.1.6)."""
    way = "ltr" if direction(language) == "rtl" else "rtl"
    lines = valued("bidi", None if way == "rtl" else 0)
    return Style(turned(style.identifier, way), f"{style.name} {way.upper()}", style.identifier, lines=lines)


def _letter_style(letters: Letters, look: Look) -> Style:
    """Return a character style; a combined one says only what its ancestor does not."""
    ancestors = tuple(letters.ancestors)
    base = ancestors[-1].identifier if ancestors else "DefaultParagraphFont"
    own = () if letters.kinds and letters.language else [kind for kind in KINDS if kind in letters.kinds]
    said = joined(*(_set_apart(kind, look) for kind in own[1 if len(letters.kinds) > 1 else 0 :]))
    if letters.language:
        said = _language(letters.language)
    return Style(letters.identifier, letters.name, base, letters=said, kind="character")


def _mark_style(look: Look) -> Style:
    """Return how marks of notes look: raised, and as large as the text, where Word would make them small."""
    raised = valued("position", round(look.points * 0.6))  # in halves of points (§17.3.2.24)
    return Style("FootnoteReference", "footnote reference", "DefaultParagraphFont", letters=raised, kind="character")


def _set_apart(kind: Kind, look: Look) -> Markup:
    """Return how letters of a kind look: no italics, and no colour that alone would say something."""
    bold, underlined = joined(valued("b"), valued("bCs")), valued("u", "single")
    match kind:
        case "Speaker":
            return bold
        case "Strong" | "Emphasis":
            return underlined if look.underlined_emphasis else bold
        case "Hyperlink":
            return underlined if look.underlined_links else NOTHING
        case "Edition Words":
            return NOTHING


def _written(style: Style) -> Markup:
    """Return the element of a style; the order of what it says is the schema's (§17.7.4.17)."""
    about = {
        "w:type": style.kind,
        "w:default": "1" if style.default else None,
        "w:customStyle": None if _BUILT_IN.fullmatch(style.name) else "1",
        "w:styleId": style.identifier,
    }
    return element(
        "w:style",
        valued("name", style.name),
        valued("basedOn", style.based_on) if style.based_on else NOTHING,
        valued("next", style.following) if style.following else NOTHING,
        NOTHING if style.default else valued("qFormat"),
        inside("pPr", style.lines),
        inside("rPr", style.letters),
        attributes={**about},
    )


_BUILT_IN: Final = re.compile(
    r"Normal|Title|Subtitle|heading \d|TOC Heading|toc \d|Body Text|Block Text|List Bullet|footnote (?:text|reference)|"
    r"header|footer|Default Paragraph Font|No List|Hyperlink|Strong|Emphasis"
)
"""Styles that Word knows itself; those of ours are custom ones (§17.7.4.17)."""
