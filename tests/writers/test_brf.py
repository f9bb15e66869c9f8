"""The braille edition: pages as Braille Formats sets interviews, in files that any embosser takes."""

import itertools
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.braille import in_ascii, in_cells, letters, read_back
from converters.checks import parity
from converters.convert import NO_DATE, identify
from converters.document import (
    Document,
    Emphasis,
    LanguageTag,
    NodeId,
    Note,
    NoteReference,
    Paragraph,
    Person,
    Sound,
    Text,
    Turn,
)
from converters.errors import ProofError
from converters.findings import Report
from converters.liblouis import installed_version, liblouis
from converters.phrases import phrases_for
from converters.sentences import paragraph
from converters.settings import Braille, Options, Show
from converters.traverse import turns
from converters.writers import WriteContext, brf
from converters.writers.braille_names import short_forms
from converters.writers.braille_text import in_parentheses
from tests.conftest import Context, ReadText, Run

pytestmark = pytest.mark.skipif(installed_version() is None, reason="liblouis is not on this machine")

TALK = "Fennel Talk\n\n" + "\n\n".join(
    f"{name}: {words}"
    for name, words in [
        ("MIRA OSTLER", "Welcome back. Fennel, what is in the basket today?"),
        ("FENNEL GRAY", "Nothing that I would swear to. (laughs) It was dark when I packed it."),
        ("MIRA OSTLER", "Then let us look."),
        ("FENNEL GRAY", "After you."),
        ("MIRA OSTLER", "Is that a bell?"),
        ("FENNEL GRAY", "It is the very last one that my mother cast. " * 20),
    ]
)


def _pages(content: object) -> list[list[str]]:
    assert isinstance(content, bytes)
    assert re.fullmatch(rb"[\x20-\x5f\r\n\f]*", content)
    return [page.split("\r\n")[:-1] for page in content.decode("ascii").split("\f")[:-1]]


def _made(
    document: Document, context: Context, braille: Braille | None = None, show: Show | None = None
) -> list[list[str]]:
    """Return the pages of the first volume, as lines of braille ASCII; the edition is proved."""
    asked = braille or Braille()
    options = Options(show=show or Show(), braille=asked)
    given = msgspec.structs.replace(context(document, ("brf",)), options=options)
    first, *further = brf.write_brf(document, given)
    parity.prove("brf", first.content, document, None, tuple(a.content for a in further), asked)
    return _pages(first.content)


@pytest.fixture(scope="module")
def talk(read_text: ReadText) -> Document:
    document, _ = read_text(TALK)
    host = msgspec.structs.replace(document.people[0], part="host")
    return msgspec.structs.replace(document, people=(host, *document.people[1:]))


def _spoken(line: str) -> str:
    return read_back("en-ueb-g2.ctb", in_cells(line)).strip()


def test_each_page_has_its_lines_and_no_line_more_cells_than_asked_for(talk: Document, context: Context) -> None:
    for cells, lines, grade in itertools.product((20, 40, 77), (10, 25), (1, 2)):
        pages = _made(talk, context, Braille(grade, cells, lines))  # type: ignore[arg-type]
        assert {len(page) for page in pages} == {lines}
        assert max(len(line) for page in pages for line in page) <= cells


def test_the_title_page_says_that_no_person_has_read_it_and_what_braille_it_is(
    talk: Document, context: Context, show: Show
) -> None:
    title = [_spoken(line) for line in _made(talk, context, show=show)[0]]
    words = " ".join(" ".join(title).split())
    assert title[0] == "Fennel Talk"
    assert "Machine-translated, not proofread" in words
    assert "Unified English Braille, contracted" in words
    assert "40 cells, 25 lines" in words
    assert "help@mendedhour.example" in words


def test_pages_in_front_are_numbered_apart_and_the_text_begins_with_one(talk: Document, context: Context) -> None:
    numbers = [page[-1].split()[-1] for page in _made(talk, context)]
    assert numbers == ["T#A", "T#B", "T#C", "#A", "#B", "#C"]


