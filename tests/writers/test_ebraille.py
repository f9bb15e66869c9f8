"""eBraille: a set that its specification would know as one, in braille that says what the transcript says."""

import datetime
import io
import re
import zipfile
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from lxml.etree import _Element

from converters.braille import BLANK, in_ascii, read_back
from converters.checks import parity
from converters.convert import identify
from converters.document import (
    Document,
    Emphasis,
    Foreign,
    Inlines,
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
    Sound,
    Text,
    Turn,
)
from converters.errors import ProofError
from converters.languages import in_script
from converters.liblouis import installed_version
from converters.settings import Braille, Options
from converters.stylesheets import stylesheet
from converters.writers.ebraille import write_ebraille
from tests.conftest import Context, Run

pytestmark = pytest.mark.skipif(installed_version() is None, reason="liblouis is not on this machine")

ENGLISH, SPANISH = LanguageTag("en"), LanguageTag("es")
ANN, BO = NodeId("ann-lee"), NodeId("bo-ruiz")
UEB = "en-ueb-g2.ctb"
ALLOWED = re.compile("[\u2800-\u28ff\t\n\r \u00a0\u00ad]*")
"""The characters that the text of a content document may have (eBraille 1.0 §6.2.1)."""


def _spoken(*inlines: Inlines) -> tuple[Paragraph, ...]:
    return (Paragraph(tuple(Sentence(one) for one in inlines)),)


@pytest.fixture
def talk() -> Document:
    people = (Person(ANN, "Ann Lee", part="host"), Person(BO, "Bo Ruiz", part="guest"))
    link = Link((Text("here"),), "https://corner.example/ramps")
    turns = (
        Turn(_spoken((Text("Who built the ramp?"),)), (ANN,)),
        Turn(_spoken((Text("We "), Emphasis((Text("all"),)), Text(" did. (laughs)")),
                     (Text("Look "), link, Text("."), NoteReference(NodeId("n1"), "1"))), (BO,)),
        Turn(_spoken((Text("And who paid for that with the neighbours?"),)), (ANN,)),
        Turn(_spoken((Text("Nadie pagó por la rampa."),)), (BO,), language=SPANISH),
        Turn(_spoken((Text("It was "), Emphasis((Text("un"),)), Text("believable, a "),
                      Foreign((Text("fiesta"),), SPANISH), Text(".")))),
        Sound("[applause]", "applause"),
    )  # fmt: skip
    sections = (
        Section("summary", _spoken((Text("Two neighbours talk about THE RAMP OF ALL RAMPS."),))),
        Section("transcript", turns),
        Section("closing", _spoken((Text("Write to us at 12 Mill Street."),))),
    )
    note = Note(_spoken((Text("Pictures of it."),)), NodeId("n1"))
    return identify(Document(Metadata("A Ramp & a Library", ENGLISH, "The Corner"), people, sections, (note,)))


