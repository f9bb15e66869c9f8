"""The rules of DAISY 2.02, written anew from its specification and from what its validators test.

Those are the schemas d202ncc.rng, d202smil.rng and d202msmil.rng with their Schematron assertions, and the checks of
links, headings, times and audio of the “light” validator (DAISY Pipeline, LGPL-2.1+). What the validators
leave open is asked as well: files counted, one identifier, the order of what is played, clips inside their files.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml.etree import _Element

from .daisy_books import (
    ANY,
    DATE,
    LANGUAGE,
    SMIL_CLOCK,
    WHOLE,
    Folder,
    Table,
    attributes,
    clock,
    headings_skip,
    metas,
    sound,
    tag,
)

FORMAT = re.compile("Daisy 2[.]02")
KIND = re.compile("audioOnly|audioNcc|audioPartText|audioFullText|textPartAudio|textNcc")
SOME = re.compile(r"(?s).*\S.*")
ONCE = (
    "ncc:charset dc:date dc:format dc:identifier ncc:pageFront ncc:pageNormal ncc:pageSpecial dc:title ncc:tocItems "
    "ncc:totalTime dc:publisher"
).split()
AT_MOST_ONCE = (
    "ncc:depth ncc:files ncc:maxPageNormal ncc:multimediaType dc:source ncc:sourceDate ncc:sourceEdition ncc:generator "
    "ncc:sourcePublisher ncc:kByteSize ncc:producedDate ncc:producer ncc:revision ncc:revisionDate ncc:sourceRights "
    "ncc:sourceTitle ncc:setInfo"
).split()
SEVERAL = "dc:subject ncc:narrator dc:contributor dc:coverage dc:description dc:relation dc:rights dc:type".split()
NUMBERS = (
    "ncc:pageFront ncc:pageNormal ncc:pageSpecial ncc:tocItems ncc:sidebars ncc:footnotes ncc:prodNotes ncc:files "
    "ncc:maxPageNormal ncc:kByteSize ncc:revision"
).split()
DATES = "dc:date ncc:sourceDate ncc:producedDate ncc:revisionDate".split()

CENTRE = Table(
    shapes={
        **dict.fromkeys((*ONCE, *AT_MOST_ONCE, *SEVERAL, "dc:creator"), SOME),
        **dict.fromkeys(NUMBERS, WHOLE), **dict.fromkeys(DATES, DATE),
        "dc:language": LANGUAGE, "dc:format": FORMAT, "ncc:totalTime": SMIL_CLOCK, "ncc:multimediaType": KIND,
    },
    least={**dict.fromkeys(ONCE, 1), "dc:language": 1, "dc:creator": 1},
    most=dict.fromkeys((*ONCE, *AT_MOST_ONCE), 1),
    others="prod:",
)  # fmt: skip
PLAYED = Table(
    shapes={
        "dc:format": FORMAT, "ncc:generator": ANY, "dc:identifier": SOME, "dc:title": ANY, "title": ANY,
        "ncc:timeInThisSmil": SMIL_CLOCK, "ncc:totalElapsedTime": SMIL_CLOCK,
    },
    least={"dc:format": 1},
    most=dict.fromkeys(
        ("dc:format", "ncc:generator", "dc:identifier", "dc:title", "title", "ncc:timeInThisSmil",
         "ncc:totalElapsedTime"), 1),
)  # fmt: skip
COUNTED = {
    "ncc:pageFront": "page-front", "ncc:pageNormal": "page-normal", "ncc:pageSpecial": "page-special",
    "ncc:sidebars": "sidebar", "ncc:footnotes": "noteref", "ncc:prodNotes": "optional-prodnote",
}  # fmt: skip
OLD_NAME = re.compile(r"[a-z0-9]{1,8}\.(html|smil|mp3|css)")


def faults(path: Path) -> list[str]:
    """All that is wrong with a book in its folder; empty where nothing is."""
    folder = Folder(path)
    if "ncc.html" not in folder.names:
        return ["there is no ncc.html"]
    centre = folder.trees["ncc.html"]
    smils = list(dict.fromkeys(str(a.get("href")).partition("#")[0] for a in centre.iter("{*}a")))
    found = [*folder.faults(), *_centre(centre), *_names(folder), *_same(folder)]
    found += [f"ncc.html: {fault}" for fault in headings_skip(centre)]
    for name in (n for n in folder.names if n.endswith(".smil")):
        check = _master if name == "master.smil" else _smil
        found += [f"{name}: {fault}" for fault in check(folder.trees[name])]
    texts = [n for n in folder.names if n.endswith(".html") and n != "ncc.html"]
    found += [f"{name}: {fault}" for name in texts for fault in headings_skip(folder.trees[name])]
    return [*found, *_times(folder, smils), *_sounds(folder), *_size(folder)]


def _centre(root: _Element) -> Iterator[str]:
    """The navigation control centre, by d202ncc.rng."""
    head, body = root.find("{*}head"), root.find("{*}body")
    assert head is not None
    assert body is not None
    yield from attributes(root, "lang xml:lang")
    yield from attributes(body, "")
    for one in head:
        if tag(one) == "link":
            yield from attributes(one, "", "rel type href")
        elif tag(one) == "meta" and not one.get("name") and one.get("http-equiv") != "Content-type":
            yield "a meta has neither a name nor the right http-equiv"
        elif tag(one) not in {"title", "meta"}:
            yield f"the head holds {tag(one)}"
    yield from CENTRE.faults(metas(head))
    yield from _entries(body)
    yield from _counts(dict(metas(head)), body)


def _entries(body: _Element) -> Iterator[str]:
    first = body[0] if len(body) else None
    if first is None or tag(first) != "h1" or first.get("class") != "title":
        yield "the first heading is no h1 of class title"
    for one in body:
        if not re.fullmatch("h[1-6]|span|div", tag(one)):
            yield f"the body holds {tag(one)}"
        yield from attributes(one, "class", "id")
        if [tag(inner) for inner in one] != ["a"] or len(one[0]):
            yield f"{one.get('id')} is not one link of text alone"
            continue
        yield from attributes(one[0], "id shape", "href")
        if not re.fullmatch(r".+\.[Ss][Mm][Ii][Ll]#.+", one[0].get("href", "")):
            yield f"{one.get('id')} does not lead to what is played"


def _counts(told: dict[str, str], body: _Element) -> Iterator[str]:
    if told.get("ncc:tocItems") != str(len(body)):
        yield f"ncc:tocItems is {told.get('ncc:tocItems')}, and there are {len(body)} entries"
    for name, kind in COUNTED.items():
        count = sum(1 for one in body if one.get("class") == kind)
        if name in told and told[name] != str(count):
            yield f"{name} is {told[name]}, not {count}"
    depth = max((int(tag(one)[1]) for one in body if re.fullmatch("h[1-6]", tag(one))), default=0)
    if told.get("ncc:depth", str(depth)) != str(depth):
        yield f"ncc:depth is {told['ncc:depth']}, not {depth}"


def _smil(root: _Element) -> Iterator[str]:
    """One SMIL file, by d202smil.rng."""
    yield from attributes(root, "id")
    head, body = root.find("head"), root.find("body")
    assert head is not None
    assert body is not None
    yield from PLAYED.faults(metas(head))
    yield from _layout(head)
    yield from attributes(body, "id")
    if [tag(one) for one in body] != ["seq"]:
        yield "the body is not one seq"
        return
    yield from attributes(body[0], "id dur repeat")
    if len(body[0]) == 0:
        yield "nothing is played"
    for par in body[0]:
        yield from _par(par)


def _layout(head: _Element) -> Iterator[str]:
    layouts = head.findall("layout")
    if len(layouts) != 1 or [tag(one) for one in layouts[0]] != ["region"]:
        yield "there is not one layout with one region"
    else:
        yield from attributes(layouts[0][0], "left top z-index fit skip-content", "id")


def _par(par: _Element) -> Iterator[str]:
    if tag(par) != "par":
        yield f"{tag(par)} stands where a par should"
        return
    yield from attributes(par, "id repeat system-required", "endsync")
    if par.get("endsync") != "last":
        yield f"{par.get('id')} does not end with the last"
    if [tag(one) for one in par] not in (["text"], ["text", "audio"], ["text", "seq"]):
        yield f"{par.get('id')} holds {[tag(one) for one in par]}"
    for one in par.iter("text"):
        yield from attributes(one, "fill repeat", "id src")
    for one in par.iter("audio"):
        yield from attributes(one, "fill repeat", "id src clip-begin clip-end")
        if clock(one.get("clip-begin")) < 0 or clock(one.get("clip-end")) <= clock(one.get("clip-begin")):
            yield f"{one.get('id')} is played from {one.get('clip-begin')} to {one.get('clip-end')}"


def _master(root: _Element) -> Iterator[str]:
    """The list of all, by d202msmil.rng."""
    head, body = root.find("head"), root.find("body")
    assert head is not None
    assert body is not None
    yield from _layout(head)
    yield from attributes(body, "")
    for one in body:
        if tag(one) != "ref":
            yield f"the body holds {tag(one)}"
        yield from attributes(one, "title", "id src")


def _names(folder: Folder) -> Iterator[str]:
    yield from (f"{name} is no name for an old player" for name in folder.names if not OLD_NAME.fullmatch(name))


def _same(folder: Folder) -> Iterator[str]:
    """One identifier and one title for all files that say them."""
    for name in ("dc:identifier", "dc:title"):
        told = {content for tree in folder.trees.values() for meta, content in metas(tree) if meta == name}
        if len(told) > 1:
            yield f"{name} is told in {len(told)} ways"


def _times(folder: Folder, smils: list[str]) -> Iterator[str]:
    elapsed, order = 0, [n for n in smils if n in folder.trees]
    if "master.smil" in folder.trees:
        listed = [ref.get("src") for ref in folder.trees["master.smil"].iter("ref")]
        if listed != smils:
            yield "master.smil has another order than ncc.html"
    for name in order:
        tree = folder.trees[name]
        told, lasts = dict(metas(tree)), 0
        for audio in tree.iter("audio"):
            lasts += clock(audio.get("clip-end")) - clock(audio.get("clip-begin"))
        seq = next(tree.iter("seq"))
        if {clock(told.get("ncc:timeInThisSmil")), clock(seq.get("dur"))} != {lasts}:
            yield f"{name} lasts {lasts} ms, and says otherwise"
        if clock(told.get("ncc:totalElapsedTime")) != elapsed:
            yield f"{name} begins after {elapsed} ms, and says {told.get('ncc:totalElapsedTime')}"
        elapsed += lasts
    if clock(dict(metas(folder.trees["ncc.html"])).get("ncc:totalTime")) != elapsed:
        yield f"all is played in {elapsed} ms, and ncc:totalTime says otherwise"


def _sounds(folder: Folder) -> Iterator[str]:
    lengths = {}
    for name in (n for n in folder.names if n.endswith(".mp3")):
        lengths[name], wrong = sound(folder.path / name)
        yield from (f"{name}: {fault}" for fault in wrong)
    for name, tree in folder.trees.items():
        for audio in tree.iter("audio"):
            if clock(audio.get("clip-end")) > lengths.get(audio.get("src", ""), 1 << 40):
                yield f"{name}: {audio.get('id')} goes on after the end of {audio.get('src')}"


def _size(folder: Folder) -> Iterator[str]:
    told = dict(metas(folder.trees["ncc.html"]))
    if told.get("ncc:files") != str(len(folder.names)):
        yield f"ncc:files is {told.get('ncc:files')}, and there are {len(folder.names)}"
    kilobytes = sum((folder.path / name).stat().st_size for name in folder.names) / 1024
    if abs(int(told.get("ncc:kByteSize", "0")) - kilobytes) > 1:
        yield f"ncc:kByteSize is {told.get('ncc:kByteSize')}, not {kilobytes:.0f}"
