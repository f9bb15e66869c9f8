"""The Word edition: read back by python-docx, which has no part in its styles and its text."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
from docx.document import Document as WordFile
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converters.addresses import bookmark
from converters.checks.parity import prove
from converters.convert import identify
from converters.document import (
    Document,
    Emphasis,
    Foreign,
    LanguageTag,
    Link,
    Metadata,
    NodeId,
    Note,
    NoteReference,
    Paragraph,
    Person,
    Section,
    Sentence,
    Text,
    Turn,
)
from converters.errors import ProofError
from converters.findings import Report
from converters.readers import ReadContext, read
from converters.settings import LargePrint, Options, Standard
from converters.traverse import turn_text, turns
from converters.writers import writer_named
from converters.writers.docx_text import outside
from tests.conftest import Context

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ENGLISH, HEBREW = LanguageTag("en"), LanguageTag("he")
ANN, BO = NodeId("ann-lee"), NodeId("bo-ruiz")
USUAL = LargePrint()

Make = Callable[..., bytes]


@pytest.fixture
def make(context: Context) -> Make:
    """Write a document with these dials of large print; return the file."""

    def making(document: Document, asked: LargePrint = USUAL, formats: tuple[str, ...] = ("docx",)) -> bytes:
        told = msgspec.structs.replace(context(document, formats), options=Options(large_print=asked))
        (artifact,) = writer_named("docx").load()(document, told)
        assert isinstance(artifact.content, bytes)
        return artifact.content

    return making


def _opened(content: bytes) -> WordFile:
    return docx.Document(io.BytesIO(content))


def _part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


def _with(content: bytes, name: str, old: str, new: str) -> bytes:
    """Return the file with a change in one of its parts."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(changed, "w") as target:
        for entry in package.namelist():
            text = package.read(entry)
            if entry == f"word/{name}.xml":
                assert old in text.decode(), old
                text = text.decode().replace(old, new, 1).encode()
            target.writestr(entry, text)
    return changed.getvalue()


def _talk(*content: tuple[NodeId | None, tuple[Any, ...]], language: LanguageTag = ENGLISH, **more: Any) -> Document:
    said = tuple(Turn((Paragraph((Sentence(inlines),)),), (person,) if person else ()) for person, inlines in content)
    people = (Person(ANN, "Ann Lee", part="host"), Person(BO, "Bo Ruiz", part="guest"))
    spoken = {person for person, _ in content}
    told = tuple(person for person in people if person.id in spoken)
    return identify(Document(Metadata("A Talk", language), told, (Section("transcript", said),), **more))


def _shown(file: WordFile) -> list[tuple[str, str]]:
    return [(str(p.style.name), p.text) for p in file.paragraphs if p.style is not None]


# what stands in it ------------------------------------------------------------------------


def test_every_part_is_in_a_style_and_in_reading_order(make: Make, episode: Document) -> None:
    shown = [pair for pair in _shown(_opened(make(episode))) if not pair[0].startswith("toc")]
    assert shown == [
        ("Title", "A Ramp for the Library"),
        ("Subtitle", "From The Corner"),
        ("Heading 1", "At a glance"),
        ("Body Text", "Two neighbours talk."),
        ("Edition Note", "A conversation of 2 people in 2 exchanges. 37 words, about one minute to hear."),
        ("Heading 2", "Who takes part"),
        ("Edition List", "Ann Lee (host)"),
        ("Edition List", "Bo Ruiz (guest)"),
        ("TOC Heading", "Contents"),
        ("Heading 1", "Conversation"),
        ("Heading 2", "1. Ann Lee, Bo Ruiz"),
        ("Turn", "Ann Lee: Welcome to the show. Who built the ramp?"),
        (
            "Turn",
            "Bo Ruiz: We all did. It took a winter, and it took every neighbour who could hold a hammer & a nail.",
        ),
        ("Sound", "(LAUGHTER)"),
        ("Heading 2", "2. Ann Lee, Bo Ruiz"),
        ("Turn", "Ann Lee: And who paid for it?"),
        ("Turn", "Bo Ruiz: Nadie."),
        ("Turn", "That is true."),
        ("Heading 1", "After the conversation"),
        ("Body Text", "Write to us."),
        ("Heading 1", "Accessibility and other formats"),
        ("Edition Note", "To get help, report a problem or ask for another format, get in touch with The Corner."),
        ("Heading 1", "About this edition"),
        ("Edition Note", "Language of the transcript: en"),
        ("Edition Note", "Made with Curbcut 0.1.0 from the transcript “episode.txt”."),
        ("Edition Note", "No word of the transcript was changed. Headings, numbers and this part were added."),
    ]


