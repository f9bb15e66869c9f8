"""What is said of how an edition can be used follows from what it holds, and all formats say it alike."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from converters.writers import writer_named
from converters.writers.accessibility import Holds, access
from tests.conftest import Run

SLUG = "backward-clock"
COMMON = {"tableOfContents", "readingOrder", "structuralNavigation", "unlocked"}
"""What every edition with contents and headings has."""


def _file(out: Path, name: str) -> bytes:
    return (out / SLUG / writer_named(name).file_name(SLUG)).read_bytes()


def _inside(content: bytes, ending: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read(next(one for one in opened.namelist() if one.endswith(ending)))


def _said(out: Path, name: str, what: str) -> set[str]:
    """Return the values of one of schema.org's properties in an edition, as its format has them."""
    content = _file(out, name)
    match name:
        case "html":
            root = etree.fromstring(content, etree.HTMLParser())
            return {str(one.get("content")) for one in root.iter("meta") if one.get("property") == f"schema:{what}"}
        case "epub" | "ebraille":
            metas = etree.fromstring(_inside(content, ".opf")).iter("{*}meta")
            return {str(one.text) for one in metas if one.get("property") == f"schema:{what}"}
        case "daisy202" | "daisy3":
            head = _inside(content, "ncc.html" if name == "daisy202" else ".opf")
            metas = etree.fromstring(head, etree.XMLParser(load_dtd=False, no_network=True)).iter("{*}meta")
            return {str(one.get("content")) for one in metas if one.get("name") in {f"prod:{what}", f"schema:{what}"}}
        case "docx":
            properties = etree.fromstring(_inside(content, "docProps/custom.xml"))
            return {v for one in properties if one.get("name") == what for v in str(one[0].text).split(", ")}
        case "lpf":
            told = json.loads(_inside(content, "publication.json"))[what]
            return {one if isinstance(one, str) else one["itemListElement"][0] for one in told}
        case _:
            rdf = content.partition(b"<rdf:RDF")[2].partition(b"</rdf:RDF>")[0].decode()
            (found,) = re.findall(rf"<schema:{what}>(.*?)</schema:{what}>", rdf)
            return set(re.findall("<rdf:li>(.*?)</rdf:li>", found)) or {found}


def test_silent_editions_say_what_they_are_and_nothing_that_they_are_not(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", "html,epub,pdf,docx").code == 0
    for name in ("html", "epub", "pdf", "docx"):
        assert _said(out, name, "accessMode") == _said(out, name, "accessModeSufficient") == {"textual"}, name
        assert _said(out, name, "accessibilityHazard") == {"none"}, name
        features = _said(out, name, "accessibilityFeature")
        assert features >= COMMON, name
        assert not features & {"synchronizedAudioText", "transcript", "captions", "pageNavigation", "ttsMarkup"}, name
        assert ("displayTransformability" in features) == (name != "pdf"), name
        assert ("taggedPDF" in features) == (name == "pdf"), name


@pytest.mark.parametrize(("standard", "features"), [("house", {"largePrint"}), ("clear", set())])
def test_print_is_called_large_only_where_it_is(
    standard: str,
    features: set[str],
    run: Run,
    source: Path,
    out: Path,
) -> None:
    assert run("convert", source, "-o", out, "--to", "pdf", "--large-print", standard).code == 0
    assert _said(out, "pdf", "accessibilityFeature") & {"largePrint"} == features


@pytest.mark.speech
def test_editions_that_hold_the_same_say_the_same_of_their_sound(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", "html,epub,mp3,daisy202,daisy3,lpf").code == 0
    for name in ("html", "epub", "daisy202", "daisy3", "lpf"):
        assert _said(out, name, "accessMode") == {"textual", "auditory"}, name
        assert _said(out, name, "accessModeSufficient") == {"textual", "auditory"}, name
        features = _said(out, name, "accessibilityFeature")
        assert ("synchronizedAudioText" in features) == (name != "lpf"), name
        assert ("transcript" in features) == (name == "lpf"), name


@pytest.mark.speech
def test_a_page_without_the_sound_beside_it_says_nothing_of_sound(run: Run, source: Path, out: Path) -> None:
    assert run("convert", source, "-o", out, "--to", "html,lpf").code == 0
    assert _said(out, "html", "accessMode") == {"textual"}
    assert b"synthetic, " not in _file(out, "html")
    rows = json.loads((out / SLUG / "manifest.json").read_text())["artifacts"]
    assert {row["format"]: row["narrated"] for row in rows} == {"html": False, "lpf": True}


def test_of_a_shows_own_recording_nobody_says_that_its_sounds_do_no_harm() -> None:
    recorded = access(Holds(heard="in part", in_step=True, recorded=True), "")
    assert recorded.hazards == ("noFlashingHazard", "noMotionSimulationHazard", "unknownSoundHazard")
    assert recorded.sufficient == ("textual",)


def test_braille_is_felt_and_not_seen() -> None:
    braille = access(Holds(braille=True), "")
    assert braille.modes == braille.sufficient == ("tactile",)
    assert "braille" in braille.features
    assert "transcript" not in braille.features
