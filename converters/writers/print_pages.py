"""The pages of large print as WeasyPrint takes them: what stands in front, the episode, the title of a volume.

They are set one after the other, so the page numbers of the contents are written by hand, once they
are known, and a long edition can be set a volume at a time.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final

import msgspec

from converters.findings import Report
from converters.outline import shortened
from converters.phrases import Phrases
from converters.settings import Paper
from converters.version import TOOL
from converters.writers import WriteContext
from converters.writers.accessibility import Access, Holds, access, text_summary
from converters.writers.markup import NOTHING, Markup, element, lines, meta, text
from converters.writers.parts import Entry, about, at_a_glance, body_sections, contents, entry_link, title_block
from converters.writers.print_dials import Dials
from converters.writers.xhtml import Rendering, furniture, own_heading, root_attributes

CLEAR_PRINT: Final = 16
"""Points from which print is large; smaller is clear print (UKAAF G003)."""

_PAPER_NAMES: Final[dict[Paper, str]] = {"letter": "US Letter", "a4": "A4", "a3": "A3"}
_ANCHOR: Final = re.compile(r'<a href="(?P<address>https?:[^"]+)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_WHO: Final = re.compile(r'(?<= data-who=")[^"]+(?=")')
_TURN: Final = re.compile(r'class="turn"(?P<rest>[^>]*>(?P<words>.*?)</p>)(?=(?P<more>\s*<p class="more)?)', re.DOTALL)
_NAME_IN_HEAD: Final = 22
"""Characters of a name in a running head that holds the episode beside it."""

ADDRESSES: Final = "addresses"
"""The id of the list of links."""


class Volume(msgspec.Struct, frozen=True):
    """One bound part: its number, of how many, the numbers of its first and last page, the last number of all."""

    number: int
    of: int
    first: int
    last: int
    total: int = 1


class Book(msgspec.Struct, frozen=True):
    """What every page of an edition needs: the episode's parts, our words, and how they are set."""

    rendering: Rendering
    context: WriteContext
    dials: Dials

    @property
    def phrases(self) -> Phrases:
        """The words that we add."""
        return self.rendering.phrases


# the episode --------------------------------------------------------------------------------------


def body(rendering: Rendering, context: WriteContext) -> Markup:
    """Return the whole episode as markup, from *at a glance* to the addresses of its links."""
    parts = (
        at_a_glance(rendering),
        *(markup for _, markup in body_sections(rendering, context)),
        about(rendering, context),
        furniture(rendering),
    )
    whole = lines(*parts)
    return lines(whole, _addresses(rendering, lines(title_block(rendering), whole)))


def _addresses(rendering: Rendering, whole: Markup) -> Markup:
    """Return where the links of the episode lead: paper cannot be clicked, and the text stays as it was said."""
    found = dict.fromkeys((_TAG.sub("", m["words"]), m["address"]) for m in _ANCHOR.finditer(whole))
    shown = [(words, address) for words, address in found if words != address]
    if not shown:
        return NOTHING
    items = (
        element("li", Markup(f"{words}: "), element("a", Markup(address), attributes={"href": unescape(address)}))
        for words, address in shown
    )
    head = own_heading(rendering, rendering.phrases.print_links, f"{ADDRESSES}-heading")
    return element("section", lines(head, element("ul", *items)), attributes={"id": ADDRESSES})


def plain(markup: str) -> str:
    """Return the letters of markup, each white space as one."""
    return " ".join(unescape(_TAG.sub("", markup)).split())


def text_page(book: Book, part: Markup, first: int) -> str:
    """Return a part of the episode as a page that begins with that number."""
    named = Markup(_WHO.sub(lambda who: shortened(who[0], _room_for_name(book.dials)), part))
    shown = _with_short_turns(named, round(book.dials.column / book.dials.points / book.dials.advance))
    side = "recto" if first % 2 else "verso"
    start = f"@page :first {{ counter-reset: page {first}; }} html {{ break-before: {side}; }}"
    return _html(book, shown, start)


