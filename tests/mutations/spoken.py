"""Damage to editions that are heard, beside that of ``tests/speech/test_check_by_clips``."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from .episode import AFTER, BEFORE, LATE
from .pages import BOOK, PAGE, in_text, in_words
from .planting import Damage, Edit, Plant, both, cut, damage, gone, inside, moved, swap, without, words, written

ID = "transcript-t06-s2"
TURN = "transcript-t06 is not under the name of who says it"
THIRD = "3. Tamsin Orrelby"


def _late(pattern: str, by: int) -> Edit:
    """Begin and end a clip later, in the unit that both are written in."""

    def edit(text: str) -> str:
        found = re.search(pattern, text)
        assert found
        new = re.sub(r"[\d.]+", lambda one: _more(one[0], by), found[1])
        return text[: found.start(1)] + new + text[found.end(1) :]

    return edit


def _more(number: str, by: int) -> str:
    return f"{float(number) + by:.3f}" if "." in number else str(int(number) + by)


def _heard(damages: tuple[Damage, ...]) -> Iterator[Damage]:
    """Leave out what is no damage where there is sound: that it is claimed."""
    return (one for one in damages if not one.name.startswith("sound claimed"))


PAGE_ALOUD = (
    *_heard(PAGE),
    damage("a clip shifted by 2 s", written(_late(rf'\["{ID}",([\d,]+)\]', 2000)), "parity", ID),
)

# words in tags -------------------------------------------------------------------------------------

Words = Callable[[str], str]
TOLD: tuple[tuple[str, Words, tuple[str, ...]], ...] = (
    ("a sentence dropped", words(f"{LATE}", ""), (f"{ID} is missing",)),
    ("a sentence doubled", words(LATE, f"{LATE} {LATE}"), (f"{ID} is there twice",)),
    (
        "a sentence swapped with the next",
        both(words(LATE, "?!"), words(AFTER, LATE), words("?!", AFTER)),
        (
            "is out of order",
            "transcript-t06-s",
        ),
    ),
    ("a sentence moved to another chapter", moved(re.escape(LATE), "nobody is late[?]"), (f"{ID} is out of order",)),
    ("a turn given to another", words(f"Ignace Fellowdale: {BEFORE}", f"Wilhelmina Dunnock: {BEFORE}"), (TURN,)),
    ("a name taken away", words(f"Ignace Fellowdale: {BEFORE}", BEFORE), (TURN,)),
    ("a word altered", words("no more wrong", "no less wrong"), (f"{ID} reads otherwise",)),
    ("words of nobody", words(LATE, f"{LATE} I never said so."), (f"{ID} reads otherwise",)),
)


def _id3(edit: Callable[[Any], None]) -> Plant:
    def plant(path: Path) -> None:
        tags: Any = ID3(path)  # type: ignore[no-untyped-call]  # mutagen has no types
        edit(tags)
        tags.save(v2_version=3)

    return plant


def _lyrics(edit: Words) -> Callable[[Any], None]:
    def change(tags: Any) -> None:
        (frame,) = tags.getall("USLT")
        frame.text = edit(frame.text)

    return change


def _chapters(tags: Any) -> list[Any]:
    return [one for one in tags.getall("CHAP") if one.sub_frames["TIT2"].text[0].startswith("3. ")]


def _later_chapter(path: Path) -> None:
    """Add 2 s to where a chapter begins: its time stands behind its id (id3v2-chapters-1.0 §3.1)."""
    content = path.read_bytes()
    tags: Any = ID3(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    name = _chapters(tags)[0].element_id.encode() + b"\0"
    at = next(one.end() for one in re.finditer(name, content) if content[one.start() - 10 : one.start() - 6] == b"CHAP")
    later = int.from_bytes(content[at : at + 4]) + 2000
    path.write_bytes(content[:at] + later.to_bytes(4) + content[at + 4 :])


def _later_line(tags: Any) -> None:
    (frame,) = tags.getall("SYLT")
    frame.text = [(line, time + 2000 * (line == LATE)) for line, time in frame.text]


def _other_chapter(tags: Any) -> None:
    _chapters(tags)[0].sub_frames["TIT2"].text = ["Something else"]


MP3: tuple[Damage, ...] = (
    *(damage(name, _id3(_lyrics(edit)), "parity", *told) for name, edit, told in TOLD),
    damage(
        "a chapter lost", _id3(lambda t: t.delall(f"CHAP:{_chapters(t)[0].element_id}")), "parity", THIRD, "missing"
    ),
    damage("a chapter called otherwise", _id3(_other_chapter), "parity", THIRD),
    damage("a chapter shifted by 2 s", _later_chapter, "parity", THIRD),
    damage("a sentence shifted by 2 s", _id3(_later_line), "parity", ID),
    damage("the file missing", gone, "missing", "tide.mp3"),
)


def _mp4(edit: Words) -> Plant:
    def plant(path: Path) -> None:
        file: Any = MP4(path)  # type: ignore[no-untyped-call]  # mutagen has no types
        file.tags["©lyr"] = [edit(file.tags["©lyr"][0])]
        file.save()

    return plant


def _ogg(edit: Callable[[Any], None]) -> Plant:
    def plant(path: Path) -> None:
        file: Any = OggOpus(path)  # type: ignore[no-untyped-call]  # mutagen has no types
        edit(file)
        file.save()

    return plant


def _comment(edit: Words) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        file["lyrics"] = [edit(file["lyrics"][0])]

    return change


def _without_chapter(file: Any) -> None:
    del file["CHAPTER005"], file["CHAPTER005NAME"]


def _late_chapter(file: Any) -> None:
    file["CHAPTER005"] = [f"00:01:{float(file['CHAPTER005'][0].split(':')[2]) + 2:06.3f}"]


def _renamed_chapter(file: Any) -> None:
    file["CHAPTER005NAME"] = ["Something else"]


def _renamed_mp4_chapter(path: Path) -> None:
    content = path.read_bytes()
    assert THIRD.encode() in content
    path.write_bytes(content.replace(THIRD.encode(), b"9. Tamsin Orrelby"))


M4B: tuple[Damage, ...] = (
    *(damage(name, _mp4(edit), "parity", *told) for name, edit, told in TOLD),
    damage("a chapter called otherwise", _renamed_mp4_chapter, "parity", THIRD),
    damage("the file missing", gone, "missing", "tide.m4b"),
)
OPUS: tuple[Damage, ...] = (
    *(damage(name, _ogg(_comment(edit)), "parity", *told) for name, edit, told in TOLD),
    damage("a chapter lost", _ogg(_without_chapter), "parity", THIRD, "missing"),
    damage("a chapter called otherwise", _ogg(_renamed_chapter), "parity", THIRD),
    damage("a chapter shifted by 2 s", _ogg(_late_chapter), "parity", THIRD),
    damage("the file missing", gone, "missing", "tide.opus"),
)


def _shifted(text: str) -> str:
    """Begin and end a clip of a book 2 s later; its times are hours, minutes and seconds."""
    found = re.search(rf'#{ID}"\s*/><audio[^>]*>', text)
    assert found

    def later(time: re.Match[str]) -> str:
        hours, minutes, seconds = time[0].split(":")
        whole = (int(hours) * 60 + int(minutes)) * 60 + float(seconds) + 2
        return f"{int(whole // 3600)}:{int(whole // 60 % 60):02d}:{whole % 60:06.3f}"

    return text.replace(found[0], re.sub(r"\d+:\d\d:\d\d\.\d+", later, found[0]))


# books ---------------------------------------------------------------------------------------------

SMIL = "EPUB/03-transcript.smil"
BOOK_ALOUD: tuple[Damage, ...] = (
    *_heard(BOOK),
    damage("a clip shifted by 2 s", inside(SMIL, _shifted), "parity", ID),
    damage("a clip lost", inside(SMIL, swap(rf"<par(?:(?!</par>).)*{ID}.*?</par>", "")), "parity", ID),
)
LPF: tuple[Damage, ...] = (
    *(damage(name, inside("index.html", edit), rule, *told) for name, edit, rule, told in (*in_text(3), *in_words())),
    damage(
        "the title removed", inside("publication.json", swap('"name": "The Clock[^"]*",', "")), "title-lost", "name"
    ),
    damage(
        "the language removed from the manifest",
        inside("publication.json", swap('"inLanguage": "en",', "")),
        "language-lost",
        "inLanguage",
    ),
    damage(
        "a sound missing in the book", without("audio/05-exchange-3-ignace-fellowdale.mp3"), "file-lost", "audio/05"
    ),
    damage(
        "a chapter lost from the contents",
        inside("index.html", swap(r'<li><a href="audio/05-exchange[^"]*">.*?</a></li>', "")),
        "contents-lost",
        "audio/05",
    ),
    damage("the book missing", gone, "missing", "tide.lpf"),
    damage("the file cut in half", cut, "unsafe", "no whole zip"),
)
DAISY202: tuple[Damage, ...] = (
    *(
        damage(name, inside("content.html", edit), rule, *told)
        for name, edit, rule, told in (*in_text(2), *in_words())
        if name not in {"the mark of a note lost", "a link leading nowhere"}
    ),
    damage(
        "a clip shifted by 2 s",
        inside("ep0008.smil", _late(rf'#{ID}"[^>]*><audio[^>]*? clip-begin="npt=(.*?s" clip-end="npt=[\d.]+)s', 2)),
        "parity",
        ID,
    ),
    damage("the title removed", inside("ncc.html", swap('<meta name="dc:title"[^>]*>', "")), "title-lost", "ncc.html"),
    damage(
        "a chapter lost from the contents",
        inside("ncc.html", swap('<h2 id="transcript-t05-exchange">.*?</h2>', "")),
        "contents-lost",
        "transcript-t05-exchange",
    ),
    damage("the file cut in half", cut, "unsafe", "no whole zip"),
)
DAISY3: tuple[Damage, ...] = (
    *(
        damage(name, inside("text.xml", edit), rule, *told)
        for name, edit, rule, told in in_text(2)
        if name
        in {
            "a sentence dropped",
            "a sentence doubled",
            "a sentence swapped with the next",
            "an id renamed",
            "a sentence moved to another chapter",
            "a turn given to another",
            "a name taken away",
            "a heading lost",
            "the id of a turn renamed",
        }
    ),
    damage("a word altered", inside("text.xml", words("no more wrong", "no less wrong")), "parity", ID),
    damage("a clip shifted by 2 s", inside("ep0008.smil", _shifted), "parity", ID),
    damage("the title removed", inside("book.opf", swap("<dc:Title>.*?</dc:Title>", "")), "title-lost", "book.opf"),
    damage(
        "the language removed",
        inside("book.opf", swap("<dc:Language>.*?</dc:Language>", "")),
        "language-lost",
        "book.opf",
    ),
    damage("the file cut in half", cut, "unsafe", "no whole zip"),
)


def _beside(name: str, edit: Callable[[Path], None]) -> Plant:
    """Damage a sound beside the playlist."""
    return lambda path: edit(path.with_name(name))


def _twice(path: Path) -> None:
    path.write_bytes(path.read_bytes() * 2)


def _exchanged(path: Path) -> None:
    """Give two sounds each other's names."""
    one, two = path.with_name(THREE), path.with_name(FIVE)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


