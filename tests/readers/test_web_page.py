"""Web pages as pieces: every word with what the markup says of it, and nothing opened or fetched."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.manuscript import Manuscript
from converters.readers.markup.tree import page_text
from converters.readers.pieces import Mark, Moment, Piece
from converters.readers.web_page import read_web_page, web_page_manuscript
from converters.settings import Limits, Options
from converters.timing import Milliseconds
from converters.traverse import paragraph_text, turn_text, turns


def _read(page: str | bytes, limits: Limits | None = None) -> tuple[Manuscript, Report]:
    report = Report()
    context = ReadContext("page.html", Options(limits=limits or Limits()), report)
    source = page.encode() if isinstance(page, str) else page
    return web_page_manuscript(page_text(source, context), context), report


def _pieces(page: str) -> tuple[Piece, ...]:
    return _read(page)[0].pieces


def _texts(page: str) -> list[str]:
    return [piece.text for piece in _pieces(page)]


def _forms(page: str) -> list[tuple[str, str]]:
    return [(piece.form, piece.text) for piece in _pieces(page)]


def _marked(piece: Piece) -> list[tuple[str, str, str]]:
    return [(mark.kind, piece.text[mark.begin : mark.end], mark.value) for mark in piece.marks]


def _left_out(page: str) -> str:
    return " | ".join(_read(page)[1].left_out)


def _moment(offset: int, begin: int) -> Moment:
    return Moment(offset, Milliseconds(begin))


# blocks ---------------------------------------------------------------------------------


def test_blocks_are_pieces_with_the_form_that_the_markup_gives_them() -> None:
    page = """<h2>Kettles</h2><p>One.</p><div>Two<p>Three</p>four</div>
        <ul><li>Item</li><li><p>First</p><p>Second</p></ul>
        <blockquote><p>Quoted.</p></blockquote><hr><div class="pull-quote">Lifted.</div>"""
    assert _forms(page) == [
        ("heading", "Kettles"),
        ("prose", "One."),
        ("prose", "Two"),
        ("prose", "Three"),
        ("prose", "four"),
        ("item", "Item"),
        ("item", "First"),
        ("prose", "Second"),
        ("quote", "Quoted."),
        ("rule", ""),
        ("quote", "Lifted."),
    ]


def test_a_line_break_ends_a_piece_and_keeps_its_form_and_marks() -> None:
    first, second = _pieces("<ul><li><b>Ann:<br>Yes.</b></li></ul>")
    assert (first.form, second.form) == ("item", "item")
    assert _marked(first) == [("strong", "Ann:", "")]
    assert _marked(second) == [("strong", "Yes.", "")]


def test_lines_are_those_of_the_source() -> None:
    page = "<p>One</p>\n\n<p>Two\n<br>Three</p>\n<pre>Four\nFive</pre>"
    assert [(piece.line, piece.text) for piece in _pieces(page)] == [
        (1, "One"), (3, "Two"), (4, "Three"), (5, "Four"), (6, "Five"),
    ]  # fmt: skip


TYPED = """<body><pre>ANN:  The kettle that stands on the left side of the stove has
boiled dry again, and nobody has put any water into it since
Monday. The <a href="https://kettle.example/">list of kettles</a> says so.

