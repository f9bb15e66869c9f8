"""Talking books: what is printed is what is heard, from heading to heading, in both formats of DAISY."""

import itertools
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from converters.checks.parity import prove
from converters.document import Document, Foreign, Link, Paragraph, Section, Sentence, Text
from converters.errors import ProofError, SavingError, SourceError
from converters.narration.frames import FRAME_SAMPLES, silent_frames
from converters.narration.model import AudioClip, AudioTrack, Casting, Narration
from converters.narration.pieces import FrameRun, Piece
from converters.outline import exchanges
from converters.settings import Show
from converters.timing import Milliseconds, of_samples
from converters.traverse import sentences, turns, walk
from converters.writers import WriteContext, writer_named
from converters.writers.talking_files import as_artifacts, sound_files
from tests.conformance import daisy3_rules, daisy202_rules
from tests.conftest import Context, ReadText, conversation, section_of

from .narrations import RATE, VOICE, everything, narration
from .talking_books import FORMATS, TEXTS, made, pars, tree, with_asides

RULES = {"daisy202": daisy202_rules.faults, "daisy3": daisy3_rules.faults}
Make = Callable[[Document, str], Path]


@pytest.fixture
def document(sample: str, read_text: ReadText, show: Show) -> Document:
    return read_text(sample, show)[0]


@pytest.fixture
def said(context: Context, show: Show, tmp_path: Path) -> Callable[[Document], WriteContext]:
    def making(document: Document) -> WriteContext:
        plain = context(document, (*FORMATS, "txt"))
        options = msgspec.structs.replace(plain.options, show=show)
        told = msgspec.structs.replace(plain, options=options)
        folder = tmp_path / "tracks"
        folder.mkdir(exist_ok=True)
        spoken = narration(document, folder, everything(document))
        return msgspec.structs.replace(told, narration=with_asides(document, told, spoken, folder))

    return making


@pytest.fixture
def make(said: Callable[[Document], WriteContext], tmp_path: Path) -> Make:
    return lambda document, name: made(document, said(document), name, tmp_path)


