"""How the page compares words, held against a reckoning of our own that knows characters by their names."""

import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from . import checkers

pytestmark = pytest.mark.conformance

SAME = {
    **dict.fromkeys("‘’‚‛′‵´`ʹʼʽ‹›׳＇", "'"),
    **dict.fromkeys("“”„‟″‶«»״＂〝〞〟", '"'),
    **dict.fromkeys("‐‑‒–—―−־﹘﹣－⸺⸻", "-"),
    **dict(zip("ßæœþøđðħıłςٱىیک", ("ss", "ae", "oe", "th", *"oddhilσاييك"), strict=True)),
}
MARKED = ("COMBINING ", "HEBREW ", "ARABIC ", "SYRIAC ", "VARIATION SELECTOR")
"""How the names begin of marks that are read over."""
LETTERS = re.compile("KATAKANA|DEVANAGARI|GRANTHA|PERMIC|GLAGOLITIC|BINDU BELOW")
"""In whose names a mark is a letter, or a part of one."""
SHARED = "\u0951\u0952\U000102e0"
"""Marks of more than one script, one of them ours."""


def _is_read_over(character: str) -> bool:
    kind, name = unicodedata.category(character), unicodedata.name(character, "")
    if kind in {"Mn", "Me"}:
        return name.startswith(MARKED) and not LETTERS.search(name)
    return kind == "Cf" or character == "ـ"


def _compared(text: str) -> str:
    apart = unicodedata.normalize("NFKD", "".join(SAME.get(letter, letter) for letter in text))
    bare = "".join(letter for letter in apart if not _is_read_over(letter)).lower()
    whole = unicodedata.normalize("NFC", "".join(SAME.get(letter, letter) for letter in bare))
    return re.sub("-+", "-", re.sub(r"\s+", " ", whole))


def _folded(texts: list[str], folder: Path) -> list[tuple[str, str, list[int]]]:
    path = folder / "texts.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    return [(words, again, places) for words, again, places in checkers.folding(path)]


def test_every_character_is_compared_as_its_name_tells(tmp_path: Path) -> None:
    known = map(chr, range(sys.maxunicode + 1))
    characters = [c for c in known if unicodedata.category(c)[0] in "LMNPSZ" and c not in SHARED]
    found = _folded(characters, tmp_path)
    assert len(found) > 130_000
    differing = [
        (hex(ord(c)), words, again) for c, (words, again, _) in zip(characters, found, strict=True)
        if words != _compared(c) or again != words
    ]  # fmt: skip
    assert differing == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(
            st.characters(categories=("L", "M", "N", "P", "S", "Zs", "Cf"), exclude_characters=SHARED, codec="utf-8")
        ),
        min_size=30,
    )
)
def test_words_are_compared_as_their_letters_are(texts: list[str], tmp_path: Path) -> None:
    for text, (words, again, places) in zip(texts, _folded(texts, tmp_path), strict=True):
        assert words == again
        assert _compared(words) == words
        assert words.replace(" ", "") == _compared(text).replace(" ", "")
        assert len(places) == 2 * len(words.encode("utf-16-le")) // 2
        assert places[::2] == sorted(places[::2])
        assert max(places, default=0) <= len(text.encode("utf-16-le")) // 2
        assert all(0 <= begin < end for begin, end in zip(places[::2], places[1::2], strict=True))


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "café"),
        ("Straße", "STRASSE"),
        ("MAẞE", "masse"),
        ("don’t — ever", "don't - ever"),
        ("“wait…”", '"wait..."'),
        ("Işık İstanbul’da", "ISIK istanbul'da"),
        ("هَٰذَا كِتَابٌ", "هذا كتاب"),
        ("الأُولَى", "الاولي"),
        ("שָׁלוֹם־עליכם", "שלום-עליכם"),
        ("Ψῆφος ὉΔῸΣ", "ψηφος οδος"),
        ("ещё", "ЕЩЕ"),
        ("ﬁne CO₂ Ｈｉ", "fine co2 hi"),
        ("a\u00a0 b\u2009c", "a b c"),
        ("ｶﾞｽ", "ガス"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
    ],
)
def test_words_are_found_however_they_are_written(written: str, sought: str, tmp_path: Path) -> None:
    (one, _, _), (other, _, _) = _folded([written, sought], tmp_path)
    assert one == other


@pytest.mark.parametrize(
    ("one", "other"), [("कुल", "कल"), ("ไม่", "ไม"), ("が", "か"), ("한", "하"), ("pen", "pin"), ("we're", "were")]
)
def test_other_words_stay_other_words(one: str, other: str, tmp_path: Path) -> None:
    (first, _, _), (second, _, _) = _folded([one, other], tmp_path)
    assert first != second
