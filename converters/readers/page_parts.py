"""What the paragraphs round a conversation are: the parts of a show's web page.

The conversation itself is found by its labels. What stands before and after it is
told by its shape and its words; what cannot be told is the episode's own text.
The expressions are compiled when one is first asked: a text that is all talk needs none.
The words looked for are English so far; in other languages shape alone decides.
"""

import re
from typing import Final, Literal

import msgspec

from converters.document import SectionKind
from converters.readers.manuscript import Listed
from converters.readers.pieces import Piece

PieceKind = SectionKind | Literal["quote"]
Place = Literal["before", "after"]

_NOTICE: Final = (
    r"^(?:[A-Z][A-Z’'&, -]{3,60}:\s|(?i:(?:editor.s |content |trigger )?(?:note|notice|warning|correction|update):\s))"
)
_QUOTE: Final = r"(?s)^[“\"«„](?P<words>.+?)[”\"»“](?:\s*[–—-]+\s*(?P<by>\S.*))?$"
_ACCESS: Final = r"(?i)\baccessib|\bdisabilit|\bimpairment"
_ACCESS_PROMISE: Final = r"(?i)\brequest|\bformats?\b|\bassist|\bcontact\b|\bcommitted\b|\bwrite to\b|\btell us\b"
_SITE_WORDS: Final = (
    r"(?i)\b(?:subscribe|newsletter|patreon|patron|sponsor(?:ed)?|donate|sign up|follow us|share this|rather listen|"
    r"prefer to (?:listen|read|watch)|listen (?:here|now)|download|more coverage|coverage|click|read more|more from|"
    r"looking for (?:more|another)|become a|support (?:us|the show|our)|supporting|all rights reserved|"
    r"leave a comment|advertisement|episode notes|uncut|cookies?|podcast|previous episode|next episode|related)\b|©"
)
_INVITATION: Final = r"^[^.!?…]{1,60}[?:]?$"
_LINK_ENDS_HERE: Final = (
    r"(?i)\b(?:become|buy|click|donate|download|find|get|give|hear|join|learn|listen|more|order|read|see|sign|"
    r"subscribe|"
    r"support|visit|watch)\b.*\bhere[.!]?$"
)
_LINK_DANGLES: Final = r"(?i)\b(?:at|to|via|on|from|visit|see|is|are|online)$"
_LINK_CONTACT: Final = r"(?i)\b(?:contact us|get in touch|e-?mail us|let us know|write to us|reach us)[.!]?$"
_ADDRESS: Final = r"https?://|www\.|\S@\S|\b\w+\.(?:com|org|net|tv|info|example)\b"
SHORT: Final = 8
LONGEST_LEAD_IN: Final = 400
"""Letters at the end of a sentence in which a lead-in is looked for."""


class Quotation(msgspec.Struct, frozen=True):
    """A pull quote, its marks included, and the line that says whose it is."""

    words: str
    by: str | None


def kind_of(piece: Piece, place: Place) -> PieceKind:
    """Return what a paragraph before or after the conversation is."""
    text = piece.text
    if re.search(_ACCESS, text) and re.search(_ACCESS_PROMISE, text):
        return "accessibility"
    if place == "before" and re.match(_NOTICE, text):
        return "notice"
    if place == "before" and quotation(piece):
        return "quote"
    if piece.bullet and place == "before" and "," in text:
        return "people"
    if _is_furniture(text):
        return "furniture"
    return "summary" if place == "before" else "closing"


_HEADINGS: Final[dict[SectionKind, str]] = {
    "furniture": (
        r"(?i)\b(?:related|share|comments?|leave a|newsletter|subscribe|tags|categor|menu|navigation|advert|"
        r"more episodes|"
        r"follow us|links?|show notes|resources|references|sponsors?|reviews?|glossary|worksheet|problem sheet|"
        r"exercises|"
        r"further reading|about (?:the|us|this)|enlaces|notas|compartir|comentarios|weiterlesen|shownotes|"
        r"kommentare|teilen|liens|partager|ссылки|комментарии|תגובות|相关|評論|评论|関連)"
    ),
    "people": (
        r"(?i)^(?:guests?|speakers?|participants?|panel(?:ists)?|invitad[oa]s?|gäste|invités?|участники|משתתפים|嘉宾|出演者|"
        r"in this episode|with us|attendees|present)\b"
    ),
    "summary": (
        r"(?i)^(?:about|summary|description|introduction|overview|in brief|resumen|descripción|zusammenfassung|résumé|"
        r"описание|תקציר|简介|概要)"
    ),
}
_TRANSCRIPT: Final = (
    r"(?i)^\W*(?:full |(?:read|show|view|open|hide|see) (?:the )?(?:full )?|episode |edited |complete |"
    r"the )?(?:transcript(?:ion)?|transcripción|transkript(?:ion)?|abschrift|"
    r"trascrizione|transcrição|расшифровка|стенограмма|транскрипт|תמלול|תמליל|文字稿|逐字稿|文字起こし|全文|訪談|书き起こし|"
    r"書き起こし|녹취록|대본|النص)(?: completa| intégrale| completo)?\W*$"
)
"""What stands over a conversation and says no more than that it is one."""


