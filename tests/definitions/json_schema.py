"""Enough of JSON Schema 2020-12 to judge what our own schemas say. A word that it does not know is an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

Schema = dict[str, Any]
SILENT = {"$schema", "$defs", "title", "description", "default", "additionalProperties", "patternProperties"}
TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | Decimal) and not isinstance(value, bool),
    "integer": lambda value: (
        isinstance(value, int | Decimal) and not isinstance(value, bool) and value % 1 == 0
    ),
}


def fits(value: Any, schema: Schema, root: Schema | None = None) -> bool:
    """Whether `value` is as `schema` says."""
    whole = schema if root is None else root
    return all(_word(word, value, schema, whole) for word in schema if word not in SILENT) and _keys(
        value, schema, whole
    )


def _keys(value: Any, schema: Schema, root: Schema) -> bool:
    """Each key by its property, else by the patterns it matches, else by what is said of all others."""
    if not isinstance(value, dict):
        return True
    patterns = schema.get("patternProperties", {})
    for key, each in value.items():
        named = [schema["properties"][key]] if key in schema.get("properties", {}) else []
        rules = named + [rule for pattern, rule in patterns.items() if re.search(pattern, str(key))]
        rules = rules or [schema.get("additionalProperties", True)]
        if not all(rule is True or (rule is not False and fits(each, rule, root)) for rule in rules):
            return False
    return True


def _word(word: str, value: Any, schema: Schema, root: Schema) -> bool:
    return WORDS[word](value, schema[word], root)


def _only(kind: str, check: Callable[[Any, Any], bool]) -> Callable[[Any, Any, Schema], bool]:
    return lambda value, said, root: check(value, said) if TYPES[kind](value) else True


def _reference(value: Any, said: str, root: Schema) -> bool:
    return fits(value, root["$defs"][said.removeprefix("#/$defs/")], root)


WORDS: dict[str, Callable[[Any, Any, Schema], bool]] = {
    "$ref": _reference,
    "type": lambda value, said, root: TYPES[said](value),
    "properties": lambda value, said, root: True,  # judged in _keys
    "required": _only("object", lambda value, said: set(said) <= value.keys()),
    "propertyNames": lambda value, said, root: (
        all(fits(str(key), said, root) for key in value) if isinstance(value, dict) else True
    ),
    "minProperties": _only("object", lambda value, said: len(value) >= said),
    "maxProperties": _only("object", lambda value, said: len(value) <= said),
    "items": lambda value, said, root: (
        all(fits(each, said, root) for each in value) if isinstance(value, list) else True
    ),
    "minItems": _only("array", lambda value, said: len(value) >= said),
    "maxItems": _only("array", lambda value, said: len(value) <= said),
    "anyOf": lambda value, said, root: any(fits(value, each, root) for each in said),
    "allOf": lambda value, said, root: all(fits(value, each, root) for each in said),
    "oneOf": lambda value, said, root: sum(fits(value, each, root) for each in said) == 1,
    "enum": lambda value, said, root: value in said,
    "const": lambda value, said, root: value == said,
    "pattern": _only("string", lambda value, said: re.search(said, value) is not None),
    "minLength": _only("string", lambda value, said: len(value) >= said),
    "maxLength": _only("string", lambda value, said: len(value) <= said),
    "minimum": _only("number", lambda value, said: value >= said),
    "maximum": _only("number", lambda value, said: value <= said),
    "exclusiveMinimum": _only("number", lambda value, said: value > said),
}
