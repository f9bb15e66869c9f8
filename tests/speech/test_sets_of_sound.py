"""The folder of MP3 files and the audiobook, through the command: order, lengths, names, and what is left behind."""

import io
import json
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from converters.checks.parity import prove
from converters.convert import identify
from converters.document import Document
from converters.errors import ProofError, SourceError
from converters.narration.frame_table import frame_table
from converters.narration.frames import FRAME_SAMPLES, silent_frames
from converters.narration.model import AudioClip, AudioTrack, Casting, ChapterMark, Narration, Voice
from converters.outline import exchanges
from converters.timing import Milliseconds, of_samples
from converters.traverse import sentence_text, sentences, turns
from converters.writers import Artifact
from converters.writers.lpf import write_lpf
from converters.writers.mp3_set import write_mp3_set
from tests.conftest import Context, ReadText, Run, conversation, files_below
from tests.speech.test_recorded import CUES, clock, recording

RATE = 22_050
LONGEST_NAME = 64
"""What a data CD allows (Joliet)."""

pytestmark = pytest.mark.speech


@pytest.fixture
def converted(run: Run, source: Path, out: Path) -> Path:
    assert run("convert", source, "-o", out, "--to", "mp3-set,lpf,mp3,html,txt").code == 0
    return out / "backward-clock"


def listed(folder: Path) -> list[str]:
    playlist = (folder / "backward-clock-mp3-set" / "backward-clock.m3u").read_bytes().decode("ascii")
    assert playlist.startswith("#EXTM3U\r\n#PLAYLIST:The Clock That Runs Backward")
    return [line for line in playlist.split("\r\n") if line and not line.startswith("#")]


def tags(path: Path) -> Any:
    return ID3(path)  # type: ignore[no-untyped-call]  # mutagen has no types


def length_of(path: Path) -> float:
    """Return seconds, as a player tells them that leaves out what an encoder adds."""
    found: Any = MP3(path)  # type: ignore[no-untyped-call]  # likewise
    return float(found.info.length)


def manifest(package: Path) -> Any:
    with zipfile.ZipFile(package) as opened:
        return json.loads(opened.read("publication.json"))


def test_the_manifest_has_running_times_of_what_has_sound_of_its_own(converted: Path) -> None:
    rows = json.loads((converted / "manifest.json").read_bytes())["artifacts"]
    told = {row["format"]: row["seconds"] for row in rows if "seconds" in row}
    heard = length_of(converted / "backward-clock.mp3")
    assert set(told) == {"mp3", "mp3-set", "lpf"}
    assert all(abs(seconds - heard) <= 1 for seconds in told.values())


# the folder of MP3 files -----------------------------------------------------------------------


def test_the_files_are_the_parts_in_reading_order(converted: Path) -> None:
    names = listed(converted)
    assert names == [
        "01-title-and-voices.mp3",
        "02-at-a-glance.mp3",
        "03-exchange-1-ignace-fellowdale.mp3",
        "04-exchange-2-wilhelmina-dunnock.mp3",
        "05-exchange-3-ignace-fellowdale.mp3",
        "06-exchange-4-tamsin-orrelby.mp3",
        "07-after-the-conversation.mp3",
        "08-accessibility-and-other-formats.mp3",
        "09-how-to-get-help-or-another-format.mp3",
    ]
    there = sorted(path.name for path in (converted / "backward-clock-mp3-set").iterdir())
    assert there == [*names, "backward-clock.m3u"]


def test_the_files_last_as_long_as_the_one_file_and_the_playlist_says_so(converted: Path) -> None:
    folder = converted / "backward-clock-mp3-set"
    lengths = [length_of(folder / name) for name in listed(converted)]
    whole = length_of(converted / "backward-clock.mp3")
    assert sum(lengths) == pytest.approx(whole, abs=0.001)
    playlist = (folder / "backward-clock.m3u").read_text(encoding="ascii")
    seconds = [int(found) for found in re.findall(r"#EXTINF:(\d+),", playlist)]
    assert sum(seconds) == round(sum(lengths))
    assert all(abs(told - length) <= 1 for told, length in zip(seconds, lengths, strict=True))


