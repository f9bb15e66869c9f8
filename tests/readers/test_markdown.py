"""What Markdown prints, piece by piece, and what of it is left out."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.document import LanguageTag, Link, NodeId, Text
from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.decoding import decode
from converters.readers.manuscript import Manuscript
from converters.readers.markdown import markdown_manuscript, read_markdown
from converters.readers.pieces import Mark, Piece
from converters.settings import Limits, Options

TRANSCRIPT = """\
# The Kettle Hour

**Odile Marrow:** Good evening. Tonight we mend a *lid*.

**Bram Ostler:** Two lids. \\[laughs\\]

---

**Odile Marrow:** Thank you, [Bram](https://bram.example/lids).
"""


def read(text: str) -> tuple[Manuscript, str]:
    """Return the manuscript and all findings in one string."""
    report = Report()
    manuscript = markdown_manuscript(decode(text.encode(), report), ReadContext("kettle.md", Options(), report))
    return manuscript, " ".join(finding.text for finding in report.findings)


def texts(text: str) -> list[str]:
    return [piece.text for piece in read(text)[0].pieces]


def marked(piece: Piece, kind: str) -> list[str]:
    return [piece.text[mark.begin : mark.end] for mark in piece.marks if mark.kind == kind]


def test_a_transcript_is_pieces_with_what_is_marked_in_them() -> None:
    manuscript, left = read(TRANSCRIPT)
    heading, first, second, rule, last = manuscript.pieces

    assert (heading.form, heading.level, heading.text) == ("heading", 1, "The Kettle Hour")
    assert first.text == "Odile Marrow: Good evening. Tonight we mend a lid."
    assert (marked(first, "strong"), marked(first, "emphasis")) == (["Odile Marrow:"], ["lid"])
    assert second.text == "Bram Ostler: Two lids. [laughs]"
    assert rule.form == "rule"
    assert last.marks[-1] == Mark(25, 29, "link", "https://bram.example/lids")
    assert [piece.line for piece in manuscript.pieces] == [1, 3, 5, 7, 9]
    assert left == ""


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    manuscript, _ = read("---\ntitle: Lids\n---\n\nOdile: Hello.\n")
    assert manuscript.facts.title == "Lids"
    assert manuscript.pieces[0].line == 5


# line ends ---------------------------------------------------------------------------

WRAPPED = """\
MS. MARROW: Good evening. This is a paragraph that a program has broken~~
at a margin of about seventy characters, and it goes on for a good while~~
so that the margin can be told from its lines.~~~
\u00a0\u00a0~
MR. OSTLER: It is. And this one is broken at the very same margin, as any
other paragraph of the file would be.
So this line was begun anew on purpose, because the one before had room.
MS. MARROW: And labels begin a paragraph even here.
""".replace("~", " ")


def test_a_paragraph_broken_at_a_margin_is_one_piece_whatever_spaces_its_lines_end_with() -> None:
    first, second, third, fourth = read(WRAPPED)[0].pieces
    assert first.text.endswith("broken at a margin of about seventy characters, and it goes on for a good while so "
                               "that the margin can be told from its lines.")  # fmt: skip
    assert second.text.endswith("as any other paragraph of the file would be.")
    assert third.text.startswith("So this line")
    assert fourth.text.startswith("MS. MARROW: And")
    assert [piece.line for piece in (first, second, third, fourth)] == [1, 5, 7, 8]
    assert [piece.blank for piece in (first, second, third, fourth)] == [0, 1, 0, 0]


def test_lines_that_no_margin_broke_are_pieces_of_their_own() -> None:
    assert texts("Odile: 00:00:03\nGood evening.\nTonight, lids.\n") == [
        "Odile: 00:00:03",
        "Good evening.",
        "Tonight, lids.",
    ]
    assert texts("**Odile:** Hello.\n**Bram:** Hello.\n") == ["Odile: Hello.", "Bram: Hello."]


def test_a_line_end_asked_for_is_one_in_the_middle_of_emphasis_too() -> None:
    one, other = read("*Down by the landing\\\nthe kettles sing*\n")[0].pieces
    assert (one.text, other.text) == ("Down by the landing", "the kettles sing")
    assert marked(one, "emphasis") == [one.text]
    assert marked(other, "emphasis") == [other.text]


def test_a_dash_that_the_margin_puts_first_begins_nothing() -> None:
    long = "and so we went on, past the mill and the bridge and the one house there,\n"
    assert len(texts(f"Odile: {long}{long}— or where it had been — and looked for the shop that mends\n{long}")) == 1


def test_a_word_cut_at_the_margin_keeps_its_hyphen_and_gets_no_space() -> None:
    line = "the kettles of the whole street were lined up on our wall, copper and well-\n"
    assert "well-known" in texts(f"{line}known ones that {line}known all over {line}known.\n")[0]


def test_lines_of_han_text_are_joined_without_a_space() -> None:
    line = "这是一个很长的段落它被程序在同样的宽度处断开了所以每一行都一样长而且没有空格可以分开它们\n"
    assert texts(line * 12) == [line.strip() * 12]


# what only looks like markup ----------------------------------------------------------


def test_a_wide_gap_after_a_label_without_a_colon_is_known() -> None:
    piece = read("Q     Is it mended?\n")[0].pieces[0]
    assert (piece.text, piece.gap) == ("Q Is it mended?", 1)


def test_indented_lines_are_prose() -> None:
    assert texts("Odile: So.\n\n    **Bram:** It hangs, as a manuscript does.\n") == [
        "Odile: So.",
        "Bram: It hangs, as a manuscript does.",
    ]


def test_what_stands_between_fences_is_read_like_the_rest() -> None:
    pieces, left = read("```text\n**Odile:** So.\n\nBram: So what?\n```\n")
    assert [piece.text for piece in pieces.pieces] == ["Odile: So.", "Bram: So what?"]
    assert "“text”" in left
    assert texts("Odile: So.\n\n```\n\nBram: Never closed.\n") == ["Odile: So.", "Bram: Never closed."]


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("**Odile:**Hello.", "Odile:"),
        ("**Odile: **Hello.", "Odile:"),
        ("** Odile:** Hello.", "Odile:"),
        ("**Odile**: Hello.", "Odile"),
        ("__Odile:__ Hello.", "Odile:"),
        ("**主持人：**大家好。", "主持人："),
        ("**主持人**：大家好。", "主持人"),
    ],
)
def test_a_bold_label_is_one_however_it_is_typed(printed: str, label: str) -> None:
    piece = read(printed)[0].pieces[0]
    assert "*" not in piece.text
    assert "_" not in piece.text
    assert marked(piece, "strong") == [label]


def test_stars_that_stand_for_letters_stay() -> None:
    assert texts("Odile: sh*t, that f**king lid, 2*3*4 of them.") == ["Odile: sh*t, that f**king lid, 2*3*4 of them."]
    assert texts("Odile: un*frigging*believable") == ["Odile: unfriggingbelievable"]


def test_a_label_in_brackets_is_no_address_of_a_link() -> None:
    assert texts("[ALL]: Yes!\n\n[Bram]:\nNo.\n") == ["[ALL]: Yes!", "[Bram]:", "No."]


def test_a_sign_of_a_new_speaker_is_no_quotation() -> None:
    assert texts(">> ODILE: Hello.\n") == [">> ODILE: Hello."]


def test_a_tag_that_html_does_not_know_is_a_remark() -> None:
    assert texts("Odile: No. <laughs> <inaudible>") == ["Odile: No. <laughs> <inaudible>"]


def test_a_line_with_a_role_above_a_rule_is_a_heading_and_a_sentence_above_one_is_none() -> None:
    forms = [
        (piece.form, piece.text) for piece in read("ODILE MARROW, MENDER\n---\n\nThat is all we have.\n---\n")[0].pieces
    ]
    assert forms == [("heading", "ODILE MARROW, MENDER"), ("prose", "That is all we have."), ("rule", "---")]


def test_a_paragraph_of_several_lines_above_a_rule_is_no_heading() -> None:
    assert [piece.form for piece in read("Odile: So.\nBram: So what\n---\n")[0].pieces] == ["prose", "prose", "rule"]


# lists, quotations, tables -------------------------------------------------------------


def test_each_item_is_a_piece_and_numbers_are_words() -> None:
    pieces = read("- Odile\n    - her sister\n- Bram\n\n3. a spoon\n4. a lid\n\n• a cork\n")[0].pieces
    assert [piece.text for piece in pieces] == ["Odile", "her sister", "Bram", "3. a spoon", "4. a lid", "a cork"]
    assert {piece.form for piece in pieces} == {"item"}


def test_a_year_that_begins_a_line_is_a_word() -> None:
    assert texts("1984. That was the year.\n\n1985.\n") == ["1984. That was the year.", "1985."]


def test_a_quotation_is_one() -> None:
    pieces = read("Odile: I wrote:\n\n> a row of lids\n\nand went home.\n")[0].pieces
    assert [piece.form for piece in pieces] == ["prose", "quote", "prose"]


SPOKEN = """\
| Time | Speaker | Text |
|---|---|---|
| 00:00 | Odile | Good *evening*. |
| 00:04 | Bram | Is it?<br>I thought so. |
| 00:08 | Odile | It is.[^1] |

[^1]: By the clock.
"""


def test_a_table_in_which_people_speak_is_turns() -> None:
    manuscript, _ = read(SPOKEN)
    assert [(piece.label, piece.text) for piece in manuscript.pieces] == [
        ("Odile", "Good evening."),
        ("Bram", "Is it?"),
        (None, "I thought so."),
        ("Odile", "It is.1"),
    ]
    assert marked(manuscript.pieces[0], "emphasis") == ["evening"]
    assert manuscript.pieces[-1].marks == (Mark(6, 7, "note", "note-1"),)
    assert [piece.line for piece in manuscript.pieces] == [3, 4, 4, 5]
    assert [piece.moments[0].begin for piece in manuscript.pieces if piece.moments] == [0, 4000, 8000]


def test_a_table_of_facts_is_lines_of_facts() -> None:
    assert texts("| Part | Name |\n|---|---|\n| Host | Odile |\n| 12:00 | Lunch |\n") == [
        "Part Name",
        "Host: Odile",
        "12:00 Lunch",
    ]


# notes ---------------------------------------------------------------------------------


def test_a_footnote_is_a_note_and_its_mark_is_where_it_was() -> None:
    manuscript, _ = read(
        "Odile: Lids[^1] and spouts[^tin].\n\n[^1]: Of *copper*.\n[^tin]: See [Bram](https://b.example).\n    Oh.\n"
    )
    piece = manuscript.pieces[0]
    assert piece.text == "Odile: Lids1 and spouts2."
    assert [(mark.value, piece.text[mark.begin : mark.end]) for mark in piece.marks] == [
        ("note-1", "1"),
        ("note-tin", "2"),
    ]
    first, second = manuscript.notes
    assert first.id == NodeId("note-1")
    link = Link((Text("Bram"),), "https://b.example")
    assert second.paragraphs[0].sentences[0].inlines == (Text("See "), link, Text("."))


def test_two_notes_never_have_one_id() -> None:
    manuscript, _ = read("Odile: Lids[^a] and spouts[^A].\n\n[^a]: Of tin.\n[^A]: Of copper.\n")
    assert [note.id for note in manuscript.notes] == [NodeId("note-a"), NodeId("note-a-2")]


def test_a_note_that_nothing_refers_to_is_text() -> None:
    assert texts("Odile: Lids.\n\n[^1]: Of copper.\n") == ["Odile: Lids.", "[^1]: Of copper."]


def test_a_mark_without_a_note_is_text() -> None:
    assert texts("Odile: Lids.[^4]\n") == ["Odile: Lids.[^4]"]


# what is left out ----------------------------------------------------------------------


def test_a_link_within_the_site_keeps_its_words_only() -> None:
    manuscript, left = read("See [the next one](/episodes/10) and [that](#steam 'on steam').\n")
    assert manuscript.pieces[0].text == "See the next one and that."
    assert manuscript.pieces[0].marks == ()
    assert "/episodes/10 · #steam" in left
    assert "on steam" in left


def test_a_picture_is_its_description() -> None:
    manuscript, left = read(
        '![A lid, upside down](https://lids.example/3.jpg "Fig. 3")\n\n<img src="x.png" alt="A spout">\n'
    )
    assert [piece.text for piece in manuscript.pieces] == ["A lid, upside down", "A spout"]
    for words in ("https://lids.example/3.jpg", "Fig. 3", "x.png"):
        assert words in left


@pytest.mark.parametrize(
    ("printed", "kept", "words"),
    [
        ("Odile: So.\n\n<!-- cut\n\nthis bit -->\n\nBram: What?", ["Odile: So.", "Bram: What?"], "cut this bit"),
        ("{{< player id=9 >}}\n\nOdile: So.", ["Odile: So."], "player id=9"),
        ("{% include ad.html %}\n\nOdile: So.", ["Odile: So."], "include ad.html"),
        ("## Steam {#steam .big}\n\nOdile: So.", ["Steam", "Odile: So."], "#steam .big"),
        ("<script>\nlet lid = 1;\n</script>\n\nOdile: So.", ["Odile: So."], "let lid = 1;"),
        ('Odile: So.\n<iframe src="https://ads.example"></iframe>', ["Odile: So."], "https://ads.example"),
        ("Odile: ~~Ten~~ Eleven lids.", ["Odile: Eleven lids."], "Ten"),
        ("Odile: <s>Ten</s> Eleven lids.", ["Odile: Eleven lids."], "Ten"),
        ("Odile: So.\n\n[lids]: https://lids.example", ["Odile: So."], "https://lids.example"),
    ],
)
def test_what_is_no_text_is_left_out_with_all_its_words(printed: str, kept: list[str], words: str) -> None:
    manuscript, left = read(printed)
    assert [piece.text for piece in manuscript.pieces] == kept
    assert words in left


def test_html_keeps_its_words_and_what_it_says_of_them() -> None:
    text = 'H<sub>2</sub>O and <cite>Odile:</cite> <b>now</b><br>then <span lang="fr">bouilloire</span> <a href="https://x.example">here</a>'
    one, other = read(text)[0].pieces
    assert (one.text, other.text) == ("H2O and Odile: now", "then bouilloire here")
    assert (marked(one, "label"), marked(one, "strong")) == (["Odile:"], ["now"])
    assert other.marks == (Mark(5, 15, "foreign", "fr"), Mark(16, 20, "link", "https://x.example"))


# all of it -------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(
    "w ** * _ [ ] ( ) < > ! ` ``` ~~ # - --- === | : \\ & {{< >}} {% %} <!-- --> <br> </b> [^1] [^1]: [x]: 1. > >> "
    "Ann: **Ann:** http://x.example + +++ { } \n \n\n \t \u00a0 笑 ：".split(" ")), max_size=60))  # fmt: skip
def test_no_word_is_ever_lost(parts: list[str]) -> None:
    words = [f"w{number}w" if part == "w" else part for number, part in enumerate(parts)]
    manuscript, left = read(" ".join(words))
    notes = str(manuscript.notes)
    kept = " ".join(piece.text for piece in manuscript.pieces) + str(manuscript.facts) + notes + left
    assert [word for word in words if word.startswith("w") and word not in kept] == []


@given(st.text(max_size=200))
def test_any_text_at_all_is_read(text: str) -> None:
    for piece in read(text)[0].pieces:
        assert piece.text
        assert all(0 <= mark.begin < mark.end <= len(piece.text) for mark in piece.marks)


@pytest.mark.parametrize(
    "trap",
    ["[", "![", "*a ", "**a*", "`", "<", "<a ", "](", "[a](", "[a][", "a**b", "<!-- ", "{{< ", "{% ", "{:", "> ", "1) ",
     "- ", "a\x00b ", "***a", "&#x202e;", " ", "\\", "[^a] ", "| "],
)  # fmt: skip
def test_a_line_made_to_cost_time_does_not(trap: str) -> None:
    with contextlib.suppress(SourceError):
        read("Odile: " + trap * (300_000 // len(trap)))


def test_lists_nested_too_deep_lose_no_word() -> None:
    pieces = read("".join(f"{' ' * 2 * depth}- w{depth}\n" for depth in range(300)))[0].pieces
    assert {word for piece in pieces for word in piece.text.split()} >= {f"w{depth}" for depth in range(300)}


def test_a_file_of_rows_without_end_is_refused() -> None:
    report = Report()
    with pytest.raises(SourceError, match="--max-turns"):
        markdown_manuscript(
            "| a |\n|---|\n" + "| b |\n" * 2_000, ReadContext("x.md", Options(limits=Limits(turns=1_000)), report)
        )


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(SourceError, match="no words"):
        read_markdown(b"<!-- nothing -->\n", ReadContext("x.md", Options(), Report()))


def test_a_file_becomes_a_document() -> None:
    document = read_markdown(
        TRANSCRIPT.encode(), ReadContext("kettle.md", Options(language=LanguageTag("en")), Report())
    )
    assert {person.name for person in document.people} == {"Odile Marrow", "Bram Ostler"}
