"""What a command line asks for, as options, formats and jobs. What was asked for in vain is a ``UsageError``."""

from pathlib import Path
from typing import TextIO

import msgspec

from converters import writers
from converters.arguments import Arguments
from converters.document import LanguageTag
from converters.errors import UsageError
from converters.planning import Job, ShowChoice, plan, with_what_they_play
from converters.settings import Limits, Options, find_show
from converters.sources import Listed, listed
from converters.writers import Writer


def settled(said: dict[str, object]) -> Arguments:
    """Return what the command line said, and of what it left open what the profile says that it names.

    Raises ``UsageError`` for a profile that is not there, or not right.
    """
    arguments = msgspec.convert({**said, "said": frozenset(said)}, Arguments)
    if arguments.reader is None:
        return arguments
    from converters.profiles import chosen  # loaded on first use

    found = chosen(arguments.reader, show_file_of(arguments))
    settings = dict(found.profile.settings())
    more = {"said": frozenset(said), "from_profile": frozenset(settings) - frozenset(said), "profile": found.name}
    return msgspec.convert({**settings, **said, **more}, Arguments)


def show_file_of(arguments: Arguments) -> Path | None:
    """Return the show.toml of what was asked for first, beside which profiles may lie."""
    choice = show_choice(arguments.show)
    if choice.none or choice.path:
        return choice.path
    first = (*arguments.sources, *(path for path in (arguments.listed,) if path), Path("here"))[0]
    return find_show(first / "inside" if first.is_dir() else first)


def options_of(arguments: Arguments) -> Options:
    """Return the options of a conversion."""
    limits = Limits(
        arguments.max_size * 1_000_000, arguments.max_line, arguments.max_words, arguments.max_turns,
        arguments.max_labels, arguments.max_levels,
    )  # fmt: skip
    language = LanguageTag(arguments.language) if arguments.language else None
    return Options(
        rate=arguments.rate, text_width=arguments.text_width, jobs=arguments.jobs, limits=limits, language=language,
        speakers=arguments.speakers or {}, announce=arguments.announce, cast=arguments.cast,
        read_aloud=arguments.read_aloud, engine=arguments.engine, voices=voices_folder(arguments),
        recording=str(arguments.recording) if arguments.recording else None, large_print=arguments.print_settings,
        braille=arguments.braille_settings,
        blocks=arguments.blocks, requested=arguments.profile is not None,
    )  # fmt: skip


def sources_of(arguments: Arguments, given: TextIO) -> tuple[Path | Listed, ...]:
    """Return what is to be converted: what the command line names, and what a list does; ``given`` is standard input.

    Raises ``UsageError`` where neither names anything, or the list cannot be read.
    """
    path = arguments.listed
    if path is None:
        if not arguments.sources:
            raise UsageError("No transcript is named. Name one, a folder of them, or a list of them with --list FILE.")
        return arguments.sources
    try:
        text = given.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: this list cannot be read ({error}). It has a source in each line.") from error
    named = listed(Path("standard input") if str(path) == "-" else path, text)
    if not named and not arguments.sources:
        raise UsageError(f"{path}: this list names nothing. Put a source into each line.")
    return (*arguments.sources, *named)


def plan_of(arguments: Arguments, sources: tuple[Path | Listed, ...]) -> tuple[Job, ...]:
    """Return a job for each episode of the sources."""
    options = options_of(arguments)
    formats = with_what_they_play(formats_of(arguments.to), options)
    return plan(sources, formats, arguments.out, options, show_choice(arguments.show), anew=arguments.force,
                profile=arguments.profile)  # fmt: skip


def made_too(arguments: Arguments) -> tuple[Writer, ...]:
    """Return the editions that nobody asked for, and that others play."""
    wanted = formats_of(arguments.to)
    return tuple(w for w in with_what_they_play(wanted, options_of(arguments)) if w not in wanted)


def voices_folder(arguments: Arguments) -> str | None:
    """Return the folder of voices. Raises ``UsageError`` where what speaks takes none."""
    if arguments.voices is not None and arguments.engine != "piper":
        raise UsageError("--voices names a folder of voices for piper, so it needs --engine piper.")
    return arguments.voices


def formats_of(names: str | None) -> tuple[Writer, ...]:
    """Return the rows asked for, in the order of the table, each once."""
    if names is None:
        return tuple(writer for writer in writers.TABLE if writer.default)
    wanted = [name.strip().lower() for name in names.split(",") if name.strip()]
    if wanted == ["all"]:
        return writers.TABLE
    if not wanted:
        raise UsageError("--to names no format. See: curbcut formats")
    rows = {writers.writer_named(name).name for name in wanted}
    return tuple(writer for writer in writers.TABLE if writer.name in rows)


def show_choice(value: str | None) -> ShowChoice:
    """Return which show.toml is to be taken."""
    if value is None:
        return ShowChoice()
    return ShowChoice(none=True) if value == "none" else ShowChoice(Path(value))
