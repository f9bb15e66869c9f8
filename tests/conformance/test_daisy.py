"""Talking books before the schemas and the rules of both formats, each rule with a book that breaks it."""

import itertools
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from converters.settings import Show
from tests.conftest import Context, ReadText
from tests.writers.narrations import everything, narration
from tests.writers.talking_books import FORMATS, TEXTS, made, pars, tree, with_asides

from . import checkers, daisy3_rules, daisy202_rules, daisy_schemas
from .conftest import SOURCES, Editions
from .words import WORD

pytestmark = pytest.mark.conformance

RULES: dict[str, Callable[[Path], list[str]]] = {"daisy202": daisy202_rules.faults, "daisy3": daisy3_rules.faults}
LISTEN = 60
OWN_SPEECH = 0.25
"""The part of the words that a listener may miss in the voice of espeak-ng."""

BROKEN_202 = (
    ("ncc.html", '<meta name="dc:format" content="Daisy 2.02"/>', ""),
    ("ncc.html", "Daisy 2.02", "DAISY 2.02"),
    ("ncc.html", 'ncc:pageNormal" content="0"', 'ncc:pageNormal" content="3"'),
    ("ncc.html", 'ncc:pageNormal" content="0"', 'ncc:pageNormal" content="none"'),
    ("ncc.html", 'class="title" ', ""),
    ("ncc.html", "ep0002.smil#at-a-glance-heading", "ep0002.smil#nothing"),
    ("ncc.html", "ep0002.smil#at-a-glance-heading", "ep0002.smil"),
    ("ncc.html", "ep0002.smil#at-a-glance-heading", "ep0002.smil#audio-at-a-glance-heading"),
    ("ncc.html", re.compile('ncc:totalTime" content="00:0'), 'ncc:totalTime" content="00:1'),
    ("ncc.html", re.compile('ncc:tocItems" content="'), 'ncc:tocItems" content="1'),
    ("ncc.html", re.compile('ncc:files" content="'), 'ncc:files" content="1'),
    ("ncc.html", re.compile('ncc:kByteSize" content="'), 'ncc:kByteSize" content="1'),
    ("ncc.html", re.compile('ncc:depth" content="2'), 'ncc:depth" content="3'),
    ("ncc.html", "audioFullText", "audioAll"),
    ("ncc.html", "<h2 ", '<h2 lang="en" '),
    ("ncc.html", re.compile("<(/?)h2"), r"<\1h3"),
    ("ncc.html", 'content="2001-02-03"', 'content="3 February 2001"'),
    ("ncc.html", '<meta name="dc:publisher"', '<meta name="dc:printer"'),
    ("ncc.html", "urn:uuid:", "urn:other:"),
    ("ep0002.smil", 'endsync="last"', 'endsync="first"'),
    ("ep0002.smil", "npt=0.000s", "npt=nought"),
    ("ep0002.smil", 'clip-begin="npt=0.000s"', 'clip-begin="npt=900.000s"'),
    ("ep0002.smil", re.compile('clip-end="npt=[1-9]'), 'clip-end="npt=99'),
    ("ep0002.smil", 'id="par-at-a-glance-heading"', 'id="at-a-glance-heading"'),
    ("ep0002.smil", 'src="ep0002.mp3"', 'src="ep9999.mp3"'),
    ("ep0002.smil", "content.html#at-a-glance-heading", "content.html#nothing"),
    ("ep0002.smil", re.compile('timeInThisSmil" content="00:00'), 'timeInThisSmil" content="00:01'),
    ("ep0002.smil", re.compile('totalElapsedTime" content="00:00'), 'totalElapsedTime" content="00:01'),
    ("ep0002.smil", '<region id="txtView"/>', ""),
    ("ep0002.smil", '<meta name="dc:format" content="Daisy 2.02"/>', ""),
    ("ep0002.smil", re.compile("<text [^>]*/>"), ""),
    ("content.html", 'id="at-a-glance-heading"', 'id="title"'),
    ("content.html", "<h2 ", '<h5 id="deep">x</h5><h2 '),
    ("master.smil", "ep0003.smil", "ep0004.smil"),
)
BROKEN_3 = (
    ("book.opf", "<dc:Format>ANSI/NISO Z39.86-2005</dc:Format>", ""),
    ("book.opf", "Z39.86-2005</dc:Format>", "Z39.86-2002</dc:Format>"),
    ("book.opf", 'unique-identifier="uid"', 'unique-identifier="nobody"'),
    ("book.opf", "audioFullText", "everything"),
    ("book.opf", '<meta name="dtb:multimediaContent" content="audio,text"/>', ""),
    ("book.opf", re.compile('totalTime" content="00:0'), 'totalTime" content="00:1'),
    ("book.opf", 'href="ep0002.smil"', 'href="ep 0002.smil"'),
    ("book.opf", 'id="ncx"', 'id="contents"'),
    ("book.opf", 'media-type="audio/mpeg"', 'media-type="audio/mp3"'),
    ("book.opf", re.compile('<itemref idref="[^"]*"/>'), ""),
    ("book.opf", 'name="dtb:producer"', 'name="dtb:baker"'),
    ("book.ncx", 'playOrder="2"', 'playOrder="99"'),
    ("book.ncx", 'playOrder="3"', 'playOrder="2"'),
    ("book.ncx", 'dtb:depth" content="2"', 'dtb:depth" content="5"'),
    ("book.ncx", 'dtb:totalPageCount" content="0"', 'dtb:totalPageCount" content="7"'),
    ("book.ncx", '<meta name="dtb:maxPageNumber" content="0"/>', ""),
    ("book.ncx", "ep0002.smil#par-at-a-glance-heading", "ep0002.smil#nothing"),
    ("book.ncx", 'clipBegin="00:00:00.000"', 'clipBegin="soon"'),
    ("book.ncx", "urn:uuid:", "urn:other:"),
    ("ep0002.smil", '<meta name="dtb:generator" content="curbcut 0.1.0"/>', ""),
    ("ep0002.smil", "urn:uuid:", "urn:other:"),
    ("ep0002.smil", 'dur="00:00', 'dur="00:01'),
    ("ep0002.smil", 'totalElapsedTime" content="00:00', 'totalElapsedTime" content="00:01'),
    ("ep0002.smil", 'clipBegin="00:00:00.000"', 'clipBegin="00:59:00.000"'),
    ("ep0002.smil", re.compile('clipEnd="00:00'), 'clipEnd="09:00'),
    ("ep0002.smil", 'id="par-at-a-glance-heading"', 'id="mseq"'),
    ("ep0002.smil", "text.xml#at-a-glance-heading", "text.xml#nothing"),
    ("ep0002.smil", 'src="ep0002.mp3"', 'src="ep9999.mp3"'),
    ("ep0002.smil", re.compile("<par id"), '<par customTest="pagenum" id'),
    ("text.xml", "ep0002.smil#par-at-a-glance-heading", "ep0003.smil#mseq"),
    ("text.xml", '<meta name="dtb:uid"', '<meta name="dtb:oid"'),
    ("text.xml", 'id="at-a-glance-heading"', 'id="title"'),
    ("text.xml", 'version="2005-2"', 'version="110"'),
    ("text.xml", 'name="dc:Title"', 'name="dc:title"'),
)
BROKEN = [("daisy202", *one) for one in BROKEN_202] + [("daisy3", *one) for one in BROKEN_3]


