"""The lexicon as W3C PLS 1.0, out and in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converters.characters import clean
from converters.document import LanguageTag
from converters.errors import UsageError
from converters.narration.lexicon import Entry, Lexicon
from converters.narration.pls import pls_document, read_pls
from converters.pronunciation import Pronunciation, checked, checked_word
from converters.settings import load_show
from tests.conftest import Run

ENGLISH = LanguageTag("en")

GOLDEN = """\
<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
  <lexeme>
    <grapheme>Bell &amp; Ruiz</grapheme>
    <phoneme>ˈbɛl ənd ruˈiθ</phoneme>
    <alias>BEL und roo-EETH</alias>
  </lexeme>
  <lexeme>
    <grapheme>Quenby</grapheme>
    <alias>KWEN-bee</alias>
  </lexeme>
</lexicon>
"""

FOREIGN = """\
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-GB">
  <meta name="author" content="somebody"/>
  <lexeme role="a:noun" xmlns:a="urn:x">
    <grapheme>Fellowdale</grapheme><grapheme>Fellow Dale</grapheme>
    <phoneme>ˈfɛləʊˌdeɪl</phoneme><phoneme prefer="true">ˈfɛldəl</phoneme><example>At Fellowdale.</example>
  </lexeme>
  <lexeme><grapheme>Fellowdale</grapheme><alias>FELL</alias></lexeme>
  <lexeme><grapheme>Dunnock</grapheme><phoneme alphabet="x-sampa">"dVn@k</phoneme></lexeme>
  <lexeme><grapheme>Quenby</grapheme><alias>KWEN-bee</alias></lexeme>
  <lexeme><grapheme>Orrelby</grapheme><phoneme>7</phoneme></lexeme>
</lexicon>
"""


def lexicon(entries: dict[str, Pronunciation]) -> Lexicon:
    return Lexicon(tuple(Entry(word, said, ENGLISH) for word, said in entries.items()), ENGLISH)


def test_a_lexicon_is_written_in_order_with_ipa_before_the_respelling() -> None:
    entries = {
        "Quenby": Pronunciation("KWEN-bee"),
        "Bell & Ruiz": Pronunciation("BEL und roo-EETH", "ˈbɛl ənd ruˈiθ"),
    }
    assert pls_document(lexicon(entries), ENGLISH).decode() == GOLDEN


def test_a_book_is_given_ipa_for_an_english_respelling_too() -> None:
    document = pls_document(lexicon({"Quenby": Pronunciation("KWEN-bee")}).phonetic(), ENGLISH)
    assert "<phoneme>kwˈɛnbiː</phoneme>" in document.decode()


def test_only_entries_for_that_language_are_in_it() -> None:
    two = Lexicon((Entry("Bohr", Pronunciation("BOR"), LanguageTag("da")),), ENGLISH)
    assert b"Bohr" not in pls_document(two, ENGLISH)
    assert b'xml:lang="da"' in pls_document(two, LanguageTag("da"))


def test_a_document_of_others_is_read_and_what_is_not_taken_is_named() -> None:
    read = read_pls(FOREIGN.encode(), "names.pls")
    assert read.language == "en-GB"
    assert dict(read.entries) == {
        "Fellowdale": Pronunciation(None, "ˈfɛldəl"),
        "Fellow Dale": Pronunciation(None, "ˈfɛldəl"),
        "Quenby": Pronunciation("KWEN-bee"),
    }
    assert [line.partition(":")[0] for line in read.left_out] == ["Fellowdale", "Dunnock", "Orrelby"]


@pytest.mark.parametrize("content", ["", "no XML", "<html/>", '<lexicon version="1.0"/>'])
def test_what_is_no_lexicon_is_refused(content: str) -> None:
    with pytest.raises(UsageError, match=r"names\.pls: this is no "):
        read_pls(content.encode(), "names.pls")


def test_a_lexicon_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("KEY", encoding="utf-8")
    root = GOLDEN.partition("\n")[2].replace("KWEN-bee", "&it;")
    content = f'<!DOCTYPE lexicon [<!ENTITY it SYSTEM "{secret.as_uri()}">]>{root}'
    assert "KEY" not in str(read_pls(content.encode(), "names.pls"))


words = st.text(min_size=1, max_size=20).map(clean).filter(lambda text: any(map(str.isalnum, text)))
letters = st.text(alphabet=st.characters(categories=("L", "Zs", "Pd")), min_size=1, max_size=20).filter(
    lambda text: any(map(str.isalpha, text))
)
signs = st.text(alphabet="məkɑːrɒfˈˌ .θ", min_size=1, max_size=12).filter(str.strip)
entries = st.dictionaries(
    words.map(checked_word),
    st.one_of(
        letters.map(lambda said: checked(Pronunciation(said))),
        signs.map(lambda said: checked(Pronunciation(None, said))),
        st.tuples(letters, signs).map(lambda said: checked(Pronunciation(*said))),
    ),
    max_size=6,
)


@given(entries)
def test_what_goes_out_comes_in_again(given_entries: dict[str, Pronunciation]) -> None:
    document = pls_document(lexicon(given_entries), ENGLISH)
    etree.fromstring(document)
    read = read_pls(document, "out.pls")
    assert (dict(read.entries), read.left_out) == (given_entries, ())
    assert pls_document(lexicon(dict(reversed(read.entries))), ENGLISH) == document


# the command -----------------------------------------------------------------------------

SHOW = """\
language = "en"

