"""ID3v2.3 tags, written by us: older players for blind readers know nothing newer (https://id3.org/id3v2.3.0).

They are not mutagen's: that puts chapters in the order of their size and takes 30 ms to load.
"""

import datetime
from collections.abc import Iterable
from typing import Final

from converters.cover import cover
from converters.document import LanguageTag

LATIN: Final = b"\0"
UTF_16: Final = b"\1"
FRONT_COVER: Final = b"\3"

LANGUAGES: Final = dict(
    pair.split(":")
    for pair in (
        "af:afr am:amh an:arg ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cv:chv cy:cym "
        "da:dan de:deu el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra ga:gle gd:gla gn:grn "
        "gu:guj he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye ia:ina id:ind io:ido is:isl it:ita ja:jpn ka:kat kk:kaz "
        "kl:kal kn:kan ko:kor ku:kur ky:kir la:lat lb:ltz lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa "
        "mt:mlt my:mya nb:nob ne:nep nl:nld nn:nno no:nor om:orm or:ori pa:pan pl:pol ps:pus pt:por qu:que ro:ron "
        "ru:rus sd:snd si:sin sk:slk sl:slv so:som sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel th:tha ti:tir tk:tuk "
        "tl:tgl tn:tsn tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie xh:xho yi:yid yo:yor zh:zho zu:zul"
    ).split()
)
"""ISO 639-1 to ISO 639-2, which is what ID3 wants; other tags have three letters already."""


def tag(frames: Iterable[bytes]) -> bytes:
    """Return a whole tag, which stands before the sound (ID3v2.3 §3.1)."""
    content = b"".join(frames)
    return b"ID3\x03\0\0" + _seven_bits_a_byte(len(content)) + content


def text_frame(name: str, text: str) -> bytes:
    """Return a frame that holds text, whose name begins with T (ID3v2.3 §4.2)."""
    encoding, encoded = _encoded(text)
    return frame(name, encoding + encoded)


def frame(name: str, content: bytes) -> bytes:
    """Return any frame: its name in four letters, and what it holds (ID3v2.3 §3.3)."""
    return name.encode() + len(content).to_bytes(4, "big") + b"\0\0" + content


def date_frames(day: datetime.date) -> tuple[bytes, ...]:
    """Return year, and day with month: ID3v2.3 has no frame for both."""
    return text_frame("TYER", f"{day:%Y}"), text_frame("TDAT", f"{day:%d%m}")


def language_code(language: LanguageTag) -> str:
    """Return three letters; ``und`` for what has none."""
    primary = language.split("-")[0].lower()
    return LANGUAGES.get(primary, primary if len(primary) == 3 else "und")  # noqa: PLR2004 - ISO 639-2


def remark(text: str, language: str) -> bytes:
    """Return the content of a comment or of lyrics, without a heading of its own."""
    encoding, encoded = _encoded(text)
    no_heading = b"\0" if encoding == LATIN else "".encode("utf-16") + b"\0\0"
    return encoding + language.encode() + no_heading + encoded


def origin_frames(lines: Iterable[tuple[str, str]]) -> tuple[bytes, ...]:
    """Return names and values in frames for what has none of its own (ID3v2.3 §4.2.2)."""
    return tuple(frame("TXXX", _named(name.capitalize(), value)) for name, value in lines)


def _named(name: str, value: str) -> bytes:
    encoding, encoded = _encoded(value)
    heading = name.encode() + b"\0" if encoding == LATIN else b"\xff\xfe" + name.encode("utf-16-le") + b"\0\0"
    return encoding + heading + encoded


def picture_frames(title: str, show: str | None, language: LanguageTag) -> tuple[bytes, ...]:
    """Return the cover (ID3v2.3 §4.15), nothing where it cannot be drawn."""
    picture = cover(title, (show,) if show else (), language)
    return (frame("APIC", LATIN + b"image/png\0" + FRONT_COVER + b"\0" + picture),) if picture else ()


def _encoded(text: str) -> tuple[bytes, bytes]:
    """Return plain letters as they are, and anything else as UTF-16, the two that ID3v2.3 has."""
    plain = text.replace("\0", "")
    return (LATIN, plain.encode()) if plain.isascii() else (UTF_16, b"\xff\xfe" + plain.encode("utf-16-le"))


def _seven_bits_a_byte(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
