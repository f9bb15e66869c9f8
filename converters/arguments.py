"""The command line's grammar: commands, options and what ``--help`` says of them."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec

from converters import argument_values as values
from converters.settings import (
    Announce,
    Blocks,
    Braille,
    CastSize,
    Engine,
    LargePrint,
    Paper,
    Standard,
    Theme,
    Typeface,
)
from converters.version import TOOL

LARGEST_SOURCE_MB: Final = 50


class LargePrintAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says of large print, as argparse names it."""

    large_print: Standard = "house"
    font_size: int | None = None
    theme: Theme = "black-on-white"
    paper: Paper | None = None
    typeface: Typeface | None = None
    pages_per_volume: int = 200

    @property
    def print_settings(self) -> LargePrint:
        """The same as one of a conversion's options."""
        return LargePrint(
            self.large_print, self.font_size, self.theme, self.paper, self.typeface, self.pages_per_volume
        )


class BrailleAsked(LargePrintAsked, frozen=True, kw_only=True):
    """What the command line says of braille, as argparse names it."""

    grade: Literal[1, 2] | None = None
    cells: int = 40
    lines: int = 25
    braille_pages_per_volume: int = 80

    @property
    def braille_settings(self) -> Braille:
        """The same as one of a conversion's options."""
        return Braille(self.grade, self.cells, self.lines, self.braille_pages_per_volume)


class Arguments(BrailleAsked, frozen=True, kw_only=True):
    """What the command line said; each command reads its own part.

    ``said`` has the names of what it really said, and ``from_profile`` of what the ``profile`` has settled.
    """

    command: str
    sources: tuple[Path, ...] = ()
    source: Path = Path()
    check: Path | None = None
    lexicon: Path | None = None
    folder: Path = Path()
    out: Path = Path()
    to: str | None = None
    show: str | None = None
    language: str | None = None
    rate: int = 175
    announce: Announce = "auto"
    cast: CastSize = "each"
    read_aloud: bool = False
    recording: Path | None = None
    engine: Engine = "pyttsx3"
    voices: str | None = None
    text_width: int = 0
    blocks: Blocks = "short"
    speakers: dict[str, str] | None = None
    episode: str | None = None
    turns: bool = False
    evidence: bool = False
    max_size: int = 50
    max_words: int = 2_000_000
    max_turns: int = 100_000
    max_line: int = 1_000_000
    max_labels: int = 2_000
    max_levels: int = 256
    jobs: int = 1
    plain: bool | None = None
    force: bool = False
    max_minutes: int = 60
    max_memory: int = 2000
    json: bool = False
    schema: bool = False
    audition: Path | None = None
    assign: tuple[Path, ...] = ()
    dry_run: bool = False
    reader: str | None = None
    explain: bool = False
    name: str | None = None
    make: str | None = None
    said: frozenset[str] = frozenset()
    profile: str | None = None
    from_profile: frozenset[str] = frozenset()
    listed: Path | None = None
    cluster: str | None = None
    paths: tuple[Path, ...] = ()
    transcript: Path | None = None
    require: tuple[str, ...] = ()
    scripts: bool = False


def parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser of the whole command, or only what one command needs of it.

    argparse looks a translation up for every part that it makes, some ten files each;
    making one command's parts only is what keeps the start short.
    """
    top = argparse.ArgumentParser(
        prog="curbcut",
        description="Turns the transcript of a talk show or podcast into editions that everyone can use.",
        epilog="Start with: curbcut convert TRANSCRIPT",
    )
    top.add_argument("--version", action="version", version=TOOL)
    commands = top.add_subparsers(prog="curbcut", dest="command", required=True, metavar="COMMAND")
    for name, (summary, add_options) in _COMMANDS.items():
        if command not in _COMMANDS or name == command:
            add_options(_command(commands, name, summary))
    return top


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> argparse.ArgumentParser:
    """Return a command's parser: what is not said is left out, so that a profile can tell what was said."""
    description = f"Curbcut can {summary}."
    return commands.add_parser(name, help=summary, description=description, argument_default=argparse.SUPPRESS)


