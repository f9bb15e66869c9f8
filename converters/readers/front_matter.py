"""The block of data that a Markdown page begins with: YAML between ``---``, TOML between ``+++``, or JSON.

Values are strings, as somebody typed them: YAML that turns ``12:30`` into 750 and
``no`` into false knows less than the page does. Names of keys are in any of the
languages that shows are made in.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.characters import clean
from converters.readers.front_matter_facts import Entry, FrontMatter, Value, facts_of, is_known

__all__ = ["Entry", "FrontMatter", "Value", "facts_of", "split_front_matter"]

LARGEST: Final = 65_536
"""Characters; what does not end within so many is no front matter."""
DEEPEST: Final = 16
"""Levels of lists within lists."""
_FENCES: Final = {"---": ("---", "..."), "+++": ("+++",)}
_PLAIN_KEY: Final = re.compile(r"[a-z][a-z0-9_.-]*")
_PAIR: Final = re.compile(r"(?P<key>[^\W\d_][\w.-]{0,40})[ ]?:(?:[ ]+(?P<value>\S.*)?)?")
_COMMENT: Final = re.compile(r"(?:^|\s)#+\s*(\S.*)")

_Data = str | int | float | bool | None | list["_Data"] | dict[str, "_Data"]


def split_front_matter(text: str) -> tuple[FrontMatter | None, str, int]:
    """Return the front matter, the text after it, and on which line (from 1) that text begins.

    None, the whole text and 1 where there is none: nothing between the fences, or
    words that are no data, such as a speaker between two rules. YAML that no parser
    takes, such as a title with a colon in it, is read line by line.
    """
    beginning = text[:LARGEST]
    opening, _, rest = beginning.partition("\n")
    if opening.startswith("{"):
        return _json(text, beginning)
    closings = _FENCES.get(opening.rstrip(), ())
    block: list[str] = []
    for line in rest.split("\n") if closings else ():
        if line.rstrip() in closings:
            found = _parsed("\n".join(block), opening.rstrip())
            body = text.split("\n", len(block) + 2)[len(block) + 2 :]
            return (found, "".join(body), len(block) + 3) if found else (None, text, 1)
        block.append(line)
    return None, text, 1


def _parsed(block: str, fence: str) -> FrontMatter | None:
    found = _from_toml(block) if fence == "+++" else _from_yaml(block) or _line_by_line(block)
    if found is None or not _is_data(found):
        return None
    return msgspec.structs.replace(found, comments=tuple(_comments(block, found)))


def _is_data(found: FrontMatter) -> bool:
    """Tell data from words between two rules: ``BLAKE: Good evening.`` has the same shape."""
    keys = [entry.key for entry in found.entries]
    return any(map(is_known, keys)) or (bool(keys) and all(map(_PLAIN_KEY.fullmatch, keys)))


def _comments(block: str, found: FrontMatter) -> Iterator[str]:
    """Yield what stands after a ``#`` that is in no value."""
    if "#" in block:
        values = found.printed()
        yield from (
            match[1] for line in block.split("\n") if (match := _COMMENT.search(line)) and match[1] not in values
        )


# YAML ----------------------------------------------------------------------------


def _from_yaml(block: str) -> FrontMatter | None:
    """Return a YAML mapping, None where it is none, is broken, or refers to itself (a few aliases make billions)."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    inside: list[list[Value]] = [[]]
    try:
        for event in yaml.parse(block, Loader=loader):
            match event:
                case yaml.ScalarEvent():
                    inside[-1].append(clean(event.value))
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent() if len(inside) < DEEPEST:
                    inside.append([])
                case yaml.SequenceEndEvent():
                    inside[-2].append(tuple(inside.pop()))
                case yaml.MappingEndEvent():
                    inside[-2].append(_mapping(inside.pop()))
                case yaml.AliasEvent() | yaml.CollectionStartEvent():
                    return None
                case _:
                    pass
    except (yaml.YAMLError, ValueError):
        return None
    found = inside[0][0] if len(inside[0]) == 1 else None
    return found if isinstance(found, FrontMatter) else None


def _mapping(flat: list[Value]) -> FrontMatter:
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return FrontMatter(tuple(Entry(FrontMatter((Entry("", key),)).printed(), value) for key, value in pairs))


def _line_by_line(block: str) -> FrontMatter | None:
    """Return what lines of ``key: value`` and indented items below them say; None where a line is neither."""
    found: list[tuple[str, list[str]]] = []
    for line in block.split("\n"):
        if match := _PAIR.fullmatch(line.rstrip()):
            found.append((match["key"], [match["value"]] if match["value"] else []))
        elif found and line.strip() and (line[0].isspace() or line.startswith("- ")):
            found[-1][1].append(line.strip().removeprefix("- "))
        elif line.strip() and not line.startswith("#"):
            return None
    return FrontMatter(tuple(Entry(key, _unquoted(values)) for key, values in found)) if found else None


def _unquoted(values: list[str]) -> Value:
    bare = [
        value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value for value in values
    ]
    return tuple(bare) if len(bare) > 1 else "".join(bare)


# TOML and JSON -------------------------------------------------------------------


def _from_toml(block: str) -> FrontMatter | None:
    import tomllib

    try:
        found = _value(tomllib.loads(block), 0)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, FrontMatter) else None


def _json(text: str, beginning: str) -> tuple[FrontMatter | None, str, int]:
    """Split off a JSON object that a page begins with, as Hugo writes it."""
    try:
        data, end = json.JSONDecoder().raw_decode(beginning)
        found = _value(data, 0)
    except (ValueError, RecursionError):
        return None, text, 1
    rest, at_line_end = text[end:].partition("\n"), text[end:].lstrip(" ")[:1] in {"", "\n"}
    if not (isinstance(found, FrontMatter) and _is_data(found) and at_line_end):
        return None, text, 1
    return found, rest[2], text.count("\n", 0, end) + 2


def _value(data: object, level: int) -> Value:
    """Return parsed data as strings: figures, dates and truths as they are written."""
    if level > DEEPEST:
        raise ValueError(level)
    match data:
        case dict():
            return FrontMatter(tuple(Entry(clean(str(key)), _value(data[key], level + 1)) for key in data))
        case list():
            return tuple(_value(one, level + 1) for one in data)
        case None:
            return ""
        case bool():
            return str(data).lower()
        case _:
            return clean(str(data))
