"""DAISY 2.02: the talking book that every player of the last twenty years navigates.

Specification: https://daisy.org/activities/standards/daisy/daisy-2/daisy-format-2-02-specification/ . Names
of files are short, ASCII and lower case, because the file systems of old players are; the text is one document in
UTF-8, which the format permits and says of itself. Where its validators ask for more than the text of the
specification, theirs is followed: in the navigation control centre nothing has an attribute beside id and
class, and no text a region.
"""

from typing import Final

from converters.characters import clean
from converters.document import Document
from converters.stylesheets import stylesheet
from converters.timing import Milliseconds
from converters.timing import clock as full_clock
from converters.version import TOOL
from converters.writers import Artifact, WriteContext
from converters.writers.daisy202_text import TEXT, text_document
from converters.writers.markup import Markup, element, lines, meta, text, void
from converters.writers.talking_book import Part, Phrase, TalkingBook
from converters.writers.talking_facts import BookFacts, book_facts
from converters.writers.talking_files import BookFile, as_artifacts, sound_files
from converters.writers.talking_parts import talking_book
from converters.writers.talking_sound import BookSound, book_sound, nodes_heard

OWN: Final = "daisy202"
FORMAT: Final = "Daisy 2.02"
CENTRE: Final = "ncc.html"
MASTER: Final = "master.smil"
STYLE: Final = "default.css"

_SMIL_TYPE: Final = "application/smil"
_PROLOGUE: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_XHTML: Final = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)
_SMIL: Final = '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">\n'
_KILOBYTE: Final = 1024


