"""One voice for several people, set higher or lower for each: better than the same, worse than their own."""

from collections.abc import Mapping

from converters.findings import Report
from converters.narration.model import Voice


def pitched_apart(given: Mapping[str, Voice], report: Report) -> bool:
    """Tell whether anybody speaks with a voice that is only pitched apart, with a finding where it is so.

    ``given`` are voices by people's names. Such voices are easily mixed up: names are to be
    said at every change, as if voices were shared.
    """
    pitched = [f"{person} ({voice.id})" for person, voice in given.items() if voice.pitched]
    if pitched:
        report.add("speech-020", ", ".join(sorted(pitched)))
    return bool(pitched)
