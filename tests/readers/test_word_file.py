"""What a Word file prints, paragraph by paragraph, and what stands beside the text; files made to do harm."""

import io
import zipfile
from collections.abc import Callable

import pytest

from converters.document import LanguageTag, NodeId, Text
from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.manuscript import Manuscript
from converters.readers.pieces import Mark, Piece
from converters.readers.word_file import read_word_file, word_manuscript
from converters.settings import Limits, Options

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Wer"><w:name w:val="Wer spricht"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/><w:rPr><w:i/></w:rPr></w:style>
"""


def part(tag: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {NAMESPACES}>{inside}</w:{tag}>'


def word(body: str, *, links: dict[str, str] | None = None, core: str = "", **parts: str) -> bytes:
    """Return a Word file with a body, the styles above, and further parts by their names."""
    kinds = {"styles": STYLES, **parts}
    targets = "".join(
        f'<Relationship Id="p{kind}" Type="{OFFICE}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>'
        for kind in kinds
    )
    targets += "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>'
        for name, address in (links or {}).items()
    )
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{WORD}.{kind.rstrip("0123456789")}+xml"/>'
        for kind in kinds
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/><Override '
        f'PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="d" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="c" '
        f'Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>',
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
    }
    roots = {"styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}
    for kind, inside in kinds.items():
        name = kind.rstrip("0123456789")
        files[f"word/{kind}.xml"] = part(roots.get(name, "hdr" if name == "header" else "ftr"), inside)
    return packed(files)


def packed(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def read(source: bytes) -> tuple[Manuscript, str]:
    """Return the manuscript and all findings in one string."""
    report = Report()
    manuscript = word_manuscript(source, ReadContext("kettle.docx", Options(), report))
    return manuscript, " ".join(finding.text for finding in report.findings)


def texts(body: str) -> list[str]:
    return [piece.text for piece in read(word(body))[0].pieces]


def marked(piece: Piece, kind: str) -> list[str]:
    return [piece.text[mark.begin : mark.end] for mark in piece.marks if mark.kind == kind]


# paragraphs -----------------------------------------------------------------------------


def test_paragraphs_are_pieces_with_what_is_bold_and_slanted_in_them() -> None:
    body = paragraph(run("Odile ", "<w:b/>"), run("Marrow:", "<w:b/>"), " A ", run("lid", "<w:i/>"), ".")
    piece = read(word(body))[0].pieces[0]
    assert piece.text == "Odile Marrow: A lid."
    assert (marked(piece, "strong"), marked(piece, "emphasis")) == (["Odile Marrow:"], ["lid"])


def test_a_style_makes_letters_bold_unless_a_run_says_no() -> None:
    body = paragraph(run("Odile:", '<w:rStyle w:val="Wer"/>'), run(" So.", '<w:rStyle w:val="Wer"/><w:b w:val="0"/>'))
    assert marked(read(word(body))[0].pieces[0], "strong") == ["Odile:"]


def test_headings_are_known_by_their_style_in_any_language_and_by_their_outline_level() -> None:
    body = (
        paragraph("Teil zwei", style="berschrift2")
        + paragraph("Kapitel drei", style="Kapitel")
        + paragraph("Vier", properties='<w:outlineLvl w:val="3"/>')
    )
    pieces = read(word(body))[0].pieces
    assert [(piece.form, piece.level, piece.marks) for piece in pieces] == [
        ("heading", 2, ()),
        ("heading", 2, ()),
        ("heading", 4, ()),
    ]


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    assert marked(read(word(paragraph("Round", style="A")))[0].pieces[0], "emphasis") == ["Round"]


def test_items_of_lists_are_known_by_number_and_by_style() -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph("a", properties=number)
        + paragraph("b", style="Liste")
        + paragraph("c", style="Liste", properties=off)
    )
    assert [piece.form for piece in read(word(body))[0].pieces] == ["item", "item", "prose"]


def test_a_line_break_ends_a_piece_and_a_page_break_does_not() -> None:
    broken = paragraph("Odile:<w:tab/>", "<w:r><w:br/></w:r>", "So.", '<w:r><w:br w:type="page"/></w:r>', "What?")
    assert texts(broken.replace("&lt;", "<")) == ["Odile:", "So. What?"]


def test_a_tab_after_a_label_is_a_wide_gap() -> None:
    piece = read(word(paragraph("OM", "<w:r><w:tab/></w:r>", "Is it mended?")))[0].pieces[0]
    assert (piece.text, piece.gap) == ("OM Is it mended?", 2)


def test_two_empty_paragraphs_are_a_wider_space() -> None:
    body = paragraph("a") + paragraph("b") + paragraph() * 2 + paragraph("c")
    assert [(piece.text, piece.blank, piece.line) for piece in read(word(body))[0].pieces] == [
        ("a", 1, 1),
        ("b", 1, 2),
        ("c", 2, 5),
    ]


def test_words_in_controls_and_formulas_are_words() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Inside. ')}</w:sdtContent></w:sdt>"
    formula = "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"
    assert texts(control + paragraph(inline, formula)) == ["In a control.", "Inside. x+1"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing><wp:docPr descr='A box'/>{box}</w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    body = paragraph("Odile: So.", f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")
    manuscript, left = read(word(body))
    assert [piece.text for piece in manuscript.pieces] == ["Odile: So.", "In the box."]
    assert "A box" in left


# links and fields ----------------------------------------------------------------------------


def test_a_link_keeps_its_address_and_one_to_nowhere_its_words() -> None:
    body = paragraph(
        f'<w:hyperlink r:id="out">{run("there")}</w:hyperlink>',
        " and ",
        f'<w:hyperlink r:id="file">{run("here")}</w:hyperlink>',
    )
    manuscript, left = read(word(body, links={"out": "https://lids.example/a", "file": "file:///C:/lids.docx"}))
    assert manuscript.pieces[0].text == "there and here"
    assert manuscript.pieces[0].marks == (Mark(0, 5, "link", "https://lids.example/a"),)
    assert "file:///C:/lids.docx" in left


def field(code: str, shown: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{kinds[1]}{run(shown)}{kinds[2]}"


def test_the_result_of_a_field_is_words_and_its_code_is_not() -> None:
    manuscript, left = read(
        word(paragraph("On ", field(" DATE \\@ d ", "3 May"), " at ", field(' HYPERLINK "https://b.example" ', "b")))
    )
    assert manuscript.pieces[0].text == "On 3 May at b"
    assert marked(manuscript.pieces[0], "link") == ["b"]
    assert "DATE" not in left


def test_a_field_that_never_ends_swallows_no_other_paragraph() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    manuscript, left = read(word(paragraph("Odile: ", begun, "So.") + paragraph("Bram: What?")))
    assert [piece.text for piece in manuscript.pieces] == ["Odile:", "Bram: What?"]
    assert "So." in left


# what is left out ------------------------------------------------------------------------------


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = paragraph(
        "For ", f'<w:del w:author="Una">{run("ten").replace("w:t", "w:delText")}</w:del>',
        f'<w:ins w:author="Una">{run("eleven")}</w:ins>', " years",
        f"<w:moveFrom>{run('gone')}</w:moveFrom>", f"<w:moveTo>{run(' indeed')}</w:moveTo>", ".",
    )  # fmt: skip
    manuscript, left = read(word(body))
    assert manuscript.pieces[0].text == "For eleven years indeed."
    assert "2 insertions, 2 deletions" in left
    assert "ten · gone" in left


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert texts(paragraph("Odile: So ", properties=deleted) + paragraph("what?")) == ["Odile: So what?"]
    assert texts(paragraph("Odile: So", properties=deleted)) == ["Odile: So"]


def test_a_deleted_row_is_left_out() -> None:
    rows = table(("Odile", "So."), ("Bram", "Cut this.")).replace(
        "<w:tr><w:tc>" + paragraph("Bram"), "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("Bram")
    )
    manuscript, left = read(word(rows))
    assert "Cut this." not in " ".join(piece.text for piece in manuscript.pieces)
    assert "Bram Cut this." in left


def test_comments_are_left_out_with_their_authors() -> None:
    body = paragraph("Odile: So.", '<w:r><w:commentReference w:id="1"/></w:r>')
    comment = f'<w:comment w:id="1" w:author="Una Pell">{paragraph("Check the month?")}</w:comment>'
    manuscript, left = read(word(body, comments=comment))
    assert [piece.text for piece in manuscript.pieces] == ["Odile: So."]
    assert "Una Pell: Check the month?" in left


def test_headers_and_footers_are_left_out_once_each() -> None:
    header = paragraph("DRAFT ", field(" PAGE ", "3"))
    _, left = read(word(paragraph("Odile: So."), header1=header, header2=header, footer1=paragraph("© Una Pell")))
    assert left.count("DRAFT 3") == 1
    assert "© Una Pell" in left
    assert "PAGE" not in left


@pytest.mark.parametrize("properties", ["<w:vanish/>", "<w:strike/>", "<w:dstrike/>"])
def test_hidden_and_struck_words_are_left_out(properties: str) -> None:
    manuscript, left = read(word(paragraph("Odile: ", run("no, ", properties), "yes.")))
    assert manuscript.pieces[0].text == "Odile: yes."
    assert "“no,”" in left


def test_a_field_that_nobody_filled_in_is_left_out() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here.')}</w:sdtContent></w:sdt>"
    manuscript, left = read(word(paragraph("Odile: So.", control)))
    assert manuscript.pieces[0].text == "Odile: So."
    assert "Click here." in left


def test_a_table_of_contents_is_left_out() -> None:
    manuscript, left = read(word(paragraph("Steam\t3", style="Verzeichnis1") + paragraph("Odile: So.")))
    assert [piece.text for piece in manuscript.pieces] == ["Odile: So."]
    assert "Steam 3" in left


# notes ------------------------------------------------------------------------------------------

FOOTNOTES = (
    f'<w:footnote w:id="0" w:type="separator">{paragraph("---")}</w:footnote>'
    f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " Of ", run("tin", "<w:i/>"), ".")}</w:footnote>'
    f'<w:footnote w:id="3">{paragraph("Of copper.")}</w:footnote>'
    f'<w:footnote w:id="4">{paragraph("Nobody asks.")}</w:footnote>'
)


def test_notes_are_numbered_as_they_are_printed() -> None:
    marks = [f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in (3, 2)]
    body = paragraph("Odile: Lids", marks[0], " and spouts", marks[1], ".")
    manuscript, left = read(word(body, footnotes=FOOTNOTES))
    piece = manuscript.pieces[0]
    assert piece.text == "Odile: Lids1 and spouts2."
    assert [(mark.value, piece.text[mark.begin : mark.end]) for mark in piece.marks] == [
        ("note-1", "1"),
        ("note-2", "2"),
    ]
    assert [note.id for note in manuscript.notes] == [NodeId("note-1"), NodeId("note-2")]
    assert manuscript.notes[0].paragraphs[0].sentences[0].inlines == (Text("Of copper."),)
    assert "Nobody asks." in left


def test_endnotes_have_numbers_of_their_own() -> None:
    body = paragraph("Odile: Lids", '<w:r><w:endnoteReference w:id="7"/></w:r>')
    manuscript, _ = read(word(body, endnotes=f'<w:endnote w:id="7">{paragraph("See there.")}</w:endnote>'))
    assert manuscript.pieces[0].text == "Odile: Lidsi"
    assert manuscript.notes[0].id == NodeId("endnote-1")


# tables -------------------------------------------------------------------------------------------


def test_a_table_in_which_people_speak_is_turns() -> None:
    mark = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    rows = table(
        ("Odile:", "Good evening."),
        ("Bram:", paragraph("Is it?") + paragraph("I thought so.")),
        ("Odile:", paragraph("It is.", mark)),
        ("Bram:", paragraph(run("Then", "<w:i/>"), " good evening.")),
    )
    pieces = read(word(rows, footnotes=FOOTNOTES))[0].pieces
    assert [(piece.label, piece.text) for piece in pieces] == [
        ("Odile", "Good evening."),
        ("Bram", "Is it?"),
        (None, "I thought so."),
        ("Odile", "It is.1"),
        ("Bram", "Then good evening."),
    ]
    assert marked(pieces[3], "note") == ["1"]
    assert marked(pieces[4], "emphasis") == ["Then"]


def test_a_table_of_facts_is_lines_of_facts() -> None:
    assert texts(table(("Interviewer", "Odile Marrow (OM)"), ("Date", "3 June 2019"))) == [
        "Interviewer: Odile Marrow (OM)",
        "Date: 3 June 2019",
    ]


def test_a_table_that_lays_out_a_page_is_gone_through() -> None:
    inner = table(("Odile", "So."), ("Bram", "What?"))
    pieces = read(word(table((paragraph("Left.") + paragraph("Left again.") + inner, "Right."))))[0].pieces
    assert [piece.text for piece in pieces] == [
        "Left.",
        "Left again.",
        "Odile: So.",
        "Bram: What?",
        "Right.",
    ]


# what the file says of itself -------------------------------------------------------------------------


def test_the_title_is_the_one_that_is_set_as_one() -> None:
    manuscript, left = read(
        word(paragraph("Lids", style="Titel") + paragraph("Odile: So."), core="<dc:title>Kettles</dc:title>")
    )
    assert (manuscript.facts.title, [piece.text for piece in manuscript.pieces]) == ("Lids", ["Odile: So."])
    assert "Kettles" in left


@pytest.mark.parametrize(
    ("core", "title"),
    [
        ("Lids, Part Two", "Lids, Part Two"),
        ("Microsoft Word - lids.docx", None),
        ("Document1", None),
        ("lids.docx", None),
        ("", None),
    ],
)
def test_the_title_in_the_properties_counts_if_it_is_one(core: str, title: str | None) -> None:
    assert read(word(paragraph("Odile: So."), core=f"<dc:title>{core}</dc:title>"))[0].facts.title == title


def test_a_heading_is_more_of_a_title_than_the_properties() -> None:
    manuscript, left = read(
        word(paragraph("Lids", style="berschrift2") + paragraph("So."), core="<dc:title>Old one</dc:title>")
    )
    assert manuscript.facts.title is None
    assert "Old one" in left


def test_few_words_in_another_language_are_marked_and_many_are_not() -> None:
    english, french = '<w:lang w:val="en-GB"/>', '<w:lang w:val="fr-FR"/>'
    body = paragraph(
        run("We call that thing a kettle here, and there it is a ", english),
        run("bouilloire", french),
        run(".", english),
    )
    assert marked(read(word(body))[0].pieces[0], "foreign") == ["bouilloire"]
    halves = paragraph(run("We call that a kettle,", english), run(" and there it is a kettle too.", french))
    assert marked(read(word(halves))[0].pieces[0], "foreign") == []


# files made to do harm, and damaged ones ---------------------------------------------------------------


def refused(source: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        word_manuscript(source, ReadContext("kettle.docx", Options(limits=limits or Limits()), Report()))
    message = str(caught.value)
    assert message.startswith("kettle.docx: ")
    assert "\n" not in message
    return message


def with_file(name: str, text: str) -> bytes:
    buffer = io.BytesIO(word(paragraph("Odile: So.")))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, text)
    return buffer.getvalue()


def without_file(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(word(paragraph("Odile: So.")))) as package:
        return packed({part: package.read(part).decode() for part in package.namelist() if part != name})


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/passwd", "word/../../up.xml", "C:\\up.xml", "word\\up.xml"])
def test_a_part_with_a_name_that_leads_out_is_refused(name: str) -> None:
    assert "leads out of it" in refused(with_file(name, "x"))


def test_a_part_of_nothing_is_refused() -> None:
    assert "unpacks to" in refused(with_file("word/styles2.xml", " " * 60_000_000))


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    assert "unpacks to more than" in refused(with_file("word/media.bin", "x" * 400_000), Limits(bytes=100_000))


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    assert "declares entities" in refused(with_file("word/bomb.xml", bomb))


def test_a_part_nested_without_end_is_refused() -> None:
    deep = word("<w:sdt><w:sdtContent>" * 20_000 + paragraph("So.") + "</w:sdtContent></w:sdt>" * 20_000)
    assert "levels deep" in refused(deep)


def test_paragraphs_without_end_are_refused() -> None:
    assert "--max-turns" in refused(word(paragraph("a") * 2_000), Limits(turns=1_000))


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_file_without_one_of_its_parts_is_damaged(name: str) -> None:
    assert "save it again" in refused(without_file(name))


def test_a_reference_to_a_part_that_is_not_there_does_no_harm() -> None:
    manuscript, left = read(without_file("word/styles.xml"))
    assert [piece.text for piece in manuscript.pieces] == ["Odile: So."]
    assert "styles.xml" in left


@pytest.mark.parametrize(
    "spoil",
    [lambda source: source[: len(source) // 2], lambda _: b"PK\x03\x04" + b"\x00" * 100, lambda _: b""],
)
def test_what_is_no_whole_file_is_damaged(spoil: Callable[[bytes], bytes]) -> None:
    assert "save it again" in refused(spoil(word(paragraph("Odile: So."))))


def test_a_file_that_is_shut_with_a_password_says_so() -> None:
    source = bytearray(word(paragraph("Odile: So.")))
    at = source.find(b"PK\x01\x02")
    while at >= 0:
        source[at + 8] |= 1
        at = source.find(b"PK\x01\x02", at + 4)
    assert "password" in refused(bytes(source))


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(SourceError, match="no words"):
        read_word_file(word(paragraph()), ReadContext("x.docx", Options(), Report()))


def test_a_file_becomes_a_document() -> None:
    body = "".join(paragraph(run(f"{name}:", "<w:b/>"), " So it is.") for name in ("Odile Marrow", "Bram Ostler") * 3)
    document = read_word_file(word(body), ReadContext("x.docx", Options(language=LanguageTag("en")), Report()))
    assert {person.name for person in document.people} == {"Odile Marrow", "Bram Ostler"}