[lexicon]
"Quenby" = "KWEN-bee"
"Fellowdale" = "/ˈfɛloʊdeɪl/"

[people.bo-ruiz]
name = "Bo Ruiz"
pronunciation = "BOH roo-EETH"
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    path = tmp_path / "show.toml"
    path.write_text(SHOW, encoding="utf-8")
    return path


def test_the_command_gives_a_show_as_pls(run: Run, show: Path, tmp_path: Path) -> None:
    out = tmp_path / "names.pls"
    done = run("voices", "--lexicon", show, "-o", out)
    assert (done.code, done.out) == (0, f"{out}\n")
    assert [word for word, _ in read_pls(out.read_bytes(), "").entries] == [
        "Bo", "Bo Ruiz", "Fellowdale", "Quenby", "Ruiz",
    ]  # fmt: skip
    assert run("voices", "--lexicon", show).out == out.read_text("utf-8")
    again = run("voices", "--lexicon", show, "-o", out)
    assert again.code == 2
    assert "is there already" in again.err


def test_the_command_gives_pls_as_lines_and_overwrites_no_entry(run: Run, show: Path, tmp_path: Path) -> None:
    (tmp_path / "names.pls").write_text(FOREIGN, encoding="utf-8")
    done = run("voices", "--lexicon", tmp_path / "names.pls", "--show", show)
    assert done.code == 0
    assert done.out.splitlines() == [
        "[lexicon]",
        '"Fellow Dale" = "/ˈfɛldəl/"',
        f'# "Fellowdale" = "/ˈfɛldəl/"  # {show} has "/ˈfɛloʊdeɪl/"',
    ]
    assert "Left out: Dunnock: its phonemes are not in the alphabet “ipa”." in done.err
    assert f"1 of them are in {show} already." in done.err


def test_lines_that_come_of_a_lexicon_are_a_show_toml(run: Run, tmp_path: Path) -> None:
    (tmp_path / "names.pls").write_text(GOLDEN, encoding="utf-8")
    out = tmp_path / "new.toml"
    assert run("voices", "--lexicon", tmp_path / "names.pls", "--show", "none", "-o", out).code == 0
    assert load_show(out).lexicon == dict(read_pls(GOLDEN.encode(), "").entries)


def test_a_lexicon_in_another_language_than_the_show_says_so_in_each_entry(
    run: Run, show: Path, tmp_path: Path
) -> None:
    (tmp_path / "de.pls").write_text(GOLDEN.replace('"en"', '"de"'), encoding="utf-8")
    done = run("voices", "--lexicon", tmp_path / "de.pls", "--show", show)
    assert '# "Quenby" = { respelling = "KWEN-bee", language = "de" }' in done.out