def test_names_are_real_text_in_a_style_of_their_own(make: Make, episode: Document) -> None:
    file = _opened(make(episode))
    runs = [run for p in file.paragraphs for run in p.runs if run.style is not None and run.style.name == "Speaker"]
    assert [run.text for run in runs] == ["Ann Lee:", "Bo Ruiz:", "Ann Lee:", "Bo Ruiz:"]
    assert file.styles["Speaker"].font.bold


def test_long_turns_are_blocks_that_say_no_name_again(make: Make) -> None:
    sentences = tuple(Sentence((Text(f"{'word ' * 39}end."),)) for _ in range(8))
    turn = Turn((Paragraph(sentences[:6]), Paragraph(sentences[6:])), (ANN,))
    people = (Person(ANN, "Ann Lee"),)
    document = identify(Document(Metadata("Long", ENGLISH), people, (Section("transcript", (turn,)),)))
    content = make(document)
    told = [style for style, _ in _shown(_opened(content)) if style.startswith("Turn")]
    assert told == ["Turn", "Turn Block", "Turn Paragraph"]
    prove("docx", content, document, None)


def test_the_other_editions_are_named(make: Make, episode: Document) -> None:
    content = make(episode, formats=("html", "docx", "pdf"))
    listed = [text for style, text in _shown(_opened(content)) if style == "Edition List"]
    assert listed[2:] == ["Web page: episode.html", "Large print, PDF: episode-large-print.pdf"]


def test_the_properties_say_what_it_is(make: Make, episode: Document) -> None:
    about = _opened(make(episode)).core_properties
    assert (about.title, about.language, about.author) == ("A Ramp for the Library", "en", "The Corner")
    assert about.created == about.modified == datetime.datetime(2001, 2, 3, tzinfo=datetime.UTC)


def test_a_title_that_is_too_long_for_the_properties_is_whole_in_the_text(make: Make, episode: Document) -> None:
    metadata = msgspec.structs.replace(episode.metadata, title="Ramps " * 100)
    content = make(msgspec.structs.replace(episode, metadata=metadata))
    assert len(_opened(content).core_properties.title) == 255
    assert _shown(_opened(content))[0] == ("Title", "Ramps " * 100)


def test_head_and_foot_have_title_and_page_number(make: Make, episode: Document) -> None:
    content = make(episode)
    assert _opened(content).sections[0].header.paragraphs[0].text == "A Ramp for the Library"
    assert [field.get(f"{W}instr") for field in _part(content, "footer").iter(f"{W}fldSimple")] == [" PAGE "]
    assert _opened(content).sections[0].different_first_page_header_footer


# styles -----------------------------------------------------------------------------------


def _formatted_by_hand(content: bytes) -> Iterator[str]:
    """Yield what a run or a paragraph sets itself; which way letters are written is nothing that a style can say."""
    names = [n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if re.search(r"document|foot|header", n)]
    for name in (n for n in names if n.endswith(".xml")):
        part = _part(content, Path(name).stem)
        for properties in part.iter(f"{W}rPr", f"{W}pPr"):
            allowed = {f"{W}rStyle", f"{W}rtl"} if properties.tag == f"{W}rPr" else {f"{W}pStyle"}
            yield from (str(child.tag) for child in properties if child.tag not in allowed)
        yield from (str(found.tag) for found in part.iter(f"{W}tbl", f"{W}drawing", f"{W}pict", "{*}txbxContent"))


def test_nothing_is_formatted_by_hand_and_there_are_no_tables(make: Make, episode: Document) -> None:
    assert list(_formatted_by_hand(make(episode))) == []
    bold = _with(make(episode), "document", "<w:rPr>", "<w:rPr><w:b/>")
    assert list(_formatted_by_hand(bold)) == [f"{W}b"]