# what is played ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_a_book_keeps_all_rules_of_its_format(document: Document, make: Make, name: str) -> None:
    assert RULES[name](make(document, name)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_exchange_is_gone_to_and_says_which_it_is(document: Document, make: Make, name: str) -> None:
    book = make(document, name)
    told = dict(pars(book))
    for exchange in exchanges(document, conversation(document)):
        assert told[exchange.id] is not None
    centre = tree(book / ("ncc.html" if name == "daisy202" else "book.ncx"))
    words = " ".join("".join(map(str, centre.itertext())).split())
    assert "2. Tamsin Orrelby, Wilhelmina Dunnock: And what do you wind, Wilhelmina?" in words


@pytest.mark.parametrize("name", FORMATS)
def test_sentences_are_played_in_order_each_until_the_next_begins(document: Document, make: Make, name: str) -> None:
    heard = [(node, clip) for node, clip in pars(make(document, name)) if clip]
    for (_, before), (_, after) in itertools.pairwise(heard):
        same_file = before[0] == after[0]
        assert (before[2] == after[1]) if same_file else after[1] in {"npt=0.000s", "00:00:00.000"}
    said = [one.id for one in sentences(conversation(document))]
    assert [node for node, _ in heard if node in set(said)] == said


@pytest.mark.parametrize("name", FORMATS)
def test_both_books_play_what_the_other_plays(document: Document, make: Make, name: str) -> None:
    other = next(one for one in FORMATS if one != name)
    apart = {f"added-edition-{one}" for one in FORMATS}
    first, second = (
        [node for node, clip in pars(make(document, one)) if clip and node not in apart] for one in (name, other)
    )
    assert first == second


@pytest.mark.parametrize("name", FORMATS)
def test_only_what_is_heard_elsewhere_or_never_spoken_has_no_sound(document: Document, make: Make, name: str) -> None:
    silent = {node for node, clip in pars(make(document, name)) if clip is None}
    quotes = {str(step.id) for step in walk(document) if isinstance(step, Sentence) and "quotes-" in step.id}
    furniture = {str(one.id) for s in document.sections if s.kind == "furniture" for one in sentences(s)}
    people = {str(one.id) for one in sentences(section_of(document, "people"))}
    assert furniture <= silent
    assert {node for node in silent if not node.startswith("added-context-")} <= quotes | furniture
    assert not silent & people


def test_a_name_that_is_not_said_stands_in_the_sentence_that_follows_it(
    document: Document, said: Callable[[Document], WriteContext], tmp_path: Path
) -> None:
    context = said(document)
    first = next(turns(document))
    assert context.narration
    kept = tuple(clip for clip in context.narration.clips if clip.node != f"{first.id}-name")
    told = msgspec.structs.replace(context, narration=msgspec.structs.replace(context.narration, clips=kept))
    book = made(document, told, "daisy3", tmp_path)
    (sentence,) = (one for one in tree(book / "text.xml").iter("{*}sent") if one.get("id") == f"{first.id}-s1")
    assert "".join(map(str, sentence.itertext())) == "Tamsin Orrelby: Welcome to The Mended Hour."
    assert f"{first.id}-name" not in dict(pars(book))


def test_without_asides_headings_have_a_short_silence_and_the_book_says_that_it_is_not_all_heard(
    document: Document, said: Callable[[Document], WriteContext], tmp_path: Path
) -> None:
    context = said(document)
    assert context.narration
    plain = msgspec.structs.replace(context.narration, asides=None)
    for name in FORMATS:
        book = made(document, msgspec.structs.replace(context, narration=plain), name, tmp_path)
        assert RULES[name](book) == []
        first = exchanges(document, conversation(document))[0]
        clip = dict(pars(book))[first.id]
        assert clip is not None
        assert clip[0] == "silence.mp3"
    assert "textPartAudio" in (tmp_path / "daisy202" / "ncc.html").read_text()


# what is written ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_everything_that_plain_text_says_is_in_the_book(
    document: Document, said: Callable[[Document], WriteContext], make: Make, name: str
) -> None:
    (text,) = writer_named("txt").load()(document, said(document))
    assert isinstance(text.content, bytes)
    written = _letters("".join(map(str, tree(make(document, name) / TEXTS[name]).itertext())))
    missing = [
        line
        for line in text.content.decode().splitlines()
        if _letters(line) not in written and "example" not in line and not line.startswith("DAISY")
    ]
    assert missing == []


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("name", FORMATS)
def test_language_of_parts_is_marked(read_text: ReadText, make: Make, name: str) -> None:
    document, _ = read_text("Une heure\n\nANNE: Bonjour à tous. Ça va ?\n\nLUC: Oui, merci, et vous ?\n")
    section = conversation(document)
    turn = next(turns(document))
    first = msgspec.structs.replace(
        turn.paragraphs[0].sentences[0], inlines=(Foreign((Text("Guten Tag."),), turn.language or "de"),)  # type: ignore[arg-type]  # a tag
    )  # fmt: skip
    paragraph = msgspec.structs.replace(turn.paragraphs[0], sentences=(first, *turn.paragraphs[0].sentences[1:]))
    changed = msgspec.structs.replace(turn, paragraphs=(paragraph,))
    blocks = tuple(changed if block is turn else block for block in section.blocks)
    sections = tuple(msgspec.structs.replace(s, blocks=blocks) if s is section else s for s in document.sections)
    book = make(msgspec.structs.replace(document, sections=sections), name)
    marks = {
        (one.get("{http://www.w3.org/XML/1998/namespace}lang"), "".join(map(str, one.itertext())))
        for one in tree(book / TEXTS[name]).iter("{*}span")
    }
    assert ("de", "Guten Tag.") in marks
    assert any(language == "en" and "About this edition" in words for language, words in marks)


