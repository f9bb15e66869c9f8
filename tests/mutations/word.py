"""Damage to the Word edition, in the XML of its parts."""

from .episode import AFTER, BEFORE, LATE
from .planting import Damage, Edit, cut, damage, gone, inside, moved, swap, without, words

ID = "transcript-t06-s2"
TURN = "transcript-t06"
BODY, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_NAME = r'(<w:bookmarkStart[^>]*w:name="_transcript_t06"/>.*?<w:t[^>]*>)Ignace Fellowdale:'
_THIRD = r'<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>(?:(?!</w:p>).)*3\. Tamsin Orrelby.*?</w:p>'


_FIRST = r'nobody is late\?(?=</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Turn)'
_OFFICE = r'<w:hyperlink r:id="[^"]*"[^>]*>((?:(?!</w:hyperlink>).)*harbour office.*?)</w:hyperlink>'


def _body(name: str, edit: Edit, rule: str, *told: str) -> Damage:
    return damage(name, inside(BODY, edit), rule, *told)


WORD: tuple[Damage, ...] = (
    _body("a sentence dropped", words(f" {LATE}", ""), "parity", f"{ID} is missing"),
    _body("a sentence doubled", words(LATE, f"{LATE} {LATE}"), "parity", f"{ID} is there twice"),
    _body(
        "a sentence swapped with the next",
        words(f"{BEFORE} {LATE}", f"{LATE} {BEFORE}"),
        "parity",
        "is out of order",
        "transcript-t06-s",
    ),
    _body(
        "a sentence moved to another chapter",
        moved(
            f" {LATE}",
            _FIRST,
        ),
        "parity",
        f"{ID} is out of order",
    ),
    _body("a word altered", words("no more wrong", "no less wrong"), "parity", f"{ID} reads otherwise"),
    _body("words of nobody", words(AFTER, f"{AFTER} I never said so."), "parity", "transcript-t06"),
    _body("a turn given to another", swap(_NAME, r"\1Wilhelmina Dunnock:"), "parity", TURN),
    _body("a name taken away", swap(_NAME, r"\1"), "parity", TURN),
    _body("a bookmark renamed", words('w:name="_transcript_t06"', 'w:name="_other"'), "parity", "transcript-t06"),
    _body(
        "the bookmark of an exchange renamed",
        words('w:name="_transcript_t05_exchange"', 'w:name="_other"'),
        "id-lost",
        "transcript-t05-exchange",
    ),
    _body(
        "a heading skipped",
        swap(r'<w:pStyle w:val="Heading2"/>((?:(?!</w:p>).)*1\. Tamsin)', r'<w:pStyle w:val="Heading4"/>\1'),
        "heading-skipped",
        "1. Tamsin Orrelby",
        "level 4",
    ),
    _body("a heading that is none", swap(_THIRD % "Heading2", ""), "heading-lost", "transcript-t05-exchange"),
    _body("a chapter lost from the contents", swap(_THIRD % "TOC2", ""), "contents-lost", "transcript-t05-exchange"),
    _body("the mark of a note lost", swap(r'<w:footnoteReference w:id="1"/>', ""), "note-lost", "note-1"),
    damage(
        "a note lost",
        inside("word/footnotes.xml", swap("He said this on the radio[^<]*", "")),
        "parity",
        "a note is missing",
        "He said this on the radio",
    ),
    _body(
        "a link of the source lost",
        swap(_OFFICE, r"\1"),
        "link-lost",
        "https://harbour.example/office",
    ),
    _body("a link leading nowhere", swap(r'(<w:hyperlink r:id=")[^"]*', r"\1rId999"), "link-nowhere", "rId999"),
    _body(
        "the language of a passage removed",
        swap('<w:rStyle w:val="Languagees"/>', ""),
        "language-lost",
        "la vida lenta",
    ),
    damage("the language removed", inside(STYLES, swap(r"<w:lang [^>]*/>", "")), "language-lost", "its styles"),
    damage(
        "the title removed",
        inside(CORE, swap("<dc:title>.*?</dc:title>", "")),
        "title-lost",
        "The Clock in the Harbour",
    ),
    _body(
        "the first title removed",
        swap(r'(<w:pStyle w:val="Title"/>.*?<w:t[^>]*>)[^<]*', r"\1"),
        "title-lost",
        "first paragraph",
    ),
    damage("the notes missing in the package", without("word/footnotes.xml"), "note-lost", "1"),
    damage("the file missing", gone, "missing", "tide.docx"),
    damage("the file cut in half", cut, "unsafe", "no whole zip"),
)