def test_every_style_in_use_is_there(make: Make, episode: Document) -> None:
    content = make(episode)
    known = {style.get(f"{W}styleId") for style in _part(content, "styles").iter(f"{W}style")}
    used = {str(e.get(f"{W}val")) for e in _part(content, "document").iter(f"{W}pStyle", f"{W}rStyle")}
    assert used <= known
    based = {str(e.get(f"{W}val")) for e in _part(content, "styles").iter(f"{W}basedOn", f"{W}next")}
    assert based <= known


def _size(style: Any) -> float:
    """Return the size in points that a style comes to, through those that it is based on."""
    while style is not None:
        if style.font.size is not None:
            return float(style.font.size.pt)
        style = style.base_style
    raise AssertionError("no size anywhere")


def test_changing_normal_changes_all(make: Make, episode: Document) -> None:
    file = _opened(make(episode, LargePrint("acb")))
    styles = [style for style in file.styles if isinstance(style, ParagraphStyle)]
    assert {_size(style) for style in styles} == {18}
    file.styles["Normal"].font.size = Pt(24)
    assert {_size(style) for style in styles} == {24}
    runs = [run for p in file.paragraphs for run in p.runs if run.style is not None]
    assert {run.style.font.size for run in runs if run.style is not None} == {None}


def test_no_style_is_slanted_justified_or_in_capitals(make: Make, episode: Document) -> None:
    part = _part(make(episode), "styles")
    assert not list(part.iter(f"{W}i", f"{W}iCs", f"{W}caps", f"{W}smallCaps"))
    assert {e.get(f"{W}val") for e in part.iter(f"{W}jc")} <= {"center"}
    assert part.find(f".//{W}style[@{W}styleId='Normal']/{W}pPr/{W}suppressAutoHyphens") is not None


def test_headings_stay_with_what_follows(make: Make, episode: Document) -> None:
    styles = _opened(make(episode)).styles
    assert all(styles[f"Heading {level}"].paragraph_format.keep_with_next for level in range(1, 7))
    assert styles["Normal"].paragraph_format.widow_control


@pytest.mark.parametrize(
    ("asked", "points", "font", "width"),
    [
        (LargePrint(), 18, "Atkinson Hyperlegible", 595),
        (LargePrint("acb"), 18, "Arial", 612),
        (LargePrint("clear"), 14, "Atkinson Hyperlegible", 595),
        (LargePrint("aph", points=36, paper="a3", typeface="atkinson"), 36, "Atkinson Hyperlegible", 842),
        (LargePrint("aph", typeface="atkinson"), 18.5, "Atkinson Hyperlegible", 612),
    ],
)
def test_the_dials_of_large_print_turn_the_styles(
    make: Make, episode: Document, asked: LargePrint, points: float, font: str, width: int
) -> None:
    content = make(episode, asked)
    file = _opened(content)
    assert _size(file.styles["Normal"]) == points
    assert _part(content, "styles").find(f".//{W}rPrDefault//{W}rFonts").get(f"{W}ascii") == font
    assert _part(content, "fontTable").find(f"{W}font").get(f"{W}name") == font
    assert round((file.sections[0].page_width or 0) / 12_700) == width


@pytest.mark.parametrize(("standard", "underlined"), [("acb", True), ("ukaaf", False), ("house", False)])
def test_emphasis_is_that_of_the_standard(make: Make, standard: Standard, *, underlined: bool) -> None:
    document = _talk((ANN, (Emphasis((Text("Never."),)),)))
    style = _opened(make(document, LargePrint(standard))).styles["Emphasis"]
    assert (bool(style.font.underline), bool(style.font.bold)) == (underlined, not underlined)


def test_a_theme_colours_paper_and_letters_in_one_place_each(make: Make, episode: Document) -> None:
    content = make(episode, LargePrint(theme="yellow-on-black"))
    assert _part(content, "document").find(f"{W}background").get(f"{W}color") == "000000"
    assert _part(content, "settings").find(f"{W}displayBackgroundShape") is not None
    coloured = {e.getparent().getparent().get(f"{W}styleId") for e in _part(content, "styles").iter(f"{W}color")}
    assert coloured == {"Normal"}
    plain = make(episode)
    assert _part(plain, "document").find(f"{W}background") is None
    assert not list(_part(plain, "styles").iter(f"{W}color"))


# languages ----------------------------------------------------------------------------------