class Published:
    """A set as a reading system opens it."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.names = packed.namelist()
            self.files = {name: packed.read(name) for name in self.names}
        self.package = etree.fromstring(self.files["package.opf"])

    @property
    def pages(self) -> dict[str, _Element]:
        return {name: etree.fromstring(page) for name, page in self.files.items() if name.endswith(".html")}

    @property
    def spine(self) -> list[_Element]:
        items = {item.get("id"): str(item.get("href")) for item in self.package.iter("{*}item")}
        return [self.pages[items[reference.get("idref")]] for reference in self.package.iter("{*}itemref")]

    def values(self, name: str) -> list[str]:
        if name.startswith("dc:"):
            found = self.package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name[3:]}")
        else:
            found = (meta for meta in self.package.iter("{*}meta") if meta.get("property") == name)
        return [one.text or "" for one in found]

    def element(self, identifier: str) -> _Element:
        return next(one for page in self.spine for one in page.iter() if one.get("id") == identifier)

    def said(self, identifier: str, table: str = UEB) -> str:
        return _said(self.element(identifier), table)

    def ascii(self, identifier: str) -> str:
        return in_ascii(_cells(self.element(identifier)))


def _cells(element: _Element) -> str:
    return "".join(map(str, element.itertext())).replace(" ", BLANK)


def _said(element: _Element, table: str = UEB) -> str:
    return " ".join(read_back(table, _cells(element)).split())


def _content(document: Document, context: Context, braille: Braille | None = None) -> bytes:
    """Return a set that was proved."""
    asked = braille or Braille()
    given = msgspec.structs.replace(context(document, ("ebraille", "txt")), options=Options(braille=asked))
    (artifact,) = write_ebraille(document, given)
    assert isinstance(artifact.content, bytes)
    parity.prove("ebraille", artifact.content, document, None, (), asked)
    return artifact.content


@pytest.fixture
def made(talk: Document, context: Context) -> Published:
    return Published(_content(talk, context))


# what the specification asks for ----------------------------------------------------------


def test_package_and_contents_lie_at_the_root_and_all_else_below_it(made: Published) -> None:
    assert made.names[:4] == ["mimetype", "META-INF/container.xml", "package.opf", "index.html"]
    assert made.files["mimetype"] == b"application/epub+zip"
    assert all(name.startswith("ebraille/") for name in made.names[4:])


def test_the_package_says_what_every_publication_has_to_say(made: Published) -> None:
    said = {
        "dc:format": ["eBraille 1.0"], "dc:title": ["A Ramp & a Library"], "dc:creator": ["The Corner"],
        "dc:language": ["en-Brai", "es-Brai"], "dc:date": ["2001-02-03"],
        "dcterms:modified": ["2001-02-03T00:00:00Z"], "dcterms:dateCopyrighted": ["2001"],
        "a11y:brailleCellType": ["6"], "a11y:brailleSystem": ["UEB grade2", "Spanish grade1"],
        "a11y:completeTranscription": ["true"], "a11y:producer": ["The Corner"], "a11y:tactileGraphics": ["none"],
    }  # fmt: skip
    assert {name: made.values(name) for name in said} == said
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made.values("dc:identifier")[0])
    assert "not proofread" in made.values("dc:description")[0]


def test_nothing_is_used_that_the_specification_forbids(made: Published) -> None:
    used = {str(element.tag).rpartition("}")[2] for page in made.pages.values() for element in page.iter()}
    assert not used & {"script", "form", "b", "i", "u", "mark"}
    named = {str(element.tag).rpartition("}")[2] for element in made.package.iter()}
    assert not named & {"guide", "collection", "bindings"}
    assert not [item for item in made.package.iter("{*}item") if item.get("fallback")]
    assert not [name for name in made.names if name.endswith(".ncx")]


def test_the_contents_are_a_navigation_document_that_names_the_package_and_is_no_part_of_the_text(
    made: Published,
) -> None:
    index = made.pages["index.html"]
    (link,) = (link for link in index.iter("{*}link") if link.get("rel") == "publication")
    assert (link.get("href"), link.get("type")) == ("package.opf", "application/oebps-package+xml")
    toc, landmarks = index.iter("{*}nav")
    kind = "{http://www.idpf.org/2007/ops}type"
    assert (toc.get(kind), toc.get("role"), landmarks.get(kind)) == ("toc", "doc-toc", "landmarks")
    assert next(item.get("properties") for item in made.package.iter("{*}item")) == "nav"
    assert "nav" not in [reference.get("idref") for reference in made.package.iter("{*}itemref")]


def test_every_text_is_in_cells_and_every_language_says_so(made: Published) -> None:
    for page in made.pages.values():
        assert ALLOWED.fullmatch("".join(map(str, page.itertext())))
        languages = {one.get("lang") for one in page.iter() if one.get("lang")}
        assert languages <= {"en-Brai", "es-Brai"}
        assert [one.get("dir") for one in page.iter() if one.get("dir")] == ["ltr"]
        assert not {"title", "alt", "aria-label"} & {name for one in page.iter() for name in one.attrib}


def test_every_link_leads_to_a_place_that_is_there(made: Published) -> None:
    there = {name: {one.get("id") for one in page.iter()} for name, page in made.pages.items()}
    for name, page in made.pages.items():
        folder = name.rpartition("/")[0]
        for link in (str(one.get("href")) for one in page.iter("{*}a")):
            if not link.startswith("https:"):
                file, _, anchor = link.partition("#")
                assert anchor in there[f"{folder}/{file}" if folder else file], link


def test_the_style_sheet_has_lengths_in_cells_and_lines_alone_and_leaves_the_letters_be() -> None:
    rules = re.sub(r"/\*.*?\*/", "", stylesheet("ebraille.css"), flags=re.DOTALL)
    assert set(re.findall(r"(?<![\w-])-?\d+\.?\d*([a-z%]*)", rules)) <= {"", "ch", "em", "rem"}
    names = set(re.findall(r"([a-z-]+)\s*:", rules))
    assert not {name for name in names if name.startswith(("font", "-epub", "color", "text-decoration"))}


def test_the_same_input_gives_the_same_bytes(talk: Document, context: Context) -> None:
    assert _content(talk, context) == _content(talk, context)


# what it says -------------------------------------------------------------------------------


def test_the_title_page_says_what_braille_this_is_and_that_no_person_has_read_it(made: Published) -> None:
    said = made.said("title-page")
    assert said.startswith("A Ramp & a Library From The Corner")
    assert "Machine-translated, not proofread Written in Unified English Braille, contracted" in said


def test_it_says_in_which_language_it_is_and_what_was_added(made: Published) -> None:
    (about,) = (page for page in made.spine if any(one.get("id") == "about" for one in page.iter()))
    said = [_said(one) for one in about.iter("{*}p")]
    assert any("No word of the transcript was changed" in one for one in said)
    assert any(one.startswith("Words in these languages stand in their own braille: es") for one in said)
    assert "Language of the transcript: en" in said


def test_a_full_name_stands_where_somebody_first_speaks_and_a_short_form_after_that(made: Published) -> None:
    turns = [one for page in made.spine for one in page.iter("{*}p") if "turn" in (one.get("class") or "").split()]
    names = [_said(one[0]) for one in turns if one[0].get("class") == "name"]
    assert names == ["Ann Lee:", "Bo Ruiz:", "Ann:", "Bo:"]
    people = [_said(item) for item in made.element("at-a-glance").iter("{*}li")]
    assert people == ["Ann Lee (host). Short form: Ann", "Bo Ruiz (guest). Short form: Bo"]


def test_exchanges_have_the_short_forms_in_headings_and_contents(made: Published) -> None:
    assert made.said("transcript-t01-exchange") == "1. Ann, Bo"
    (entry,) = (one for one in made.pages["index.html"].iter("{*}a") if one.get("id") == "nav-transcript")
    inner = [_said(one) for one in entry.getparent().iter("{*}a")]  # type: ignore[union-attr]  # it has a parent
    assert inner[1].startswith("1. Ann, Bo: Who built the ramp?")


def test_emphasis_is_marked_in_speech_and_kept_in_the_markup(made: Published) -> None:
    assert made.ascii("transcript-t02-s1") == ',WE .1ALL DID4 "<LAU<S">'
    assert [in_ascii(_cells(one)) for one in made.element("transcript-t02-s1").iter("{*}em")] == [".1ALL"]


def test_a_word_of_which_half_is_set_apart_is_written_whole(made: Published) -> None:
    (emphasised,) = made.element("transcript-t05-s1").iter("{*}em")
    assert in_ascii(_cells(emphasised)) == ".1UNBELIEVABLE1"
    assert made.ascii("transcript-t05-s1").startswith(",X 0 .1UNBELIEVABLE1 ")


def test_a_link_takes_the_sign_after_it_along(made: Published) -> None:
    (link,) = (one for one in made.element("transcript-t02").iter("{*}a") if "corner" in str(one.get("href")))
    assert in_ascii(_cells(link)) == '"H4'


def test_the_mark_of_a_note_stands_apart_in_brackets_and_before_the_note(made: Published) -> None:
    assert made.said("transcript-t02-s2") == "Look here. [1]"
    assert made.said("n1") == "[1] Pictures of it."


def test_sounds_and_speech_that_is_nobodys_stand_in_parentheses(made: Published) -> None:
    (sound,) = (one for page in made.spine for one in page.iter("{*}p") if one.get("class") == "sound")
    assert _said(sound) == "(applause)"
    aside = made.element("transcript-t05")
    assert aside.get("class") == "turn aside"
    assert re.fullmatch(r"\(It was .* fiesta\.\)", _said(aside).replace("_", ""))


def test_a_turn_in_another_language_stands_in_its_own_braille(made: Published) -> None:
    turn = made.element("transcript-t04")
    assert (turn.get("lang"), turn.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("es-Brai", "es-Brai")
    cells = _cells(made.element("transcript-t04-s1"))
    assert "pagó por la rampa" in read_back("es-g1.ctb", cells)


def test_grade_one_has_no_contractions_and_says_so(talk: Document, context: Context) -> None:
    made = Published(_content(talk, context, Braille(grade=1)))
    assert made.values("a11y:brailleSystem")[0] == "UEB grade1"
    assert made.ascii("transcript-t01-s1") == ",WHO BUILT THE RAMP8"


def test_words_in_capitals_are_marked_in_each_sentence_by_itself(made: Published) -> None:
    assert made.ascii("summary-p01-s1").endswith(",,! ,,RAMP ,,( ,,ALL ,,RAMPS4")


def test_an_episode_without_a_date_is_told_of(talk: Document, context: Context) -> None:
    given = context(talk, ("ebraille",))
    write_ebraille(talk, given)
    assert "ebraille-001" in {finding.code for finding in given.report.findings}
    dated = msgspec.structs.replace(
        talk, metadata=msgspec.structs.replace(talk.metadata, published=datetime.date(2024, 2, 29))
    )
    given = context(dated, ("ebraille",))
    (artifact,) = write_ebraille(dated, given)
    assert isinstance(artifact.content, bytes)
    assert Published(artifact.content).values("dcterms:dateCopyrighted") == ["2024-02-29"]
    assert "ebraille-001" not in {finding.code for finding in given.report.findings}


# other scripts --------------------------------------------------------------------------------


def test_hebrew_runs_from_left_to_right_in_braille(run: Run, out: Path) -> None:
    made = _case(run, out, "right-to-left")
    assert made.values("dc:language") == ["he-Brai", "en-Brai"]
    for page in made.pages.values():
        assert [one.get("dir") for one in page.iter() if one.get("dir")] == ["ltr"]
        assert ALLOWED.fullmatch("".join(map(str, page.itertext())))


def test_where_a_script_sets_no_spaces_a_line_may_end_after_each_letter(run: Run, out: Path) -> None:
    made = _case(run, out, "han-script")
    assert len(list(made.element("transcript-t01").iter("{*}wbr"))) > 3
    assert not [one for page in made.pages.values() for one in page.iter("{*}title") if len(one)]


@pytest.mark.parametrize(
    ("tag", "braille"),
    [
        ("en", "en-Brai"), ("es-419", "es-Brai-419"), ("zh-Hant-TW", "zh-Brai-TW"), ("zh-cmn-Hans", "zh-cmn-Brai"),
        ("und", "und-Brai"), ("de-CH-1901", "de-Brai-CH-1901"), ("sr-Latn", "sr-Brai"),
    ],
)  # fmt: skip
def test_a_language_in_braille_keeps_its_region(tag: str, braille: str) -> None:
    assert in_script(tag, "Brai") == braille


# the proof ------------------------------------------------------------------------------------


def _changed(content: bytes, name: str, before: str, after: str) -> bytes:
    """Return a set in one file of which some text is another."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename == name:
                assert before.encode() in text
                text = text.replace(before.encode(), after.encode(), 1)
            target.writestr(entry, text)
    return changed.getvalue()


