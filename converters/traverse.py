"""Going through a document: its parts in order, and its words as plain text."""

from collections.abc import Iterator
from typing import assert_never

from converters.document import (
    Block,
    Document,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    Note,
    NoteReference,
    Paragraph,
    PeopleList,
    Person,
    PullQuote,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)


def plain_text(inlines: Inlines) -> str:
    """Return the words as printed, sounds in their brackets, marks of notes left out."""
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):
        return only.value
    return "".join(_inline_text(inline) for inline in inlines)


def _inline_text(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.value
        case Emphasis() | Foreign() | Link():
            return plain_text(inline.inlines)
        case Sound():
            return inline.description
        case NoteReference():
            return ""
        case _:
            assert_never(inline)


def joint(before: str, after: str) -> str:
    """Return what stands between two sentences of a paragraph: a space, or nothing in Han text.

    A space that Han text has all the same is kept at the end of the sentence before.
    """
    return "" if before[-1:].isspace() or (_is_wide(before[-2:]) and _is_wide(after[:2])) else " "


def _is_wide(text: str) -> bool:
    return not text.isascii() and any("⺀" <= character <= "鿿" or "＀" <= character <= "｠" for character in text)


def sentence_text(sentence: Sentence) -> str:
    """Return the words of one sentence."""
    return plain_text(sentence.inlines)


def paragraph_text(paragraph: Paragraph) -> str:
    """Return a paragraph's words, its sentences joined as the source had them."""
    return sentences_text(paragraph.sentences)


def sentences_text(several: tuple[Sentence, ...]) -> str:
    """Return the words of neighbouring sentences, joined as the source had them."""
    text = ""
    for one in several:
        words = sentence_text(one)
        text += joint(text, words) + words if text else words
    return text


def turn_text(turn: Turn) -> str:
    """Return all the words of a turn, its paragraphs joined by a space."""
    return " ".join(paragraph_text(paragraph) for paragraph in turn.paragraphs)


Step = Section | Turn | Paragraph | Sentence | PullQuote | PeopleList | Sound | Note


def walk(document: Document) -> Iterator[Step]:
    """Yield every part that has an id of its own, in document order, parents first."""
    for section in document.sections:
        yield from walk_section(section)
    for note in document.notes:
        yield note
        yield from _walk_paragraphs(note.paragraphs)


def walk_section(section: Section) -> Iterator[Step]:
    """Yield a section and all that is in it, in order."""
    yield section
    for block in section.blocks:
        yield from _walk_block(block)
    for subsection in section.subsections:
        yield from walk_section(subsection)


def _walk_block(block: Block) -> Iterator[Step]:
    match block:
        case Turn():
            yield block
            yield from _walk_paragraphs(block.paragraphs)
        case Paragraph():
            yield from _walk_paragraph(block)
        case PullQuote():
            yield block
            yield from _walk_paragraphs(block.paragraphs)
            if block.attribution:
                yield from _walk_sentence(block.attribution.line)
        case PeopleList():
            yield block
            for entry in block.entries:
                yield from _walk_sentence(entry.line)
        case Sound():
            yield block
        case _:
            assert_never(block)


def _walk_paragraphs(paragraphs: tuple[Paragraph, ...]) -> Iterator[Step]:
    for paragraph in paragraphs:
        yield from _walk_paragraph(paragraph)


def _walk_paragraph(paragraph: Paragraph) -> Iterator[Step]:
    yield paragraph
    for sentence in paragraph.sentences:
        yield from _walk_sentence(sentence)


def _walk_sentence(sentence: Sentence) -> Iterator[Step]:
    yield sentence
    for inline in sentence.inlines:
        if not isinstance(inline, Text):  # most are, and this way all documents are gone through
            yield from (leaf for leaf in leaves((inline,)) if isinstance(leaf, Sound))


def leaves(inlines: Inlines) -> Iterator[Text | Sound | NoteReference]:
    """Yield what has no inlines in it, in order, however deep it is."""
    for inline in inlines:
        match inline:
            case Emphasis() | Foreign() | Link():
                yield from leaves(inline.inlines)
            case Text() | Sound() | NoteReference():
                yield inline
            case _:
                assert_never(inline)


def sections(document: Document) -> Iterator[Section]:
    """Yield every section at every depth, in order."""
    for section in document.sections:
        yield from _with_subsections(section)


def _with_subsections(section: Section) -> Iterator[Section]:
    yield section
    for subsection in section.subsections:
        yield from _with_subsections(subsection)


def turns(document: Document) -> Iterator[Turn]:
    """Yield every turn, in order."""
    return (block for section in sections(document) for block in section.blocks if isinstance(block, Turn))


def sentences(section: Section) -> Iterator[Sentence]:
    """Yield every sentence of a section and its subsections, in order."""
    return (step for step in walk_section(section) if isinstance(step, Sentence))


def section_text(section: Section) -> str:
    """Return heading and all words of a section, one line a sentence or sound of its own."""
    lines = [plain_text(section.heading)] if section.heading else []
    for step in walk_section(section):
        match step:
            case Sentence():
                lines.append(sentence_text(step))
            case Sound() if step in section.blocks:
                lines.append(step.description)
            case _:
                pass
    return "\n".join(lines)


def person_named(document: Document, identifier: str) -> Person:
    """Return the person of that id. Raises ``KeyError`` where the document has none."""
    for person in document.people:
        if person.id == identifier:
            return person
    raise KeyError(identifier)
