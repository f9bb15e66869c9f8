"""The rules of DAISY 3, written anew from ANSI/NISO Z39.86-2005 and from what its validator, ZedVal, tests.

Those are the schemas oebpkg12.rng, ncx-2005-1.rng, dtbsmil-2005-2.rng and dtbook-2005-3.rng with their Schematron
assertions (DAISY Pipeline, LGPL-2.1+; the names of tests are ZedVal's), and what ZedVal does in code: files and
manifest, spine and order, one identifier everywhere, links both ways between text and sound, lengths.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml.etree import _Element

from .daisy_books import ANY, DATE, LANGUAGE, SMIL_CLOCK, Folder, Table, attributes, clock, metas, sound, tag

ADDRESS = re.compile(r"[A-Za-z0-9/.\-_#]+")
NUMBER = re.compile(r"\d+")
SOME = re.compile(r"(?s).*\S.*")
NOT_OURS = "(?!dtb:)"
"""What other metadata may not begin with."""

MEDIA = {
    ".mp3": "audio/mpeg", ".css": "text/css", ".smil": "application/smil", ".opf": "text/xml",
    ".ncx": "application/x-dtbncx+xml", ".xml": "application/x-dtbook+xml", ".res": "application/x-dtbresource+xml",
}  # fmt: skip
CATALOGUE = {"Title": 1, "Date": 1, "Identifier": 1, "Language": 1, "Publisher": 1, "Format": 1}
SHAPES = {"Date": DATE, "Language": LANGUAGE, "Format": re.compile(re.escape("ANSI/NISO Z39.86-2005"))}
PACKAGE = Table(
    shapes={
        **dict.fromkeys(("dtb:sourceDate", "dtb:producedDate", "dtb:revisionDate"), DATE),
        **dict.fromkeys(("dtb:sourceEdition", "dtb:sourcePublisher", "dtb:sourceRights", "dtb:sourceTitle",
                         "dtb:narrator", "dtb:producer", "dtb:revisionDescription"), SOME),
        "dtb:multimediaType": re.compile(
            "audioOnly|audioNCX|audioPartText|audioFullText|textPartAudio|textNCX"),
        "dtb:multimediaContent": re.compile("(audio|text|image)(,(audio|text|image))*"),
        "dtb:totalTime": SMIL_CLOCK, "dtb:audioFormat": re.compile("(?i)mp3|wav|mp4-aac"), "dtb:revision": NUMBER,
    },
    least={"dtb:multimediaType": 1, "dtb:multimediaContent": 1, "dtb:totalTime": 1},
    most=dict.fromkeys(("dtb:multimediaType", "dtb:multimediaContent", "dtb:totalTime", "dtb:sourceDate",
                        "dtb:producedDate"), 1),
    others=NOT_OURS,
)  # fmt: skip
NAVIGATION = Table(
    shapes={"dtb:uid": SOME, "dtb:depth": NUMBER, "dtb:generator": ANY, "dtb:totalPageCount": NUMBER,
            "dtb:maxPageNumber": NUMBER},
    least=dict.fromkeys(("dtb:uid", "dtb:depth", "dtb:generator", "dtb:totalPageCount", "dtb:maxPageNumber"), 1),
    most=dict.fromkeys(("dtb:uid", "dtb:depth", "dtb:generator", "dtb:totalPageCount", "dtb:maxPageNumber"), 1),
    others=NOT_OURS,
)  # fmt: skip
PLAYED = Table(
    shapes={"dtb:uid": SOME, "dtb:generator": ANY, "dtb:totalElapsedTime": SMIL_CLOCK},
    least=dict.fromkeys(("dtb:uid", "dtb:generator", "dtb:totalElapsedTime"), 1),
    most=dict.fromkeys(("dtb:uid", "dtb:generator", "dtb:totalElapsedTime"), 1),
    others=NOT_OURS,
)  # fmt: skip


def faults(path: Path) -> list[str]:
    """All that is wrong with a book in its folder; empty where nothing is."""
    folder = Folder(path)
    packages = [name for name in folder.names if name.endswith(".opf")]
    if len(packages) != 1:
        return [f"there are {len(packages)} packages"]
    package = folder.trees[packages[0]]
    spine = _spine(package)
    found = [*folder.faults(), *_package(package), *_manifest(package, folder), *_in_spine(package, spine)]
    for name, tree in folder.trees.items():
        check = {".ncx": _navigation, ".smil": _smil, ".xml": _text}.get(Path(name).suffix)
        found += [f"{name}: {fault}" for fault in check(tree)] if check else []
    found += [*_identified(package, folder), *_order(folder, spine), *_both_ways(folder), *_left_out(folder)]
    return [*found, *_times(folder, spine), *_inside(folder)]


def _package(package: _Element) -> Iterator[str]:
    catalogue, more = next(package.iter("{*}dc-metadata")), next(package.iter("{*}x-metadata"))
    unique = package.get("unique-identifier")
    if not [one for one in catalogue if tag(one) == "Identifier" and one.get("id") == unique]:
        yield "opf_DcIdUniqIdref: no dc:Identifier has the id of the unique identifier"
    counts = Counter(tag(one) for one in catalogue)
    yield from (f"dc:{name} is missing" for name, count in CATALOGUE.items() if counts[name] < count)
    for one in catalogue:
        yield from attributes(one, "id xml:lang role file-as scheme event")
        if not SHAPES.get(tag(one), SOME).fullmatch(one.text or ""):
            yield f"dc:{tag(one)} is “{one.text}”"
    yield from PACKAGE.faults(metas(more))


def _manifest(package: _Element, folder: Folder) -> Iterator[str]:
    items = list(next(package.iter("{*}manifest")))
    listed = [str(item.get("href")) for item in items]
    yield from (f"{name} is not in the manifest" for name in folder.names if name not in listed)
    yield from (f"{name} is in the manifest twice" for name, n in Counter(listed).items() if n > 1)
    for item in items:
        href = str(item.get("href"))
        if not ADDRESS.fullmatch(href):
            yield f"opf_mnfHrefUri: {href} has letters that no address may have"
        if item.get("media-type") != MEDIA.get(Path(href).suffix):
            yield f"{href} is listed as {item.get('media-type')}"
        known = {".ncx": "ncx", ".res": "resource"}.get(Path(href).suffix)
        if known and item.get("id") != known:
            yield f"{href} has the id {item.get('id')}, not {known}"
    content = dict(metas(package)).get("dtb:multimediaContent", "")
    for word, ending in (("audio", ".mp3"), ("text", ".xml")):
        if (word in content) != any(name.endswith(ending) for name in listed):
            yield f"dtb:multimediaContent is {content}"


def _spine(package: _Element) -> list[str]:
    by_id = {item.get("id"): str(item.get("href")) for item in package.iter("{*}item")}
    return [by_id.get(one.get("idref"), "?") for one in package.iter("{*}itemref")]


def _in_spine(package: _Element, spine: list[str]) -> Iterator[str]:
    listed = [str(i.get("href")) for i in package.iter("{*}item") if str(i.get("href")).endswith(".smil")]
    if Counter(spine) != Counter(listed) or not spine:
        yield "opf_SpineRefAllSmilInMnf: the spine has not each SMIL file once, and nothing else"


def _navigation(root: _Element) -> Iterator[str]:
    yield from attributes(root, "xml:lang dir", "version")
    yield from NAVIGATION.faults(metas(next(root.iter("{*}head"))))
    told = dict(metas(root))
    points = list(root.iter("{*}navPoint"))
    depth = max((1 + sum(1 for up in one.iterancestors("{*}navPoint")) for one in points), default=0)
    if told.get("dtb:depth") != str(depth):
        yield f"dtb:depth is {told.get('dtb:depth')}, not {depth}"
    pages = sum(1 for _ in root.iter("{*}pageTarget"))
    if told.get("dtb:totalPageCount") != str(pages):
        yield "ncx_metaDtbtotPageCountValueCorrelated"
    orders = [one.get("playOrder", "") for one in root.iter("{*}navPoint", "{*}navTarget", "{*}pageTarget")]
    if sorted({int(o) for o in orders if o.isdigit()}) != list(range(1, len(set(orders)) + 1)):
        yield "ncx_playOrderNoGaps: playOrder does not count from 1 without a gap"
    targets = [(one.get("playOrder"), next(one.iter("{*}content")).get("src")) for one in points]
    if len(set(targets)) != len({o for o, _ in targets}) or len(set(targets)) != len({s for _, s in targets}):
        yield "ncx_playOrderMatch: one place has two numbers, or one number two places"
    for one in root.iter("{*}content", "{*}audio"):
        if not ADDRESS.fullmatch(one.get("src", "")):
            yield f"{one.get('src')} has letters that no address may have"
    yield from _clips(root)


def _smil(root: _Element) -> Iterator[str]:
    yield from attributes(root, "id class title xml:lang")
    yield from PLAYED.faults(metas(next(root.iter("{*}head"))))
    tests = {one.get("id") for one in root.iter("{*}customTest")}
    for one in root.iter("{*}customTest"):
        if one.get("defaultState") not in {"true", "false"} or one.get("override") != "visible":
            yield "smil_CstTstDefStAttr: a customTest lacks its default, or is hidden"
    for one in root.iter("{*}par", "{*}seq"):
        allowed = "class customTest" + (" dur end fill" if tag(one) == "seq" else "")
        yield from attributes(one, allowed, "id")
        if one.get("customTest") not in {None, *tests}:
            yield f"smil_customTestAttrResolvesToCustomTestElement: {one.get('customTest')}"
        if tag(one) == "par" and max(Counter(tag(inner) for inner in one).values(), default=2) > 1:
            yield f"smil_parContent: {one.get('id')} holds {[tag(inner) for inner in one]}"
        if not len(one):
            yield f"{one.get('id')} is empty"
    yield from _media(root)


def _media(root: _Element) -> Iterator[str]:
    for one in root.iter("{*}text", "{*}audio"):
        more = "clipBegin clipEnd" if tag(one) == "audio" else ""
        yield from attributes(one, "id region type", f"src {more}")
        if not ADDRESS.fullmatch(one.get("src", "")):
            yield f"smil_textSrcValue: {one.get('src')}"
    yield from _clips(root)


def _clips(root: _Element) -> Iterator[str]:
    for one in root.iter("{*}audio"):
        begin, end = clock(one.get("clipBegin")), clock(one.get("clipEnd"))
        if begin < 0 or end <= begin:
            yield f"smil_clipBeginValue: {one.get('clipBegin')} to {one.get('clipEnd')}"


def _text(root: _Element) -> Iterator[str]:
    told = metas(next(root.iter("{*}head")))
    names = [name for name, _ in told]
    if names.count("dtb:uid") != 1 or not dict(told)["dtb:uid"].strip():
        yield "dtbook_MetaUid"
    if not dict(told).get("dc:Title", "").strip():
        yield "dtbook_MetaTitle"
    yield from (f"dtbook_dcAttrNamePart: {n}" for n in names if n.lower().startswith("dc:") and not n[3:4].isupper())
    yield from _structure(root)


def _structure(root: _Element) -> Iterator[str]:
    if root.get("version") not in {"2005-1", "2005-2", "2005-3"}:
        yield f"dtbook has the version {root.get('version')}"
    notes = {one.get("id") for one in root.iter("{*}note")}
    for one in root.iter("{*}noteref"):
        if one.get("idref", "")[:1] != "#" or one.get("idref", "")[1:] not in notes:
            yield f"dtbook_idrefNote: {one.get('idref')}"
    for one in root.iter("{*}list"):
        if one.get("type") != "ol" and (one.get("enum") or one.get("start")):
            yield "dtbook_enumAttrInList"
    for one in root.iter("{*}a"):
        if re.match("[a-z]+:", one.get("href", "")) and one.get("external") != "true":
            yield f"{one.get('href')} leads out of the book, and does not say so"


def _identified(package: _Element, folder: Folder) -> Iterator[str]:
    """One identifier everywhere."""
    unique = package.get("unique-identifier")
    own = next((one.text for one in package.iter("{*}Identifier") if one.get("id") == unique), None)
    for name, tree in folder.trees.items():
        told = dict(metas(tree)).get("dtb:uid", own if name.endswith(".opf") else None)
        if told != own:
            yield f"{name} has the dtb:uid {told}"


def _order(folder: Folder, spine: list[str]) -> Iterator[str]:
    """The contents lead through the book in the order in which it is played."""
    navigation = next(tree for name, tree in folder.trees.items() if name.endswith(".ncx"))
    places = {}
    for number, name in enumerate(n for n in spine if n in folder.trees):
        for place, one in enumerate(folder.trees[name].iter("*")):
            places[f"{name}#{one.get('id')}"] = (number, place)
    points = sorted(navigation.iter("{*}navPoint"), key=lambda one: int(one.get("playOrder", "0")))
    led = [places.get(str(next(one.iter("{*}content")).get("src")), (-1, -1)) for one in points]
    if led != sorted(led):
        yield "the contents lead to and fro"


def _both_ways(folder: Folder) -> Iterator[str]:
    """What is played shows an element of the text, and that element says where it is played."""
    for name, tree in folder.trees.items():
        for par in tree.iter("{*}par"):
            page, _, node = str(next(par.iter("{*}text")).get("src")).partition("#")
            shown = folder.ids(page).get(node) if page in folder.trees else None
            if shown is None or shown.get("smilref") != f"{name}#{par.get('id')}":
                yield f"{name}: {node} is shown, and does not say so"
    smilrefs = [one.get("smilref") for tree in folder.trees.values() for one in tree.iter("*") if one.get("smilref")]
    pars = sum(1 for tree in folder.trees.values() for _ in tree.iter("{*}par"))
    if len(smilrefs) != pars:
        yield f"{len(smilrefs)} elements say that they are played, and {pars} are"


def _left_out(folder: Folder) -> Iterator[str]:
    """What a listener may leave out is told alike by the contents and by all that is played (§8.4.2)."""
    told = {name: _tests(tree) for name, tree in folder.trees.items()}
    contents = next(tests for name, tests in told.items() if name.endswith(".ncx"))
    for name, tests in told.items():
        if name.endswith(".smil") and not tests <= contents:
            yield f"{name} has other tests than the contents: {sorted(tests - contents)}"


def _tests(tree: _Element) -> set[tuple[str, ...]]:
    names = ("id", "defaultState", "override")
    return {tuple(one.get(n, "") for n in names) for one in tree.iter("{*}customTest", "{*}smilCustomTest")}


def _times(folder: Folder, spine: list[str]) -> Iterator[str]:
    elapsed = 0
    for name in (n for n in spine if n in folder.trees):
        tree, lasts = folder.trees[name], 0
        for audio in tree.iter("{*}audio"):
            lasts += clock(audio.get("clipEnd")) - clock(audio.get("clipBegin"))
        if clock(next(tree.iter("{*}seq")).get("dur")) != lasts:
            yield f"smil_seqDurValue: {name} lasts {lasts} ms"
        if clock(dict(metas(tree)).get("dtb:totalElapsedTime")) != elapsed:
            yield f"{name} begins after {elapsed} ms, and says otherwise"
        elapsed += lasts
    package = next(tree for name, tree in folder.trees.items() if name.endswith(".opf"))
    if clock(dict(metas(package)).get("dtb:totalTime")) != elapsed:
        yield f"all is played in {elapsed} ms, and dtb:totalTime says otherwise"


def _inside(folder: Folder) -> Iterator[str]:
    """No clip goes on after the end of its file."""
    lengths = {name: sound(folder.path / name)[0] for name in folder.names if name.endswith(".mp3")}
    for name, tree in folder.trees.items():
        for audio in tree.iter("{*}audio"):
            if clock(audio.get("clipEnd")) > lengths.get(audio.get("src", ""), -1):
                yield f"{name}: {audio.get('src')} ends before {audio.get('clipEnd')}"