BO:  It is not the only one. I have seen three others that were
in the same state, on the same stove, on the very same Monday.
</pre></body>"""


def test_typed_text_is_joined_where_it_was_wrapped_and_keeps_its_links() -> None:
    first, second = _pieces(TYPED)
    assert first.text.startswith("ANN: The kettle")
    assert first.text.endswith("The list of kettles says so.")
    assert _marked(first) == [("link", "list of kettles", "https://kettle.example/")]
    assert second.text.endswith("the very same Monday.")


def test_unclosed_paragraphs_of_an_old_page_are_paragraphs() -> None:
    assert _texts("<P><B>ANN:<P>Which one?<P><B>BO:</B><P>The <I>whistling one<P>Fine.") == [
        "ANN:", "Which one?", "BO:", "The whistling one", "Fine.",
    ]  # fmt: skip


def test_a_name_with_its_colon_in_the_midst_of_a_paragraph_begins_another() -> None:
    page = "<p><b>Ann:</b> It boiled. <b>Bo</b>: It did. It was <b>hot:</b> very.</p>"
    assert _texts(page) == ["Ann: It boiled.", "Bo: It did. It was hot: very."]


def test_what_unfolds_is_kept_under_its_heading() -> None:
    page = "<h2>Kettles</h2><details><summary>Show transcript</summary><p>Ann: Hm.</p></details>"
    assert [(p.form, p.level, p.text) for p in _pieces(page)] == [
        ("heading", 2, "Kettles"), ("heading", 3, "Show transcript"), ("prose", 0, "Ann: Hm."),
    ]  # fmt: skip


def test_spaces_are_one_and_a_no_break_space_opens_a_gap() -> None:
    (piece,) = _pieces("<p>\n  Ann&nbsp;&nbsp; It\n  is   4&#160;000 degrees&#160;!\u200b </p>")
    assert piece.text == "Ann It is 4\u00a0000 degrees\u00a0!"
    assert piece.gap == 3
    (french,) = _pieces("<p>Il a bouilli&#160;!</p>")
    assert french.gap == 0


def test_marks_stand_where_their_letters_stand_after_spaces_are_one() -> None:
    (piece,) = _pieces("<p>  A  <b> bold \n word </b>, <em>a</em><em> b</em> <i></i>end</p>")
    assert piece.text == "A bold word , a b end"
    assert piece.marks == (Mark(2, 11, "strong"), Mark(14, 17, "emphasis"))


def test_style_alone_makes_bold_where_a_word_processor_exported_the_page() -> None:
    page = """<style>.c0{font-weight:700}.c2{font-style:italic}</style><b style="font-weight:normal"><p>
              <span class="c0">Ann: </span>It <span class="c2">is</span>
              <span style="font-weight: bold">hot</span>.</p></b>"""
    (piece,) = _pieces(page)
    assert _marked(piece) == [("strong", "Ann:", ""), ("emphasis", "is", ""), ("strong", "hot", "")]


def test_figures_that_are_raised_stay_raised() -> None:
    assert _texts("<p>10<sup>2</sup> of H<sub>2</sub>O, the 1<sup>st</sup></p>") == ["10² of H₂O, the 1st"]


def test_letters_that_only_a_browser_shows_round_a_quotation_are_kept() -> None:
    assert _texts("<p>She said <q>no</q>.</p>") == ["She said “no”."]


def test_a_sound_that_only_its_class_calls_so_gets_its_brackets() -> None:
    page = (
        """<p>Ann: Hm.</p><div class="marker marker--music">Kettle song</div><p class="stage-direction">(Exit.)</p>"""
    )
    assert _texts(page) == ["Ann: Hm.", "[Kettle song]", "(Exit.)"]


def test_plain_text_in_a_page_is_read_as_plain_text() -> None:
    assert _texts("<pre>ANN\tIt boiled.\nBO\tIt did.\n</pre>") == ["ANN\tIt boiled.", "BO\tIt did."]


def test_a_word_processors_list_of_terms_is_no_conversation() -> None:
    page = """<dl><dt>Date</dt><dd>4 May</dd><dt>Place</dt><dd>The shed</dd></dl>
              <dl><dt>Ann</dt><dd>It boiled.</dd><dt>Bo</dt><dd>It did.</dd><dt>Ann</dt><dd>Hm.</dd></dl>"""
    labelled = [piece.text for piece in _pieces(page) if any(mark.kind == "label" for mark in piece.marks)]
    assert labelled == ["Ann", "Bo", "Ann"]


# who speaks, and when ---------------------------------------------------------------------


def test_podcasting_2_0_names_speakers_in_cite() -> None:
    pieces = _pieces(
        "<cite>Ann:</cite>\n<time>0:05</time>\n<p>It boiled.</p><cite>Bo:</cite><time>0:09</time><p>Hm.</p>"
    )
    assert [piece.text for piece in pieces] == ["Ann: 0:05", "It boiled.", "Bo: 0:09", "Hm."]
    assert _marked(pieces[0]) == [("label", "Ann:", "")]


def test_cite_without_colon_is_a_speaker_only_where_it_comes_again() -> None:
    talk = "".join(f"<p><cite>{name}</cite> It boiled over.</p>" for name in ("Ann", "Bo", "Ann"))
    assert [_marked(piece)[0][:2] for piece in _pieces(talk)] == [("label", "Ann"), ("label", "Bo"), ("label", "Ann")]
    book = "<p><cite>The Boiler</cite> is a long book.</p><p>I like <cite>The Lid</cite>.</p>"
    assert [_marked(piece)[0][:2] for piece in _pieces(book)] == [("emphasis", "The Boiler"), ("emphasis", "The Lid")]


@pytest.mark.parametrize(
    "name",
    ["speaker", "transcript__speakerName", "sprecher", "Line_speaker__3xYz", "podcast-speaker-label", "hablante"],
)
def test_a_class_that_speaks_of_a_speaker_marks_the_name(name: str) -> None:
    page = f'<p><span class="{name}">Ann</span><span class="tx">It boiled.</span></p>'
    (piece,) = _pieces(page)
    assert piece.text == "Ann It boiled."
    assert _marked(piece) == [("label", "Ann", "")]


@pytest.mark.parametrize(
    "name", ["speaker-turn", "speaker__bio", "comment-author", "byline", "speaker-time", "voice-over"]
)
def test_a_class_that_speaks_of_something_else_marks_nothing(name: str) -> None:
    assert _pieces(f'<p><span class="{name}">Ann</span> It boiled.</p>')[0].marks == ()


def test_a_class_of_whole_turns_is_none_of_a_name() -> None:
    page = f'<p class="speaker">Ann: Yes.</p><p class="speaker">Bo: {"It boiled. " * 20}</p>'
    assert [piece.marks for piece in _pieces(page)] == [(), ()]
    box = '<div class="interviewer"><h4>Ann</h4><p>Did it?</p></div>'
    assert [piece.marks for piece in _pieces(box)] == [(), ()]


def test_a_name_that_is_a_heading_is_a_name() -> None:
    name, words = _pieces('<h4 class="speaker">Ann</h4><p>It boiled.</p>')
    assert (name.form, name.level) == ("prose", 0)
    assert words.text == "It boiled."


def test_a_data_attribute_names_the_speaker_of_what_is_in_it() -> None:
    page = """<div data-speaker="Speaker 1" data-start="0.5"><p>It boiled.</p><p>Over.</p></div>
              <div data-speaker="Speaker 2" data-start="4"><span class="time">0:04</span><p>Hm.</p></div>"""
    pieces = _pieces(page)
    assert [(piece.label, piece.text) for piece in pieces] == [
        ("Speaker 1", "It boiled."), (None, "Over."), (None, "0:04"), ("Speaker 2", "Hm."),
    ]  # fmt: skip
    assert pieces[0].moments == (_moment(0, 500),)


def test_a_visible_name_outweighs_a_data_attribute() -> None:
    (piece,) = _pieces('<p data-speaker="spk_0"><span class="speaker">Ann:</span> It boiled.</p>')
    assert piece.label is None
    assert _marked(piece) == [("label", "Ann:", "")]


@pytest.mark.parametrize(
    ("attribute", "milliseconds"),
    [
        ('data-start="12.5"', 12_500),
        ('data-start-ms="12500"', 12_500),
        ('data-time="00:00:12.5"', 12_500),
        ('data-start="00000012500"', 12_500),
        ('data-m="12500"', 12_500),
        ('begin="00:00:12.50"', 12_500),
        ('data-timestamp="1604310000"', None),
        ('data-time="soon"', None),
        ('data-start=""', None),
    ],
)
def test_a_time_in_an_attribute_is_a_moment(attribute: str, milliseconds: int | None) -> None:
    (piece,) = _pieces(f"<p {attribute}>It boiled.</p>")
    assert [moment.begin for moment in piece.moments] == ([milliseconds] if milliseconds is not None else [])


def test_a_time_that_is_printed_stays_in_the_text_and_is_no_moment_beside_it() -> None:
    (piece,) = _pieces('<p data-start="65"><a class="timestamp" href="#t=65">1:05</a><span>It boiled.</span></p>')
    assert (piece.text, piece.moments, piece.marks) == ("1:05 It boiled.", (), ())


def test_words_with_times_of_their_own_keep_them() -> None:
    page = '<p><span data-m="0">It </span><span data-m="330">boiled </span><span data-m="700">over.</span></p>'
    assert _pieces(page)[0].moments == (_moment(0, 0), _moment(3, 330), _moment(10, 700))


# links, languages, notes, pictures, tables ---------------------------------------------------


def test_links_are_whole_or_none_and_what_is_lost_is_said_once() -> None:
    page = """<p><a href="https://k.example/a">one</a> <a href="/b">two</a> <a href="c?d">three</a>
              <a href="#e">four</a> <a href="javascript:f()">five</a> <a href="mailto:ann@k.example">six</a></p>"""
    manuscript, report = _read(page)
    assert _marked(manuscript.pieces[0]) == [
        ("link", "one", "https://k.example/a"),
        ("link", "six", "mailto:ann@k.example"),
    ]
    assert report.left_out == ("/b c?d",)


@pytest.mark.parametrize(
    "head",
    [
        '<base href="https://k.example/e/">',
        '<link rel="canonical" href="https://k.example/e/">',
        '<meta property="og:url" content="https://k.example/e/">',
        "<!-- saved from url=(0020)https://k.example/e/ -->",
    ],
)
def test_relative_links_start_from_where_the_page_says(head: str) -> None:
    manuscript, report = _read(
        f'<html><head>{head}<title>K</title></head><body><p>See <a href="../f">this one</a>, Ann.</p>'
    )
    assert _marked(manuscript.pieces[0]) == [("link", "this one", "https://k.example/f")]
    assert not [words for words in report.left_out if "f" in words.split()]


def test_words_in_other_languages_are_marked_and_blocks_too() -> None:
    page = """<html lang="en-GB"><body><p>It <i lang="fr">bouillait</i>, <span lang="en-US">mostly</span>.</p>
              <p lang="de">Es kochte <span lang="en">over</span>.</p><p lang="not a tag!">Hm.</p></body></html>"""
    manuscript, _ = _read(page)
    first, second, third = manuscript.pieces
    assert manuscript.facts.language == "en-GB"
    assert [mark for mark in _marked(first) if mark[0] == "foreign"] == [("foreign", "bouillait", "fr")]
    assert (first.language, second.language, third.language) == (None, "de", None)
    assert _marked(second) == [("foreign", "over", "en")]


def test_a_fragment_in_one_language_says_which() -> None:
    manuscript, _ = _read('<div lang="pl"><p>Zagotowało się.</p><p>Tak.</p></div>')
    assert manuscript.facts.language == "pl"
    assert {piece.language for piece in manuscript.pieces} == {None}


NOTES = {
    "a list": '<ol><li id="fn1">Kettles <em>were</em> numbered. <a href="#r1">↩</a></li></ol>',
    "a box": '<div class="fn"><a id="fn1" href="#r1">1</a><div><p>Kettles <em>were</em> numbered.</p></div></div>',
    "a paragraph": '<p id="fn1"><sup>1</sup> Kettles <em>were</em> numbered.</p>',
}


@pytest.mark.parametrize("place", NOTES.values(), ids=NOTES.keys())
def test_a_note_is_taken_out_and_its_mark_stays(place: str) -> None:
    page = f'<p>Ann: It boiled<sup><a id="r1" href="#fn1">1</a></sup> over.</p><p>Bo: Hm.</p><hr><h2>Notes</h2>{place}'
    manuscript, report = _read(page)
    assert [piece.text for piece in manuscript.pieces] == ["Ann: It boiled1 over.", "Bo: Hm."]
    assert _marked(manuscript.pieces[0]) == [("note", "1", "note-1")]
    (note,) = manuscript.notes
    assert note.id == "note-1"
    assert [re.sub(r"^¹? ?", "", paragraph_text(p)) for p in note.paragraphs] == ["Kettles were numbered."]
    assert report.left_out == ("Notes",)


def test_the_mark_of_a_note_that_is_not_there_is_left_out_and_a_power_is_no_mark() -> None:
    page = '<p>It boiled<a class="footnote-ref" href="#fn7">[7]</a> at 10<sup>2</sup>, see <a href="#x">2</a>.</p>'
    assert _texts(page) == ["It boiled at 10², see 2."]
    assert _left_out(page) == "[7]"


def test_pictures_speak_before_the_conversation_and_not_in_it() -> None:
    talk = "".join(f"<p><b>{name}:</b> It boiled.</p>" for name in ("Ann", "Bo"))
    page = f"""<img src="k.jpg" alt="Two kettles on a shelf"><img src="l.jpg" alt="l.jpg"><img alt="">{talk}
               <img alt="Ann laughing"><figure><figcaption>Bo, last year.</figcaption></figure>{talk}"""
    assert [text for text in _texts(page) if "boiled" not in text] == ["Two kettles on a shelf"]
    assert _left_out(page) == "Ann laughing | Bo, last year."


def test_a_picture_of_a_sign_is_the_sign() -> None:
    assert _texts('<p>Hot <img class="emoji" alt="🔥" src="f.png"> it was.</p>') == ["Hot 🔥 it was."]


def test_a_table_of_utterances_is_read_by_its_columns_and_keeps_what_is_marked() -> None:
    said = 'It <em>boiled</em> over, and <a href="https://k.example">here</a> is why.'
    rows = "".join(
        f"<tr><td>0:0{i}</td><td>{name}</td><td>{said}</td>" for i, name in enumerate(("Ann", "Bo", "Ann", "Bo"))
    )
    pieces = _pieces(f"<table><tr><th>Time</th><th>Speaker</th><th>Text</th></tr>{rows}</table>")
    assert [(piece.form, piece.label) for piece in pieces] == [
        ("row", "Ann"),
        ("row", "Bo"),
        ("row", "Ann"),
        ("row", "Bo"),
    ]
    assert [mark[:2] for mark in _marked(pieces[0])] == [("emphasis", "boiled"), ("link", "here")]
    assert pieces[1].moments == (_moment(0, 1_000),)


def test_a_table_that_lays_out_a_page_is_gone_through_as_boxes() -> None:
    page = "<table><tr><td><h2>Menu</h2></td><td><p>Ann: It boiled.</p><p>Bo: Hm.</p></td></tr></table>"
    assert _texts(page) == ["Menu", "Ann: It boiled.", "Bo: Hm."]


def test_a_table_of_facts_keeps_each_with_its_heading() -> None:
    page = "<table><tr><th>Date:</th><td>4 May 2021</td></tr><tr><th>Place:</th><td>The shed</td></tr></table>"
    assert _texts(page) == ["Date: 4 May 2021", "Place: The shed"]


def test_words_that_are_no_text_are_said_to_be_left_out() -> None:
    page = """<p>Ann: <del>Cold</del> Hot. <span hidden>Not this.</span><button>Play</button></p>
              <noscript>Scripts!</noscript><script>label = "HOST: no"</script><template>no</template>
              <style>p:before{content:"no"}</style>
              <p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>
              <select><option>One</select><input value="Go" type=submit>"""
    assert _texts(page) == ["Ann: Hot.", "漢"]
    assert _left_out(page) == "Cold | Not this. | Play One Go | Scripts! | kan"


def test_a_button_that_is_a_heading_or_words_that_it_plays_is_kept() -> None:
    said = "It boiled over, and then it boiled over again, and nobody in the shed said anything at all."
    assert _texts(f"<h3><button>Transcript</button></h3><p><button data-start=4>{said}</button></p>") == [
        "Transcript",
        said,
    ]


# facts ------------------------------------------------------------------------------------


def test_what_a_page_says_of_the_episode_is_read_as_given() -> None:
    page = """<html lang="en"><head><title>Two Kettles | The Shed Hour</title>
      <meta property="og:title" content="Two Kettles"><meta property="og:site_name" content="The Shed Hour">
      <meta property="article:published_time" content="2021-05-04T23:30:00+02:00">
      <meta property="article:tag" content="kettles"><meta name="keywords" content="tea, kettles ,steam">
      <meta property="og:audio" content="https://cdn.k.example/2.mp3">
      <link rel="canonical" href="https://k.example/2"></head>
      <body><header><p>The Shed Hour</p></header><h1>Two Kettles</h1><p>Ann: It boiled.</p></body></html>"""
    manuscript, _ = _read(page)
    facts = manuscript.facts
    assert (facts.title, facts.show, facts.language) == ("Two Kettles", "The Shed Hour", "en")
    assert facts.published == datetime.date(2021, 5, 4)
    assert (facts.page, facts.recording) == ("https://k.example/2", "https://cdn.k.example/2.mp3")
    assert facts.subjects == ("tea", "kettles", "steam")
    assert [piece.text for piece in manuscript.pieces] == ["Ann: It boiled."]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Kettles - The Shed</title>", "<h1>Kettles</h1><p>Ann: Hm.</p>", "Kettles"),
        ("<title>Kettles</title>", "<h1>The Shed</h1><h2>Kettles</h2><p>Ann: Hm.</p>", "Kettles"),
        ("<title>Something else</title>", "<h1>Kettles</h1><p>Ann: Hm.</p>", "Kettles"),
        ("<title>Kettles</title>", "<p>Ann: Hm.</p>", "Kettles"),
        (
            "<meta property='og:title' content='The “Kettles”'>",
            '<h2>The "Kettles"</h2><p>Ann: Hm.</p>',
            'The "Kettles"',
        ),
        ("", "<p>Ann: Hm.</p>", None),
    ],
)
def test_the_title_is_the_heading_that_the_head_speaks_of(head: str, body: str, title: str | None) -> None:
    manuscript, _ = _read(f"<html><head>{head}</head><body>{body}</body></html>")
    assert manuscript.facts.title == title
    assert manuscript.pieces[-1].text == "Ann: Hm."
    assert title not in [piece.text for piece in manuscript.pieces]


def test_what_the_titles_say_beside_the_title_is_accounted_for() -> None:
    assert _left_out("<title>Kettles – The Shed</title><body><h1>Kettles</h1><p>Ann: Hm.</p>") == "The Shed"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="dcterms.date" content="2021-05-04">',
        '<script type="application/ld+json">{"@type":"PodcastEpisode","datePublished":"2021-05-04T06:00"}</script>',
        '<p class="entry-meta"><time datetime="2021-05-04">May 4</time> by Ann</p>',
        '<p class="byline">Ann, 4 May 2021</p>',
    ],
)
def test_the_day_is_read_wherever_a_page_states_it(head: str) -> None:
    manuscript, _ = _read(f"<html><body>{head}<p>Ann: Hm.</p><aside><time datetime='2020-01-01'>x</time></aside>")
    assert manuscript.facts.published == datetime.date(2021, 5, 4)


@pytest.mark.parametrize(
    "src", ["./Kettles_files/2.mp3", "file:///home/ann/2.mp3", "data:audio/mp3;base64,AAAA", "2.mp3"]
)
def test_a_recording_that_was_saved_with_the_page_is_not_to_be_had_from_the_network(src: str) -> None:
    manuscript, _ = _read(f'<body><audio controls src="{src}">No player.</audio><p>Ann: Hm.</p>')
    assert manuscript.facts.recording is None


# bytes, limits, hostile pages -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1255">', "cp1255"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>', "cp932"),
        ("<meta charset=gb2312>", "gb18030"),
        ("<meta charset=iso-2022-jp>", "iso-2022-jp"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="iso-8859-1">', "utf-8"),
        ('<meta charset="no-such-thing">', "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_says_where_that_can_be_true(declaration: str, encoding: str) -> None:
    words = {"cp1251": "Чайник кипит", "cp1255": "הקומקום רותח", "utf-8": "café – thé"}.get(encoding, "薬缶が沸く。")
    words = "开水壶" if encoding == "gb18030" else words
    assert _read(f"{declaration}<p>{words}</p>".encode(encoding))[0].pieces[0].text == words


@pytest.mark.parametrize(
    "page",
    ["<div>" * 100_000, "<b>" * 100_000, "<p><font>a" * 100_000, "<ul><li>" * 100_000, "<table><tr><td>x" * 100_000],
)
def test_a_page_that_is_nested_too_deep_is_refused_at_once(page: str) -> None:
    with pytest.raises(SourceError, match=r"nested more than 256 levels deep\. .*--max-levels"):
        _read(page)


def test_a_page_as_deep_as_real_ones_is_read_and_the_limit_is_an_option() -> None:
    page = "<div>" * 100 + "<p>Ann: Hm.</p>" + "</div>" * 100
    assert _texts(page) == ["Ann: Hm."]
    with pytest.raises(SourceError, match="50 levels"):
        _read(page, Limits(levels=50))
    deeper = "<div>" * 400 + "<p>Ann: Hm.</p>"
    assert _read(deeper, Limits(levels=500))[0].pieces[0].text == "Ann: Hm."


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">x", "250 attributes"),
        ("<p>x" * 150_000, "turns"),
        ("<b>x</b>" * 600_000, "1,000,000 tags"),
        ("<p>" + "x" * 1_500_000, "line 1 is longer"),
    ],
)
def test_a_page_that_is_larger_than_any_episodes_is_refused(page: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        _read(page)


@pytest.mark.parametrize(
    "page",
    [
        "<" * 200_000 + "p>Ann: Hm.",
        "<!--" * 50_000 + "--><p>Ann: Hm.",
        "<p>Ann: Hm." + " " * 500_000 + "<p>",
        "<p>Ann: Hm.<p>" + "[" * 300_000,
        "<p>Ann: Hm.<p class='" + "speaker_" * 50_000 + "'>x",
        "<p>Ann: Hm.<style>" + ".a{" * 100_000 + "</style>",
        "<p>Ann: Hm." + "<div class=ad>x</div>" * 5_000,
        "<p>Ann: Hm." + '<sup><a href="#n1">1</a></sup>' * 3_000 + "<p id=n1>Note.",
    ],
)
def test_traps_cost_no_more_than_their_length(page: str) -> None:
    assert any("Hm." in text or "Ann" in text for text in _texts(page))


@pytest.mark.parametrize(
    "page", ["", "<html><body></body></html>", "<script>x</script>", "<div id=root></div>", "<!-- x -->"]
)
def test_a_page_without_words_is_refused_with_what_to_do(page: str) -> None:
    with pytest.raises(SourceError, match=r"^page\.html: there are no words on this page\. "):
        _read(page)


_TAGS = st.sampled_from(
    "p div b i a span ul li table tr td th dl dt dd pre br hr h1 h2 cite time q sup blockquote details summary nav "
    "aside footer header form button select img del svg main article section figure figcaption".split()
)
_ATTRIBUTES = st.sampled_from(
    ["", ' class="speaker"', ' class="name"', " hidden", ' lang="de"', ' href="#a"', ' id="a"', ' data-speaker="Ann"',
     ' data-start="3"', ' class="comments"', ' style="font-weight:bold"', ' alt="a b c"', ' href="/x"', ' class="time"']
)  # fmt: skip
_PARTS = st.one_of(
    st.builds(lambda tag, attributes: f"<{tag}{attributes}>", _TAGS, _ATTRIBUTES),
    st.builds(lambda tag: f"</{tag}>", _TAGS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["Ann: ", "0:05 ", "&nbsp;&nbsp;", "&amp;", "<", "\n\n", "word ", "1"]),
)


@given(st.lists(_PARTS, max_size=40).map("".join))
def test_whatever_the_markup_marks_and_moments_stand_on_letters(page: str) -> None:
    try:
        manuscript, _ = _read(page)
    except SourceError:
        return
    for piece in manuscript.pieces:
        assert piece.text == piece.text.strip()
        assert all(0 <= mark.begin < mark.end <= len(piece.text) for mark in piece.marks)
        assert all(0 <= moment.offset <= len(piece.text) for moment in piece.moments)
        assert piece.gap <= len(piece.text)


@given(st.lists(st.sampled_from(["p", "div", "li", "h2", "b", "td", "cite", "blockquote", "summary"]), max_size=30))
def test_no_word_is_lost_whatever_it_stands_in(tags: list[str]) -> None:
    words = [f"word{number}" for number in range(len(tags))]
    page = "<p>first</p>" + "".join(f"<{tag}>{word} " for tag, word in zip(tags, words, strict=True))
    manuscript, report = _read(page)
    kept = " ".join((*(piece.text for piece in manuscript.pieces), manuscript.facts.title or "", *report.left_out))
    assert sorted(re.findall(r"word\d+", kept)) == sorted(words)


def test_a_page_is_understood_to_its_end() -> None:
    page = "<h1>Kettles</h1>" + "".join(
        f"<p><strong>{name}:</strong> It boiled over {number} times.</p>"
        for number, name in enumerate(("Ann Lee", "Bo Moss", "Ann Lee", "Bo Moss"))
    )
    document = read_web_page(page.encode(), ReadContext("page.html", Options(), Report()))
    assert document.metadata.title == "Kettles"
    assert [turn.label for turn in turns(document)] == ["Ann Lee", "Bo Moss", "Ann Lee", "Bo Moss"]
    assert turn_text(next(turns(document))) == "It boiled over 0 times."