@pytest.fixture
def good(sample: str, read_text: ReadText, show: Show, context: Context, tmp_path: Path) -> Callable[[str], Path]:
    """A small book of each format, made of a narration by hand."""

    def making(name: str) -> Path:
        document, _ = read_text(sample, show)
        plain = context(document, FORMATS)
        told = msgspec.structs.replace(plain, options=msgspec.structs.replace(plain.options, show=show))
        folder = tmp_path / "tracks"
        folder.mkdir()
        spoken = with_asides(document, told, narration(document, folder, everything(document)), folder)
        return made(document, msgspec.structs.replace(told, narration=spoken), name, tmp_path)

    return making


@pytest.fixture
def books(editions: Editions, tmp_path: Path) -> dict[str, Path]:
    """Both books of an example, unpacked."""
    for name in FORMATS:
        with zipfile.ZipFile(editions.need(f"-{name}.zip")) as packed:
            packed.extractall(tmp_path / name)
    return {name: tmp_path / name for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_the_schemas_have_nothing_to_say(books: dict[str, Path], name: str) -> None:
    assert daisy_schemas.faults(books[name]) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_rules_of_the_validators_are_kept(books: dict[str, Path], name: str) -> None:
    assert RULES[name](books[name]) == []


@pytest.mark.parametrize("name", FORMATS)
def test_ffmpeg_decodes_all_sound_without_complaint(books: dict[str, Path], name: str, tmp_path: Path) -> None:
    checkers.require("ffmpeg")
    sounds = sorted(books[name].glob("*.mp3"))
    whole = tmp_path / "whole.mp3"
    with whole.open("wb") as stream:
        for sound in sounds:
            stream.write(sound.read_bytes())
    assert sounds
    assert checkers.decodes(whole) == []


@pytest.mark.parametrize(("name", "file", "old", "new"), BROKEN)
def test_a_book_that_breaks_a_rule_is_found_out(
    good: Callable[[str], Path], name: str, file: str, old: str | re.Pattern[str], new: str
) -> None:
    folder = good(name)
    assert RULES[name](folder) == []
    path = folder / file
    before = path.read_text(encoding="utf-8")
    after = old.sub(new, before, count=1) if isinstance(old, re.Pattern) else before.replace(old, new, 1)
    if old == re.compile("<(/?)h2"):
        after = old.sub(new, before)  # type: ignore[union-attr]  # it is a pattern, as was just seen
    assert after != before
    path.write_text(after, encoding="utf-8")
    assert RULES[name](folder)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_too_many_or_too_few_is_found_out(good: Callable[[str], Path], name: str) -> None:
    folder = good(name)
    (folder / "ep0002.mp3").rename(folder / "extra.mp3")
    assert RULES[name](folder)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("tag", "other"), [("h1", "h9"), ("p", "paragraph")])
