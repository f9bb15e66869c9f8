"""Files made to do harm: each is small to describe, and costs a careless reader its memory or an hour."""

import io
import zipfile
from collections.abc import Callable, Mapping

MEGABYTE = 1_000_000


def bomb_of_entities() -> bytes:
    """Return XML whose ten entities hold each other: a thousand million letters, if they were expanded."""
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE l [<!ENTITY a0 "aaaaaaaaaa">{entities}]><l><turn speaker="x">&a9;</turn></l>'.encode()


def entity_of_a_file() -> bytes:
    """Return XML that asks for a file of the machine's."""
    return b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l><turn speaker="x">&x;</turn></l>'


def packed_bomb() -> bytes:
    """Return a Word file of a megabyte that unpacks to 900."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(900):
                part.write(b" " * MEGABYTE)
    return buffer.getvalue()


def package_that_climbs() -> bytes:
    """Return a Word file with a name that leads out of it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("../../evil", "x")
        package.writestr("word/document.xml", "<a/>")
    return buffer.getvalue()


def aliases_of_aliases() -> bytes:
    """Return front matter in which each list holds the one before seven times."""
    rows = (f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 7)}]" for n in range(9))
    return "\n".join(["---", "a: &a [x, x, x, x]", *rows, "---", "ANA: hi", ""]).encode()


def many_labels() -> bytes:
    """Return a talk of two hundred thousand people."""
    return "".join(f"NAME{n} SUR{n}: hello there you.\n\n" for n in range(200_000)).encode()


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "entities.xml": bomb_of_entities,
    "external.xml": entity_of_a_file,
    "deep.xml": lambda: b"<a>" * 100_000,
    "deep-div.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"hi" + b"</div>" * 100_000,
    "deep-b.html": lambda: b"<html><body><p>" + b"<b>" * 100_000 + b"hi",
    "packed.docx": packed_bomb,
    "climbing.docx": package_that_climbs,
    "one-line.txt": lambda: b"word " * 10_000_000,
    "labels.txt": many_labels,
    "spaces.txt": lambda: b"ANA: hi" + b" " * 900_000 + b"x\n\nBOB: yes\n\nANA: " + b"[" * 400_000 + b"\n",
    "brackets.txt": lambda: b"ANA: " + b"(" * 200_000 + b" a " + b"[0" * 100_000 + b"\n\nBOB: hi\n",
    "notes.txt": lambda: b"ANA: hi\n\nBOB: " + "♪".encode() * 100_000 + b"\n",
    "colons.txt": lambda: b"a:" * 400_000,
    "times.txt": lambda: b"1:" * 300_000 + b"\n",
    "quotes.txt": lambda: "“a” ".encode() * 200_000,
    "nul.txt": lambda: b"ANA: hi\x00 there\n\nBOB: y\x00es\n" * 100,
    "cues.vtt": lambda: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nhi\n\n" * 1_000_000,
    "deep.json": lambda: b"[" * 200_000,
    "quoted.md": lambda: b"---\ntitle: x\n---\n" + b"> " * 100_000 + b"hi\n",
    "stars.md": lambda: b"*a " * 300_000,
    "aliases.md": aliases_of_aliases,
}  # fmt: skip
"""By file name: what each holds. None is larger than a source may be."""
