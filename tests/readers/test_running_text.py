"""Letters with marks → pieces: spaces collapsed, lines cut, marks still on their words."""

from hypothesis import given
from hypothesis import strategies as st

from converters.document import Emphasis, NodeId, Text
from converters.readers.pieces import Mark, Piece, one_space
from converters.readers.running_text import BREAK, CLOSE_WRAP, LINE_BREAK, WRAP, note_of, pieces_of_letters


def set_out(letters: str, *marks: Mark, like: Piece | None = None) -> tuple[Piece, ...]:
    return tuple(pieces_of_letters(letters, marks, like or Piece("", 5)))


def test_spaces_are_collapsed_and_marks_move_along() -> None:
    (piece,) = set_out("  Odile:   a  lid ", Mark(2, 9, "strong"), Mark(14, 18, "emphasis"))
    assert (piece.text, piece.gap) == ("Odile: a lid", 6)
    assert piece.marks == (Mark(0, 6, "strong"), Mark(9, 12, "emphasis"))


def test_the_ends_of_lines_are_what_they_were_meant_to_be() -> None:
    first, second, third = set_out(f"a{WRAP}b{LINE_BREAK}c{CLOSE_WRAP}d{BREAK}e", like=Piece("", 5, blank=2))
    assert [piece.text for piece in (first, second, third)] == ["a b", "cd", "e"]
    assert [piece.line for piece in (first, second, third)] == [5, 7, 8]
    assert [piece.blank for piece in (first, second, third)] == [2, 0, 0]


def test_a_mark_across_a_line_break_is_on_both_pieces() -> None:
    first, second = set_out(f"ab{LINE_BREAK}cd", Mark(1, 4, "link", "https://a.example"))
    assert first.marks == (Mark(1, 2, "link", "https://a.example"),)
    assert second.marks == (Mark(0, 1, "link", "https://a.example"),)


def test_marks_that_say_the_same_are_one_and_notes_are_not() -> None:
    (piece,) = set_out("Odile Marrow", Mark(0, 6, "strong"), Mark(6, 12, "strong"))
    assert piece.marks == (Mark(0, 12, "strong"),)
    (noted,) = set_out("12", Mark(0, 1, "note", "n"), Mark(1, 2, "note", "n"))
    assert len(noted.marks) == 2


def test_what_has_no_letters_is_no_piece() -> None:
    assert set_out(f" \t{LINE_BREAK}\u00a0{BREAK}", Mark(0, 2, "strong")) == ()


def test_a_note_keeps_its_paragraphs() -> None:
    note = note_of(set_out(f"Of tin.{LINE_BREAK}Mostly.", Mark(3, 6, "emphasis")), NodeId("note-1"))
    assert [paragraph.sentences[0].inlines for paragraph in note.paragraphs] == [
        (Text("Of "), Emphasis((Text("tin"),)), Text(".")),
        (Text("Mostly."),),
    ]


@given(st.text(alphabet="ab \u00a0\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_mark_stays_on_its_letters(raw: str, begin: int, end: int) -> None:
    begin, end = min(begin, end, len(raw)), min(max(begin, end), len(raw))
    for piece in set_out(raw, Mark(begin, end, "strong")):
        assert piece.text == one_space(raw)
        wanted = "".join(raw[begin:end].split())
        assert "".join("".join(piece.text[mark.begin : mark.end].split()) for mark in piece.marks) == wanted