def _with_short_turns(part: Markup, line: int) -> Markup:
    """Mark turns that may begin with a single line: a page must not end with one."""

    def marked(turn: re.Match[str]) -> str:
        kind = "kept" if turn["more"] else "short"
        short = len(plain(turn["words"])) < line * 1.2
        return f'class="turn{f" {kind}" if short else ""}"{turn["rest"]}'

    return Markup(_TURN.sub(marked, part))


def _room_for_name(dials: Dials) -> int:
    return _NAME_IN_HEAD if dials.head_in_one_line else max(10, dials.characters - 2)


# in front -----------------------------------------------------------------------------------------


def front(book: Book, volume: Volume, pages: Mapping[str, int], rules: tuple[str, ...]) -> str:
    """Return title page and contents. ``pages`` is the page of each id; ``rules``: in what the standard is not met."""
    kind = standard_line(book.dials, book.phrases, rules)
    words = [kind, _count(book.phrases, volume.total, volume.of), *_facts(book)]
    title = lines(_title(book), *_part(book, volume), _together(book, words))
    return _html(book, lines(element("div", title, attributes={"class": "title"}), _contents(book, pages)))


def volume_title(book: Book, volume: Volume, rules: tuple[str, ...], *, blank: bool) -> str:
    """Return the title page of a further volume; ``blank``: an empty page follows, and sets the text on its side."""
    kind = _said(book, standard_line(book.dials, book.phrases, rules))
    name = Markup(title_block(book.rendering).partition("\n")[0])  # the rest is said in the first volume
    title = lines(name, *_part(book, volume), kind)
    after = element("div", attributes={"class": "blank"}) if blank else NOTHING
    return _html(book, lines(element("div", title, attributes={"class": "volume"}), after))


def blank(book: Book) -> str:
    """Return a page with nothing on it."""
    return _html(book, element("div", attributes={"class": "blank"}))


def entries(rendering: Rendering) -> tuple[Entry, ...]:
    """Return the lines of the contents, those below others among them."""
    found = contents(rendering)
    return (*found, Entry(rendering.phrases.print_links, ADDRESSES, anchor=f"nav-{ADDRESSES}"))


def _title(book: Book) -> Markup:
    """Return the title with show and date; where the episode is found stands among the addresses at the end."""
    return lines(*(Markup(line) for line in title_block(book.rendering).split("\n") if "<a " not in line))


def _together(book: Book, words: list[str]) -> Markup:
    return element("div", *(_said(book, line) for line in words), attributes={"class": "facts"})


def _said(book: Book, words: str) -> Markup:
    return element("p", book.rendering.added(words))


def _part(book: Book, volume: Volume) -> tuple[Markup, ...]:
    """Return which volume this is, where there are several; a heading, for the ones below it to follow."""
    if volume.of == 1:
        return ()
    phrases = book.phrases
    heading = phrases.print_volume.format(number=volume.number, volumes=volume.of)
    pages = phrases.print_volume_pages.format(first=volume.first, last=volume.last)
    return (element("h2", book.rendering.added(heading)), _said(book, pages))


def _count(phrases: Phrases, pages: int, volumes: int) -> str:
    phrase = phrases.print_pages if volumes == 1 else phrases.print_pages_in_volumes
    return phrase.format(pages=pages, volumes=volumes)


def _facts(book: Book) -> Iterator[str]:
    """Yield in what the edition is set, and for which paper."""
    dials, phrases = book.dials, book.phrases
    arimo = dials.face.family == "Arimo"
    yield phrases.print_arimo if arimo else phrases.print_typeface.format(typeface=dials.face.shown)
    yield phrases.print_paper.format(paper=_PAPER_NAMES[dials.paper])


def standard_line(dials: Dials, phrases: Phrases, rules: tuple[str, ...]) -> str:
    """Return what large print this is: a standard is named alone only where nothing differs from it."""
    standard = dials.asked.standard
    phrase = phrases.large_print_meets if standard != "house" else phrases.large_print_house
    return (phrases.large_print_differs if rules else phrase).format(
        kind=phrases.kind_large if dials.points >= CLEAR_PRINT else phrases.kind_clear,
        points=f"{dials.points:g}",
        standard=phrases.standard(standard),
        rules=", ".join(dict.fromkeys(phrases.rule(rule) for rule in rules)),
    )