THREE, FOUR, FIVE = (
    "03-exchange-1-ignace-fellowdale.mp3",
    "04-exchange-2-wilhelmina-dunnock.mp3",
    "05-exchange-3-ignace-fellowdale.mp3",
)
_LINE = rf"#EXTINF:[^\n]*\n{FIVE}\r?\n"
SET: tuple[Damage, ...] = (
    damage("a chapter lost from the list", written(swap(_LINE, "")), "parity", FIVE),
    damage("a chapter doubled", written(swap(f"({_LINE})", r"\1\1")), "parity", FIVE),
    damage("a chapter moved", written(moved(_LINE, r"#PLAYLIST[^\n]*\n")), "parity", FIVE),
    damage("a chapter that is no file", written(words(FIVE, "05-nowhere.mp3")), "parity", "05-nowhere.mp3"),
    damage("two sounds exchanged", _exchanged, "parity", "03"),
    damage("a sound cut in half", _beside(FIVE, cut), "parity", "05"),
    damage("a sound doubled", _beside(FIVE, _twice), "parity", "05"),
    damage("a sound missing", _beside(FIVE, gone), "missing", FIVE),
    damage("another sound missing", _beside(THREE, gone), "missing", THREE),
    damage("the list missing", gone, "missing", "tide.m3u"),
    damage("the list cut in half", cut, "parity", "playlist"),
)
