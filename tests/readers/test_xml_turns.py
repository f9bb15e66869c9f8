"""XML in which people take turns, whoever designed it; and XML that would do harm."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.manuscript import Listed, Manuscript
from converters.readers.pieces import Mark
from converters.readers.xml_turns import read_xml_turns, xml_manuscript
from converters.settings import Limits, Options

TWO = '<turn speaker="Tamsin">Is it late?</turn><turn speaker="Ignace">It is.</turn>'
TEI = 'xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"'


def context(limits: Limits | None = None) -> ReadContext:
    return ReadContext("episode.xml", Options(limits=limits or Limits()), Report())


def read(text: str | bytes, asked: ReadContext | None = None) -> Manuscript:
    return xml_manuscript(text.encode() if isinstance(text, str) else text, asked or context())


def told(text: str | bytes) -> list[tuple[str | None, str]]:
    return [(piece.label, piece.text) for piece in read(text).pieces]


def times(text: str) -> list[list[tuple[int, int, int | None]]]:
    return [[(m.offset, m.begin, m.end) for m in piece.moments] for piece in read(text).pieces]


def findings(text: str) -> str:
    asked = context()
    read(text, asked)
    return "\n".join(finding.text for finding in asked.report.findings)


# shapes ---------------------------------------------------------------------------------


def turns(pattern: str) -> str:
    """Return a file with two turns in the shape of the pattern."""
    return f"<d>{pattern.format(who='Tamsin', words='Is it late?')}{pattern.format(who='Ignace', words='It is.')}</d>"


@pytest.mark.parametrize(
    "pattern",
    [
        '<turn speaker="{who}">{words}</turn>',
        '<u who="#{who}">{words}</u>',
        "<sp><speaker>{who}:</speaker><p>{words}</p></sp>",
        '<speech speakername="{who}" person_id="p/1"><p>{words}</p></speech>',
        "<speech><talker><name>{who}</name></talker><para>{words}</para></speech>",
        "<row><id>1</id><speaker>{who}</speaker><text>{words}</text></row>",
        '<turn speaker="{who}" text="{words}"/>',
        '<beitrag sprecherin="{who}">{words}</beitrag>',
        '<x:turn xmlns:x="urn:x" x:hablante="{who}">{words}</x:turn>',
        '<block who="#{who}"><u><seg>{words}</seg></u></block>',
        "<utterance><who>{who}</who><start>0:01</start><body>{words}</body></utterance>",
    ],
)
def test_speech_is_what_says_who_speaks(pattern: str) -> None:
    assert told(turns(pattern)) == [("Tamsin", "Is it late?"), ("Ignace", "It is.")]
    assert read(turns(pattern)).speech_only


def test_an_uncertain_attribute_names_people_where_times_stand_beside_it() -> None:
    said = "".join(f'<msg from="{who}" time="0:0{n}">Hm, {n}.</msg>' for n, who in enumerate(["A", "B", "A"]))
    assert told(f"<log>{said}</log>") == [("A", "Hm, 0."), ("B", "Hm, 1."), ("A", "Hm, 2.")]


def test_paragraphs_of_a_turn_follow_its_first_without_a_label() -> None:
    text = '<x><u who="a"><seg>One.</seg><seg>Two.</seg></u><u who="b"><p>Three.</p></u></x>'
    assert told(text) == [("a", "One."), (None, "Two."), ("b", "Three.")]
    assert {piece.form for piece in read(text).pieces} == {"row"}


def test_a_turn_without_a_speaker_is_nobodys() -> None:
    text = f'<d>{TWO}<turn nospeaker="true">[Bell]</turn></d>'
    assert told(text)[-1] == (None, "[Bell]")


def test_turns_inside_turns_keep_their_order() -> None:
    text = '<d><turn speaker="A">One <turn speaker="B">two</turn> three.</turn><turn speaker="B">Four.</turn></d>'
    assert told(text) == [("A", "One"), ("B", "two"), ("A", "three."), ("B", "Four.")]


def test_several_who_speak_together_are_named_together() -> None:
    text = '<x><u who="#a #b">Both.</u><u who="#a">One.</u><u who="#b">Other.</u></x>'
    assert told(text)[0] == ("a & b", "Both.")


# what is said ---------------------------------------------------------------------------


def test_what_is_heard_stands_in_brackets() -> None:
    text = (
        '<x><u who="a">Oh <vocal><desc>sighs</desc></vocal> well, <pause/>no.</u>'
        '<kinesic><desc>Applause.</desc></kinesic><u who="b">Yes <gap reason="inaudible"/>.</u>'
        '<vocal type="laughter"/><sound at="PT5S">bell</sound><stage>(A clock.)</stage></x>'
    )
    assert told(text) == [
        ("a", "Oh [sighs] well, no."), (None, "[Applause.]"), ("b", "Yes [inaudible] ."), (None, "[laughter]"),
        (None, "[bell]"), (None, "(A clock.)"),
    ]  # fmt: skip


def test_emphasis_languages_and_links_keep_their_meaning() -> None:
    text = (
        '<x><u who="a">So <hi rend="italic">very</hi> <foreign xml:lang="fr">tard</foreign>, '
        '<ref target="https://x.example">see</ref>.</u><u who="b">No.</u></x>'
    )
    piece = read(text).pieces[0]
    assert piece.text == "So very tard, see."
    assert piece.marks == (
        Mark(3, 7, "emphasis"), Mark(8, 12, "foreign", "fr"), Mark(14, 17, "link", "https://x.example"),
    )  # fmt: skip


def test_a_line_break_is_a_space_and_tokens_are_joined_into_words() -> None:
    broken = '<x><sp who="a"><p>under it,<lb/>once</p></sp><sp who="b"><p>no</p></sp></x>'
    assert told(broken)[0] == ("a", "under it, once")
    tokens = '<x><u who="a">\n <w>Well</w>\n <pc>,</pc>\n <w>no</w><pc>.</pc></u><u who="b"><w>Oh</w></u></x>'
    assert told(tokens) == [("a", "Well, no."), ("b", "Oh")]


def test_characters_by_name_are_characters_and_an_ampersand_is_itself() -> None:
    text = (
        "<!DOCTYPE d [<!ENTITY pound \"&#163;\"> <!ENTITY dash '–'>]>"
        '<d><turn speaker="A">&pound;5 &dash; R&D, Q&amp;A &nbsp;&eacute;&#8230;</turn>'
        '<turn speaker="B"><![CDATA[a & b]]></turn></d>'
    )
    assert told(text) == [("A", "£5 – R&D, Q&A é…"), ("B", "a & b")]


def test_entities_escaped_twice_are_read() -> None:
    text = '<t><text start="0.3" dur="2">it&amp;#39;s late</text><text start="2.5" dur="1">it is</text></t>'
    assert told(text) == [(None, "it's late"), (None, "it is")]


# when -----------------------------------------------------------------------------------


def test_times_are_read_however_they_are_written() -> None:
    for first, second in [
        ("4.100", "14.990"),
        ("00:00:04.1", "00:00:14.99"),
        ("4.1s", "14.99s"),
        ("PT4.1S", "PT14.99S"),
    ]:
        text = f'<d><u who="A" start="{first}">Is it late?</u><u who="B" start="{second}">It is.</u></d>'
        assert times(text) == [[(0, 4100, None)], [(0, 14_990, None)]]


def test_times_of_the_day_are_no_times_of_the_recording() -> None:
    text = '<d><speech speaker="A" time="14:00:05">Is it?</speech><speech speaker="B" time="14:00:14">Yes.</speech></d>'
    assert times(text) == [[], []]


def test_times_that_stand_elsewhere_are_looked_up() -> None:
    text = (
        '<TEI><text><timeline><when xml:id="T0" absolute="0:00"/><when xml:id="T1" interval="1.5" since="#T0"/>'
        '<when xml:id="T2" interval="4" since="#T0"/></timeline><body><block who="#a" start="#T1" end="#T2">'
        '<u>Oh <anchor synch="#T2"/>no</u></block><block who="#b" start="#T2" end="#T2"><u>Yes</u></block>'
        "</body></text></TEI>"
    )
    assert times(text) == [[(0, 1500, 4000), (3, 4000, None)], [(0, 4000, 4000)]]


TRANSCRIBER = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans scribe="An Other"><Topics><Topic id="to1" desc="les ch\xe8vres"/></Topics>
<Speakers><Speaker id="spk1" name="L\xe9a Ferrand"/><Speaker id="spk2" name="speaker#2"/></Speakers>
<Episode program="Radio Combe"><Section type="report" topic="to1" startTime="0" endTime="20">
<Turn startTime="0" endTime="4.1"><Sync time="0"/><Event desc="jingle" type="noise" extent="instantaneous"/></Turn>
<Turn speaker="spk1" startTime="4.100" endTime="9"><Sync time="4.100"/>
bonsoir. <Event desc="b" type="noise"/>
<Sync time="6.5"/>
et bienvenue.</Turn>
<Turn speaker="spk1 spk2" startTime="9" endTime="12"><Sync time="9"/><Who nb="1"/>vous venez tous les
<Who nb="2"/>tous les jours.</Turn>
</Section></Episode></Trans>"""