def _languages(content: bytes) -> dict[str, str]:
    """Return the words of each run that is in another language than the document, with that."""
    said = {
        style.get(f"{W}styleId"): language.get(f"{W}val")
        for style in _part(content, "styles").iter(f"{W}style")
        if (language := style.find(f"{W}rPr/{W}lang")) is not None
    }
    runs = list(_part(content, "document").iter(f"{W}r"))
    named = {"".join(r.itertext()): r.find(f"{W}rPr/{W}rStyle") for r in runs}
    return {words: said[s.get(f"{W}val")] for words, s in named.items() if s is not None and s.get(f"{W}val") in said}


def test_the_language_of_the_document_and_of_its_parts_is_said(make: Make, episode: Document) -> None:
    content = make(episode)
    language = _part(content, "styles").find(f"{W}docDefaults//{W}lang")
    assert {language.get(f"{W}{script}") for script in ("val", "eastAsia", "bidi")} == {"en"}
    assert _languages(content) == {"Nadie.": "es"}


def test_letters_may_be_strong_foreign_and_a_link_at_once(make: Make) -> None:
    french = Foreign((Emphasis((Text("Bonjour."),), "strong"),), LanguageTag("fr"))
    document = _talk((ANN, (Link((french,), "https://example.org/"),)), (BO, (Text("Good day."),)))
    content = make(document)
    assert _languages(content) == {"Bonjour.": "fr"}
    styles = _opened(content).styles
    assert styles["Hyperlink Strong fr"].base_style.name == "Hyperlink Strong"
    assert styles["Hyperlink Strong"].base_style.name == "Hyperlink"
    assert styles["Hyperlink Strong"].font.bold


def test_a_language_that_is_not_known_is_named_as_such(make: Make) -> None:
    content = make(_talk((ANN, (Text("Hm."),)), language=LanguageTag("und")))
    assert _part(content, "styles").find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "x-none"


def test_right_to_left_is_told_to_paragraphs_by_style_and_to_letters(make: Make) -> None:
    document = _talk((ANN, (Text("שלום לכולם."),)), (BO, (Text("תודה."),)), language=HEBREW)
    content = make(document)
    styles = _part(content, "styles")
    assert styles.find(f".//{W}style[@{W}styleId='Normal']/{W}pPr/{W}bidi") is not None
    for run in _part(content, "document").iter(f"{W}r"):
        words = "".join(run.itertext())
        if re.search("[\u0590-\u05ff]", words):
            assert run.find(f"{W}rPr/{W}rtl") is not None, words
    ours = {words: tag for words, tag in _languages(content).items() if "Made with" in words}
    assert list(ours.values()) == ["en"]
    notes = [p for p in _opened(content).paragraphs if p.style is not None and p.style.name == "Edition Note LTR"]
    assert notes
    assert styles.find(f".//{W}style[@{W}styleId='EditionNoteLTR']/{W}pPr/{W}bidi").get(f"{W}val") == "0"


# contents, bookmarks, links, notes ------------------------------------------------------------


def _bookmarks(content: bytes) -> list[str]:
    return [str(mark.get(f"{W}name")) for mark in _part(content, "document").iter(f"{W}bookmarkStart")]


