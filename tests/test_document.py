"""The model: frozen, lossless as JSON, with a schema that says what it takes."""

import datetime
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given

from converters.document import (
    Document,
    Emphasis,
    Foreign,
    LanguageTag,
    Link,
    Metadata,
    NodeId,
    Note,
    NoteReference,
    Paragraph,
    Person,
    Section,
    Sentence,
    Sound,
    Text,
    Turn,
)
from converters.timing import Milliseconds, SourceTime

from .conftest import Context, ReadText, Run
from .test_identifiers import DOCUMENTS

TIME = SourceTime(Milliseconds(5), Milliseconds(9))
FULL = Document(
    Metadata(
        "Bells",
        LanguageTag("en"),
        "The Mended Hour",
        datetime.date(2024, 2, 29),
        "https://x.example/",
        "https://x.example/a.mp3",
    ),
    (Person(NodeId("ann"), "Ann", ("ANN",), "host", "Miller", "an", "en-gb"),),
    (
        Section(
            "transcript",
            (
                Turn(
                    (
                        Paragraph(
                            (
                                Sentence(
                                    (
                                        Text("a"),
                                        Emphasis((Text("b"),), "strong"),
                                        Foreign((Text("c"),), LanguageTag("fr")),
                                        Link((Text("d"),), "https://x.example/"),
                                        Sound("[e]", "music", NodeId("x"), TIME),
                                        NoteReference(NodeId("n"), "1"),
                                    ),
                                    NodeId("s"),
                                    TIME,
                                ),
                            )
                        ),
                    ),
                    (NodeId("ann"),),
                    "ANN",
                    LanguageTag("de"),
                ),
            ),
            (Text("Head"),),
            (Section("closing", ()),),
        ),
    ),
    (Note((Paragraph(()),), NodeId("n")),),
)


@given(DOCUMENTS)
def test_json_gives_every_document_back(document: Document) -> None:
    assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document


def test_json_gives_every_fact_back() -> None:
    assert msgspec.json.decode(msgspec.json.encode(FULL), type=Document) == FULL


def test_what_one_curbcut_writes_another_reads_to_the_same_document(
    sample: str, read_text: ReadText, context: Context
) -> None:
    from converters.writers import writer_named

    document, _ = read_text(sample)
    (artifact,) = writer_named("json").load()(document, context(document, ("json",)))
    assert isinstance(artifact.content, bytes)
    assert read_text(artifact.content)[0] == document


def test_a_document_cannot_be_changed_and_can_be_a_key() -> None:
    with pytest.raises(AttributeError):
        FULL.metadata = Metadata()  # type: ignore[misc]  # that it is refused is the point
    assert len({FULL, msgspec.structs.replace(FULL)}) == 1


@pytest.mark.parametrize("fault", ['"colour": "red"', '"version": "1"', '"type": "turn"'])
def test_what_the_model_does_not_know_is_refused(fault: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(
            f'{{{fault}, "metadata": {{"type": "metadata"}}, "people": [], "sections": []}}', type=Document
        )


def test_a_span_that_runs_backward_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"begin": 5, "end": 4}', type=SourceTime)


def test_the_schema_defines_all_that_it_refers_to(run: Run) -> None:
    schema: dict[str, Any] = json.loads(run("formats", "--schema").out)
    definitions = schema["$defs"]
    assert schema["$ref"] == "#/$defs/Document"
    for reference in _references(schema):
        assert reference.removeprefix("#/$defs/") in definitions, reference
    assert {"Turn", "Sentence", "PullQuote", "NoteReference", "SourceTime"} <= set(definitions)


def test_the_schema_names_every_property_that_the_json_has(run: Run) -> None:
    definitions: dict[str, Any] = json.loads(run("formats", "--schema").out)["$defs"]
    by_tag = {
        kind["properties"]["type"]["enum"][0]: kind for kind in definitions.values() if "type" in kind["properties"]
    }
    for node in _nodes(json.loads(msgspec.json.encode(FULL))):
        assert set(node) <= set(by_tag[node["type"]]["properties"])
        assert set(by_tag[node["type"]].get("required", [])) <= set(node)


def _nodes(value: Any) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    below = [node for one in inner for node in _nodes(one)]
    return [value, *below] if isinstance(value, dict) and "type" in value else below


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [found for one in value.values() for found in _references(one)]
    return [found for one in value for found in _references(one)] if isinstance(value, list) else []
