"""Adding voices to a show.toml changes nothing else in it."""

import tomllib

import hypothesis.strategies as st
import pytest
from hypothesis import given

from converters.errors import UsageError
from converters.show_file import Entry, people_with_voices, with_voices

ANN, BO = Entry("ann-lee", "Ann Lee", "gmw/en-us+Reed@80"), Entry("bo-ruiz", "Bo Ruíz", "gmw/en")

FORMS = {
    "tables": '# facts\nname = "The Corner"   # of Elm Street\n\n[people.ann-lee]  # host\nname= "Ann Lee"\n'
    "role ='host'\n"
    '\n# our guests\n[people.cy]\nlabels = [\n  "C",\n]\n\n[contact]\nemail = "a@b.example"\n',
    "without its last line end": '[people.ann-lee]\nname = "Ann Lee"',
    "quoted keys": '[ "people" . "ann-lee" ]\nname = "Ann Lee"\n',
    "line ends of Windows": 'name = "The Corner"\r\n\r\n[people.ann-lee]\r\nname = "Ann Lee"\r\n\r\n[contact]\r\n',
    "a byte order mark": '\ufeff[people.ann-lee]\nname = "Ann Lee"\n',
    "dotted keys": 'people.ann-lee.name = "Ann Lee"\npeople.ann-lee.role = "host"\nname = "The Corner"\n',
    "dotted keys in a table": '[people]\nann-lee.name = "Ann Lee"\n\n[contact]\nphone = "1"\n',
    "braces": '[people]\nann-lee = { name = "Ann Lee" } # host\n',
    "nothing but braces": 'people = { ann-lee = {}, cy = { name = "Cy" } }\n',
    "a text that looks like a table": 'statement = """\n[people.ann-lee]\n"""\n[people.ann-lee]\nname = "Ann Lee"\n',
    "nobody": 'name = "The Corner"\n',
    "nothing": "",
}


def unbroken(text: str) -> str:
    return text.removeprefix("\ufeff")


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_the_voices_are_added_and_nothing_else_is_said(text: str) -> None:
    found = tomllib.loads(unbroken(with_voices(text, (ANN, BO))))
    wanted = tomllib.loads(unbroken(text))
    everybody = wanted.setdefault("people", {})
    everybody.setdefault("ann-lee", {"name": "Ann Lee"})["voice"] = ANN.voice
    everybody["bo-ruiz"] = {"name": "Bo Ruíz", "voice": "gmw/en"}
    assert found == wanted


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_every_byte_that_was_there_stays_in_its_order(text: str) -> None:
    after = iter(with_voices(text, (ANN, BO)))
    assert all(character in after for character in text)


def test_a_voice_stands_at_the_end_of_its_table_and_not_under_a_remark_on_the_next() -> None:
    found = with_voices(FORMS["tables"], (ANN,))
    assert f"role ='host'\nvoice = \"{ANN.voice}\"\n\n# our guests\n" in found


def test_new_people_are_named_in_the_file() -> None:
    found = with_voices('name = "The Corner"\n', (ANN, BO))
    assert found == (
        'name = "The Corner"\n\n[people.ann-lee]\nname = "Ann Lee"\nvoice = "gmw/en-us+Reed@80"\n'
        '\n[people.bo-ruiz]\nname = "Bo Ruíz"\nvoice = "gmw/en"\n'
    )


def test_a_voice_that_is_there_is_never_written_over() -> None:
    with pytest.raises(UsageError, match="Ann Lee already"):
        with_voices('[people.ann-lee]\nvoice = "higher"\n', (ANN,))


def test_who_has_a_voice_already() -> None:
    assert people_with_voices('[people.a]\nvoice = "x"\n[people.b]\nname = "B"\n') == {"a"}


@given(st.text(st.characters(exclude_characters="\r", codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30))
def test_any_name_can_be_written(name: str) -> None:
    found = with_voices("", (Entry("ann", name, "v"), Entry("bo", name, "v")))
    assert tomllib.loads(found)["people"] == {"ann": {"name": name, "voice": "v"}, "bo": {"name": name, "voice": "v"}}