def test_the_contents_is_one_field_with_the_words_of_the_headings_and_no_link(make: Make, episode: Document) -> None:
    content = make(episode)
    body = _part(content, "document")
    assert ["".join(e.itertext()) for e in body.iter(f"{W}instrText")] == [' TOC \\o "1-6" \\h \\z ']
    assert [e.get(f"{W}fldCharType") for e in body.iter(f"{W}fldChar")] == ["begin", "separate", "end"]
    lines = [
        (style, "".join(t.text for t in p.iter(f"{W}t")))
        for p in body.iter(f"{W}p")
        if "TOC" in (style := p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")) and style != "TOCHeading"
    ]
    assert lines == [
        ("TOC1", "At a glance"),
        ("TOC1", "Conversation"),
        ("TOC2", "1. Ann Lee, Bo Ruiz: Who built the ramp?"),
        ("TOC2", "2. Ann Lee, Bo Ruiz: And who paid for it?"),
        ("TOC1", "After the conversation"),
        ("TOC1", "Accessibility and other formats"),
        ("TOC1", "About this edition"),
    ]
    assert [link for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor")] == []


def test_nothing_asks_to_be_updated_when_the_file_is_opened(make: Make, episode: Document) -> None:
    content = make(episode)
    assert _part(content, "settings").find(f"{W}updateFields") is None
    assert not [e for e in _part(content, "document").iter() if e.get(f"{W}dirty")]
    mode = next(e.get(f"{W}val") for e in _part(content, "settings").iter(f"{W}compatSetting"))
    assert mode == "15"


def test_bookmarks_are_the_ids_of_every_edition(make: Make, episode: Document) -> None:
    names = _bookmarks(make(episode))
    assert len(names) == len(set(names))
    assert {bookmark(turn.id) for turn in turns(episode)} <= set(names)
    assert all(len(name) <= 40 for name in names)


@given(st.lists(st.from_regex("[a-z][a-z0-9-]{0,90}", fullmatch=True), unique=True, max_size=20))
def test_a_bookmark_can_be_told_from_every_other(identifiers: list[str]) -> None:
    names = [bookmark(identifier) for identifier in identifiers]
    assert len(set(names)) == len(identifiers)
    assert all(re.fullmatch(r"_[a-z0-9_]{1,39}", name) for name in names)
    assert all(n.replace("_", "-")[1:] == i for n, i in zip(names, identifiers, strict=True) if len(i) < 40)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://example.org/a b?x=1&y=ü#z", "https://example.org/a%20b?x=1&y=ü#z"),
        ("https://example.org/100%/50%25", "https://example.org/100%25/50%25"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("chapter-2.html", None),
        ("#top", None),
        ("https://[broken/", None),
        ("https://example.org/" + "a" * 2_000, None),
    ],
)
def test_addresses_are_written_so_that_word_opens_the_file(href: str, expected: str | None) -> None:
    assert outside(href) == expected


def test_links_are_words_own_and_words_without_a_safe_address_stay(make: Make) -> None:
    bad = Link((Text("bad"),), "javascript:x")
    document = _talk((ANN, (Link((Text("good"),), "https://example.org/?a=1&b=2"), Text(" and "), bad, Text("."))))
    (turn,) = [p for p in _opened(make(document)).paragraphs if p.text.startswith("Ann Lee:")]
    assert turn.text == "Ann Lee: good and bad."
    assert [(link.text, link.address) for link in turn.hyperlinks] == [("good", "https://example.org/?a=1&b=2")]
    assert turn.hyperlinks[0].runs[0].style.name == "Hyperlink"


def _noted() -> Document:
    def note(identifier: str, *words: str) -> Note:
        return Note(tuple(Paragraph((Sentence((Text(w),)),)) for w in words), NodeId(identifier))

    first, second = NoteReference(NodeId("n-1"), "1"), NoteReference(NodeId("n-2"), "2")
    gone = NoteReference(NodeId("n-9"), "9")
    return _talk(
        (ANN, (Text("One"), second, Text(" and two"), first, Text("."))),
        (BO, (Text("Once more"), second, Text(" and gone"), gone, Text("."))),
        notes=(note("n-1", "About two.", "Still."), note("n-2", "About one."), note("n-3", "About nothing.")),
    )


def test_notes_are_words_own_in_the_order_of_their_marks(make: Make) -> None:
    content = make(_noted())
    numbers = [e.get(f"{W}id") for e in _part(content, "document").iter(f"{W}footnoteReference")]
    assert numbers == ["1", "2"]
    feet = {
        note.get(f"{W}id"): ["".join(t.text for t in p.iter(f"{W}t")).strip() for p in note.iter(f"{W}p")]
        for note in _part(content, "footnotes")
    }
    assert (feet["1"], feet["2"]) == (["About one."], ["About two.", "Still."])
    again = [e for e in _part(content, "document").iter(f"{W}hyperlink") if e.get(f"{W}anchor") == "_n_2"]
    assert ["".join(e.itertext()) for e in again] == ["1"]


def test_a_note_that_no_mark_leads_to_stands_under_a_heading(make: Make) -> None:
    shown = _shown(_opened(make(_noted())))
    place = shown.index(("Heading 1", "Notes"))
    assert shown[place + 1] == ("footnote text", "About nothing.")
    assert ("Heading 1", "Notes") not in _shown(_opened(make(_talk((ANN, (Text("Hello."),))))))


# same input, same bytes; whatever the input ---------------------------------------------------


def test_the_same_episode_gives_the_same_bytes(make: Make, episode: Document) -> None:
    content = make(episode)
    assert content == make(episode)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2001, 2, 3, 0, 0, 0)}