def test_each_file_says_what_it_is_and_what_is_said_in_it(converted: Path) -> None:
    names = listed(converted)
    found = [tags(converted / "backward-clock-mp3-set" / name) for name in names]
    assert all(tag.version == (2, 3, 0) for tag in found)
    assert [str(tag["TRCK"]) for tag in found] == [f"{n}/{len(names)}" for n in range(1, len(names) + 1)]
    assert {str(tag["TALB"]) for tag in found} == {"The Clock That Runs Backward: Two Menders on Lost Time"}
    assert {str(tag["TPE1"]) for tag in found} == {"The Mended Hour"}
    assert {str(tag["TLAN"]) for tag in found} == {"eng"}
    assert all("synthetic" in str(tag["COMM::eng"]) for tag in found)
    second = found[names.index("04-exchange-2-wilhelmina-dunnock.mp3")]
    assert str(second["TIT2"]) == "2. Tamsin Orrelby, Wilhelmina Dunnock: And what do you wind, Wilhelmina?"
    assert str(second["USLT::eng"]).splitlines() == [
        "Tamsin Orrelby: And what do you wind, Wilhelmina?",
        "Wilhelmina Dunnock: Springs, mostly.",
        "(laughs) Some of them wind me.",
    ]


def test_the_other_editions_lead_to_it(converted: Path) -> None:
    words = "Audio for simple players: a playlist, and a numbered MP3 file for each part"
    page = (converted / "backward-clock.html").read_text(encoding="utf-8")
    assert f'<a href="backward-clock-mp3-set/backward-clock.m3u">{words}</a>' in page
    text = (converted / "backward-clock.txt").read_text(encoding="utf-8")
    assert f"{words}: backward-clock-mp3-set/backward-clock.m3u" in text
    assert "Audiobook of the W3C, LPF: backward-clock.lpf" in text


