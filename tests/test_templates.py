"""No template changes unnoticed: what a person checked is what is made, or the claim is withdrawn."""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

from converters.human_checks import TEMPLATES, Checked
from converters.stylesheets import stylesheet

from .conftest import ROOT, Run
from .test_cases import CASES

SCRIPT = ROOT / "tests" / "conformance" / "human-check.md"
TOLD = ("class", "role", "hidden", "type", "tabindex", "lang", "dir")
PRINTED = ("large-print.css", "large-print-house.css")
SOUND = ("read-along.css", "epub-overlay.css")


@pytest.mark.parametrize("edition", get_args(Checked))
def test_a_template_that_changed_has_a_new_version(edition: Checked, run: Run, tmp_path: Path) -> None:
    if edition == "pdf":
        pytest.importorskip("weasyprint", reason="large print is set by WeasyPrint", exc_type=ImportError)
    path = _made(edition, run, tmp_path)
    found = hashlib.sha256("\n".join(_skeleton(edition, path)).encode()).hexdigest()[:16]
    assert TEMPLATES[edition].skeleton == found, (
        f"How the {edition} edition is made has changed. In converters/human_checks.py, raise its version and its date "
        f'if a person would see, hear or press anything otherwise, and put "{found}" there as its skeleton.'
    )


@pytest.mark.parametrize("edition", get_args(Checked))
def test_the_script_has_a_step_for_every_point_that_a_record_must_name(edition: Checked) -> None:
    _, _, rest = SCRIPT.read_text(encoding="utf-8").partition(f'(`edition = "{edition}"`)')
    steps = re.findall(r"^(\d+)\. ", rest.partition("\n## ")[0], flags=re.MULTILINE)
    assert [int(step) for step in steps] == list(range(1, TEMPLATES[edition].points + 1))


def _made(edition: Checked, run: Run, folder: Path) -> Path:
    for name in ("source.txt", "source.toml", "show.toml"):
        shutil.copy(CASES / "a-show-page" / name, folder / name)
    assert run("convert", folder / "source.txt", "-o", folder / "out", "--to", edition).code == 0
    suffix = {"html": ".html", "epub": ".epub", "pdf": "-large-print.pdf"}[edition]
    return folder / "out" / "source" / f"source{suffix}"


def _skeleton(edition: Checked, path: Path) -> Iterator[str]:
    """Yield what is there beside the words: elements with what tells how they are read, styles, scripts."""
    match edition:
        case "html":
            yield from _elements(etree.fromstring(path.read_bytes(), etree.HTMLParser()))
            yield from _without_typefaces(stylesheet(SOUND[0]))
            for script in sorted((ROOT / "converters" / "writers").glob("*.js")):
                yield script.read_text(encoding="utf-8")
        case "epub":
            with zipfile.ZipFile(path) as book:
                for name in sorted(one for one in book.namelist() if one.endswith(".xhtml")):
                    yield from _elements(etree.fromstring(book.read(name)))
            yield from _without_typefaces(stylesheet("epub.css", SOUND[1]))
        case "pdf":
            yield from sorted({kind.decode() for kind in re.findall(rb"/S /(\w+)", path.read_bytes())})
            yield from _without_typefaces(stylesheet(*PRINTED))


def _elements(root: etree._Element) -> Iterator[str]:
    for one in root.iter("*"):
        name = etree.QName(one).localname
        if name == "style":
            yield from _without_typefaces(one.text or "")
        elif name != "meta":
            marks = sorted(f"{key}={one.get(key)}" for key in map(str, one.attrib) if _tells(key))
            yield " ".join((name, *marks))


def _tells(attribute: str) -> bool:
    return attribute in TOLD or attribute.startswith("aria-") or attribute.endswith("}type")


def _without_typefaces(style: str) -> Iterator[str]:
    """Yield a style without the typeface in it, whose bytes follow from the letters of the page."""
    yield re.sub(r"url\(\"?data:[^)]*\)", "", style)
