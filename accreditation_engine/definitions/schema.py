"""JSON Schema of both kinds of file, for editors: from the same models that read them."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from .reading import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER_AS_TEXT = r"^[-+]?[0-9]+(\.[0-9]+)?$"


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a file of `kind`, "rubric" or "workflow"."""
    schema = KINDS[kind].model_json_schema(by_alias=True, schema_generator=_Generator)
    return {"$schema": DIALECT, **_with_bounds(schema)}


def _with_bounds(schema: Any) -> Any:
    """Bounds in the words of JSON Schema, where pydantic wrote its own; of a number in quotes there are none."""
    if isinstance(schema, list):
        return [_with_bounds(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    bounds = {word: schema[key] for key, word in _BOUNDS.items() if isinstance(schema.get(key), int)}
    kept = {key: _with_bounds(value) for key, value in schema.items() if not (bounds and key in _BOUNDS)}
    for each in kept.get("anyOf", [kept]) if bounds else ():
        if each.get("type") != "string":
            each.update(bounds)
    return kept


_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


class _Generator(GenerateJsonSchema):
    """As pydantic writes it, but as strict as the models are, and without titles made up from names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def dict_schema(self, schema: Any) -> dict[str, Any]:
        """Keys that do not fit are errors, not free."""
        written = super().dict_schema(schema)
        if "patternProperties" in written:
            written["additionalProperties"] = False
        return written

    def decimal_schema(self, schema: Any) -> dict[str, Any]:
        """A number, or one in quotes."""
        written = super().decimal_schema(schema)
        for each in written.get("anyOf", ()):
            if each.get("type") == "string":
                each["pattern"] = NUMBER_AS_TEXT
        return written