def test_an_episode_with_fewer_exchanges_leaves_no_file_of_the_old_ones(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", "mp3-set").code == 0
    before = listed(out / "backward-clock")
    words = source.read_text(encoding="utf-8")
    begin, end = words.index("TAMSIN ORRELBY: And what do you wind"), words.index("TAMSIN ORRELBY: Can a clock run")
    source.write_text(words[:begin] + words[end:], encoding="utf-8")
    assert run("convert", source, "-o", out, "--to", "mp3-set").code == 0
    after = listed(out / "backward-clock")
    assert len(after) == len(before) - 1
    folder = out / "backward-clock" / "backward-clock-mp3-set"
    assert sorted(path.name for path in folder.iterdir()) == [*after, "backward-clock.m3u"]
    kept = json.loads((out / "backward-clock" / "manifest.json").read_bytes())["artifacts"]
    assert [row["path"] for row in kept] == [
        f"backward-clock-mp3-set/{name}" for name in ("backward-clock.m3u", *after)
    ]
    assert kept[0]["media_type"] == "audio/x-mpegurl"
    assert {row["media_type"] for row in kept[1:]} == {"audio/mpeg"}


def test_the_same_transcript_gives_the_same_bytes(run: Run, source: Path, out: Path, tmp_path: Path) -> None:
    for folder in (out, tmp_path / "again"):
        assert run("convert", source, "-o", folder, "--to", "mp3-set,lpf").code == 0
    assert files_below(out) == files_below(tmp_path / "again")


@pytest.mark.parametrize(
    "name",
    ["Саша Петрова", "سارة", "🙂🙂", "../../etc/passwd", "CON", "A" * 300, 'Quo"te: * ? <b>'],
)
def test_any_name_gives_a_file_name_that_every_player_takes(run: Run, tmp_path: Path, out: Path, name: str) -> None:
    talk = f"ANN LEE: Welcome. Who are you?\n\n{name}: I am here.\n\nANN LEE: And why?\n\n{name}: Because.\n"
    (tmp_path / "odd.txt").write_text(f"A Title 标题 🙂\n\n{talk}", encoding="utf-8")
    (tmp_path / "show.toml").write_text(
        'language = "en"\n[people.ann-lee]\nname = "Ann Lee"\nrole = "host"\n', encoding="utf-8"
    )
    assert run("convert", tmp_path / "odd.txt", "-o", out, "--to", "mp3-set,lpf").code == 0
    names = [path.name for path in (out / "odd" / "odd-mp3-set").iterdir() if path.suffix == ".mp3"]
    assert len(names) >= 3
    for found in names:
        assert re.fullmatch(r"[0-9]{2,}-[a-z0-9]+(-[a-z0-9]+)*\.mp3", found), found
        assert len(found) <= LONGEST_NAME
    (out / "odd" / "odd-mp3-set" / "odd.m3u").read_bytes().decode("ascii")


# the audiobook ----------------------------------------------------------------------------------


def test_the_audiobook_says_what_it_is(converted: Path) -> None:
    told = manifest(converted / "backward-clock.lpf")
    assert told["@context"] == [
        "https://schema.org", "https://www.w3.org/ns/pub-context", {"language": "en", "direction": "ltr"},
    ]  # fmt: skip
    assert (told["type"], told["conformsTo"]) == ("Audiobook", "https://www.w3.org/TR/audiobooks/")
    assert told["name"] == "The Clock That Runs Backward: Two Menders on Lost Time"
    assert told["author"] == {"type": "Organization", "name": "The Mended Hour"}
    assert {who["name"] for who in told["contributor"]} == {"Ignace Fellowdale", "Wilhelmina Dunnock", "Tamsin Orrelby"}
    assert told["readBy"]
    assert all(reader["name"].startswith("Synthetic voice: ") for reader in told["readBy"])
    assert told["abridged"] is False
    assert told["accessMode"] == ["textual", "auditory"]
    assert "synchronizedAudioText" not in told["accessibilityFeature"]
    assert "synthetic" in told["accessibilitySummary"]


def test_the_parts_of_the_audiobook_are_the_files_and_last_as_long(converted: Path, tmp_path: Path) -> None:
    told = manifest(converted / "backward-clock.lpf")
    with zipfile.ZipFile(converted / "backward-clock.lpf") as opened:
        opened.extractall(tmp_path / "book")
        names = opened.namelist()
    assert names[:2] == ["publication.json", "index.html"]
    assert [part["url"] for part in told["readingOrder"]] == [f"audio/{name}" for name in listed(converted)]
    assert {one["rel"]: one["url"] for one in told["resources"]} == {"contents": "index.html", "cover": "cover.png"}
    lengths = [float(part["duration"][2:-1]) for part in told["readingOrder"]]
    assert sum(lengths) == pytest.approx(float(told["duration"][2:-1]), abs=1e-6)
    for part, length in zip(told["readingOrder"], lengths, strict=True):
        assert length_of(tmp_path / "book" / part["url"]) == pytest.approx(length, abs=0.0011)


def test_the_page_inside_has_every_sentence_and_contents_that_lead_into_the_sound(
    converted: Path, sample: str, read_text: ReadText
) -> None:
    with zipfile.ZipFile(converted / "backward-clock.lpf") as opened:
        page: Any = etree.fromstring(opened.read("index.html"), etree.HTMLParser(encoding="utf-8"))
    assert page.xpath("//a/@href")[0] == "#transcript"
    (navigation,) = page.xpath('//*[@role="doc-toc"]')
    first, *_ = navigation.xpath("./ul/li/a")
    assert (first.text, first.get("href")) == ("Title and voices", "audio/01-title-and-voices.mp3")
    (talk,) = (one for one in navigation.xpath("./ul/li") if one.xpath("./ul"))
    assert talk.find("a").text == "Conversation"
    inner = [link.get("href") for link in talk.xpath("./ul/li/a")]
    assert re.fullmatch(r"audio/03-exchange-1-ignace-fellowdale\.mp3#t=\d+\.\d{3}", inner[0])
    assert inner[1:3] == ["audio/04-exchange-2-wilhelmina-dunnock.mp3", "audio/05-exchange-3-ignace-fellowdale.mp3"]
    words = " ".join("".join(page.find("body").itertext()).split())
    document, _ = read_text(sample)
    assert all(" ".join(sentence_text(one).split()) in words for part in document.sections for one in sentences(part))
    assert "help@mendedhour.example" in words
    assert "Audio, MP3: backward-clock.mp3" in words
    assert not [link for link in page.xpath("//main//a/@href") if not re.match(r"#|mailto:|tel:|https:", link)]


def test_words_of_ours_are_marked_in_a_language_that_we_have_none_of(run: Run, tmp_path: Path, out: Path) -> None:
    talk = (
        "ANNA NOWAK: Dzień dobry. Kto zbudował most?\n\nJAN KOS: My wszyscy.\n\n"
        "ANNA NOWAK: A kto zapłacił?\n\nJAN KOS: Sąsiedzi.\n"
    )
    (tmp_path / "most.txt").write_text(talk, encoding="utf-8")
    (tmp_path / "show.toml").write_text(
        'language = "pl"\n[people.anna-nowak]\nname = "Anna Nowak"\nrole = "host"\n', encoding="utf-8"
    )
    assert run("convert", tmp_path / "most.txt", "-o", out, "--to", "lpf").code == 0
    told = manifest(out / "most" / "most.lpf")
    assert told["@context"][2] == {"language": "pl", "direction": "ltr"}
    assert told["readingOrder"][0]["name"] == {"value": "Title and voices", "language": "en"}
    assert [part["name"] for part in told["readingOrder"] if isinstance(part["name"], str)] == [
        "1. Anna Nowak, Jan Kos: Kto zbudował most?",
        "2. Anna Nowak, Jan Kos: A kto zapłacił?",
    ]
    assert told["accessibilitySummary"]["language"] == "en"
    with zipfile.ZipFile(out / "most" / "most.lpf") as opened:
        page = opened.read("index.html").decode()
    assert 'audio/01-title-and-voices.mp3" lang="en" dir="ltr">Title and voices</a>' in page


# the show's own recording --------------------------------------------------------------------


@pytest.fixture
def ramp(tmp_path: Path) -> Path:
    """A transcript with the times of its recording, in two exchanges."""
    cues = (f"{clock(begin)} --> {clock(end)}\n<v {who}>{words}</v>\n" for begin, end, who, words in CUES)
    path = tmp_path / "ramp.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    facts = 'language = "en"\n[people.ann-lee]\nname = "Ann Lee"\nrole = "host"\n'
    (tmp_path / "show.toml").write_text(facts, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".mp3", ".ogg"])
