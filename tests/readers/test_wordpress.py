"""WordPress exports: one post at a time, as its page would show it."""

import datetime

import pytest

from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.manuscript import Manuscript
from converters.readers.shortcodes import unwrapped
from converters.readers.wordpress import Entry, episodes_of, read_wordpress, wordpress_manuscript
from converters.settings import Options
from converters.traverse import paragraph_text, turns

TALK = "<strong>Ann:</strong> It boiled.\n\n<strong>Bo:</strong> Over?\nQuite over.\n\n<strong>Ann:</strong> Hm."


def _item(
    content: str = TALK, slug: str = "kettles", kind: str = "post", status: str = "publish", more: str = ""
) -> str:
    return f"""<item><title><![CDATA[Two Kettles &#8211; a <em>talk</em>]]></title>
      <link>https://shed.example/{slug}/</link><pubDate>Tue, 04 May 2021 22:30:00 +0000</pubDate>
      <dc:creator><![CDATA[ann]]></dc:creator>
      <content:encoded><![CDATA[{content}]]></content:encoded>
      <wp:post_date><![CDATA[2021-05-05 00:30:00]]></wp:post_date><wp:post_name><![CDATA[{slug}]]></wp:post_name>
      <wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"""


def _export(*items: str, before: str = "", version: str = "1.2") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8" ?>{before}
    <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
      xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:wp="http://wordpress.org/export/{version}/"><channel><title>The Shed Hour</title>
      <link>https://shed.example</link><language>en-GB</language>{"".join(items)}</channel></rss>""".encode()


def _read(source: bytes, entry: str | None = None) -> tuple[Manuscript, Report]:
    report = Report()
    return wordpress_manuscript(source, ReadContext("export.xml", Options(), report, entry)), report


def _texts(content: str) -> list[str]:
    return [piece.text for piece in _read(_export(_item(content)))[0].pieces]


# which post ---------------------------------------------------------------------------------


def test_every_published_post_that_may_hold_a_transcript_is_an_episode() -> None:
    source = _export(
        _item(slug="one"),
        _item(slug="two", kind="episode"),
        _item(slug="draft", status="draft"),
        _item(slug="picture", kind="attachment", status="inherit"),
        _item(slug="empty", content=" "),
        _item(slug="menu", kind="nav_menu_item"),
        _item(slug="block", kind="wp_block"),
        _item(slug="about", kind="page", content="<p>Hosts: Ann Lee, Bo Moss.</p><p>Contact: ann@shed.example</p>"),
        _item(slug="spoken", kind="page", content=TALK.replace("Hm.", "Hm.\n\n<strong>Bo:</strong> Hm.")),
        _item(slug="one"),
    )
    assert episodes_of(source) == (
        Entry("one", "Two Kettles – a talk", "post"),
        Entry("two", "Two Kettles – a talk", "episode"),
        Entry("spoken", "Two Kettles – a talk", "page"),
        Entry("one-2", "Two Kettles – a talk", "post"),
    )


def test_the_only_episode_needs_no_name_and_one_of_several_does() -> None:
    assert _read(_export(_item()))[0].pieces[0].text == "Ann: It boiled."
    several = _export(_item(slug="one"), _item(slug="two"), _item(slug="draft", status="draft"))
    with pytest.raises(
        SourceError, match=r"^export\.xml: this export holds 2 episodes\. .*--episode SLUG; inspect lists them"
    ):
        _read(several)
    assert _read(several, "two")[0].facts.page == "https://shed.example/two/"


def test_a_name_that_is_no_episodes_is_answered_with_those_that_are() -> None:
    source = _export(_item(slug="one"), _item(slug="draft", status="draft"))
    with pytest.raises(SourceError, match=r"no episode “three” in this export\. It has: one, draft"):
        _read(source, "three")
    with pytest.raises(SourceError, match=r"“draft” is not published \(draft\)\. Publish it"):
        _read(source, "draft")
    with pytest.raises(SourceError, match=r"no post in this export holds a transcript \(“draft”: not published\)"):
        _read(_export(_item(slug="draft", status="draft")))