def test_transcriber_files_are_read_with_everything_they_say() -> None:
    source = TRANSCRIBER.encode("latin-1")
    asked = context()
    manuscript = read(source, asked)
    assert [(p.form, p.label, p.text) for p in manuscript.pieces] == [
        ("heading", None, "les chèvres"), ("row", None, "[jingle]"), ("row", "spk1", "bonsoir. et bienvenue."),
        ("row", "spk1", "vous venez tous les"), ("row", "spk2", "tous les jours."),
    ]  # fmt: skip
    assert [(m.offset, m.begin) for m in manuscript.pieces[2].moments] == [(0, 4100), (9, 6500)]
    assert manuscript.facts.show == "Radio Combe"
    assert [(one.name, one.label) for one in manuscript.facts.people] == [
        ("Léa Ferrand", "spk1"),
        ("speaker#2", "spk2"),
    ]
    accounted = "\n".join(finding.text for finding in asked.report.findings)
    assert "An Other" in accounted
    assert "“b”" in accounted


def test_timed_text_is_captions_with_the_names_of_its_agents() -> None:
    text = (
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="urn:m" xml:lang="es"><head><metadata>'
        "<ttm:title>Relojes</ttm:title>"
        '<ttm:agent xml:id="p1"><ttm:name>Ana Ruiz</ttm:name></ttm:agent></metadata></head><body><div>'
        '<p begin="00:00:01.000" end="3.5s" ttm:agent="p1"><span begin="1s">¿Es</span>'
        '<span begin="2s">tarde?</span></p>'
        '<p begin="4s" ttm:agent="p2">Sí.<br/>Mucho.</p></div></body></tt>'
    )
    assert told(text) == [("p1", "¿Es tarde?"), ("p2", "Sí. Mucho.")]
    facts = read(text).facts
    assert (facts.title, facts.language, facts.people) == ("Relojes", "es", (Listed("Ana Ruiz", label="p1"),))
    assert times(text)[0] == [(0, 1000, 3500), (4, 2000, None)]


