"""The toolbar before any browser: its markup, what of it needs a script, and the typeface inside the page."""

import importlib.util
import io
import re
from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types
from lxml import etree
from lxml.etree import _Element

from converters.document import Document
from converters.narration.model import Narration
from converters.writers import typeface

from .conftest import Write

FONTS = files("fontpkg_atkinson_hyperlegible") / "files"

Page = Callable[..., _Element]


@pytest.fixture
def page(episode: Document, write: Write) -> Page:
    def making(narration: Narration | None = None, document: Document = episode) -> _Element:
        formats = ("html", "mp3") if narration else ("html",)
        return _tree(write(document, "html", narration, formats)[0]["episode.html"])

    return making


def _tree(page: str) -> _Element:
    return etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))


def _all(tree: _Element, path: str) -> list[_Element]:
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, _Element)]


def _one(tree: _Element, path: str) -> _Element:
    (found,) = _all(tree, path)
    return found


def _text(tree: _Element, path: str) -> str:
    return "".join("".join(map(str, one.itertext())) for one in _all(tree, path))


@pytest.fixture(autouse=True)
def fresh_typeface() -> Iterator[None]:
    typeface._embedded.cache_clear()
    yield
    typeface._embedded.cache_clear()


def test_without_a_script_nothing_is_seen_of_a_toolbar_that_plays_nothing(page: Page) -> None:
    section = _one(page(), "//section[@id='tools']")
    assert section.get("hidden") is not None
    assert [one.tag for one in section.itersiblings(preceding=True)] == ["script", "header"]


def test_without_a_script_only_the_browsers_own_player_is_seen_of_one_that_plays(
    page: Page, narration: Narration
) -> None:
    section = _one(page(narration), "//section[@id='tools']")
    assert section.get("hidden") is None
    assert [part.get("id") for part in section if part.get("hidden") is None] == ["tool-listen"]
    shown = [part for part in _one(section, "div[@id='tool-listen']") if part.get("hidden") is None]
    assert [part.tag for part in shown] == ["p", "audio"]


def test_each_tool_has_a_button_that_leads_to_its_panel(page: Page, narration: Narration) -> None:
    tree = page(narration)
    buttons = [button for button in tree.iter("button") if button.get("data-tool")]
    assert buttons[0].get("data-tool") == "listen"
    for button in buttons:
        panel = _one(tree, f"//div[@id='{button.get('aria-controls')}']")
        assert panel.get("class") == "panel"
        assert button.get("aria-expanded") == "false"


def test_the_button_of_the_closed_toolbar_names_what_is_inside(page: Page, narration: Narration) -> None:
    opener = "//button[@data-does='open']"
    assert _text(page(), opener) == "Find, reading settings"
    assert _text(page(narration), opener) == "Listen, find, reading settings"


def test_each_setting_is_a_fieldset_with_a_legend_and_one_answer_given(page: Page) -> None:
    panel = _one(page(), "//div[@id='tool-settings']")
    for fieldset in panel.iter("fieldset"):
        assert _text(fieldset, "legend")
        radios = _all(fieldset, ".//input")
        if radios:
            assert len({radio.get("name") for radio in radios}) == 1
            assert [radio.get("value") for radio in radios if radio.get("checked") is not None] == [""]
    assert len(panel.findall("fieldset")) == 6


def test_each_answer_has_its_rule_in_the_style_sheet(page: Page) -> None:
    tree = page()
    style = _text(tree, "//style")
    for radio in _all(tree, "//div[@id='tool-settings']//input[@value != '']"):
        if (radio.get("name"), radio.get("value")) != ("theme", "light"):  # the colours without any theme
            assert f':root[data-{radio.get("name")}="{radio.get("value")}"]' in style
    sizes = re.search(r"SIZES = \[([\d, ]+)\]", _text(tree, "//body/script"))
    assert sizes
    for percent in sizes.group(1).split(", ")[1:]:
        assert f':root[data-size="{percent}"] {{ --size: {int(percent) / 100:g}; }}' in style


def test_the_place_where_one_stopped_is_no_link_until_there_is_one(page: Page) -> None:
    offer = _one(page(), "//p[@class='go-on']")
    assert offer.get("hidden") is not None
    assert offer.get("data-within") == "transcript"
    assert offer.findall("a") == []


# the typeface -----------------------------------------------------------------------------------------


def test_the_typeface_is_inside_the_page_in_two_weights(page: Page) -> None:
    tree = page()
    faces = re.findall(r"@font-face {[^}]*}", _text(tree, "//style"))
    assert [re.findall(r"font-weight: (\d+)", face) for face in faces] == [["400"], ["700"]]
    assert all('src: url("data:font/woff;base64,' in face for face in faces)
    assert _typefaces(tree) == ["Atkinson Hyperlegible", *SYSTEM]


SYSTEM = ["The device’s sans-serif", "The device’s serif", "The device’s monospaced"]


def _typefaces(tree: _Element) -> list[str]:
    return ["".join(map(str, label.itertext())) for label in _all(tree, "//label[input[@name='typeface']]")]


def test_without_the_package_the_page_is_made_without_it(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(typeface, "find_spec", lambda name: None if name.startswith("fontpkg") else real(name))
    tree = page()
    assert "@font-face" not in _text(tree, "//style")
    assert _typefaces(tree) == SYSTEM
    assert [radio.get("value") for radio in _all(tree, "//input[@name='typeface']")] == ["", "serif", "mono"]


@pytest.mark.parametrize(
    ("text", "is_in_it"),
    [
        ("Who built the ramp? We all did, in 2024.", True),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.", True),
        ("Où est passé le garçon ? Là-bas, près de l’île.", True),
        ("Wer hat die Brücke gebaut? Ein Wort: שלום.", False),
        ("שלום לכולם, מי בנה את הגשר הזה?", False),
        ("Xin chào các bạn, hôm nay chúng ta nói về cây cầu.", False),
        ("Кто построил мост?", False),
        ("誰が橋を作ったのですか。", False),
        ("1, 2, 3!", False),
    ],
)
def test_the_typeface_is_there_where_the_text_is_in_its_letters(text: str, *, is_in_it: bool) -> None:
    assert (typeface.face(text) is not None) == is_in_it


@pytest.mark.parametrize("name", ["AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf"])
def test_a_font_is_packed_without_loss_and_takes_half_the_room(name: str) -> None:
    plain = (FONTS / name).read_bytes()
    packed = typeface.woff(plain)
    assert len(packed) < len(plain) * 0.6
    before, after = TTFont(io.BytesIO(plain)), TTFont(io.BytesIO(packed))
    assert after.flavor == "woff"
    assert after.reader.tables.keys() == before.reader.tables.keys()
    assert all(after.reader[tag] == before.reader[tag] for tag in before.reader.tables)


def test_all_letters_that_are_counted_on_are_in_the_font() -> None:
    has = TTFont(FONTS / "AtkinsonHyperlegible-Regular.ttf").getBestCmap()
    assert [letter for letter in typeface._ITS_LETTERS if ord(letter) not in has] == []