def test_every_page_but_the_title_page_has_a_running_head_in_the_middle(talk: Document, context: Context) -> None:
    first, *others = _made(talk, context)
    assert first[0] == others[0][0]  # there it is the title
    assert {page[0] for page in others} == {" " * 14 + ",F5NEL ,TALK"}


def test_a_name_stands_at_the_margin_and_what_it_says_goes_on_in_cell_3(talk: Document, context: Context) -> None:
    lines = [line for page in _made(talk, context)[3:] for line in page]
    begin = next(number for number, line in enumerate(lines) if line.startswith(",F5NEL ,GRAY3"))
    assert lines[begin + 1].startswith("  ")
    assert not lines[begin + 1].startswith("   ")


def test_a_full_name_stands_where_somebody_first_speaks_and_a_short_form_after_that(
    talk: Document, context: Context
) -> None:
    said = [_spoken(line) for page in _made(talk, context)[3:] for line in page]
    heads = [line.partition(":")[0] for line in said if re.match(r"(Mira|Fennel)( \w+)?:", line)]
    assert heads == ["Mira Ostler", "Fennel Gray", "Mira", "Fennel", "Mira", "Fennel"]
    assert "Short form: Fennel" in " ".join(said)


def test_exchanges_are_headings_in_cell_5_and_none_stands_alone_at_the_foot(talk: Document, context: Context) -> None:
    for lines in range(10, 26):
        pages = _made(talk, context, Braille(lines=lines))[3:]
        heads = [(page, at) for page in pages for at, line in enumerate(page) if re.match(r"    #\w4 ,", line)]
        assert heads
        assert all(page[at + 1].startswith(",") for page, at in heads)


def test_the_contents_lead_with_dots_to_the_page_that_has_the_heading(talk: Document, context: Context) -> None:
    pages = _made(talk, context)
    entry = next(line for line in pages[2] if "3V]SA;N" in line)
    assert re.fullmatch(r',3V\]SA;N "{2,} #[A-J]+', entry)
    assert len(entry) == 40
    number = entry.split()[-1]
    page = next(page for page in pages if page[-1].split()[-1] == number)
    assert any(line.strip() == ",3V]SA;N" for line in page)


def test_no_word_is_divided_but_one_that_is_longer_than_a_line(talk: Document, context: Context) -> None:
    long = "x" * 90
    turn = next(turns(talk))
    spoken = Turn((_paragraph(f"So {long} it is."),), turn.people, id=turn.id)
    document = _with_first_turn(talk, spoken)
    text = "\n".join(line for page in _made(document, context)[3:] for line in page)
    assert text.count('"\n') == 2
    assert letters(text.replace('"\n  ', "")).count("x" * 90) == 1


def test_sounds_stand_in_parentheses_whatever_brackets_they_are_printed_in() -> None:
    printed = ("[applause]", "(applause)", "{applause}", "♪ applause ♪", "applause", "[♪ applause]", "(Applause:)")
    assert {in_parentheses(words).lower() for words in printed} == {"(applause)"}


def test_speech_that_is_nobodys_stands_in_parentheses_among_speech_that_is_somebodys(
    talk: Document, context: Context
) -> None:
    turn = next(turns(talk))
    document = _with_first_turn(talk, Turn((_paragraph("This is the hour of baskets."),), id=turn.id))
    lines = [line for page in _made(document, context)[3:] for line in page]
    at = next(number for number, line in enumerate(lines) if '"<' in line and "H\\R" in line)
    assert lines[at].startswith('      "<,? IS ! H\\R (')
    assert '">' in lines[at] + lines[at + 1]


def test_emphasis_is_marked_where_somebody_speaks_with_it(talk: Document, context: Context) -> None:
    turn = next(turns(talk))
    sentence = msgspec.structs.replace(
        turn.paragraphs[0].sentences[0], inlines=(Text("I mean "), Emphasis((Text("now"),)), Text("."))
    )
    spoken = Turn((msgspec.structs.replace(turn.paragraphs[0], sentences=(sentence,)),), turn.people, id=turn.id)
    assert ".1N" in "".join(in_line for page in _made(_with_first_turn(talk, spoken), context) for in_line in page)


