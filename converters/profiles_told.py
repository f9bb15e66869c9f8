"""``curbcut profiles``, and what ``--explain`` says: which settings hold, and who has settled each."""

from collections.abc import Iterator
from typing import Final

from converters.arguments import Arguments
from converters.asked import formats_of, show_file_of
from converters.planning import Job
from converters.profile_interview import Ask, make
from converters.profiles import as_toml, chosen, known

_SETTINGS: Final = (
    "to", "large_print", "font_size", "theme", "paper", "typeface", "pages_per_volume", "engine", "rate", "announce",
    "cast", "read_aloud", "blocks", "text_width", "grade", "cells", "lines", "braille_pages_per_volume",
)  # fmt: skip


def told(arguments: Arguments, ask: Ask) -> tuple[str, ...]:
    """Return the path of a profile made by asking, the lines of one as its file would be, or a line for each.

    Raises ``UsageError`` for one that is not there, or not right, and ``SavingError``.
    """
    show_file = show_file_of(arguments)
    if arguments.make:
        return (str(make(arguments.make, show_file, ask)),)
    if arguments.name:
        return (as_toml(chosen(arguments.name, show_file).profile),)
    every = ((one, "built in" if one.place is None else str(one.place)) for one in known(show_file))
    return tuple(f"{one.name}: {one.profile.about or 'not said for whom'} ({place})" for one, place in every)


def explained(arguments: Arguments, jobs: tuple[Job, ...]) -> Iterator[str]:
    """Yield a line for each setting: its value, and where that came from."""
    for name in _SETTINGS:
        yield f"{_option(name)}: {_value(arguments, name)}, from {_origin(arguments, name)}"
    for job in jobs:
        yield f"{job.name}, language: {_language(job, arguments)}"


def _option(name: str) -> str:
    return name.replace("_", "-")


def _value(arguments: Arguments, name: str) -> str:
    if name == "to":
        return ",".join(writer.name for writer in formats_of(arguments.to))
    value = getattr(arguments, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "what is usual" if value is None else str(value)


def _origin(arguments: Arguments, name: str) -> str:
    if name in arguments.said:
        return "the command line"
    return f"the profile {arguments.profile}" if name in arguments.from_profile else "the defaults"


def _language(job: Job, arguments: Arguments) -> str:
    if arguments.language:
        return f"{arguments.language}, from the command line"
    if job.options.episode.language:
        return f"{job.options.episode.language}, from {job.source.with_suffix('.toml').name}"
    if job.options.show.language:
        return f"{job.options.show.language}, from {job.show_file}"
    return "recognised from the text"
