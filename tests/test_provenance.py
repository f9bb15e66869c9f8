"""Every edition says where it comes from: the transcript with its SHA-256, the settings that shaped it, the voices."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from lxml import etree
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from converters.liblouis import installed_version
from converters.provenance import settings_of
from converters.settings import Options
from converters.version import TOOL
from converters.writers import writer_named

from .conftest import Run

SLUG = "backward-clock"
SPOKEN = ("html", "epub", "mp3", "m4b", "opus", "mp3-set", "lpf", "daisy202", "daisy3", "vtt")
SILENT = ("pdf", "docx")
IN_BRAILLE = ("pef", "ebraille")


def _digest(source: Path) -> str:
    return hashlib.sha256(source.read_bytes()).hexdigest()


def _entry(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as opened:
        return opened.read(next(one for one in opened.namelist() if one.endswith(name)))


def _tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(load_dtd=False, no_network=True))


def _texts(content: bytes, *names: str) -> str:
    return "\n".join(one.text or "" for name in names for one in _tree(content).iter(f"{{*}}{name}"))


def _terms(content: bytes) -> str:
    metas = _tree(content).iter("{*}meta")
    return "\n".join(str(one.text) for one in metas if str(one.get("property")).startswith("dcterms:"))


def _prod(content: bytes) -> str:
    metas = _tree(content).iter("{*}meta")
    return "\n".join(str(one.get("content")) for one in metas if str(one.get("name")).startswith("prod:"))


def _page_metas(content: bytes) -> str:
    root = etree.fromstring(content, etree.HTMLParser())
    metas = (one for one in root.iter("meta") if str(one.get("name")).startswith("dcterms."))
    return "\n".join(str(one.get("content")) for one in metas)


def _id3(path: Path) -> str:
    frames: Any = ID3(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    return "\n".join(str(frame) for frame in frames.getall("TXXX"))


def _mp4(path: Path) -> str:
    tags: Any = MP4(path)  # type: ignore[no-untyped-call]  # likewise
    return "\n".join(tags[f"----:org.curbcut:{name}"][0].decode() for name in ("source", "settings", "voices"))


def _opus(path: Path) -> str:
    tags: Any = OggOpus(path)  # type: ignore[no-untyped-call]  # likewise
    return "\n".join(tags[name][0] for name in ("source", "settings", "voices"))


def _pdf(path: Path) -> str:
    told = pypdfium2.PdfDocument(path)
    xmp = path.read_bytes().partition(b"<rdf:RDF")[2].partition(b"</rdf:RDF>")[0].decode()
    assert "dcterms:source" in xmp
    return "\n".join(told.get_metadata_value(name) for name in ("Source", "Provenance"))


READ: dict[str, Callable[[Path], str]] = {
    "html": lambda path: _page_metas(path.read_bytes()),
    "epub": lambda path: _terms(_entry(path, ".opf")),
    "ebraille": lambda path: _terms(_entry(path, ".opf")),
    "pef": lambda path: _texts(path.read_bytes(), "source", "description"),
    "pdf": _pdf,
    "docx": lambda path: _texts(_entry(path, "docProps/custom.xml"), "lpwstr"),
    "mp3": _id3,
    "mp3-set": lambda path: _id3(next(path.parent.glob("*.mp3"))),
    "m4b": _mp4,
    "opus": _opus,
    "lpf": lambda path: _page_metas(_entry(path, "index.html")),
    "daisy202": lambda path: _prod(_entry(path, "ncc.html")),
    "daisy3": lambda path: _prod(_entry(path, ".opf")),
    "vtt": lambda path: path.read_text(encoding="utf-8").partition("\n\nNOTE\nSource: ")[2].partition("\n\n")[0],
}


def _path(out: Path, name: str) -> Path:
    return out / SLUG / writer_named(name).file_name(SLUG, "narration" if name == "vtt" else None)


def test_each_silent_edition_says_which_transcript_and_settings_it_was_made_from(
    run: Run, source: Path, out: Path
) -> None:
    formats = (*SILENT, "html", "epub", *(IN_BRAILLE if installed_version() else ()))
    assert run("convert", source, "-o", out, "--to", ",".join(formats)).code == 0
    for name in formats:
        said = READ[name](_path(out, name))
        assert f"backward-clock.txt, SHA-256 {_digest(source)}" in said, name
        assert f"{TOOL} --blocks short" in said, name
        assert "synthetic" not in said, name


@pytest.mark.speech
def test_each_edition_that_is_heard_says_which_synthetic_voices_speak_in_it(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", ",".join(SPOKEN), "--rate", "180").code == 0
    rows = {row["format"]: row for row in json.loads((out / SLUG / "manifest.json").read_text())["artifacts"]}
    for name in SPOKEN:
        said, voices = READ[name](_path(out, name)), rows[name]["voices"]
        assert f"backward-clock.txt, SHA-256 {_digest(source)}" in said, name
        assert f"{TOOL} {rows[name]['settings']}" in said, name
        assert "--engine pyttsx3 --rate 180" in said, name
        assert f"synthetic, {voices['engine']}: {', '.join(voices['ids'])}" in said, name
        assert len(voices["ids"]) >= 4, name


@pytest.mark.speech
def test_the_audiobook_names_what_it_is_based_on_in_its_manifest(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", "lpf").code == 0
    based_on = json.loads(_entry(_path(out, "lpf"), "publication.json"))["isBasedOn"]
    assert based_on == {"type": "MediaObject", "name": "backward-clock.txt", "sha256": _digest(source)}


def test_no_edition_names_a_folder_of_the_machine_it_was_made_on(run: Run, source: Path, out: Path) -> None:
    formats = "html,epub,pdf,docx,txt,json,html-fragment"
    assert run("convert", source.parent, "-o", out, "--to", formats).code == 0
    folder = str(source.parent.parent).encode()
    for path in (out / SLUG).rglob("*"):
        content = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(path) as opened:
                content = b"".join(map(opened.read, opened.namelist()))
        assert folder not in content, path.name


def test_settings_are_told_as_options_and_only_those_that_shape_the_edition() -> None:
    asked = Options(rate=200, text_width=40, speakers={"A": "Ann Lee", "NOTE": ""}, recording="/home/ann/the show.mp3")
    assert (
        settings_of(asked, "txt", is_narrated=False) == "--speakers 'A=Ann Lee, NOTE=' --blocks short --text-width 40"
    )
    assert settings_of(asked, "json", is_narrated=False) == "--speakers 'A=Ann Lee, NOTE='"
    spoken = msgspec.structs.replace(asked, recording=None, speakers={})
    assert settings_of(spoken, "mp3", is_narrated=True) == "--engine pyttsx3 --rate 200 --announce auto --cast each"


def test_of_a_recording_only_the_name_of_its_file_is_told() -> None:
    for path in ("/home/ann/the show.mp3", "C:\\Users\\ann\\the show.mp3", "the show.mp3"):
        assert settings_of(Options(recording=path), "mp3", is_narrated=True) == "--recording 'the show.mp3'"


def test_an_edition_made_earlier_keeps_its_own_settings_in_the_manifest(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", "txt", "--text-width", "40").code == 0
    assert run("convert", source, "-o", out, "--to", "html").code == 0
    rows = json.loads((out / SLUG / "manifest.json").read_text())["artifacts"]
    assert {row["format"]: row["settings"] for row in rows} == {
        "html": "--blocks short", "txt": "--blocks short --text-width 40",
    }  # fmt: skip