def test_the_schemas_find_what_is_no_element(good: Callable[[str], Path], name: str, tag: str, other: str) -> None:
    folder = good(name)
    assert daisy_schemas.faults(folder) == []
    path = folder / TEXTS[name]
    text = re.sub(rf"<(/?){tag}\b", rf"<\1{other}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    assert daisy_schemas.faults(folder)


@pytest.mark.slow
def test_what_is_heard_at_a_place_is_what_is_written_there(all_editions: dict[Path, Editions], tmp_path: Path) -> None:
    """A part of an example is cut out by the times of its SMIL file, and a listener writes down its words."""
    checkers.require("ffmpeg")
    with zipfile.ZipFile(all_editions[SOURCES[0]].need("-daisy202.zip")) as packed:
        packed.extractall(tmp_path)
    words = {one.get("id"): " ".join(map(str, one.itertext())) for one in tree(tmp_path / "content.html").iter("*")}
    played = [(node, clip) for node, clip in pars(tmp_path) if clip and "-t0" in node and re.search("-s[0-9]+$", node)]
    chosen = list(itertools.islice((pair for pair in played if len(words[pair[0]]) > 60), 4))
    parts = []
    for number, (_, (sound, begin, end)) in enumerate(chosen):
        part = tmp_path / f"part-{number}.wav"
        cut = ["-ss", begin.strip("npt=s"), "-to", end.strip("npt=s")]
        checkers.run(["ffmpeg", "-v", "error", "-i", tmp_path / sound, *cut, part])
        parts.append(part)
    wanted = [WORD.findall(words[node].casefold()) for node, _ in chosen]
    for part, said in zip(parts, wanted, strict=True):
        heard = set(WORD.findall(" ".join(word for _, word in checkers.heard_words(part, LISTEN)).casefold()))
        missed = [word for word in said if word not in heard]
        assert len(missed) <= max(2, OWN_SPEECH * 2 * len(said)), (said, heard)


def test_a_card_and_the_zip_hold_the_same(editions: Editions, books: dict[str, Path]) -> None:
    for name, folder in books.items():
        packed = editions.need(f"-{name}.zip")
        card = packed.parent / packed.name.removesuffix(".zip")
        assert {path.name: path.read_bytes() for path in card.iterdir()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }
        shutil.rmtree(folder)
