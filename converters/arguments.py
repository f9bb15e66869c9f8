"""The command line's grammar: commands, options and what ``--help`` says of them."""

import argparse
import os
from pathlib import Path

from converters.version import TOOL

LARGEST_SOURCE_MB = 50


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    top = argparse.ArgumentParser(
        prog="curbcut",
        description="Turns the transcript of a talk show or podcast into editions that everyone can use.",
        epilog="Start with: curbcut convert TRANSCRIPT",
    )
    top.add_argument("--version", action="version", version=TOOL)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_convert(commands)
    _add_inspect(commands)
    _add_formats(commands)
    _add_voices(commands)
    commands.add_parser("doctor", help="say what is on this machine, what is missing, and what mends it")
    init = commands.add_parser("init", help="write show.toml by asking plain questions")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), help="where to write it (default: here)")
    return top


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for what add_subparsers returns


def _add_convert(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("convert", help="make the editions of one or more transcripts")
    command.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="a transcript, or a folder of them")
    command.add_argument("-o", "--out", type=Path, default=Path("converted"), metavar="OUT",
                         help="folder for the editions (default: converted)")  # fmt: skip
    command.add_argument("--to", metavar="FORMATS",
                         help="formats, with commas, or all (default: html,epub,pdf,mp3); see: curbcut formats")  # fmt: skip
    _add_reading_options(command)
    command.add_argument("--rate", type=_rate, default=175, metavar="N",
                         help="words a minute in the audio, 80 to 450 (default: 175)")  # fmt: skip
    command.add_argument("--text-width", type=_width, default=0, metavar="N",
                         help="wrap the plain text at N characters (default: one paragraph a line)")  # fmt: skip
    command.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N",
                         help="processes at work at once (default: one for each core)")  # fmt: skip
    command.add_argument("--plain", action=argparse.BooleanOptionalAction,
                         help="plain lines instead of a progress line; remembered for the next time")  # fmt: skip
    command.add_argument("--json", action="store_true", help="print the result as JSON instead of the paths")


def _add_reading_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--show", metavar="FILE", help="the show.toml to take, or none (default: the nearest one)")
    command.add_argument("--max-size", type=_megabytes, default=LARGEST_SOURCE_MB, metavar="MB",
                         help=f"largest source in megabytes (default: {LARGEST_SOURCE_MB})")  # fmt: skip


def _add_inspect(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("inspect", help="say what was understood of a transcript, and make nothing")
    command.add_argument("source", type=Path, metavar="SOURCE", help="a transcript")
    command.add_argument("--json", action="store_true", help="print it as JSON")
    _add_reading_options(command)


def _add_formats(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("formats", help="list the formats that can be made and read")
    command.add_argument("--schema", action="store_true", help="print the JSON Schema of the document model")


def _add_voices(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("voices", help="list the voices on this machine")
    command.add_argument("--language", metavar="TAG", help="only voices of this language, such as en or es")


def _rate(value: str) -> int:
    return _number(value, 80, 450, "words a minute")


def _width(value: str) -> int:
    return _number(value, 10, 10_000, "characters")


def _jobs(value: str) -> int:
    return _number(value, 1, 1024, "processes")


def _megabytes(value: str) -> int:
    return _number(value, 1, 100_000, "megabytes")


def _number(value: str, least: int, most: int, unit: str) -> int:
    if not value.isdigit() or not least <= int(value) <= most:
        message = f"{value!r} is not a number of {unit} from {least} to {most}"
        raise argparse.ArgumentTypeError(message)
    return int(value)