def write_daisy202(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the book: a zip, and the same files in a folder. Raises ``SavingError`` where there is no room for it."""
    narration = context.narration
    if narration is None:
        raise ValueError("a talking book is made from a narration")
    book = talking_book(document, context, OWN, nodes_heard(narration))
    sound = book_sound(book, narration, context)
    facts = book_facts(book, sound, narration, context, OWN)
    return as_artifacts(OWN, context, _files(book, sound, facts))


def _files(book: TalkingBook, sound: BookSound, facts: BookFacts) -> tuple[BookFile, ...]:
    content = text_document(book, facts, STYLE, smil_addresses(book))
    others = (
        BookFile(MASTER, _SMIL_TYPE, _document(_SMIL, _master(book, sound, facts))),
        *_smils(book, sound, facts),
        *sound_files(sound.files),
        BookFile(TEXT, "text/html", _document(_XHTML, content)),
        BookFile(STYLE, "text/css", stylesheet("daisy.css").encode("utf-8")),
    )
    centre = _centre(book, sound, facts, others)
    return (BookFile(CENTRE, "text/html", centre), *others)


def _document(kind: str, content: Markup) -> bytes:
    return (_PROLOGUE + kind + content + "\n").encode("utf-8")


def smil_name(number: int) -> str:
    """Return the name of the file that says how the part of that number is played."""
    return f"ep{number:04}.smil"


def smil_addresses(book: TalkingBook) -> dict[str, str]:
    """Return where each phrase is played, by its id."""
    return {
        phrase.id: f"{smil_name(number)}#{phrase.id}"
        for number, part in enumerate(book.parts, 1)
        for phrase in part.phrases
    }


# the navigation control centre (§2.1) ------------------------------------------------------------


def _centre(book: TalkingBook, sound: BookSound, facts: BookFacts, others: tuple[BookFile, ...]) -> bytes:
    """Return the centre, which tells the size of all files, its own too."""
    around, kilobytes = sum(file.size for file in others), 0
    while True:
        body = element("body", lines(*(_entry(part, number) for number, part in enumerate(book.parts, 1))))
        head = _head(book, sound, facts, len(others) + 1, kilobytes)
        marks: dict[str, str | None] = {
            "xmlns": "http://www.w3.org/1999/xhtml", "lang": facts.language, "xml:lang": facts.language,
        }  # fmt: skip
        content = _document(_XHTML, element("html", lines(head, body), attributes=marks))
        counted = -(-(around + len(content)) // _KILOBYTE)
        if counted <= kilobytes:
            return content
        kilobytes = counted


def _entry(part: Part, number: int) -> Markup:
    """Return a heading of the centre: the title first, the others at their depth, each a link to where it is played."""
    identifier = part.heading.id
    words = text(" ".join(clean(part.entry).split()) or str(number))
    link = element("a", words, attributes={"href": f"{smil_name(number)}#{identifier}"})
    kind = "title" if number == 1 else None
    return element(f"h{part.depth}", link, attributes={"class": kind, "id": identifier})


def _head(book: TalkingBook, sound: BookSound, facts: BookFacts, files: int, kilobytes: int) -> Markup:
    total = Milliseconds(sum(sound.length(part) for part in book.parts))
    dated = {"scheme": "yyyy-mm-dd"}
    none = ("sidebars", "footnotes", "prodNotes", "pageFront", "pageNormal", "pageSpecial", "maxPageNormal")
    return element(
        "head",
        lines(
            void("meta", {"http-equiv": "Content-type", "content": "text/html; charset=utf-8"}),
            element("title", text(facts.title)),
            void("link", {"rel": "stylesheet", "type": "text/css", "href": STYLE}),
            meta("dc:title", facts.title),
            meta("dc:creator", facts.maker),
            *(meta("dc:contributor", name) for name in facts.people),
            void("meta", {"name": "dc:date", "content": facts.date, **dated}),
            meta("dc:format", FORMAT),
            meta("dc:identifier", facts.identifier),
            meta("dc:language", facts.language),
            meta("dc:publisher", facts.maker),
            meta("dc:source", facts.source),
            *(meta("dc:subject", subject) for subject in facts.subjects),
            meta("ncc:charset", "utf-8"),
            meta("ncc:depth", str(book.depth)),
            meta("ncc:files", str(files)),
            meta("ncc:generator", TOOL),
            meta("ncc:kByteSize", str(kilobytes)),
            meta("ncc:multimediaType", facts.kind),
            *(meta("ncc:narrator", name) for name in facts.narrators),
            void("meta", {"name": "ncc:producedDate", "content": facts.date, **dated}),
            meta("ncc:producer", facts.maker),
            meta("ncc:setInfo", "1 of 1"),
            *([void("meta", {"name": "ncc:sourceDate", "content": facts.source_date, **dated})]
              if facts.source_date else []),
            meta("ncc:tocItems", str(len(book.parts))),
            void("meta", {"name": "ncc:totalTime", "content": full_clock(total), "scheme": "hh:mm:ss"}),
            *(meta(f"ncc:{name}", "0") for name in none),
        ),
    )  # fmt: skip


# what is played (§2.2, SMIL 1.0) ---------------------------------------------------------------------


def _smils(book: TalkingBook, sound: BookSound, facts: BookFacts) -> tuple[BookFile, ...]:
    found, elapsed = [], 0
    for number, part in enumerate(book.parts, 1):
        smil = _smil(part, sound, facts, Milliseconds(elapsed))
        found.append(BookFile(smil_name(number), _SMIL_TYPE, _document(_SMIL, smil)))
        elapsed += sound.length(part)
    return tuple(found)


def _smil(part: Part, sound: BookSound, facts: BookFacts, elapsed: Milliseconds) -> Markup:
    length = sound.length(part)
    head = _smil_head(
        facts,
        meta("title", part.entry or facts.title),
        meta("ncc:totalElapsedTime", full_clock(elapsed)),
        meta("ncc:timeInThisSmil", full_clock(length)),
    )
    pars = (_par(phrase, sound) for phrase in part.phrases)
    seq = element("seq", Markup("\n"), lines(*pars), Markup("\n"), attributes={"dur": f"{_seconds(length)}s"})
    return element("smil", lines(head, element("body", seq)))


def _smil_head(facts: BookFacts, *more: Markup) -> Markup:
    return element(
        "head",
        lines(
            meta("dc:format", FORMAT),
            meta("dc:identifier", facts.identifier),
            meta("dc:title", facts.title),
            meta("ncc:generator", TOOL),
            *more,
            element("layout", void("region", {"id": "txtView"})),
        ),
    )


def _par(phrase: Phrase, sound: BookSound) -> Markup:
    """Return what is shown and heard together; words that have no sound are shown, and the next ones follow at once."""
    shown = void("text", {"src": f"{TEXT}#{phrase.id}", "id": phrase.id})
    heard = sound.heard.get(phrase.id)
    audio = Markup("")
    if heard:
        begin, end = (f"npt={_seconds(moment)}s" for moment in (heard.begin, heard.end))
        audio = void("audio", {"src": heard.file, "clip-begin": begin, "clip-end": end, "id": f"audio-{phrase.id}"})
    return element("par", shown, audio, attributes={"endsync": "last", "id": f"par-{phrase.id}"})


def _seconds(moment: Milliseconds) -> str:
    return f"{moment // 1000}.{moment % 1000:03}"


def _master(book: TalkingBook, sound: BookSound, facts: BookFacts) -> Markup:
    """Return all parts in order, for players that look for it (§2.2.2)."""
    total = Milliseconds(sum(sound.length(part) for part in book.parts))
    head = _smil_head(facts, meta("ncc:timeInThisSmil", full_clock(total)))
    refs = (
        void("ref", {"title": part.entry, "src": smil_name(number), "id": f"part-{number}"})
        for number, part in enumerate(book.parts, 1)
    )
    return element("smil", lines(head, element("body", Markup("\n"), lines(*refs), Markup("\n"))))