def warn(book: Book, rules: tuple[str, ...], report: Report) -> None:
    """Tell staff of a theme that drinks ink, and in what the standard is not met."""
    dials, phrases = book.dials, book.phrases
    if dials.asked.theme.endswith("-on-black"):
        report.add("print-001", dials.asked.theme)
    if rules:
        report.add("print-002", standard_line(dials, phrases, rules))


def _contents(book: Book, pages: Mapping[str, int]) -> Markup:
    head = element("h2", book.rendering.added(book.phrases.contents))
    listed = _list(book, entries(book.rendering), pages)
    return element("section", head, listed, attributes={"class": "contents", "id": "contents"})


def _list(book: Book, several: tuple[Entry, ...], pages: Mapping[str, int]) -> Markup:
    items = (_item(book, entry, pages) for entry in several if entry.target in pages)
    return element("ul", *items)


def _item(book: Book, entry: Entry, pages: Mapping[str, int]) -> Markup:
    """Return a line of the contents. What leads the eye to the number is no words: it becomes an artifact."""
    number = book.phrases.page_number.format(number=pages[entry.target])
    leader = element("article", attributes={"class": "leader"})
    page = book.rendering.link(number, book.rendering.address(entry.target), "number")
    below = _list(book, entry.entries, pages) if entry.entries else NOTHING
    return element("li", entry_link(book.rendering, entry), leader, page, below)


# every page ---------------------------------------------------------------------------------------


def _html(book: Book, content: Markup, more: str = "") -> str:
    rendering = book.rendering
    root = {**root_attributes(rendering.document.metadata.language), "class": book.dials.asked.theme}
    head = element("head", *_metadata(book), element("style", Markup(more)) if more else NOTHING)
    return "<!DOCTYPE html>\n" + element("html", head, element("body", content), attributes=root)


def _metadata(book: Book) -> tuple[Markup, ...]:
    metadata, made = book.rendering.document.metadata, book.context.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        element("title", text(book.rendering.title)),
        meta("generator", TOOL),
        meta("author", metadata.show),
        meta("keywords", ", ".join(metadata.subjects)),
        meta("dcterms.created", made),
        meta("dcterms.modified", made),
    )


def use(book: Book, rules: tuple[str, ...]) -> Access:
    """Return how the file can be used; of its contrast nothing is said where that was found to fall short."""
    large = book.dials.points >= CLEAR_PRINT
    holds = Holds(tagged=True, large=large, contrast="contrast" not in rules)
    return access(holds, text_summary(book.context, "pdf"))


def style(book: Book) -> str:
    """Return the style sheet of all pages."""
    return book.dials.css + _running_head(book)


def _running_head(book: Book) -> str:
    """Return the rules of the running head: side by side, or in large sizes one below the other."""
    dials, title = book.dials, book.rendering.title
    start, end = ("right", "left") if "rtl" in root_attributes(_language(book)).values() else ("left", "right")
    if dials.head_in_one_line:
        episode = _quoted(shortened(title, dials.characters - _NAME_IN_HEAD - 2))
        share = 100 * (dials.characters - _NAME_IN_HEAD - 1) // dials.characters  # measuring both takes long
        return (
            f"@page {{ @top-{start} {{ content: {episode}; font-weight: normal; width: {share}%; }} "
            f"@top-{end} {{ content: string(who, start); font-weight: bold; }} }}\n"
        )
    episode = _quoted(shortened(title, dials.characters - 2))
    both = f'content: {episode} "\\A" string(who, start); white-space: pre-line; text-align: {start}; width: 100%;'
    return f"@page {{ @top-{start} {{ {both} }} }}\n"


def _language(book: Book) -> str:
    return book.rendering.document.metadata.language


def _quoted(words: str) -> str:
    r"""Return a CSS string; a quotation mark, a backslash, ``<`` or a control character by its number."""
    plain_words = "".join(c if c.isprintable() and c not in '"\\<' else f"\\{ord(c):x} " for c in words)
    return f'"{plain_words}"'
