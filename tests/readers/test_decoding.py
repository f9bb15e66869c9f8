"""From bytes to clean text: nothing is lost unsaid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.findings import Report
from converters.readers.decoding import decode
from converters.traverse import turn_text, turns
from tests.conftest import ReadText

TEXT = "Café – “naïve”\n\nPIA: Hello.\n"


def _decoded(source: bytes) -> tuple[str, list[str]]:
    report = Report()
    return decode(source, report), [finding.code for finding in report.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_encoding_of_unicode_is_read_without_a_finding(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert _decoded(mark + TEXT.encode(encoding)) == (TEXT, [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n", "\u2028", "\x85"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    text, codes = _decoded(f"one{end}two{end}".encode())
    assert text == "one\ntwo\n"
    assert codes == []


def test_broken_utf_8_is_read_with_a_finding_that_names_the_line() -> None:
    report = Report()
    text = decode(b"Caf\xc3\xa9\nna\xc3\xafve \xe2\x82 done\n", report)
    assert text == "Café\nnaïve \ufffd done\n"
    assert [(finding.code, finding.where) for finding in report.findings] == [
        ("read-001", "line 2"),
        ("read-002", None),
    ]


def test_the_western_code_page_is_recognised() -> None:
    text, codes = _decoded("Café, “naïve” – 5 €\n".encode("cp1252"))
    assert text == "Café, “naïve” – 5 €\n"
    assert codes == ["read-023"]


def test_characters_that_were_lost_before_are_counted() -> None:
    report = Report()
    decode("a\ufffdb\ufffd".encode(), report)
    (finding,) = report.findings
    assert finding.code == "read-002"
    assert "2 of them" in finding.text


def test_control_characters_are_left_out_and_counted() -> None:
    report = Report()
    assert decode(b"a\x00b\x1b[0m\x7f", report) == "ab[0m"
    (finding,) = report.findings
    assert finding.code == "read-003"
    assert "3 of them" in finding.text


def test_marks_that_turn_letters_round_are_left_out_and_those_of_direction_stay() -> None:
    """An override shows other words than those that are there; a mark or an isolate does not."""
    text, codes = _decoded("\u202eyad\u202c \u202dday\u202c \u200fמה\u200e \u2067מה\u2069".encode())
    assert "\u202e" not in text
    assert "\u202d" not in text
    assert "\u200fמה\u200e \u2067מה\u2069" in text
    assert codes == ["read-003"]


def test_invisible_characters_go_and_tabs_stay() -> None:
    assert _decoded("so\u00adft\u200b\ufeff\ttab".encode())[0] == "soft\ttab"


@given(st.binary(max_size=300))
def test_whatever_the_bytes_the_text_holds_nothing_that_xml_forbids(source: bytes) -> None:
    text, _ = _decoded(source)
    allowed = (c in "\n\t" or "\x20" <= c <= "\x7e" or c == "\x85" or c >= "\xa0" for c in text)
    assert all(allowed)
    assert not any("\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"]), max_size=200))
def test_sound_utf_8_comes_through_as_it_is(text: str) -> None:
    assert _decoded(text.encode())[0] == text.replace("\ufffe", "")


def test_broken_utf_8_stops_nothing(read_text: ReadText) -> None:
    document, findings = read_text(b"Caf\xc3\xa9\n\nPIA: Hello \xff there.\n\nERIK: Yes.\n\nPIA: Oh.\n\nERIK: Hm.\n")
    assert document.metadata.title == "Café"
    assert turn_text(next(turns(document))) == "Hello \ufffd there."
    assert "read-001" in {finding.code for finding in findings}
