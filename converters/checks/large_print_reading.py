"""From the pages of a PDF to the figures by which large print is judged."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from converters.checks import letters, line_figures, page_breaks, wording
from converters.checks.large_print_measures import Measures
from converters.checks.page_furniture import PageNumber, furniture, numbered, page_numbers
from converters.checks.paragraphs import Body, body, paragraphs
from converters.checks.pdf_pages import Page, UnreadableError, pages
from converters.checks.set_lines import Line, down_the_columns, lines, right_to_left


class _Setting(msgspec.Struct, frozen=True):
    """The lines of a file, told apart: text on the one hand, page numbers and running heads (``aside``) on the other.

    ``text`` and ``blocks`` (the lines of each paragraph) are page by page.
    """

    pages: tuple[Page, ...]
    mirrored: bool
    columns: int
    text: tuple[tuple[Line, ...], ...]
    blocks: tuple[tuple[tuple[Line, ...], ...], ...]
    aside: tuple[Line, ...]
    numbers: tuple[PageNumber, ...]
    body: Body


def read(pdf: bytes) -> Measures:
    """Return the figures of a PDF; ``fault`` where it has none."""
    try:
        every = tuple(pages(pdf))
    except UnreadableError as error:
        return Measures(fault=error.fault)
    mirrored = right_to_left(every)
    sheets = tuple(lines(page, mirrored=mirrored) for page in every)
    if not any(sheets):
        return Measures(fault="empty", pages=len(every))
    return _measured(_setting(every, sheets, mirrored=mirrored))


def _setting(every: tuple[Page, ...], sheets: tuple[tuple[Line, ...], ...], *, mirrored: bool) -> _Setting:
    size = letters.body_size(_runs(every))
    numbers = numbered(sheets)
    rows = furniture(sheets, numbers, body(sheets, size).leading)
    columns = line_figures.columns(sheets, size)
    text = tuple(
        down_the_columns([line for line in sheet if (line.page, line.row) not in rows], columns) for sheet in sheets
    )
    aside = tuple(line for sheet in sheets for line in sheet if (line.page, line.row) in rows)
    set_in = body(text, size)
    blocks = tuple(tuple(paragraphs(sheet, set_in)) for sheet in text)
    return _Setting(every, mirrored, columns, text, blocks, aside, numbers, set_in)


def _runs(every: Sequence[Page]) -> letters.Runs:
    return [(page.number, run) for page in every for run in page.runs]


def _measured(setting: _Setting) -> Measures:
    return _with_words(_with_lines(_with_letters(setting), setting), setting)


def _with_letters(setting: _Setting) -> Measures:
    runs, first = _runs(setting.pages), setting.pages[0]
    spaces = [width for page in setting.pages for width in page.word_spaces]
    return Measures(
        pages=len(setting.pages),
        paper=(round(first.width, 1), round(first.height, 1)),
        right_to_left=setting.mirrored,
        body_size=setting.body.size,
        smallest=letters.smallest(runs),
        typefaces=letters.typefaces(runs),
        x_height=letters.x_height(runs, setting.body.size),
        bold_share=letters.bold_share(runs, setting.body.size),
        word_space=round(median(spaces), 3) if spaces else None,
        italics=letters.italics(_lines(setting), mirrored=setting.mirrored),
        underlined=letters.underlined(_lines(setting), mirrored=setting.mirrored),
        contrast=letters.least_contrast(runs),
        dark_on_light=letters.dark_on_light(runs),
    )


def _lines(setting: _Setting) -> list[Line]:
    return [*(line for sheet in setting.text for line in sheet), *setting.aside]


def _with_lines(measures: Measures, setting: _Setting) -> Measures:
    text, set_in, blocks = setting.text, setting.body, setting.blocks
    full = list(_full(setting))
    return msgspec.structs.replace(
        measures,
        leading=round(set_in.leading / set_in.size, 3) if set_in.leading else None,
        paragraph_space=line_figures.paragraph_space(blocks, set_in),
        characters=line_figures.characters(full),
        justified=line_figures.justified(full, set_in),
        off_the_edge=line_figures.off_the_edge(text, blocks, set_in, setting.pages),
        smallest_heading=line_figures.smallest_heading(text, set_in.size),
        light_headings=line_figures.light_headings(text, set_in.size),
        numbers=page_numbers(setting.pages, text, setting.numbers),
        margins=line_figures.margins(text, setting.pages, mirrored=setting.mirrored),
        columns=setting.columns,
    )


def _full(setting: _Setting) -> Iterator[Line]:
    """Yield the lines that another of their paragraph follows, for want of room."""
    for block in (block for sheet in setting.blocks for block in sheet):
        for line, after in pairwise(block):
            if setting.body.full(line, after):
                yield line


def _with_words(measures: Measures, setting: _Setting) -> Measures:
    last = len(setting.pages) + max((number.value - number.line.page for number in setting.numbers), default=0)
    contents = wording.contents(setting.text, last)
    breaks = page_breaks.found(setting.blocks, setting.body)
    return msgspec.structs.replace(
        measures,
        split_words=wording.split_words(setting.text),
        capitals=wording.capitals(_pieces(setting)),
        contents=contents.entries,
        leaders=contents.leaders,
        contents_page=contents.page,
        widows=breaks.widows,
        orphans=breaks.orphans,
        headings_at_foot=breaks.headings,
        names_at_foot=breaks.names,
        turns_at_foot=breaks.turns,
    )


def _pieces(setting: _Setting) -> Iterator[tuple[int, str]]:
    """Yield paragraphs and running heads with their page."""
    for block in (block for sheet in setting.blocks for block in sheet):
        yield block[0].page, " ".join(line.text for line in block)
    yield from ((line.page, line.text) for line in setting.aside)