@pytest.mark.parametrize("name", FORMATS)
def test_links_lead_out_of_the_book_or_to_what_is_played(document: Document, make: Make, name: str) -> None:
    source = section_of(document, "closing")
    hrefs = ("https://ramp.example/?a=1&b=2", "MAILTO:ann@ramp.example", "about/us.html", "#top", "javascript:alert(1)")
    links = tuple(Link((Text(f"link {n} "),), href) for n, href in enumerate(hrefs))
    first = next(iter(sentences(source)))
    paragraph = Paragraph((msgspec.structs.replace(first, inlines=links),), source.blocks[0].id)
    told = msgspec.structs.replace(source, blocks=(paragraph,))
    kept = tuple(told if section is source else section for section in document.sections)
    book = make(msgspec.structs.replace(document, sections=kept), name)
    assert RULES[name](book) == []
    found = [str(one.get("href")) for one in tree(book / TEXTS[name]).iter("{*}a") if "link" in (one.text or "")]
    assert found == list(hrefs[:2])


def test_a_language_from_right_to_left_is_written_so(read_text: ReadText, make: Make) -> None:
    document, _ = read_text("שעה\n\nדנה: שלום לכולם. מה שלומכם?\n\nרון: טוב, תודה. ומה איתך?\n")
    assert tree(make(document, "daisy202") / "content.html").get("dir") == "rtl"
    assert tree(make(document, "daisy3") / "text.xml").get("dir") == "rtl"


def test_sections_within_sections_nest_no_deeper_than_the_formats_go(document: Document, make: Make) -> None:
    deep: Section | None = None
    source = section_of(document, "closing")
    for level in range(8, 0, -1):
        blocks = source.blocks if level == 8 else ()
        identifier = f"deep-{level}"
        inner = (deep,) if deep else ()
        deep = msgspec.structs.replace(
            source, id=identifier, heading=(Text(f"Deep {level}"),), blocks=blocks, subsections=inner
        )
    assert deep
    kept = tuple(deep if section is source else section for section in document.sections)
    changed = msgspec.structs.replace(document, sections=kept)
    for name in FORMATS:
        assert RULES[name](make(changed, name)) == []


# whole files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_equal_books_are_equal_files(document: Document, said: Callable[[Document], WriteContext], name: str) -> None:
    packed = []
    for _ in range(2):
        first, *_ = writer_named(name).load()(document, said(document))
        assert isinstance(first.content, Path)
        packed.append(first.content.read_bytes())
    assert packed[0] == packed[1]


@pytest.mark.parametrize("name", FORMATS)
def test_no_room_for_it_is_told(
    document: Document, said: Callable[[Document], WriteContext], tmp_path: Path, name: str
) -> None:
    nowhere = msgspec.structs.replace(said(document), staging=tmp_path / "nowhere")
    with pytest.raises(SavingError, match="Make room"):
        writer_named(name).load()(document, nowhere)


