"""From the pages of a PDF to the figures by which large print is judged."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from converters.checks import letters, line_figures, page_breaks, wording
from converters.checks.large_print_measures import Measures
from converters.checks.page_furniture import furniture, numbered, page_numbers
from converters.checks.paragraphs import body, paragraphs
from converters.checks.pdf_pages import Page, UnreadableError, pages
from converters.checks.set_lines import Line, down_the_columns, lines, right_to_left


def read(pdf: bytes) -> Measures:
    """Return the figures of a PDF; ``fault`` where it has none."""
    try:
        every = tuple(pages(pdf))
    except UnreadableError as error:
        return Measures(fault=error.fault)
    mirrored = right_to_left(every)
    sheets = [lines(page, mirrored=mirrored) for page in every]
    if not any(sheets):
        return Measures(fault="empty", pages=len(every))
    return _measured(every, sheets, mirrored=mirrored)


def _measured(every: Sequence[Page], sheets: list[tuple[Line, ...]], *, mirrored: bool) -> Measures:
    """Tell page numbers and running heads from the text, and measure both."""
    runs = [(page.number, run) for page in every for run in page.runs]
    size = letters.body_size(runs)
    numbers = numbered(sheets)
    aside = furniture(sheets, numbers, body(sheets, size).leading)
    columns = line_figures.columns(sheets, size)
    text = [
        down_the_columns([line for line in sheet if (line.page, line.row) not in aside], columns) for sheet in sheets
    ]
    setting = body(text, size)
    blocks = [list(paragraphs(sheet, setting)) for sheet in text]
    full = [line for sheet in blocks for block in sheet for line, after in pairwise(block) if setting.full(line, after)]
    contents = wording.contents(text, len(every))
    breaks = page_breaks.found(blocks, setting)
    spaces = [width for page in every for width in page.word_spaces]
    return Measures(
        pages=len(every),
        paper=(round(every[0].width, 1), round(every[0].height, 1)),
        right_to_left=mirrored,
        body_size=size,
        smallest=letters.smallest(runs),
        typefaces=letters.typefaces(runs),
        x_height=letters.x_height(runs, size),
        bold_share=letters.bold_share(runs, size),
        leading=round(setting.leading / size, 3) if setting.leading else None,
        word_space=round(median(spaces), 3) if spaces else None,
        paragraph_space=line_figures.paragraph_space(blocks, setting),
        characters=line_figures.characters(full),
        justified=line_figures.justified(full, setting),
        off_the_edge=line_figures.off_the_edge(text, blocks, setting, every),
        split_words=wording.split_words(text),
        italics=letters.italics(runs),
        underlined=letters.underlined(runs),
        capitals=wording.capitals(sheets),
        smallest_heading=line_figures.smallest_heading(text, size),
        light_headings=line_figures.light_headings(text, size),
        contrast=letters.least_contrast(runs),
        dark_on_light=letters.dark_on_light(runs),
        numbers=page_numbers(every, sheets, numbers),
        contents=contents.entries,
        leaders=contents.leaders,
        contents_page=contents.page,
        margins=line_figures.margins(text, every, mirrored=mirrored),
        columns=columns,
        widows=breaks.widows,
        orphans=breaks.orphans,
        headings_at_foot=breaks.headings,
        names_at_foot=breaks.names,
        turns_at_foot=breaks.turns,
    )