def test_timed_text_without_agents_is_captions() -> None:
    text = '<tt><body><div><p begin="1s" end="2s">Is it late?</p><p begin="2s" end="3s">It is.</p></div></body></tt>'
    assert [(p.form, p.label, p.text) for p in read(text).pieces] == [
        ("cue", None, "Is it late?"),
        ("cue", None, "It is."),
    ]


def tier(name: str, *annotations: tuple[str, str, str], more: str = "") -> str:
    said = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="{begin}" TIME_SLOT_REF2="{end}">'
        f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        for begin, end, words in annotations
    )
    return f'<TIER TIER_ID="{name}" {more}>{said}</TIER>'


def test_tiers_are_put_in_the_order_of_their_times() -> None:
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{n}" TIME_VALUE="{1500 * n}"/>' for n in range(3))
    tiers = (
        tier("a", ("t0", "t1", "Is it?"), ("t2", "t2", "Hm."), more='PARTICIPANT="Tamsin"'),
        tier("b", ("t1", "t2", "Yes.")),
        tier("gloss", ("t0", "t1", "¿sí?"), more='PARENT_REF="a"'),
    )
    text = f"<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{''.join(tiers)}</ANNOTATION_DOCUMENT>"
    assert told(text) == [("Tamsin", "Is it?"), ("b", "Yes."), ("Tamsin", "Hm.")]
    assert times(text)[0] == [(0, 0, 1500)]
    assert "The tier “gloss”, which depends on another: “¿sí?”" in findings(text)


