"""What only a book says: its contents, and what stands over the lines from the web page.

A file of audio has its chapters instead. In a book every page can be read aloud, these too.
"""

from collections.abc import Iterator

from converters import outline
from converters.document import Document, NodeId, Section
from converters.headings import section_heading
from converters.narration.model import Chapter, ScriptTrack
from converters.narration.narrator import Narrator, Utterances
from converters.traverse import plain_text


def pages_of_a_book(document: Document, narrator: Narrator) -> tuple[ScriptTrack, ...]:
    """Return the tracks ``contents``, a line for each part, and ``furniture``, where there is any."""
    phrases = narrator.phrases
    entries = (u for target, words in _contents(document, narrator) for u in _entry(narrator, target, words))
    contents = (*narrator.added(phrases.contents, NodeId("contents-heading")), *entries)
    furniture = outline.outline(document).furniture
    heading = narrator.added(phrases.furniture, NodeId("furniture-heading")) if furniture else ()
    pages = (("contents", contents), ("furniture", heading))
    return tuple(ScriptTrack(name, None, (Chapter("", said),), book_only=True) for name, said in pages if said)


def _contents(document: Document, narrator: Narrator) -> Iterator[tuple[str, str | Section]]:
    """Yield where each line at the top of the contents leads, and its words, as all text editions have them."""
    phrases, shape = narrator.phrases, outline.outline(document)
    yield "at-a-glance", phrases.at_a_glance
    yield from ((section.id, section) for section in shape.body)
    if not any(section.kind == "accessibility" for section in document.sections):
        yield "help", phrases.accessibility
    if document.notes:
        yield "notes", phrases.notes
    yield "about", phrases.about
    if shape.furniture:
        yield "from-the-page", phrases.furniture


def _entry(narrator: Narrator, target: str, words: str | Section) -> Utterances:
    node = NodeId(f"nav-{target}")
    if isinstance(words, str):
        return narrator.added(words, node)
    if words.heading:
        return narrator.own(plain_text(words.heading), node)
    return narrator.added(section_heading(narrator.phrases, words.kind), node)