def is_over_a_transcript(piece: Piece) -> bool:
    """Tell whether a line says of what is below that it is a transcript, and nothing else."""
    return bool(re.match(_TRANSCRIPT, piece.text))


def heading_kind(heading: str) -> SectionKind | None:
    """Return what a heading says that the paragraphs below it are."""
    return next((kind for kind, words in _HEADINGS.items() if re.search(words, heading)), None)


def serves_the_page(piece: Piece) -> bool:
    """Tell whether a short line speaks of the site and of nothing else."""
    return len(piece.text.split()) <= SHORT and bool(
        re.search(_SITE_WORDS, piece.text) or re.search(_COLOPHON, piece.text)
    )


def speaks_of_the_page(piece: Piece) -> bool:
    """Tell whether an unlabelled paragraph after speech is plainly not speech."""
    kind = kind_of(piece, "after")
    if re.search(_COLOPHON, piece.text):
        return True
    return (
        kind != "closing" or bool(re.search(_SITE_WORDS, piece.text)) or has_lost_link(piece.text, ends_paragraph=True)
    )


_COLOPHON: Final = (
    r"(?i)\b(?:transcript(?:ion|s|ionist)?|transcribed|copyright|transcripción|transkript|derechos reservados|"
    r"tous droits|urheber\w*|расшифровка|все права|tape \d|end of)\b|©|本文|整理|著作権|版权|版權|文責|"
    r"תמלול|כל הזכויות|حقوق|تفريغ|녹취|저작권|"
    r"^(?:end\s+)?\d{1,2}[:.]\d\d\s*[ap]\.?\s?m\.?(?:\s+[A-Z]{2,4})?$"
)
"""Words of whoever made the transcript, after the conversation."""


def _is_furniture(text: str) -> bool:
    """Tell whether a line serves the page: an invitation, or a lead-in whose link is the point of it."""
    short = len(text.split()) <= SHORT and re.match(_INVITATION, text)
    if short and (text.endswith("?") or re.search(_SITE_WORDS, text)):
        return True
    single = not re.search(r"[.!?…][”\"’)]*\s", text)
    leads = has_lost_link(text, ends_paragraph=True)
    of_the_site = leads and (dangles(text) or re.search(_SITE_WORDS, text))
    return single and bool(re.search(_LINK_ENDS_HERE, text[-LONGEST_LEAD_IN:]) or of_the_site)


def quotation(piece: Piece) -> Quotation | None:
    """Return the quotation that a paragraph consists of."""
    match = re.match(_QUOTE, piece.text)
    if not match or not (match["by"] or piece.text[-1] in '”"»'):
        return None
    by = match["by"]
    words = piece.text[: match.end("words") + 1]
    return Quotation(words, by.strip() if by else None)


def listed(line: str) -> Listed:
    """Return name and description of a line such as ``Ann Lee, Director, Trade School``."""
    name, comma, description = line.partition(",")
    if not comma:
        name, _, description = re.split(r"(\s[–—-]\s|$)", line, maxsplit=1)
    return Listed(name.strip(), description.strip(" ,") or None)


def has_lost_link(sentence: str, *, ends_paragraph: bool) -> bool:
    """Tell whether a sentence leads to an address that is not there any more."""
    if re.search(_ADDRESS, sentence):
        return False
    text = sentence.strip()[-LONGEST_LEAD_IN:]
    if ends_paragraph and (text.endswith(":") or re.search(_LINK_DANGLES, text)):
        return True
    return bool(re.search(_LINK_ENDS_HERE, text) or re.search(_LINK_CONTACT, text))


def dangles(sentence: str) -> bool:
    """Tell whether a lead-in says nothing without its link, so that it cannot be read aloud."""
    return bool(re.search(_LINK_DANGLES, sentence.strip()))
