"""People: readable names, one person for all their labels, and who the host is."""

import pytest

from converters.document import Person
from converters.readers.labels.names import readable
from converters.settings import Episode, PersonFacts, Show
from tests.conftest import ReadText

READABLE = [
    ("TAMSIN ORRELBY", "Tamsin Orrelby"),
    ("TIBALT MCDONALD", "Tibalt McDonald"),
    ("FENKE VAN DER BERG", "Fenke van der Berg"),
    ("VAN DER BERG", "Van der Berg"),
    ("SIBBY O’CONNELL", "Sibby O’Connell"),
    ("SIBBY O'CONNELL", "Sibby O'Connell"),
    ("LOU-ANNICK PETARD", "Lou-Annick Petard"),
    ("J.R. HOLLOWELL", "J.R. Hollowell"),
    ("R. Q. HOLLOWELL", "R. Q. Hollowell"),
    ("DR. ODILE MARCH", "Dr. Odile March"),
    ("ROSCOE TALLIS III", "Roscoe Tallis III"),
    ("ROSCOE TALLIS IV", "Roscoe Tallis IV"),
    ("TOBIAS “SPARK” DARE", "Tobias “Spark” Dare"),
    ("ÉLODIE ŻUREK", "Élodie Żurek"),
    ("Odile March", "Odile March"),
    ("odile", "odile"),
    ("TJ", "TJ"),
    ("闻竹溪", "闻竹溪"),
    ("אורינה", "אורינה"),
    ("ODILE MARCH (BY PHONE)", "Odile March"),
]


@pytest.mark.parametrize(("label", "name"), READABLE)
def test_a_label_in_capitals_becomes_a_readable_name(label: str, name: str) -> None:
    assert readable(label, "") == name


def test_the_spelling_that_the_text_uses_wins() -> None:
    text = "ODILE MACARTHUR: Hi. With us is Odile MacArthur. ODILE MACARTHUR again, odile macarthur."
    assert readable("ODILE MACARTHUR", text) == "Odile MacArthur"
    assert readable("ODILE MACARTHUR", "odile macarthur ODILE MACARTHUR") == "Odile Macarthur"


def test_the_text_may_spell_an_apostrophe_the_other_way() -> None:
    assert readable("NIAMH D'ARBLAY", "Here is Niamh d’Arblay or Niamh D’Arblay.") == "Niamh D’Arblay"
    assert readable("NIAMH D’ARBLAYMONT", "Here is Niamh D'ArblayMont.") == "Niamh D'ArblayMont"


TALK = """\
Two Chairs

ODILE MARCH: Where were you?

BRAM OSTLER: In the yard.

ODILE MARCH: Was it cold?

BRAM OSTLER: It was.

ODILE MARCH: Come in, then.
"""


def _people(read_text: ReadText, text: str, show: Show | None = None, episode: Episode | None = None) -> list[Person]:
    return list(read_text(text, show, episode)[0].people)


def test_each_person_is_known_once_with_all_labels(read_text: ReadText) -> None:
    odile = PersonFacts(name="Odile March", labels=("O. MARCH",))
    text = TALK.replace("ODILE MARCH: Come", "O. MARCH: Come")
    people = _people(read_text, text, Show(people={"odile-march": odile}))
    assert [(person.id, person.labels) for person in people] == [
        ("odile-march", ("ODILE MARCH", "O. MARCH")),
        ("bram-ostler", ("BRAM OSTLER",)),
    ]


def test_the_same_label_in_another_case_is_the_same_person(read_text: ReadText) -> None:
    people = _people(read_text, TALK.replace("ODILE MARCH: Come", "Odile March: Come"))
    assert [person.name for person in people] == ["Odile March", "Bram Ostler"]


def test_a_remark_in_brackets_after_a_name_makes_no_second_person(read_text: ReadText) -> None:
    people = _people(read_text, TALK.replace("BRAM OSTLER: It", "BRAM OSTLER (BY PHONE): It"))
    assert [(person.name, person.labels) for person in people][1:] == [
        ("Bram Ostler", ("BRAM OSTLER", "BRAM OSTLER (BY PHONE)"))
    ]


def test_facts_of_the_show_reach_the_person(read_text: ReadText) -> None:
    facts = PersonFacts("Bram Ostler", (), "narrator", "Carrier", "brahm", "en-gb+f1")
    bram = _people(read_text, TALK, Show(people={"bram": facts}))[1]
    assert bram == Person(bram.id, "Bram Ostler", ("BRAM OSTLER",), "narrator", "Carrier", "brahm", "en-gb+f1")


def test_who_leads_asks_and_closes_is_the_host(read_text: ReadText) -> None:
    assert [person.part for person in _people(read_text, TALK)] == ["host", "guest"]


def test_no_host_is_invented_where_nothing_tells(read_text: ReadText) -> None:
    text = TALK.replace("?", ".").replace("ODILE MARCH: Come in, then.", "ODILE MARCH: I am.\n\nBRAM OSTLER: So am I.")
    assert [person.part for person in _people(read_text, text)] == [None, None]


def test_a_long_talk_without_a_host_is_a_finding(read_text: ReadText) -> None:
    text = "Two Chairs\n\n" + "ODILE MARCH: I am.\n\nBRAM OSTLER: So am I.\n\n" * 6
    assert "read-011" in {finding.code for finding in read_text(text)[1]}


def test_a_listed_guest_is_a_guest_and_never_made_the_host(sample: str, read_text: ReadText) -> None:
    parts = {person.name: person.part for person in _people(read_text, sample)}
    assert parts == {"Ignace Fellowdale": "guest", "Wilhelmina Dunnock": "guest", "Tamsin Orrelby": "host"}


def test_a_listed_guest_who_leads_and_asks_is_still_no_host(read_text: ReadText) -> None:
    text = TALK.replace("ODILE MARCH: Where", "• Odile March, Miller\n\nODILE MARCH: Where")
    parts = {person.name: person.part for person in _people(read_text, text)}
    assert parts["Odile March"] == "guest"


def test_not_being_on_the_list_of_guests_alone_makes_no_host(read_text: ReadText) -> None:
    guests = "• Odile March, Miller\n• Bram Ostler, Carrier\n\nODILE MARCH: Where"
    text = (
        TALK.replace("ODILE MARCH: Where", guests)
        .replace("?", ".")
        .replace("ODILE MARCH: Come", "CLEO PIKE: Hm.\n\nODILE MARCH: Come")
    )
    parts = {person.name: person.part for person in _people(read_text, text + "\nBRAM OSTLER: Yes.\n")}
    assert parts == {"Odile March": "guest", "Bram Ostler": "guest", "Cleo Pike": None}


def test_what_the_show_says_of_the_host_outweighs_who_asks(read_text: ReadText) -> None:
    bram = PersonFacts(name="Bram Ostler", role="host")
    parts = [person.part for person in _people(read_text, TALK, Show(people={"bram-ostler": bram}))]
    assert parts == ["guest", "host"]


def test_somebody_alone_is_no_host(read_text: ReadText) -> None:
    text = "A Walk\n\nODILE MARCH: I walked.\n\nODILE MARCH: Did I?\n\nODILE MARCH: I did.\n"
    assert [person.part for person in _people(read_text, text)] == [None]


def test_people_who_share_a_name_in_ascii_have_ids_of_their_own(read_text: ReadText) -> None:
    people = _people(read_text, TALK.replace("BRAM OSTLER", "ÒDILE MARCH"))
    assert [person.id for person in people] == ["odile-march", "odile-march-2"]