def test_a_note_stands_at_the_end_under_the_mark_that_leads_to_it(talk: Document, context: Context) -> None:
    turn = next(turns(talk))
    sentence = turn.paragraphs[0].sentences[0]
    marked = msgspec.structs.replace(sentence, inlines=(*sentence.inlines, NoteReference(NodeId("n1"), "1")))
    spoken = Turn((msgspec.structs.replace(turn.paragraphs[0], sentences=(marked,)),), turn.people, id=turn.id)
    noted = _with_first_turn(talk, spoken)
    document = msgspec.structs.replace(noted, notes=(Note((_paragraph("A wicker one."),), NodeId("n1")),))
    text = " ".join(" ".join(line for page in _made(document, context)[3:] for line in page).split())
    assert '.<#A.> ,A WICK] "O4' in text


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("Laura Flanders", "Phyllis Bennis"), ("Laura", "Phyllis")),
        (("Ann Lee", "Ann Ruiz"), ("Ann Lee", "Ann Ruiz")),
        (("Dr. Ann Lee", "Bo Ruiz"), ("Ann", "Bo")),
        (("The Night Watchman", "Audience Member 2"), ("The Night Watchman", "Audience Member 2")),
        (("Speaker 1", "Q"), ("Speaker 1", "Q")),
        (("Lee Ann", "Ann Lee"), ("Lee Ann", "Ann Lee")),
    ],
)
def test_short_forms_are_first_names_that_can_be_nobody_elses(
    talk: Document, names: tuple[str, str], wanted: tuple[str, str]
) -> None:
    people = tuple(Person(NodeId(f"p{number}"), name) for number, name in enumerate(names))
    assert tuple(short_forms(msgspec.structs.replace(talk, people=people)).values()) == wanted


@pytest.mark.parametrize("name", ["\f\r\n", '"(', "@.<", ",,,", "T#A", "#A", "⠠⠄", "\\x2801", "~6 ~1", "x" * 300])
def test_names_that_look_like_control_signs_or_indicators_do_no_harm(run: Run, tmp_path: Path, name: str) -> None:
    source = tmp_path / "odd.txt"
    shown = name.replace("\f", "\\f").replace("\r", "\\r").replace("\n", "\\n")
    source.write_text(f"Odd\n\nANN LEE: Hello.\n\n{shown}: I am here.\n\nANN LEE: So you are.\n", encoding="utf-8")
    made = run("convert", source, "-o", tmp_path / "out", "--to", "brf", "--speakers", "ANN LEE")
    assert made.code == 0, made.err
    _pages((tmp_path / "out" / "odd" / "odd.brf").read_bytes())


