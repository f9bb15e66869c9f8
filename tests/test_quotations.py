"""Which pull quotes repeat what is said, so that nobody hears them twice."""

import pytest

from converters.document import NodeId, PullQuote

from .conftest import ReadText, section_of

SAID = (
    "I mended the bell in the winter of the long snow, because nobody else would climb that high. "
    "It rang on the first day of spring. We all stood under it and listened."
)
PAGE = """\
Bells

{quote}

  • Ada Quillfeather, Founder
  • Bram Ostler, Ringer

CLEO MARSH: How was it?

ADA QUILLFEATHER: {said}

CLEO MARSH: And you?

BRAM OSTLER: I rang it twice, and then I went home to bed.

CLEO MARSH: Who else?

ADA QUILLFEATHER: Only the swifts.
"""


def _repeated(read_text: ReadText, words: str, by: str | None = "Ada Quillfeather, Founder") -> NodeId | None:
    quote = f"“{words}”" + (f" – {by}" if by else "")
    document, _ = read_text(PAGE.format(quote=quote, said=SAID))
    (found,) = section_of(document, "quotes").blocks
    assert isinstance(found, PullQuote)
    return found.repeats


@pytest.mark.parametrize(
    "words",
    [
        "It rang on the first day of spring.",
        "It rang on the first day of spring. We all stood under it and listened.",
        "IT RANG, on the first day – of Spring!",
        "I mended the bell in the winter of the long snow, because nobody else would climb this high.",
        "We all stood under it and listened. It rang on the first day of spring.",
        "I mended the bell in the winter . . . because nobody else would climb that high.",
        "I mended the bell in the winter […] It rang on the first day of spring.",
        "It rang out on the first day of spring.",
    ],
)
def test_a_quote_that_was_said_nearly_word_for_word_repeats_its_turn(words: str, read_text: ReadText) -> None:
    assert _repeated(read_text, words) == "transcript-t02"


@pytest.mark.parametrize(
    "words",
    [
        "It rang on the last night of autumn.",
        "I mended the bell in the winter … and I was paid in apples for it.",
        "It rang … on the first day of spring.",
        "We stood under it.",
        "It rang on the first day of spring. We were never so happy before or since.",
        "Only the swifts. It rang on the first day of spring. I rang it twice.",
        "I rang it twice, and then I went home to bed.",
        "The bell in the snow rang high because we listened.",
    ],
)
def test_a_quote_that_was_not_said_so_stands_for_itself(words: str, read_text: ReadText) -> None:
    assert _repeated(read_text, words) is None


def test_a_quote_repeats_only_who_it_is_attributed_to(read_text: ReadText) -> None:
    words = "It rang on the first day of spring."
    assert _repeated(read_text, words, "Bram Ostler, Ringer") is None
    assert _repeated(read_text, words, "A Passer-by") is None
    assert _repeated(read_text, words, None) is None


def test_two_turns_together_are_no_one_turn(read_text: ReadText) -> None:
    assert _repeated(read_text, "It rang on the first day of spring. Only the swifts.") is None