def test_what_no_xml_can_hold_is_left_out_and_what_looks_like_markup_stays(make: Make) -> None:
    document = _talk((ANN, (Text("Bell\x07 <w:p/> & \ud800“]]>”\n\tnew line."),)))
    content = make(document)
    assert ("Turn", "Ann Lee: Bell <w:p/> & “]]>” new line.") in _shown(_opened(content))
    prove("docx", content, document, None)


# proof --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Nadie.", "Nada.", "transcript-t04-s1"),
        ("Welcome to the show. Who built", "Welcome to the show. Welcome to the show. Who built", "s1 is there twice"),
        ('<w:t xml:space="preserve">Write to us.</w:t>', "<w:t>Write to us. And more.</w:t>", "letters more"),
        ("Ann Lee:", "Bo Ruiz:", "is given to"),
        ('w:name="_transcript_t02"', 'w:name="_transcript_t99"', "has no bookmark"),
        ('<w:pStyle w:val="Sound"/>', '<w:pStyle w:val="EditionNote"/>', "transcript-x01 is missing"),
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_is_refused(
    make: Make, episode: Document, old: str, new: str, why: str
) -> None:
    content = make(episode)
    prove("docx", content, episode, None)
    with pytest.raises(ProofError, match=why):
        prove("docx", _with(content, "document", old, new), episode, None)


def test_a_lost_note_is_seen(make: Make) -> None:
    document = _noted()
    content = make(document)
    prove("docx", content, document, None)
    with pytest.raises(ProofError, match="a note is missing: “About two"):
        prove("docx", _with(content, "footnotes", "About two.", ""), document, None)


# read back ------------------------------------------------------------------------------------


def _back(content: bytes) -> Document:
    return identify(read(content, ReadContext("episode.docx", Options(), Report())))


def test_it_is_read_back_after_somebody_has_worked_on_it(make: Make, episode: Document) -> None:
    file = _opened(make(episode))
    file.styles["Normal"].font.size = Pt(30)
    file.styles["Turn"].font.bold = True
    saved = io.BytesIO()
    file.save(saved)
    back = _back(saved.getvalue())
    assert [turn_text(turn) for turn in turns(back)] == [turn_text(turn) for turn in turns(episode)]
    assert [(p.name, p.part) for p in back.people] == [(p.name, p.part) for p in episode.people]
    assert (back.metadata.title, back.metadata.show) == ("A Ramp for the Library", "The Corner")


def test_nothing_of_it_is_called_left_out_but_what_somebody_deleted(make: Make, episode: Document) -> None:
    def left_out(content: bytes) -> tuple[str, ...]:
        report = Report()
        read(content, ReadContext("episode.docx", Options(), report))
        return report.left_out

    content = make(episode)
    assert left_out(content) == ()
    words = '<w:r><w:t xml:space="preserve">Write to us.'
    deleted = '<w:del w:id="900" w:author="A"><w:r><w:delText>Nunca.</w:delText></w:r></w:del>'
    assert left_out(_with(content, "document", words, deleted + words)) == ("Nunca.",)


def test_links_emphasis_and_foreign_words_come_back(make: Make) -> None:
    spanish = Foreign((Text("hasta mañana"),), LanguageTag("es"))
    words = (Text("I said "), spanish, Text(" and "), Link((Text("here"),), "https://example.org/"), Text(" it is."))
    document = _talk((ANN, words), (BO, (Text("Well then, " + "go on and on " * 9 + "."),)))
    (first, _) = turns(_back(make(document)))
    assert first.paragraphs[0].sentences[0].inlines == words


def test_notes_come_back(make: Make) -> None:
    back = _back(make(_noted()))
    told = [["".join(s.inlines[0].value for s in p.sentences) for p in note.paragraphs] for note in back.notes]  # type: ignore[union-attr]  # they are Text
    assert told == [["About one."], ["About two.", "Still."], ["About nothing."]]