@pytest.mark.parametrize("name", FORMATS)
def test_a_recording_that_cannot_be_cut_is_told_of(
    document: Document, said: Callable[[Document], WriteContext], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "recording.mp3"
    path.write_bytes(b"no frame of layer III" * 1000)
    nodes = [one.id for one in sentences(conversation(document))]
    clips = tuple(AudioClip(node, "recording", Milliseconds(n), Milliseconds(n + 1)) for n, node in enumerate(nodes))
    track = AudioTrack("recording", path, Milliseconds(1000), 0, RATE)
    recorded = Narration((track,), clips, (), Casting(VOICE, ()), "", timeline="recording")
    with pytest.raises(SourceError, match="cannot be cut into parts"):
        writer_named(name).load()(document, msgspec.structs.replace(said(document), narration=recorded))


@pytest.mark.parametrize("name", FORMATS)
def test_without_a_narration_there_is_nothing_to_make_it_of(
    document: Document, said: Callable[[Document], WriteContext], name: str
) -> None:
    silent = msgspec.structs.replace(said(document), narration=None)
    with pytest.raises(ValueError, match="narration"):
        writer_named(name).load()(document, silent)


def test_ten_hours_in_a_thousand_exchanges_are_counted_in_frames(
    read_text: ReadText, show: Show, context: Context, tmp_path: Path
) -> None:
    turn = "TAMSIN ORRELBY: Is it late?\n\nIGNACE FELLOWDALE: It is.\n\n"
    document, _ = read_text(f"The Long Hour\n\n{turn * 1000}", show)
    spoken = _long(document, tmp_path)
    told = msgspec.structs.replace(context(document, ("daisy202",)), narration=spoken)
    packed, *loose = writer_named("daisy202").load()(document, told)
    prove("daisy202", packed.content, document, spoken, tuple(artifact.content for artifact in loose))
    names = {artifact.name.rpartition("/")[2]: artifact for artifact in loose}
    assert {"ep0999.smil", "ep1003.smil", "ep1003.mp3"} <= set(names)
    assert all(len(name.partition(".")[0]) <= 8 for name in names)
    centre = names["ncc.html"].content
    assert isinstance(centre, Path)
    assert re.search(r'ncc:totalTime" content="1\d:\d\d:\d\d\.\d{3}"', centre.read_text())


def test_sound_is_never_in_memory_whole(document: Document, context: Context, tmp_path: Path) -> None:
    long = tmp_path / "long.mp3"
    with long.open("wb") as stream:
        stream.truncate(200_000_000)
    piece = Piece(1, "ep0001.mp3", (), (), 1, RATE, (FrameRun(long, 0, 200_000_000),), b"before")
    tracemalloc.start()
    packed, *_ = as_artifacts("daisy202", context(document, FORMATS), sound_files([("ep0001.mp3", piece)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(packed.content, Path)
    assert packed.content.stat().st_size > 200_000_000
    assert peak < 20_000_000


def _long(document: Document, folder: Path) -> Narration:
    """Ten hours: every sentence says nothing for as long as it takes."""
    nodes = [one.id for one in sentences(conversation(document))]
    each = 10 * 3600 * RATE // FRAME_SAMPLES // len(nodes) + 2
    path = folder / "transcript.mp3"
    with path.open("wb") as stream:
        for _ in nodes:
            stream.write(silent_frames(each, 48, RATE))
    begins = [of_samples(number * each * FRAME_SAMPLES, RATE) for number in range(len(nodes) + 1)]
    clips = tuple(
        AudioClip(node, "transcript", begin, Milliseconds(end - 500))
        for node, begin, end in zip(nodes, begins, begins[1:], strict=False)
    )
    frames = each * len(nodes)
    track = AudioTrack("transcript", path, of_samples(frames * FRAME_SAMPLES, RATE), frames, RATE)
    return Narration((track,), clips, (), Casting(VOICE, ()), "")


# the proof --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_a_book_whose_sound_is_another_is_refused(
    document: Document, said: Callable[[Document], WriteContext], name: str
) -> None:
    context = said(document)
    packed, *loose = writer_named(name).load()(document, context)
    paths = tuple(artifact.content for artifact in loose)
    prove(name, packed.content, document, context.narration, paths)
    sound = next(path for path in paths if isinstance(path, Path) and path.suffix == ".mp3")
    whole = sound.read_bytes()
    sound.write_bytes(whole[:200] + b"something else" + whole[214:])
    with pytest.raises(ProofError, match="is not heard or shown when it is said"):
        prove(name, packed.content, document, context.narration, paths)
    sound.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ProofError, match="is not heard or shown when it is said"):
        prove(name, packed.content, document, context.narration, paths)
    sound.write_bytes(whole)
    with pytest.raises(ProofError, match="nothing was spoken"):
        prove(name, packed.content, document, None, paths)
    with pytest.raises(ProofError, match="the folder"):
        prove(name, packed.content, document, context.narration, paths[1:])
