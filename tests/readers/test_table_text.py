"""Tables inside documents: who speaks in them, what is a fact beside its name, what is only laid out."""

from converters.findings import Report
from converters.readers.ledger import Ledger
from converters.readers.pieces import Mark, Piece
from converters.readers.table_text import pieces_of_table


def read(*rows: tuple[str, ...], headed: bool = False) -> list[str]:
    cells = tuple(tuple(tuple(Piece(line) for line in cell.split("\n") if line) for cell in row) for row in rows)
    return [piece.text for piece in pieces_of_table(cells, Report(), Ledger(), line=1, headed=headed)]


def test_a_fact_follows_its_name() -> None:
    assert read(("Host", "Odile"), ("Q", "Why?"), ("Guest:", "Bram"), ("12:00", "Lunch")) == [
        "Host: Odile",
        "Q: Why?",
        "Guest: Bram",
        "12:00 Lunch",
    ]


def test_the_names_of_columns_are_no_fact() -> None:
    assert read(("Part", "Name"), ("Host", "Odile"), headed=True) == ["Part Name", "Host: Odile"]


def test_more_columns_are_one_line() -> None:
    assert read(("1", "Steam", "Odile"), ("2", "", "Bram")) == ["1 Steam Odile", "2 Bram"]


def test_the_further_paragraphs_of_a_cell_follow_the_first() -> None:
    assert read(("Remarks", "One.\nTwo."), ("Left\nleft", "right")) == [
        "Remarks: One.",
        "Two.",
        "Left",
        "left",
        "right",
    ]


def test_a_cell_that_spans_columns_is_read_once() -> None:
    whole = (Piece("Part one"),)
    found = pieces_of_table(((whole, whole, whole),), Report(), Ledger(), line=1)
    assert [piece.text for piece in found] == ["Part one"]


def test_marks_stay_on_their_words_where_people_speak() -> None:
    marked = Piece("It is.1", marks=(Mark(0, 2, "emphasis"), Mark(6, 7, "note", "note-1")))
    lines = ("Good evening to you.", "Is it mended then?", "It was this morning.")
    names = ("Odile:", "Bram:", "Odile:")
    rows = tuple(((Piece(name),), (Piece(line),)) for name, line in zip(names, lines, strict=True))
    found = pieces_of_table((*rows, ((Piece("Bram:"),), (marked,))), Report(), Ledger(), line=1)
    assert (found[-1].label, found[-1].text, found[-1].marks) == ("Bram", marked.text, marked.marks)


def test_a_link_in_a_column_that_is_left_out_is_named() -> None:
    linked = (Piece("page", marks=(Mark(0, 4, "link", "https://a.example"),)),)
    rows = tuple(
        ((Piece(name),), (Piece(f"{name} says a word or two."),), linked if name == "Odile" else ())
        for name in ("Speaker", "Odile", "Bram", "Odile", "Bram")
    )
    headings = ((Piece("Speaker"),), (Piece("Text"),), (Piece("Where"),))
    report, ledger = Report(), Ledger()
    pieces_of_table((headings, *rows[1:]), report, ledger, line=1)
    ledger.settle(report)
    assert "https://a.example" in " ".join(finding.text for finding in report.findings)