def test_a_long_episode_goes_in_volumes_each_with_its_own_title_page_and_contents(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    turns_of = [
        f"ANN LEE: Question {n}?\n\nBO RUIZ: {'The answer is a long one and goes on. ' * 12}" for n in range(99)
    ]
    source.write_text("Long\n\n" + "\n\n".join(turns_of) + "\n", encoding="utf-8")
    made = run(
        "convert", source, "-o", tmp_path / "out", "--to", "brf", "--braille-pages-per-volume", "20",
        "--speakers", "ANN LEE,BO RUIZ",
    )  # fmt: skip
    assert made.code == 0, made.err
    files = [Path(line) for line in made.out.split()]
    assert [file.name for file in files[:2]] == ["long.brf", "long-volume-2.brf"]
    last = 0
    for number, file in enumerate(files, 1):
        pages = _pages(file.read_bytes())
        assert f",VOLUME {in_ascii(_number(number))} (" in "\n".join(pages[0])
        assert any(",3T5TS" in line for page in pages[:6] for line in page)
        own = [page[-1].split()[-1] for page in pages if not page[-1].split()[-1].startswith("T")]
        assert own == [in_ascii(_number(last + step)) for step in range(1, len(own) + 1)]
        last += len(own)


PRINTED = st.text(st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cs")), min_size=1, max_size=300)


@given(several=st.lists(PRINTED.map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=3))
@settings(max_examples=40)
def test_whatever_is_printed_is_set_in_braille_and_found_again(talk: Document, several: list[str]) -> None:
    turn = next(turns(talk))
    said = Turn(tuple(map(_paragraph, several)), turn.people, id=turn.id)
    document = _with_first_turn(talk, said)
    given_to = WriteContext(
        "talk", "Talk", "talk.txt", NO_DATE, Options(), phrases_for(LanguageTag("en")), Report(), Path(), ()
    )
    (artifact,) = brf.write_brf(document, given_to)
    parity.prove("brf", artifact.content, document, None)


def test_the_same_input_gives_the_same_bytes(talk: Document, context: Context) -> None:
    assert _made(talk, context) == _made(talk, context)


def test_a_damaged_cell_a_lost_line_and_a_long_line_are_each_found(talk: Document, context: Context) -> None:
    (artifact,) = brf.write_brf(talk, context(talk, ("brf",)))
    content = artifact.content
    assert isinstance(content, bytes)
    damages = (
        content.replace(b"BASKET", b"BASKIT"),
        content.replace(b",!N LET U LOOK4", b""),
        content.replace(b"X IS ! V LA/", b"X IS ! V LA/ " + b"X" * 40, 1),
        content.replace(b",F5NEL3 ,AF Y4", b",F5NEL3 ,AF Y4\r\n", 1),
        content.replace(b"#A\r\n\f", b"#C\r\n\f", 1),
        content.lower(),
        content[:-1],
    )
    for damaged in damages:
        assert damaged != content
        with pytest.raises(ProofError):
            parity.prove("brf", damaged, talk, None)


def test_without_the_library_the_other_editions_are_made(
    run: Run, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURBCUT_LIBLOUIS", "/nowhere/liblouis.so")
    liblouis.cache_clear()
    try:
        made = run("convert", source, "-o", out, "--to", "txt,brf")
        told = run("doctor")
    finally:
        monkeypatch.undo()
        liblouis.cache_clear()
    assert made.code == 6
    assert [Path(line).suffix for line in made.out.split()] == [".txt"]
    assert "liblouis is not on this machine" in made.err
    assert "liblouis: MISSING (braille" in told.out


def test_a_language_without_braille_costs_only_the_braille(run: Run, source: Path, out: Path) -> None:
    made = run("convert", source, "-o", out, "--to", "txt,brf", "--language", "th")
    assert made.code == 6
    assert [Path(line).suffix for line in made.out.split()] == [".txt"]
    assert "no braille for the language “th”" in made.err


@pytest.mark.parametrize("option", [("--cells", "19"), ("--lines", "9"), ("--grade", "3"), ("--cells", "x")])
def test_sizes_that_no_page_has_are_refused(run: Run, source: Path, option: tuple[str, str]) -> None:
    assert run("convert", source, *option).code == 2


def _number(number: int) -> str:
    return in_cells("#" + "".join("JABCDEFGHI"[int(digit)] for digit in str(number)))


def _paragraph(text: str) -> Paragraph:
    return paragraph((Text(text),), LanguageTag("en"))


def _with_first_turn(document: Document, turn: Turn) -> Document:
    (section, *others) = document.sections
    blocks = (turn, *section.blocks[1:])
    return identify(
        msgspec.structs.replace(document, sections=(msgspec.structs.replace(section, blocks=blocks), *others))
    )


def test_a_sound_between_turns_is_set_in_further_than_speech(talk: Document, context: Context) -> None:
    (section, *others) = talk.sections
    blocks = (section.blocks[0], Sound("[a bell rings]", id=NodeId("bell")), *section.blocks[1:])
    document = msgspec.structs.replace(talk, sections=(msgspec.structs.replace(section, blocks=blocks), *others))
    assert any(line == '      "<A BELL R+S">' for page in _made(document, context) for line in page)