def _convert(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("sources", nargs="*", type=Path, metavar="SOURCE",
        help="a transcript, a folder of them, a WordPress export, or a pattern in quotes: 'shows/**/*.md'")  # fmt: skip
    add("--list", dest="listed", type=Path, metavar="FILE",
        help="sources from a file, one a line, relative to its folder; - for standard input")  # fmt: skip
    add("-o", "--out", type=Path, default=Path("converted"), metavar="OUT", help="where to (default: converted)")
    add("--to", metavar="FORMATS", help="formats, or all (default: html,epub,pdf,mp3); see: curbcut formats")
    add("--for", dest="reader", metavar="PROFILE",
        help="what one reader needs: a profile's name, or its file; see: curbcut profiles")  # fmt: skip
    add("--explain", action="store_true", help="say of each setting where it came from")
    _reading_options(command)
    add("--rate", type=values.rate, metavar="N", help="words a minute, 80 to 550 (default: 175)")
    _engine_options(command)
    add("--announce", choices=get_args(Announce),
        help="when a name is said before its bearer speaks (default: auto, where it helps)")  # fmt: skip
    add("--cast", choices=get_args(CastSize),
        help="a voice for each person, or one narrator who says the names (default: each)")  # fmt: skip
    add("--read-aloud", action="store_true",
        help="narrate the editions that can be, also where no audio edition is asked for")  # fmt: skip
    add("--recording", type=Path, metavar="FILE",
        help="the show's own sound, for a transcript with times: used instead of synthetic speech")  # fmt: skip
    add("--blocks", choices=get_args(Blocks),
        help="long turns in blocks of at most 120 words, or as the source has them (default: short)")  # fmt: skip
    add("--text-width", type=values.width, metavar="N",
        help="wrap the plain text at N characters (default: one paragraph a line)")  # fmt: skip
    _large_print_options(command)
    _braille_options(command)
    add("--jobs", type=values.jobs, default=os.cpu_count() or 1, metavar="N",
        help="processes at work at once (default: one for each core)")  # fmt: skip
    add("--cluster", metavar="ADDRESS",
        help="let the workers of a Dask scheduler do it: tcp://scheduler:8786 (with the extra: cluster)")  # fmt: skip
    add("--max-minutes", type=values.limit("minutes"), default=60, metavar="N",
        help="of several episodes, stop one that takes longer (default: 60)")  # fmt: skip
    add("--max-memory", type=values.limit("megabytes"), default=2000, metavar="N",
        help="megabytes that an episode of several may take (default: 2,000)")  # fmt: skip
    add("--force", action="store_true", help="make editions anew that are current, too")
    add("--dry-run", action="store_true", help="say what would be done and what stands in the way, and write nothing")
    add("--plain", action=argparse.BooleanOptionalAction,
        help="plain lines instead of a progress line; remembered for the next time")  # fmt: skip
    add("--json", action="store_true", help="print the result as JSON instead of the paths")


def _large_print_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("large print", "How the PDF is set, and what the styles of the Word file say.")
    add = group.add_argument
    add("--large-print", choices=get_args(Standard),
        help="whose rules: acb, aph, ukaaf, clear (RNIB clear print), or the house's own (default: house)")  # fmt: skip
    add("--font-size", type=values.points, metavar="N", help="points, 18 to 48 (default: the standard's, 18; clear 14)")
    add("--theme", choices=get_args(Theme), help="colours (default: black-on-white)")
    add("--paper", choices=get_args(Paper), help="paper (default: letter for acb and aph, a4 for the others)")
    add("--typeface", choices=get_args(Typeface), help="typeface (default: arimo for acb and aph, else atkinson)")
    add("--pages-per-volume", type=values.pages, metavar="N",
        help="divide a longer PDF into volumes of about N pages (default: 200)")  # fmt: skip


def _braille_options(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("braille", "How braille is written. Other editions are not concerned.")
    add = group.add_argument
    add("--grade", type=int, choices=(1, 2),
        help="1 uncontracted, 2 contracted (default: what is usual in the language; English: 2)")  # fmt: skip
    add("--cells", type=values.cells, metavar="N", help="cells in a line, 20 to 80 (default: 40)")
    add("--lines", type=values.braille_lines, metavar="N", help="lines on a page, 10 to 60 (default: 25)")
    add("--braille-pages-per-volume", type=values.pages, metavar="N",
        help="divide longer braille into volumes of about N pages (default: 80)")  # fmt: skip


def _engine_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--engine", choices=get_args(Engine),
        help="what speaks: pyttsx3, quick and clear, or piper, natural (default: pyttsx3)")  # fmt: skip
    command.add_argument("--voices", metavar="DIR", help="a folder of .onnx voices for --engine piper")


def _reading_options(
    command: argparse.ArgumentParser, language: str = "the language of the transcript, such as en or es-MX"
) -> None:
    add = command.add_argument
    add("--show", metavar="FILE", help="the show.toml to take, or none (default: the nearest one)")
    add("--language", type=values.language, metavar="TAG", help=language)
    add("--speakers", type=values.speakers, metavar="LIST", help="who speaks, where the text does not tell: NAME, or "
        "LABEL=NAME, or LABEL= for no label, with commas between")  # fmt: skip
    limits = command.add_argument_group("limits", "A larger source is refused, so that no file can stop the machine.")
    for name, (unit, default, what) in _LIMITS.items():
        limits.add_argument(f"--max-{name}", type=values.limit(unit), default=default, metavar="N",
                            help=f"{what} (default: {default:,})")  # fmt: skip


_LIMITS: Final = {
    "size": ("megabytes", LARGEST_SOURCE_MB, "megabytes in all"),
    "words": ("words", 2_000_000, "words in all"),
    "turns": ("turns", 100_000, "turns, cues or rows"),
    "line": ("bytes", 1_000_000, "bytes in a line of text"),
    "labels": ("labels", 2_000, "different speakers' labels"),
    "levels": ("levels", 256, "levels of nesting"),
}


def _inspect(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", type=Path, metavar="SOURCE", help="a transcript")
    command.add_argument("--json", action="store_true", help="print it as JSON")
    command.add_argument("--turns", action="store_true", help="show the first words of each turn")
    command.add_argument("--evidence", action="store_true",
                         help="show what speaks for and against each label, and all that was left out")  # fmt: skip
    command.add_argument("--episode", metavar="SLUG", help="the episode to look at, of an export that holds several")
    _reading_options(command)


def _check(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("paths", nargs="+", type=Path, metavar="PATH", help="an episode's folder, a folder of them, or an EPUB, a web "
        "page or a PDF of anybody's")  # fmt: skip
    add("--source", type=Path, dest="transcript", metavar="FILE",
        help="the transcript to compare with, in place of the json edition beside the others")  # fmt: skip
    add("--require", type=values.names, default=(), metavar="NAMES", help="checkers that must have looked, with commas "
        "between: if one did not, the command ends with 4")  # fmt: skip
    add("--scripts", action="store_true",
        help="let pages run their own scripts meanwhile; only for pages that you trust")  # fmt: skip
    add("--jobs", type=values.jobs, default=os.cpu_count() or 1, metavar="N",
        help="checkers at work at once (default: one for each core)")  # fmt: skip
    add("--json", action="store_true", help="print the evidence as JSON")
    add("--evidence", action="store_true", help="write it beside the editions: evidence.html to send on, evidence.json "
        "and evidence.earl.json (NAME.evidence.html beside a loose file); "
        "one page for all in a folder of episodes")  # fmt: skip
    add("--episode", metavar="SLUG", help="with --source: the episode of an export that holds several")
    _reading_options(command)


def _formats(command: argparse.ArgumentParser) -> None:
    command.add_argument("--schema", action="store_true", help="print the JSON Schema of the document model")


def _voices(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    work = command.add_mutually_exclusive_group()
    work.add_argument("--cast", type=Path, metavar="SOURCE", dest="audition",
                      help="make a short file in which each person of an episode is heard")  # fmt: skip
    work.add_argument("--assign", type=Path, nargs="+", metavar="ARCHIVE", default=(),
                      help="choose lasting voices for all who speak in these transcripts, into show.toml")  # fmt: skip
    work.add_argument("--check", type=Path, metavar="SOURCE", help="list the names in a transcript that a voice is "
                      "likely to say wrong, and speak them into one short file")  # fmt: skip
    work.add_argument("--lexicon", type=Path, metavar="FILE", help="give the pronunciations of a show.toml as W3C PLS, "
                      "or those of a PLS file as lines for show.toml")  # fmt: skip
    add("-o", "--out", type=Path, metavar="FILE", default=Path(),
        help="where to (default: NAME-voices.mp3 or NAME-names.mp3 in this folder; a lexicon is printed)")  # fmt: skip
    add("--dry-run", action="store_true", help="with --assign: say what would be written, and write nothing")
    add("--episode", metavar="SLUG", help="with --cast or --check: the episode of an export that holds several")
    _engine_options(command)
    _reading_options(command, "only voices of this language, such as en or es; or the language of the transcript, or "
                     "of a lexicon's entries")  # fmt: skip


def _profiles(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", default=None, metavar="NAME", help="show this one as its file would be")
    command.add_argument("--make", metavar="NAME", help="make one by answering plain questions")
    command.add_argument("--show", metavar="FILE", help="the show.toml beside which to look, or none")


def _doctor(command: argparse.ArgumentParser) -> None:
    del command  # it has no options


def _init(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", nargs="?", type=Path, default=Path(), help="where to write it (default: here)")


_COMMANDS: Final[dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = {
    "convert": ("make the editions of one or more transcripts", _convert),
    "inspect": ("say what was understood of a transcript, and make nothing", _inspect),
    "check": ("look at finished editions with every checker that is here, and say what they find", _check),
    "formats": ("list the formats that can be made and read", _formats),
    "voices": ("list the voices on this machine, let you hear them, or choose lasting ones", _voices),
    "profiles": ("list what readers may need, as profiles for: curbcut convert --for", _profiles),
    "doctor": ("say what is on this machine, what is missing, and what mends it", _doctor),
    "init": ("write show.toml by asking plain questions", _init),
}
