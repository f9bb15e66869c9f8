"""The episode that is damaged: with a note, a link, a sound, words in Spanish, a quotation and four exchanges."""

SHOW = """\
name = "The Mended Hour"
url = "https://mendedhour.example/"
language = "en"

[contact]
email = "help@mendedhour.example"

[people.tamsin-orrelby]
name = "Tamsin Orrelby"
role = "host"
"""

TIDE = """\
---
title: The Clock in the Harbour
lang: en
date: 2025-03-14
---

# The Clock in the Harbour

A small workshop mends what big shops throw away, and the sea helps it keep the time. \
This week Tamsin talks with the two who keep it open.

> “A clock is a promise with hands.” – Ignace Fellowdale, Clockmaker

- Ignace Fellowdale, Clockmaker
- Wilhelmina Dunnock, Spring Winder

## Transcript

**Tamsin Orrelby:** Welcome to The Mended Hour from the long quay. Ignace, what is a clock for when nobody is late?

**Ignace Fellowdale:** A clock is a promise with hands. You wind it every evening before the lamps are lit, and it \
keeps its word.[^1] The [harbour office](https://harbour.example/office) keeps the other half of that promise.

**Tamsin Orrelby:** And what do you wind, Wilhelmina, when the shop is shut?

**Wilhelmina Dunnock:** Springs from the old ferry, mostly. [laughs] Some of them wind me instead of the other way \
round. My aunt called that <span lang="es">la vida lenta</span>, and she was never wrong about springs.

**Tamsin Orrelby:** Can a clock run backward without any harm?

**Ignace Fellowdale:** It can if the wheel allows for it. It is no more wrong than a stopped one on the wall. \
We built one for the tide table in the year of the flood.

**Tamsin Orrelby:** Thank you both for the evening. Stay kind, and stay curious until the next tide.

## After the talk

The workshop on Tinsel Street is open on Thursdays and lends its tools to anybody who asks.

[^1]: He said this on the radio too, in the winter of the flood.
"""

LATE = "It is no more wrong than a stopped one on the wall."
"""The sentence that is damaged, transcript-t06-s2 …"""
BEFORE = "It can if the wheel allows for it."
AFTER = "We built one for the tide table in the year of the flood."


def _cue(begin: int, who: str, said: str) -> str:
    return f"00:00:{begin:02d}.000 --> 00:00:{begin + 3:02d}.500\n<v {who}>{said}\n"


CAPTIONS = "WEBVTT\n\n" + "\n".join(
    _cue(4 * number + 1, who, said)
    for number, (who, said) in enumerate(
        (
            ("Tamsin Orrelby", "Ignace, what is a clock for when nobody is late?"),
            ("Ignace Fellowdale", "You wind it every evening, and it keeps its “word”."),
            ("Tamsin Orrelby", "And what do you wind, Wilhelmina, when the shop is shut?"),
            ("Wilhelmina Dunnock", "Springs from the old ferry, mostly."),
            ("Tamsin Orrelby", "Can a clock run backward without any harm?"),
            ("Ignace Fellowdale", BEFORE),
            ("Ignace Fellowdale", LATE),
            ("Ignace Fellowdale", AFTER),
            ("Tamsin Orrelby", "Stay kind, and stay curious until the next tide."),
        )
    )
)
"""The same talk, shorter, as captions with their times."""