def test_tiers_of_a_score_are_those_that_are_spoken() -> None:
    text = (
        '<basic-transcription><head><speakertable><speaker id="S0"><abbreviation>ANA</abbreviation></speaker>'
        '</speakertable></head><basic-body><common-timeline><tli id="T0" time="0.0"/><tli id="T1" time="1.5"/>'
        '</common-timeline><tier speaker="S0" type="t"><event start="T0" end="T1">Is it?</event></tier>'
        '<tier type="d" display-name="[nn]"><event start="T0" end="T1">birds</event></tier></basic-body>'
        "</basic-transcription>"
    )
    assert told(text) == [("S0", "Is it?")]
    assert read(text).facts.people == (Listed("ANA", label="S0"),)
    assert "The tier “[nn]”, which is not spoken: “birds”" in findings(text)


# beside the speech ------------------------------------------------------------------------


def test_people_are_found_under_their_ids_given_name_first() -> None:
    text = (
        f"<TEI {TEI}><teiHeader><titleStmt><title>Seven Clocks</title></titleStmt><listPerson>"
        '<person xml:id="to" role="host"><persName><surname>Orrelby</surname> <forename>Tamsin</forename></persName>'
        "</person><person xml:id='if'><persName>Ignace Fellowdale</persName><occupation>winder</occupation></person>"
        "</listPerson></teiHeader><text><body><head>One</head>"
        '<u who="#to">Is it?</u><u who="#if">It is.</u></body></text></TEI>'
    )
    manuscript = read(text)
    assert manuscript.facts.people == (
        Listed("Tamsin Orrelby", None, "host", "to"), Listed("Ignace Fellowdale", "winder", None, "if"),
    )  # fmt: skip
    assert (manuscript.facts.title, manuscript.facts.language) == ("Seven Clocks", "en")
    assert (manuscript.pieces[0].form, manuscript.pieces[0].text) == ("heading", "One")


def test_a_name_printed_above_a_turn_tells_who_an_unknown_id_is() -> None:
    text = (
        '<d><note type="speaker">THE CHAIR:</note><u who="#x1">Order.</u><note type="speaker">THE CHAIR:</note>'
        '<u who="#x1">Order!</u><u who="#x2">No.</u></d>'
    )
    assert told(text) == [("x1", "Order."), ("x1", "Order!"), ("x2", "No.")]
    assert read(text).facts.people == (Listed("THE CHAIR", label="x1"),)
    assert "Names printed above the turns: “THE CHAIR:”" in findings(text)


def test_the_header_of_a_file_of_ones_own_gives_facts() -> None:
    text = (
        '<episode show="The Mended Hour"><title>Seven Clocks</title><date>2024-05-03</date><editor>N. N.</editor>'
        f"<!-- louder --><talk>{TWO}</talk></episode>"
    )
    facts = read(text).facts
    assert (facts.show, facts.title, str(facts.published)) == ("The Mended Hour", "Seven Clocks", "2024-05-03")
    assert "N. N." in findings(text)
    assert "louder" in findings(text)