def test_the_recording_is_cut_at_its_exchanges(
    ramp: Path,
    tmp_path: Path,
    run: Run,
    suffix: str,
    decoded: Callable[[Path], Any],
) -> None:
    sound, out = recording(tmp_path, suffix), tmp_path / "out"
    assert run("convert", ramp, "-o", out, "--to", "mp3-set,lpf,mp3", "--recording", sound).code == 0
    folder = out / "ramp" / "ramp-mp3-set"
    files = sorted(folder.glob("*.mp3"))
    assert [path.name for path in files] == ["01-exchange-1-bo-ruiz.mp3", "02-exchange-2-cy-okoro.mp3"]
    table = frame_table(out / "ramp" / "ramp.mp3")
    lengths = [len(decoded(path)) for path in files]
    channels = 2 if suffix == ".mp3" else 1
    assert sum(lengths) == table.frames * table.header.samples * channels
    begin = (CUES[4][0] * table.header.rate // 1000 + table.delay) // table.header.samples * table.header.samples
    assert lengths[0] == begin * channels
    assert all("COMM::eng" not in tags(path) for path in files)
    told = manifest(out / "ramp" / "ramp.lpf")
    assert [reader["name"] for reader in told["readBy"]] == ["Ann Lee", "Bo Ruiz", "Cy Okoro"]
    assert "synthetic" not in told["accessibilitySummary"]


def test_a_recording_that_cannot_be_cut_is_told_of(made: Any, tmp_path: Path, context: Context) -> None:
    document, narration, *_ = made
    path = tmp_path / "free.mp3"
    path.write_bytes(b"\xff\xfb\x00\x00" * 4000)  # of no bit rate that the standard names
    track = msgspec.structs.replace(narration.tracks[0], path=path)
    unlike = msgspec.structs.replace(narration, tracks=(track,), timeline="recording")
    whole = msgspec.structs.replace(context(document, ("mp3-set",)), narration=unlike)
    with pytest.raises(SourceError, match="cannot be cut into parts"):
        write_mp3_set(document, whole)


# long ones ------------------------------------------------------------------------------------

TALK = "".join(f"ANN LEE: Is this question {n}?\n\nBO RUIZ: It is, and this is its answer.\n\n" for n in range(1, 1001))


@pytest.fixture
def thousand(read_text: ReadText) -> Document:
    document, _ = read_text(TALK)
    host, *others = document.people
    people = (msgspec.structs.replace(host, part="host"), *others)
    return identify(msgspec.structs.replace(document, people=people))


def silence(document: Document, folder: Path, hours: int) -> Narration:
    """Return hours of silence, in which each sentence of a document has its place and each exchange begins."""
    frames = hours * 3600 * RATE // FRAME_SAMPLES // 1000 * 1000
    path, some = folder / "long.mp3", silent_frames(1000, 48, RATE)
    with path.open("wb") as file:
        for _ in range(frames // 1000):
            file.write(some)
    said = [s for turn in turns(document) for p in turn.paragraphs for s in p.sentences]
    at = {one.id: of_samples(frames * n // len(said) * FRAME_SAMPLES, RATE) for n, one in enumerate(said)}
    firsts = [
        (
            f"{exchange.number}. {exchange.names}: {exchange.clue}",
            next(s.id for b in exchange.blocks for s in sentences_of(b)),
        )
        for exchange in exchanges(document, conversation(document))
    ]
    return Narration(
        (AudioTrack("long", path, of_samples(frames * FRAME_SAMPLES, RATE), frames, RATE),),
        tuple(AudioClip(one.id, "long", at[one.id], Milliseconds(at[one.id] + 900)) for one in said),
        tuple(ChapterMark(title, 2, "long", at[first]) for title, first in firsts),
        Casting(Voice("one", document.metadata.language, "One"), ()),
        "",
    )


def sentences_of(block: Any) -> list[Any]:
    return [s for p in getattr(block, "paragraphs", ()) for s in p.sentences]


def further(artifacts: tuple[Artifact, ...]) -> tuple[bytes | Path, ...]:
    return tuple(artifact.content for artifact in artifacts[1:])


def test_ten_hours_in_a_thousand_exchanges_are_numbered_in_order(
    thousand: Document, tmp_path: Path, context: Context
) -> None:
    narration = silence(thousand, tmp_path, hours=10)
    whole = msgspec.structs.replace(context(thousand, ("mp3-set", "lpf")), narration=narration)
    parts, (book,) = write_mp3_set(thousand, whole), write_lpf(thousand, whole)
    prove("mp3-set", parts[0].content, thousand, narration, further(parts))
    prove("lpf", book.content, thousand, narration)
    names = [artifact.name.rpartition("/")[2] for artifact in parts[1:]]
    assert (len(names), names[0], names[-1]) == (1000, "0001-exchange-1-bo-ruiz.mp3", "1000-exchange-1000-bo-ruiz.mp3")
    assert names == sorted(names)


def test_sound_is_never_in_memory_whole(thousand: Document, tmp_path: Path, context: Context) -> None:
    narration = silence(thousand, tmp_path, hours=1)
    alone = msgspec.structs.replace(narration, chapters=narration.chapters[:1])
    whole = msgspec.structs.replace(context(thousand, ("mp3-set", "lpf")), narration=alone)
    tracemalloc.start()
    try:
        parts, (book,) = write_mp3_set(thousand, whole), write_lpf(thousand, whole)
        prove("mp3-set", parts[0].content, thousand, alone, further(parts))
        prove("lpf", book.content, thousand, alone)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < narration.tracks[0].path.stat().st_size / 2


# the proof ------------------------------------------------------------------------------------


@pytest.fixture
def made(read_text: ReadText, sample: str, show: Any, tmp_path: Path, context: Context) -> Any:
    """A short episode of silence in four exchanges: document, narration, playlist and files, package."""
    document, _ = read_text(sample, show)
    narration = brief(document, tmp_path)
    whole = msgspec.structs.replace(context(document, ("mp3-set", "lpf")), narration=narration)
    return document, narration, write_mp3_set(document, whole), write_lpf(document, whole)[0]


def brief(document: Document, folder: Path) -> Narration:
    said = [s for turn in turns(document) for p in turn.paragraphs for s in p.sentences]
    path = folder / "brief.mp3"
    sound = b"".join(
        silent_frames(1, 48, RATE)[:100] + bytes([n % 251]) * (len(silent_frames(1, 48, RATE)) - 100)
        for n in range(40 * len(said))
    )
    path.write_bytes(sound)
    frames = 40 * len(said)
    at = {one.id: of_samples(40 * n * FRAME_SAMPLES, RATE) for n, one in enumerate(said)}
    found = exchanges(document, conversation(document))
    firsts = [(e, next(s.id for b in e.blocks for s in sentences_of(b))) for e in found]
    return Narration(
        (AudioTrack("brief", path, of_samples(frames * FRAME_SAMPLES, RATE), frames, RATE),),
        tuple(AudioClip(one.id, "brief", at[one.id], Milliseconds(at[one.id] + 900)) for one in said),
        tuple(ChapterMark(f"{e.number}. {e.names}: {e.clue}", 2, "brief", at[first]) for e, first in firsts),
        Casting(Voice("one", document.metadata.language, "One"), ()),
        "",
    )


def test_what_was_made_is_proved(made: Any) -> None:
    document, narration, parts, book = made
    prove("mp3-set", parts[0].content, document, narration, further(parts))
    prove("lpf", book.content, document, narration)


def test_files_in_another_order_are_refused(made: Any) -> None:
    document, narration, (playlist, one, two, *rest), _ = made
    with pytest.raises(ProofError, match="names other files"):
        prove("mp3-set", playlist.content, document, narration, further((playlist, two, one, *rest)))


def test_a_file_that_holds_another_sound_is_refused(made: Any) -> None:
    document, narration, parts, _ = made
    content = bytearray(parts[2].content.read_bytes())
    content[-2000] ^= 1
    parts[2].content.write_bytes(content)
    with pytest.raises(ProofError, match="does not hold what follows in the narration"):
        prove("mp3-set", parts[0].content, document, narration, further(parts))


def test_a_file_that_is_missing_is_refused(made: Any) -> None:
    document, narration, parts, _ = made
    lines = parts[0].content.decode().split("\r\n")
    playlist = "\r\n".join(lines[:-3]) + "\r\n"
    with pytest.raises(ProofError, match="goes on where the last file ends"):
        prove("mp3-set", playlist.encode(), document, narration, further(parts[:-1]))


def test_seconds_that_are_not_those_of_the_files_are_refused(made: Any) -> None:
    document, narration, parts, _ = made
    playlist = re.sub(rb"#EXTINF:(\d+)", lambda match: b"#EXTINF:%d" % (int(match[1]) + 1), parts[0].content, count=1)
    with pytest.raises(ProofError, match="seconds of its playlist"):
        prove("mp3-set", playlist, document, narration, further(parts))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("publication.json", b'"duration": "PT', b'"duration": "PT1', "durations|as long as the whole"),
        ("publication.json", b'"url": "audio/02', b'"url": "audio/x2', "lists other files"),
        ("index.html", b'href="audio/02', b'href="audio/92', "lead to audio/92"),
        ("index.html", b"A clock is a promise with hands", b"A clock is a promise with feet", "reads"),
    ],
)
def test_an_audiobook_that_says_what_is_not_so_is_refused(
    made: Any, file: str, old: bytes, new: bytes, said: str
) -> None:
    document, narration, _, book = made
    altered = io.BytesIO()
    with zipfile.ZipFile(book.content) as source, zipfile.ZipFile(altered, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new, 1) if name == file else content)
    book.content.write_bytes(altered.getvalue())
    with pytest.raises(ProofError, match=said):
        prove("lpf", book.content, document, narration)


def test_a_file_that_begins_where_no_chapter_does_is_refused(made: Any) -> None:
    document, narration, parts, _ = made
    later = tuple(
        msgspec.structs.replace(mark, begin=Milliseconds(mark.begin + 700)) if n else mark
        for n, mark in enumerate(narration.chapters)
    )
    moved = msgspec.structs.replace(narration, chapters=later)
    with pytest.raises(ProofError, match="where no chapter does"):
        prove("mp3-set", parts[0].content, document, moved, further(parts))