def test_a_name_in_other_letters_is_known_as_it_is_written_and_as_a_file_would_be_called() -> None:
    source = _export(_item(slug="not-yet-caf%C3%A9"), _item(slug="two"))
    assert [entry.slug for entry in episodes_of(source)] == ["not-yet-café", "two"]
    for name in ("not-yet-café", "not-yet-cafe"):
        assert _read(source, name)[0].facts.page == "https://shed.example/not-yet-caf%C3%A9/"


# the post as a page -------------------------------------------------------------------------


def test_what_the_export_says_of_the_episode_is_read_as_given() -> None:
    more = """<excerpt:encoded><![CDATA[<p>About two kettles.</p>]]></excerpt:encoded>
      <category domain="category" nicename="tea"><![CDATA[Tea &amp; more]]></category>
      <category domain="category" nicename="uncategorized">Uncategorized</category>
      <category domain="post_tag" nicename="steam">steam</category>
      <wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value><![CDATA[https://cdn.shed.example/2.mp3
9120044
audio/mpeg]]></wp:meta_value></wp:postmeta>
      <wp:comment><wp:comment_author>Cy</wp:comment_author>
        <wp:comment_content><![CDATA[Ann: <b>well</b> said.]]></wp:comment_content></wp:comment>"""
    manuscript, report = _read(_export(_item(more=more)))
    facts = manuscript.facts
    assert (facts.title, facts.show, facts.language) == ("Two Kettles – a talk", "The Shed Hour", "en-GB")
    assert facts.published == datetime.date(2021, 5, 5)
    assert (facts.page, facts.recording) == ("https://shed.example/kettles/", "https://cdn.shed.example/2.mp3")
    assert facts.subjects == ("Tea & more", "steam")
    assert facts.summary == ("About two kettles.",)
    assert report.left_out == ("ann", "Cy: Ann: well said.")


def test_a_day_that_wordpress_left_empty_is_that_of_the_feed() -> None:
    source = _export(_item()).replace(b"2021-05-05 00:30:00", b"0000-00-00 00:00:00")
    assert _read(source)[0].facts.published == datetime.date(2021, 5, 4)


def test_line_ends_are_meant_in_the_old_editor_and_not_in_the_new_one() -> None:
    assert _texts(TALK) == ["Ann: It boiled.", "Bo: Over?", "Quite over.", "Ann: Hm."]
    blocks = "<!-- wp:paragraph -->\n<p><strong>Ann:</strong> It\nboiled.</p>\n<!-- /wp:paragraph -->\n\n<hr/>"
    assert _texts(blocks) == ["Ann: It boiled.", ""]


def test_lines_are_those_of_the_file() -> None:
    source = _export(_item())
    first = next(number for number, line in enumerate(source.decode().splitlines(), 1) if "Ann:" in line)
    pieces = _read(source)[0].pieces
    assert [piece.line for piece in pieces] == [first, first + 2, first + 3, first + 5]


def test_codes_of_plug_ins_go_and_what_somebody_heard_stays() -> None:
    content = """[audio mp3="https://x.example/2.mp3"][/audio]
[su_spoiler title="Transcript"]<p>[00:01:02] Ann: [laughter] It [inaudible 00:12:01] boiled.</p>[/su_spoiler]
[vc_row]<p>Bo: [[audio]] is no code, [crosstalk] nor this [MUSIC: Song].</p>[/vc_row]
[powerpress]"""
    manuscript, report = _read(_export(_item(content)))
    assert [piece.text for piece in manuscript.pieces] == [
        "[00:01:02] Ann: [laughter] It [inaudible 00:12:01] boiled.",
        "Bo: [audio] is no code, [crosstalk] nor this [MUSIC: Song].",
    ]
    (codes,) = (words for words in report.left_out if "spoiler" in words)
    assert [code.split()[0] for code in codes.removeprefix("[").split("[")] == [
        "audio", "/audio]", "su_spoiler", "/su_spoiler]", "vc_row]", "/vc_row]", "powerpress]",
    ]  # fmt: skip


def test_a_code_between_words_parts_no_paragraph() -> None:
    assert _texts('Ann: It [tooltip tip="hot"]boiled[/tooltip] over.') == ["Ann: It boiled over."]