def test_headings_between_turns_are_headings() -> None:
    text = f"<d><major-heading>The Tower</major-heading><minor-heading>Question 1: Bells</minor-heading>{TWO}</d>"
    assert [(p.text, p.level) for p in read(text).pieces if p.form == "heading"] == [
        ("The Tower", 1),
        ("Question 1: Bells", 2),
    ]


def test_a_part_in_another_language_says_so() -> None:
    text = '<x xml:lang="en"><turn speaker="A">No.</turn><turn speaker="B" xml:lang="fr">Si.</turn></x>'
    assert [piece.language for piece in read(text).pieces] == [None, "fr"]


def test_a_question_and_its_answer_are_turns_under_whatever_tags() -> None:
    text = (
        '<akomaNtoso><debate><meta><references><TLCPerson id="m" showAs="Ms. Marrow"/></references></meta><debateBody>'
        "<scene>[The Convener in the Chair]</scene>"
        '<question by="#m" to="#o"><from>Ms. Odile Marrow</from><p>Where is the rope?</p></question>'
        '<answer by="#o"><from>Mr. Ostler</from><p>It is ordered.</p></answer>'
        '<speech by="#m"><from>Ms. Odile Marrow</from><p>Again?</p></speech></debateBody></debate></akomaNtoso>'
    )
    assert told(text)[-3:] == [
        ("Ms. Odile Marrow", "Where is the rope?"), ("Mr. Ostler", "It is ordered."), ("Ms. Odile Marrow", "Again?"),
    ]  # fmt: skip


# files that name people in their paragraphs -------------------------------------------------

RECORD = """<sitzung><kopf><titel>Rat der Glocken</titel></kopf><verlauf>
<p klasse="J">Ich rufe den ersten Punkt auf.</p>
<rede id="r1"><p klasse="redner"><redner id="7">
<name><vorname>Odile</vorname><nachname>Marrow</nachname></name></redner>
Odile Marrow (Glocke):</p><p klasse="J_1">Guten Abend. Die große Glocke läutet nicht mehr.</p>
<kommentar>(Beifall)</kommentar><p klasse="J">Wir bitten um ein Seil.</p>
<name>Präsident Bram Ostler:</name><p klasse="J_1">Das Seil ist bestellt.</p></rede>
<rede id="r2"><p klasse="redner"><redner id="9"><name><vorname>Ida</vorname><nachname>Quill</nachname></name></redner>
Ida Quill (Klöppel):</p><p klasse="J_1">Und wer zieht daran?</p></rede></verlauf></sitzung>"""


def test_names_that_stand_as_paragraphs_are_labels() -> None:
    asked = context()
    pieces = xml_manuscript(RECORD.encode(), asked).pieces
    assert [(piece.label, piece.text) for piece in pieces] == [
        (None, "Rat der Glocken"),
        (None, "Ich rufe den ersten Punkt auf."),
        ("Odile Marrow (Glocke)", "Guten Abend. Die große Glocke läutet nicht mehr."),
        (None, "(Beifall)"),
        (None, "Wir bitten um ein Seil."),
        ("Präsident Bram Ostler", "Das Seil ist bestellt."),
        ("Ida Quill (Klöppel)", "Und wer zieht daran?"),
    ]
    left_out = [finding.text for finding in asked.report.findings if finding.code == "read-014"]
    assert any("Odile Marrow · Ida Quill" in text for text in left_out)


def test_names_that_are_printed_in_paragraphs_are_found_in_the_text() -> None:
    said = "".join(f"<para>ANN: Is it {n}?</para><para>BRAM: It is {n}.</para>" for n in ("one", "two", "three"))
    document = read_xml_turns(f"<article><title>Clocks</title>{said}</article>".encode(), context())
    assert [person.name for person in document.people] == ["Ann", "Bram"]
    assert document.metadata.title == "Clocks"


