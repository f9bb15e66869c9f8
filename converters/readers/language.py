"""Which language a text is in, recognised from its words; and which way it is written."""

import re

from converters.document import UNDETERMINED, LanguageTag
from converters.findings import Report
from converters.settings import LANGUAGE_SHAPE, Options

SAMPLE_LETTERS = 20_000


def settle_language(text: str, given: str | None, options: Options, report: Report) -> LanguageTag:
    """Return the language that staff have written down or the source gives, else the one recognised, with a finding."""
    told = options.language or options.episode.language or options.show.language
    if told:
        return told
    if given and re.match(LANGUAGE_SHAPE, given.replace("_", "-")):
        return LanguageTag(given.replace("_", "-"))
    found = recognise(text)
    if found == UNDETERMINED:
        report.add("read-010")
    else:
        report.add("read-009", found)
    return found


def recognise(text: str) -> LanguageTag:
    """Return the language of the text, or ``und`` where the words do not tell.

    Compact Language Detector 2 reads script and letter groups; offline, about 2 ms.
    """
    import pycld2  # type: ignore[import-untyped]  # loaded on first use: show.toml mostly says the language

    try:
        reliable, _, ranking = pycld2.detect(text[:SAMPLE_LETTERS].encode("utf-8"), isPlainText=True, bestEffort=False)
    except pycld2.error:
        return UNDETERMINED
    code = ranking[0][1]
    return LanguageTag(_BCP_47.get(code, code)) if reliable and code != "un" else UNDETERMINED


_BCP_47 = {"iw": "he", "jw": "jv", "zh-Hant": "zh-Hant", "zh": "zh"}