def test_a_caption_is_a_caption_and_a_note_is_a_note() -> None:
    content = f"""{TALK}
[caption id="a" width="300"]<img src="k.jpg" alt="k.jpg" /> Ann, last year.[/caption]

<strong>Bo:</strong> It was hot[fn]Some <em>say</em> cold.[/fn].

<strong>Bo:</strong> Hm."""
    manuscript, report = _read(_export(_item(content)))
    assert "Ann, last year." in report.left_out
    assert [piece.text for piece in manuscript.pieces][-2:] == ["Bo: It was hot1.", "Bo: Hm."]
    (note,) = manuscript.notes
    assert [paragraph_text(paragraph) for paragraph in note.paragraphs] == ["Some say cold."]


def test_a_transcript_that_a_plug_in_keeps_beside_the_post_is_read_with_it() -> None:
    talk = "".join(
        f"<p>{name}: It boiled over, and nobody in the shed said anything.</p>" for name in ("Ann", "Bo") * 4
    )
    more = f"""<wp:postmeta><wp:meta_key>_episode_transcript</wp:meta_key>
      <wp:meta_value><![CDATA[{talk}]]></wp:meta_value></wp:postmeta>
      <wp:postmeta><wp:meta_key>transcript_style</wp:meta_key><wp:meta_value>open</wp:meta_value></wp:postmeta>"""
    manuscript, _ = _read(_export(_item("<p>About two kettles.</p>", more=more)))
    assert [piece.text for piece in manuscript.pieces][:2] == [
        "About two kettles.",
        "Ann: It boiled over, and nobody in the shed said anything.",
    ]
    assert len(manuscript.pieces) == 9


def test_links_of_a_post_are_whole() -> None:
    manuscript, _ = _read(_export(_item('Ann: See <a href="/lids">lids</a> and <a href="#x">this</a>.')))
    assert [mark.value for mark in manuscript.pieces[0].marks] == ["https://shed.example/lids"]


def test_a_post_is_understood_to_its_end() -> None:
    document = read_wordpress(_export(_item(TALK)), ReadContext("export.xml", Options(), Report()))
    assert [turn.label for turn in turns(document)] == ["Ann", "Bo", "Ann"]


@pytest.mark.parametrize("text", ["", "[", "[]", "[/]", "[a", "]a[", "[[a]", "[caption]", "[/caption]", "[1=2]"])
def test_brackets_that_are_no_codes_stay(text: str) -> None:
    assert unwrapped(f"x {text} y").markup.replace(" ", "") in {f"x{text}y", "xy"}


# hostile files --------------------------------------------------------------------------------

_BOMB = "<!DOCTYPE rss [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 20}'>" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("before", "content"),
    [
        (f"{_BOMB}]>", "]]>&h;<![CDATA["),
        ("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "Ann: It boiled.]]>&x;<![CDATA["),
        ("<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/rss.dtd'>", TALK),
    ],
)
def test_entities_are_not_expanded_and_nothing_is_opened(before: str, content: str) -> None:
    try:
        manuscript, _ = _read(_export(_item(content), before=before))
    except SourceError:
        pass
    else:
        assert all("root:" not in piece.text and "lol" not in piece.text for piece in manuscript.pieces)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (_export(_item())[:-60], r"the export is damaged in line \d+\. Export it again"),
        (_export("<a>" * 100_000), "the export is damaged"),
        (_export(_item("<div>" * 100_000)), "nested more than 256 levels deep"),
        (_export(_item("[powerpress]")), "the post “kettles” holds no words"),
        (_export(), "no post in this export holds a transcript"),
        (b"no xml at all", "the export is damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(source: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        _read(source)


def test_control_characters_in_a_post_are_no_reason_to_refuse_the_export() -> None:
    assert _texts("Ann: It \x08boiled.\x00") == ["Ann: It boiled."]


@pytest.mark.parametrize(
    "content", ["[a b=c]" * 100_000, "[caption]" * 100_000 + "[/caption]", "[a" + " " * 500_000, "[fn]" * 100_000]
)
def test_brackets_without_end_cost_no_more_than_their_length(content: str) -> None:
    assert _texts(f"Ann: Hm.\n{content}\nBo: Hm.")[0] == "Ann: Hm."


def test_a_long_export_is_gone_through_as_a_stream() -> None:
    source = _export(*(_item(slug=f"hour-{number}") for number in range(2_000)))
    assert len(episodes_of(source)) == 2_000
    assert _read(source, "hour-3")[0].facts.page == "https://shed.example/hour-3/"