# what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"<rss>{'<item><author>Ann</author><description>Many words about things</description></item>' * 2}</rss>",
        "<doc><p>Hello.</p><p>Well.</p></doc>",
        '<svg xmlns="http://www.w3.org/2000/svg"><text x="1" y="2">Hi</text></svg>',
    ],
)  # fmt: skip
def test_xml_without_turns_is_refused_with_what_is_read(text: str) -> None:
    with pytest.raises(
        SourceError, match=r"^episode.xml: no element of this XML says who speaks, or when. Curbcut reads"
    ):
        read(text)


@pytest.mark.parametrize("text", ["<d><turn>", "", "no xml", "<a/><b/>", '<d><turn speaker="A>Hm.</turn></d>'])
def test_broken_xml_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(SourceError, match=r"^episode.xml: this is no sound XML \([^\n]+\)\. Export it again[^\n]*$"):
        read(text)


@pytest.mark.parametrize(
    "beginning",
    [
        '<!DOCTYPE d [<!ENTITY a "lollol"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]>',
        '<!DOCTYPE d [<!ENTITY a "' + "x" * 100_000 + '">]>',
        "<!DOCTYPE d>" * 3,
    ],
)
def test_entities_that_hide_or_multiply_text_are_refused(beginning: str) -> None:
    with pytest.raises(SourceError, match="declares entities that can hide or multiply text"):
        read(f"{beginning}<d>{TWO}</d>")


def test_nothing_in_a_source_opens_a_file_or_an_address() -> None:
    text = (
        f'<d xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/>&passwd;'
        f'<turn speaker="A" href="file:///etc/passwd">&passwd;</turn>{TWO}</d>'
    )
    assert told('<!DOCTYPE d SYSTEM "file:///etc/passwd">' + text)[0] == ("A", "&passwd;")


@pytest.mark.parametrize(
    "text",
    ["<a>" * 100_000, "<a>" * 100_000 + "</a>" * 100_000, "<d>" + "<b/>" * 5_000_000, "<d>" + "&" * 5_000_000,
     "<d>" + '<turn speaker="A">a</turn>' * 200_000 + "</d>", "<!DOCTYPE a [" * 100_000, "<d>" + "<!--" * 100_000 + "&",
     "<d>" + "<![CDATA[" * 100_000 + "&", "<d " + "a" * 900_000, "<d " + "a=' " * 300_000],
    ids=["open", "deep", "tags", "references", "turns", "types", "comments", "sections", "name", "attributes"],
)  # fmt: skip
def test_hostile_xml_is_refused_at_once(text: str) -> None:
    with pytest.raises(SourceError, match=r"^episode.xml: [^\n]+\.$"):
        read(text)


def test_a_long_turn_of_many_elements_is_one_turn() -> None:
    text = '<d><u who="A">' + "<w>no</w> " * 60_000 + '</u><u who="B">' + "<hi>yes</hi> " * 60_000 + "</u></d>"
    assert len(read(text).pieces) == 2


def test_deep_files_below_the_limit_are_read() -> None:
    assert len(told("<div>" * 240 + TWO + "</div>" * 240)) == 2
    assert told('<d><turn speaker="A">' + "<hi>" * 240 + "x" + "</hi>" * 240 + f"</turn>{TWO}</d>")[0] == ("A", "x")


@given(
    st.lists(
        st.sampled_from(
            [
                '<turn speaker="A">',
                "</turn>",
                "<u>",
                "</u>",
                "a b",
                "&",
                "<note>n</note>",
                '<Who nb="1"/>',
                "<!-- c -->",
                "<br/>",
            ]
        )
    )
)
def test_whatever_the_file_it_is_read_or_refused(parts: list[str]) -> None:
    with contextlib.suppress(SourceError):
        assert read(f"<d>{''.join(parts)}</d>").pieces