def test_what_was_damaged_is_found(talk: Document, context: Context) -> None:
    content = _content(talk, context)
    page = "ebraille/02-transcript.html"
    damages = (
        (page, "⠠⠱⠕", "⠠⠹⠕"),
        (page, 'id="transcript-t03-s1"', 'id="transcript-t03-s9"'),
        (page, "⠠⠱⠕ ⠃⠥⠊⠇⠞", "Who built"),
        ("package.opf", "a11y:producer", "a11y:contributor"),
        ("package.opf", '<itemref idref="page-closing"/>', ""),
    )
    for name, before, after in damages:
        with pytest.raises(ProofError):
            parity.prove("ebraille", _changed(content, name, before, after), talk, None)


@pytest.mark.parametrize("language", ["th", "tlh"])
def test_a_language_without_braille_costs_only_the_braille(run: Run, source: Path, out: Path, language: str) -> None:
    made = run("convert", source, "-o", out, "--to", "txt,pef,ebraille", "--language", language)
    assert made.code == 6
    assert [Path(line).suffix for line in made.out.split()] == [".txt"]
    assert made.err.count(f"no braille for the language “{language}”") == 2


# ------------------------------------------------------------------------------------------------


def _case(run: Run, out: Path, name: str) -> Published:
    source = Path(__file__).parents[1] / "cases" / name / "source.txt"
    assert run("convert", source, "-o", out, "--to", "ebraille").code == 0
    return Published((out / "source" / "source.ebrl").read_bytes())
