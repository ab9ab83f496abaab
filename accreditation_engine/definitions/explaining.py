"""Errors of the models, told to the author of a definition: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from .conditions import KINDS
from .problems import Flaw, Path, Step, instead
from .shapes import keys_at
from .yaml_tree import Node

Error = dict[str, Any]


def flaws_of(error: ValidationError, model: type[BaseModel], node: Node, above: Path = ()) -> list[Flaw]:
    """One flaw for each thing that `model` found wrong with what `node` holds, which stands at `above`."""
    errors = [dict(each) for each in error.errors(include_url=False)]
    return [_flaw(each, model, node, above) for each in errors if not _follows_from_others(each, errors)]


def _follows_from_others(error: Error, errors: list[Error]) -> bool:
    """A list whose every item is wrong is not too short as well."""
    inside = (each["loc"] for each in errors if len(each["loc"]) > len(error["loc"]))
    return error["type"] == "too_short" and any(loc[: len(error["loc"])] == error["loc"] for loc in inside)


def _flaw(error: Error, model: type[BaseModel], node: Node, above: Path) -> Flaw:
    path = (*above, *written_path(error["loc"], node))
    error["model"], error["path"] = model, path
    explain = _EXPLAINED.get(error["type"], _other)
    return Flaw(path, explain(error))


def written_path(location: Path, node: Node) -> Path:
    """The steps of pydantic's `location` that stand in the file, and the last one where that is missing.

    Left out are the names of union members and of fields that only the models have.
    """
    path: list[Step] = []
    for step in location:
        if child := node.child(step):
            path.append(step if node.listed else str(step))
            node = child.node
    return tuple(path)


def name_of(path: Path) -> str:
    """How to speak of a place: its key, or its position in a list ("item 2 of 'by'")."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {name_of(path[:-1])}"
    return f"'{path[-1]}'"


def _missing(error: Error) -> str:
    key = error["loc"][-1]
    where = f" in {name_of(error['path'])}" if error["path"] else ""
    if key in ("ar", "en"):
        return f"missing '{key}'{where}: both languages are required; add '{key}: ...'"
    return f"missing '{key}'{where}; add '{key}: ...'"


def _unknown_key(error: Error) -> str:
    known = keys_at(error["model"], error["loc"][:-1])
    parent = error["path"][:-1]
    where = f" in {name_of(parent)}" if parent else ""
    return f"unknown key '{error['loc'][-1]}'{where}; {instead(error['loc'][-1], known)}"


def _text(error: Error) -> str:
    value, name = error["input"], name_of(error["path"])
    if error["loc"][-1] == "[key]":
        return f'the key {name} must be text; put it in quotes: "{error["loc"][-2]}"'
    if value is None:
        return f"{name} is empty; write its text"
    if isinstance(value, list | dict):
        return f"{name} must be text, not a {'list' if isinstance(value, list) else 'mapping'}"
    shown = str(value).lower() if isinstance(value, bool) else value
    return f'{name} must be text; put it in quotes: "{shown}"'


def _pattern(error: Error) -> str:
    written = str(error["input"])
    if "._-" in error["ctx"]["pattern"]:
        return f"'{written}' cannot name an edition; write it as in \"2026.1\""
    slug = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-0123456789") or "some-name"
    return f"'{written}' cannot be a name; use small Latin letters, digits, '-' and '_', such as {slug}"


def _number(error: Error) -> str:
    return f"{name_of(error['path'])} must be a number, such as 85 or 0.5"


def _whole(error: Error) -> str:
    return f"{name_of(error['path'])} must be a whole number, such as 2"


def _choice(error: Error) -> str:
    choices = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    listed = ", ".join(choices)
    hint = instead(error["input"], choices)
    hint = hint if hint.startswith("did") else f"write one of: {listed}"
    return f"{name_of(error['path'])} cannot be {_shown(error['input'])}; {hint}"


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    return f"'{str(value).lower() if isinstance(value, bool) else value}'"


def _list(error: Error) -> str:
    value = error["input"]
    name = name_of(error["path"])
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        return f"{name} must be a list; write [{value}]"
    return f"{name} must be a list; put '- ' before each item"


def _mapping(error: Error) -> str:
    keys = keys_at(error["model"], error["loc"])
    inside = "{" + ", ".join(f"{key}: ..." for key in keys[:4]) + "}" if keys else "'key: value' lines"
    return f"{name_of(error['path'])} must hold {inside}, not {_shown(error['input'])}"


def _too_few(error: Error) -> str:
    return f"{name_of(error['path'])} must hold at least one entry"


def _too_long(error: Error) -> str:
    return f"{name_of(error['path'])} may have at most {error['ctx']['max_length']} characters"


def _condition(error: Error) -> str:
    value = error["input"]
    if isinstance(value, dict) and len(value) == 1:
        word = next(iter(value))
        return f"unknown condition '{word}'; {instead(word, KINDS)}"
    return f"{name_of(error['path'])}: a condition has exactly one key, one of: {', '.join(KINDS)}"


def _said(error: Error) -> str:
    """Validators of our own say it well enough; only the place is added."""
    said = str(error["ctx"]["error"]) if "error" in error.get("ctx", {}) else error["msg"]
    return f"{name_of(error['path'])}: {said}"


def _bound(words: str, key: str) -> Callable[[Error], str]:
    return lambda error: f"{name_of(error['path'])} must be {words} {error['ctx'][key]}"


def _other(error: Error) -> str:
    return f"{name_of(error['path'])}: {error['msg'].replace('Input should be', 'must be')}"


_EXPLAINED: dict[str, Callable[[Error], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "invalid_key": _unknown_key,
    "string_type": _text,
    "string_unicode": _text,
    "string_too_short": lambda error: f"{name_of(error['path'])} is empty; write its text",
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "decimal_type": _number,
    "decimal_parsing": _number,
    "int_type": _whole,
    "int_parsing": _whole,
    "int_from_float": _whole,
    "bool_type": lambda error: f"{name_of(error['path'])} must be true or false",
    "bool_parsing": lambda error: f"{name_of(error['path'])} must be true or false",
    "literal_error": _choice,
    "tuple_type": _list,
    "list_type": _list,
    "dict_type": _mapping,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "too_short": _too_few,
    "greater_than": _bound("more than", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("less than", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "condition": _condition,
    "value_error": _said,
    "assertion_error": _said,
    "rule": _said,
    "exactly_one": _said,
    "deadline": _said,
}
