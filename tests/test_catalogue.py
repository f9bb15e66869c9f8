"""The catalogue of an archive: every episode can be found, every link leads somewhere, and its addresses stay."""

import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import etree, html

from converters.archive.holdings import Archive, holdings
from converters.archive.makers import MAKERS
from converters.document import LanguageTag
from converters.published import OUR_FOLDER
from converters.saving import place
from converters.settings import Show

from .conftest import SAMPLE, SHOW, Run, differing, files_below

ADDRESS = "https://mendedhour.example/editions"
EPISODES = {
    "clock": ("2024-03-01", SAMPLE, ""),
    "lamp": ("2024-11-02", SAMPLE.replace("Clock That Runs Backward", 'Lamp <b>&amp; "Moth"</b>'), ""),
    "kettle": (
        "2021-05-06",
        SAMPLE.replace("WILHELMINA DUNNOCK", "SPEAKER 1").replace("Clock That", "Kettle That"),
        "",
    ),
    "undated": ("", "A Talk\n\nADA: Is it late?\n\nBO: It is.\n\nADA: Then we go.\n", 'title = "A Talk"\n'),
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Four episodes of a show that publishes its catalogue; one of a later year, one without a date."""
    folder = tmp_path / "archive"
    folder.mkdir()
    register = '[people.ada]\nname = "Ada"\n\n[catalogue]\naddress = "https://mendedhour.example/editions"\n'
    (folder / "show.toml").write_text(f"{SHOW}\n{register}", encoding="utf-8")
    for name, (date, words, facts) in EPISODES.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
        (folder / f"{name}.toml").write_text(f"date = {date}\n" if date else facts, encoding="utf-8")
    return folder


def _made(archive: Path, out: Path, run: Run, *more: str) -> list[str]:
    ran = run("convert", archive, "-o", out, "--to", "html,epub,txt,html-fragment,json", *more)
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def _page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def _links(page: html.HtmlElement) -> dict[str, str]:
    return {a.get("href", ""): " ".join(a.text_content().split()) for a in page.iter("a")}


def _headings(page: html.HtmlElement, tag: str) -> list[str]:
    return [" ".join(heading.text_content().split()) for heading in page.iter(tag)]


def test_every_episode_is_found_by_date_person_and_subject(archive: Path, out: Path, run: Run) -> None:
    written = _made(archive, out, run)
    assert str(out / "index.html") in written
    index = _page(out / "index.html")
    assert _headings(index, "h1") == ["All episodes of The Mended Hour"]
    titles = [h for h in _headings(index, "h3") if h != "By date"]
    assert [title.split(":")[0] for title in titles] == [
        'The Lamp <b>&amp; "Moth"</b>', "The Clock That Runs Backward", "The Kettle That Runs Backward", "A Talk",
    ]  # fmt: skip
    assert {"year-2024.html", "year-2021.html", "year-undated.html", "people.html"} <= _links(index).keys()
    assert _headings(_page(out / "year-2024.html"), "h2")[:2] == ["November", "March"]
    host = _page(out / "person-tamsin-orrelby.html")
    assert _headings(host, "h1") == ["Episodes with Tamsin Orrelby"]
    assert len(list(host.iter("article"))) == 3


def test_editions_say_how_large_they_are_and_those_of_staff_are_not_offered(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    (editions, *_) = _page(out / "index.html").iterfind(".//ul[@class='editions']")
    assert [item.text_content().partition(" (")[0] for item in editions] == [
        "Web page", "EPUB book", "Plain text", "Data, JSON",
    ]  # fmt: skip
    assert all(item.text_content().endswith(" kB)") for item in editions)


def test_a_link_heard_alone_says_of_which_episode_it_is(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    page = _page(out / "index.html")
    named = [a for a in page.iter("a") if a.get("aria-labelledby")]
    heard = [" ".join(_by_id(page, name) for name in str(a.get("aria-labelledby")).split()) for a in named]
    assert len(heard) == len(set(heard)) == 16
    assert "EPUB book The Clock That Runs Backward: Two Menders on Lost Time" in heard


def _by_id(page: html.HtmlElement, name: str) -> str:
    (found,) = page.xpath("//*[@id=$name]", name=name)
    return " ".join(found.text_content().split())


def test_every_link_leads_somewhere(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    pages = sorted(out.glob("*.html"))
    assert len(pages) >= 8
    for page in pages:
        for href in [*_links(_page(page)), *_page(page).xpath("//link[not(@rel='canonical')]/@href")]:
            if href.startswith(("http", "mailto:", "tel:")):
                continue
            name, fragment = urldefrag(href)
            target = out / unquote(name) if name else page
            assert target.is_file(), f"{page.name}: {href}"
            assert not fragment or _page(target).xpath("//*[@id=$id]", id=fragment), f"{page.name}: {href}"


def test_whoever_is_known_by_name_has_a_page_and_nobody_has_none(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    pages = {path.name for path in out.glob("person-*.html")}
    assert pages == {
        "person-tamsin-orrelby.html", "person-ignace-fellowdale.html", "person-wilhelmina-dunnock.html",
        "person-ada.html",
    }  # fmt: skip
    assert "Speaker 1" not in _page(out / "index.html").text_content()
    assert "Who takes part: Ada, BO" in _page(out / "year-undated.html").text_content()


def test_the_same_archive_has_the_same_catalogue_in_whatever_order_it_was_made(
    archive: Path, tmp_path: Path, run: Run
) -> None:
    _made(archive, tmp_path / "at-once", run)
    other = tmp_path / "bit-by-bit"
    names = [f"{name}.txt" for name in reversed(EPISODES)]
    formats = ("--to", "html,epub,txt,html-fragment,json")
    assert run("convert", *(archive / name for name in names[:2]), "-o", other, *formats).code == 0
    for name in names[2:]:
        assert run("convert", archive / name, "-o", other, *formats).code == 0
    assert not differing(files_below(other), files_below(tmp_path / "at-once"))


def test_a_page_that_is_of_nobody_any_more_goes(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    assert (out / "person-ada.html").is_file()
    shutil.rmtree(out / "undated")
    (archive / "undated.txt").unlink()
    _made(archive, out, run)
    assert not (out / "person-ada.html").exists()
    assert not (out / "year-undated.html").exists()
    assert _made(archive, out, run) == []


def test_what_was_made_from_an_earlier_transcript_says_so(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    (archive / "clock.txt").write_text(SAMPLE.replace("mostly", "never"), encoding="utf-8")
    assert run("convert", archive / "clock.txt", "-o", out, "--to", "html").code == 0
    listed = [item.text_content() for item in _page(out / "person-ignace-fellowdale.html").iterfind(".//article//li")]
    assert any(item.startswith("EPUB book") and "made from an earlier transcript" in item for item in listed)
    assert not any(item.startswith("Web page") and "earlier" in item for item in listed)


def test_the_sitemap_names_every_page_where_the_show_says_at_which_address(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    found = etree.parse(out / "sitemap.xml").findall(".//{*}loc")
    addresses = [str(place.text) for place in found]
    assert len(addresses) == len(set(addresses))
    found = (path.relative_to(out).as_posix() for path in out.rglob("*.html"))
    pages = {path for path in found if "fragment" not in path and not path.startswith(OUR_FOLDER)}
    assert set(addresses) == {f"{ADDRESS}/{page}" for page in pages}
    _made(archive, out, run, "--show", "none")
    assert not (out / "sitemap.xml").exists()


@pytest.mark.parametrize(("language", "heading"), [("de", "Alle Folgen"), ("es", "Todos los episodios")])
def test_the_catalogue_is_in_the_language_of_the_show(
    archive: Path, out: Path, run: Run, language: str, heading: str
) -> None:
    _made(archive, out, run)
    files = {
        n: c for make in MAKERS for n, c in make(Archive(Show(language=LanguageTag(language)), holdings(out))).items()
    }
    page = html.fromstring(files["index.html"])
    assert page.get("lang") == language
    assert _headings(page, "h1") == [heading]
    title = next(page.iter("article")).find("h3/a/span")
    assert title is not None
    assert title.get("lang") == "en"


def test_an_archive_without_episodes_has_no_catalogue() -> None:
    assert [make(Archive(Show(), ())) for make in MAKERS] == [{} for _ in MAKERS]


@pytest.mark.usefixtures("without_checkers")
def test_checking_an_archive_looks_at_its_editions_and_not_at_its_catalogue(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    said = run("check", out).out
    assert str(out / "clock" / "clock.html") in said
    assert str(out / "index.html") not in said


def test_an_unreadable_first_source_takes_the_show_from_nobody(archive: Path, out: Path, run: Run) -> None:
    _made(archive, out, run)
    (archive / "a.txt").write_bytes(b"")
    (archive / "a.toml").write_text("colour = 1", encoding="utf-8")
    run("convert", archive, "-o", out, "--to", "html,epub,txt,html-fragment,json")
    assert _headings(_page(out / "index.html"), "h1") == ["All episodes of The Mended Hour"]


def test_a_killed_run_leaves_no_page_that_nothing_leads_to(
    archive: Path, out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from converters.archive import publishing

    class Killed(BaseException):
        pass

    placed: list[Path] = []

    def placing(finished: Path, target: Path) -> None:
        placed.append(target)
        if target.name == "index.html":
            raise Killed
        place(finished, target)

    monkeypatch.setattr(publishing, "place", placing)
    with pytest.raises(Killed):
        _made(archive, out, run)
    monkeypatch.setattr(publishing, "place", place)
    shutil.rmtree(out / "undated")
    (archive / "undated.txt").unlink()
    (out / "person-ada.html").write_text("left by the one that was killed", encoding="utf-8")
    _made(archive, out, run)
    assert not (out / "person-ada.html").exists()
