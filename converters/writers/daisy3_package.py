"""What holds a DAISY 3 book together: the package (§3), the navigation control (§8) and what is played (§7).

Sections are those of ANSI/NISO Z39.86-2005. All times are full clock values to the millisecond (§7.7).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from converters.timing import Milliseconds, clock
from converters.version import TOOL
from converters.writers.markup import NOTHING, Markup, element, lines, text, void
from converters.writers.talking_book import NoteText, Part, Phrase, TalkingBook, phrases_in
from converters.writers.talking_facts import BookFacts
from converters.writers.talking_files import BookFile
from converters.writers.talking_levels import Level, levels
from converters.writers.talking_sound import BookSound, Heard

FORMAT: Final = "ANSI/NISO Z39.86-2005"
SMIL_TYPE: Final = "application/smil"
NOTE_TEST: Final = "note"
"""The name by which a listener may leave out notes (§7.4.4)."""


def smil_name(number: int) -> str:
    """Return the name of the file that says how the part of that number is played."""
    return f"ep{number:04}.smil"


def played_at(book: TalkingBook) -> dict[str, str]:
    """Return where each phrase is played, by its id."""
    return {
        phrase.id: f"{smil_name(number)}#par-{phrase.id}"
        for number, part in enumerate(book.parts, 1)
        for phrase in part.phrases
    }


# the package ----------------------------------------------------------------------------------------


def package(facts: BookFacts, total: Milliseconds, files: Iterable[BookFile], items: dict[str, str]) -> Markup:
    """Return the package; ``items`` are the ids of files that are known by one, by name."""
    listed = [(items.get(file.name, f"file-{number}"), file) for number, file in enumerate(files, 1)]
    manifest = (
        void("item", {"id": identifier, "href": file.name, "media-type": file.media_type})
        for identifier, file in listed
    )
    spine = (void("itemref", {"idref": identifier}) for identifier, file in listed if file.media_type == SMIL_TYPE)
    return element(
        "package",
        lines(
            element("metadata", lines(_catalogue(facts), _more(facts, total))),
            element("manifest", lines(*manifest)),
            element("spine", lines(*spine)),
        ),
        attributes={"xmlns": "http://openebook.org/namespaces/oeb-package/1.0/", "unique-identifier": "uid"},
    )


def _catalogue(facts: BookFacts) -> Markup:
    """Return the metadata of Dublin Core (§3.2.1)."""
    told = (
        ("Title", facts.title),
        ("Creator", facts.maker),
        *(("Subject", subject) for subject in facts.subjects),
        ("Publisher", facts.maker),
        *(("Contributor", name) for name in facts.people),
        ("Date", facts.date),
        ("Format", FORMAT),
        *((("Source", facts.source),) if facts.source else ()),
        ("Language", facts.language),
    )
    elements = (element(f"dc:{name}", text(value)) for name, value in told)
    identifier = element("dc:Identifier", text(facts.identifier), attributes={"id": "uid"})
    marks: dict[str, str | None] = {
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:oebpackage": "http://openebook.org/namespaces/oeb-package/1.0/",
    }
    return element("dc-metadata", lines(*elements, identifier), attributes=marks)


def _more(facts: BookFacts, total: Milliseconds) -> Markup:
    """Return the metadata of talking books (§3.2.2)."""
    told = (
        *((("dtb:sourceDate", facts.source_date),) if facts.source_date else ()),
        ("dtb:multimediaType", facts.kind),
        ("dtb:multimediaContent", "audio,text"),
        *(("dtb:narrator", name) for name in facts.narrators),
        ("dtb:producer", facts.maker),
        ("dtb:producedDate", facts.date),
        ("dtb:totalTime", clock(total)),
        ("dtb:audioFormat", "MP3"),
        *((f"prod:{name}", value) for name, value in facts.origin),
        *((f"schema:{name}", value) for name, value in facts.access),
    )
    return element("x-metadata", lines(*(void("meta", {"name": name, "content": value}) for name, value in told)))


# the navigation control --------------------------------------------------------------------------------


def navigation(book: TalkingBook, sound: BookSound, facts: BookFacts) -> Markup:
    """Return the navigation control: every heading with its sound, in the order in which they are played."""
    told = (
        ("dtb:uid", facts.identifier),
        ("dtb:depth", str(book.depth)),
        ("dtb:generator", TOOL),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    )
    metas = (void("meta", {"name": name, "content": value}) for name, value in told)
    tests: dict[str, str | None] = {
        "id": NOTE_TEST, "defaultState": "true", "override": "visible", "bookStruct": "NOTE",
    }  # fmt: skip
    head = element("head", lines(void("smilCustomTest", tests) if _has_notes(book) else NOTHING, *metas))
    title = element("docTitle", *_label(facts.title, sound.heard.get(book.parts[0].heading.id)))
    author = element("docAuthor", *_label(facts.maker, None))
    numbers = {part.heading.id: number for number, part in enumerate(book.parts, 1)}
    points = (_point(level, numbers, sound) for level in levels(book.parts))
    marks: dict[str, str | None] = {
        "xmlns": "http://www.daisy.org/z3986/2005/ncx/", "version": "2005-1", "xml:lang": facts.language,
    }  # fmt: skip
    return element("ncx", lines(head, title, author, element("navMap", lines(*points))), attributes=marks)


def _label(words: str, heard: Heard | None) -> tuple[Markup, ...]:
    said = element("text", text(words))
    return (said, _audio(heard)) if heard and not heard.is_silent else (said,)


def _audio(heard: Heard) -> Markup:
    return void("audio", {"src": heard.file, "clipBegin": clock(heard.begin), "clipEnd": clock(heard.end)})


def _point(level: Level, numbers: dict[str, int], sound: BookSound) -> Markup:
    identifier = level.part.heading.id
    number = numbers[identifier]
    label = element("navLabel", *_label(level.part.entry or str(number), sound.heard.get(identifier)))
    content = void("content", {"src": f"{smil_name(number)}#par-{identifier}"})
    below = (_point(one, numbers, sound) for one in level.below)
    marks = {"id": f"nav-{identifier}", "class": f"h{level.part.depth}", "playOrder": str(number)}
    return element("navPoint", lines(label, content, *below), attributes={**marks})


# what is played ------------------------------------------------------------------------------------------


def smil(part: Part, sound: BookSound, facts: BookFacts, elapsed: Milliseconds, page: str) -> Markup:
    """Return how a part is played, ``elapsed`` milliseconds after the beginning of the book; ``page`` has its text."""
    told = (("dtb:uid", facts.identifier), ("dtb:generator", TOOL), ("dtb:totalElapsedTime", clock(elapsed)))
    metas = (void("meta", {"name": name, "content": value}) for name, value in told)
    notes = [block for block in part.blocks if isinstance(block, NoteText)]
    test: dict[str, str | None] = {"id": NOTE_TEST, "defaultState": "true", "override": "visible"}
    tests = element("customAttributes", void("customTest", test)) if notes else NOTHING
    marks: dict[str, str | None] = {"id": "mseq", "dur": clock(sound.length(part)), "fill": "remove"}
    seq = element("seq", Markup("\n"), lines(*_played(part, sound, page)), Markup("\n"), attributes=marks)
    root: dict[str, str | None] = {"xmlns": "http://www.w3.org/2001/SMIL20/", "xml:lang": facts.language}
    return element("smil", lines(element("head", lines(*metas, tests)), element("body", seq)), attributes=root)


def _played(part: Part, sound: BookSound, page: str) -> Iterator[Markup]:
    """Yield what is played in order; each note by itself, so that it can be left out."""
    yield _par(part.heading, sound, page)
    for block in part.blocks:
        pars = (_par(phrase, sound, page) for phrase in phrases_in(block))
        if isinstance(block, NoteText) and block.paragraphs:
            marks: dict[str, str | None] = {"id": f"seq-{block.id}", "class": "note", "customTest": NOTE_TEST}
            yield element("seq", Markup("\n"), lines(*pars), Markup("\n"), attributes=marks)
        else:
            yield from pars


def _par(phrase: Phrase, sound: BookSound, page: str) -> Markup:
    """Return what is shown and heard together; words that have no sound are shown alone."""
    heard = sound.heard.get(phrase.id)
    shown = void("text", {"src": f"{page}#{phrase.id}"})
    return element("par", shown, _audio(heard) if heard else NOTHING, attributes={"id": f"par-{phrase.id}"})


def _has_notes(book: TalkingBook) -> bool:
    return any(isinstance(block, NoteText) for part in book.parts for block in part.blocks)
