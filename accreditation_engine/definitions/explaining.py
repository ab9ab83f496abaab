"""Errors of the models, told to the author of a definition: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from .conditions import KINDS
from .problems import Flaw, Path, Step, instead
from .said import Said, as_said, listed, say
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


def name_of(path: Path) -> Said:
    """How to speak of a place: its key, or its position in a list ("item 2 of 'by'")."""
    if not path:
        return say("the file")
    if isinstance(path[-1], int):
        return say("item {number} of {list}", number=path[-1] + 1, list=name_of(path[:-1]))
    return say("'{key}'", key=path[-1])


def _missing(error: Error) -> Said:
    key = error["loc"][-1]
    values = {"key": key, "where": _where(error["path"])}
    if key in ("ar", "en"):
        return say("missing '{key}'{where}: both languages are required; add '{key}: ...'", **values)
    return say("missing '{key}'{where}; add '{key}: ...'", **values)


def _where(path: Path) -> Said:
    return say(" in {name}", name=name_of(path)) if path else as_said("")


def _unknown_key(error: Error) -> Said:
    key, known = error["loc"][-1], keys_at(error["model"], error["loc"][:-1])
    values = {"where": _where(error["path"][:-1]), "instead": instead(key, known)}
    return say("unknown key '{key}'{where}; {instead}", key=key, **values)


def _text(error: Error) -> Said:
    value, name = error["input"], name_of(error["path"])
    if error["loc"][-1] == "[key]":
        words = 'the key {name} must be text; put it in quotes: "{text}"'
        return say(words, name=name, text=error["loc"][-2])
    if value is None:
        return say("{name} is empty; write its text", name=name)
    if isinstance(value, list | dict):
        return say("{name} must be text, not {what}", name=name, what=_shown(value))
    shown = str(value).lower() if isinstance(value, bool) else value
    return say('{name} must be text; put it in quotes: "{text}"', name=name, text=shown)


def _pattern(error: Error) -> Said:
    written = str(error["input"])
    if "._-" in error["ctx"]["pattern"]:
        return say("'{text}' cannot name an edition; write it as in \"2026.1\"", text=written)
    slug = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-0123456789") or "some-name"
    words = "'{text}' cannot be a name; use small Latin letters, digits, '-' and '_', such as {example}"
    return say(words, text=written, example=slug)


def _number(error: Error) -> Said:
    return say("{name} must be a number, such as 85 or 0.5", name=name_of(error["path"]))


def _whole(error: Error) -> Said:
    return say("{name} must be a whole number, such as 2", name=name_of(error["path"]))


def _truth(error: Error) -> Said:
    return say("{name} must be true or false", name=name_of(error["path"]))


def _empty(error: Error) -> Said:
    return say("{name} is empty; write its text", name=name_of(error["path"]))


def _choice(error: Error) -> Said:
    choices = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    hint = instead(error["input"], choices)
    hint = hint if hint.startswith("did") else say("write one of: {names}", names=listed(choices))
    words = "{name} cannot be {what}; {instead}"
    return say(words, name=name_of(error["path"]), what=_shown(error["input"]), instead=hint)


def _shown(value: Any) -> Said:
    if value is None:
        return say("empty")
    if isinstance(value, list | dict):
        return say("a list") if isinstance(value, list) else say("a mapping")
    return say("'{key}'", key=str(value).lower() if isinstance(value, bool) else value)


def _list(error: Error) -> Said:
    value, name = error["input"], name_of(error["path"])
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        return say("{name} must be a list; write {example}", name=name, example=f"[{value}]")
    return say("{name} must be a list; put '- ' before each item", name=name)


def _mapping(error: Error) -> Said:
    keys = keys_at(error["model"], error["loc"])
    values = {"name": name_of(error["path"]), "what": _shown(error["input"])}
    if not keys:
        return say("{name} must hold 'key: value' lines, not {what}", **values)
    inside = "{" + ", ".join(f"{key}: ..." for key in keys[:4]) + "}"
    return say("{name} must hold {keys}, not {what}", **values, keys=inside)


def _too_few(error: Error) -> Said:
    return say("{name} must hold at least one entry", name=name_of(error["path"]))


def _too_long(error: Error) -> Said:
    words = "{name} may have at most {most} characters"
    return say(words, name=name_of(error["path"]), most=error["ctx"]["max_length"])


def _condition(error: Error) -> Said:
    value = error["input"]
    if isinstance(value, dict) and len(value) == 1:
        word = next(iter(value))
        return say("unknown condition '{word}'; {instead}", word=word, instead=instead(word, KINDS))
    words = "{name}: a condition has exactly one key, one of: {names}"
    return say(words, name=name_of(error["path"]), names=listed(KINDS))


def _said(error: Error) -> Said:
    """Validators of our own say it well enough; only the place is added."""
    context = error.get("ctx", {})
    if "error" in context:
        said = as_said(next(iter(context["error"].args), str(context["error"])))
    elif "names" in context:
        said = say("give exactly one of {names}", names=context["names"])
    else:
        said = say(error["msg"])
    return say("{name}: {said}", name=name_of(error["path"]), said=said)


def _bound(sentence: str, key: str) -> Callable[[Error], Said]:
    return lambda error: say(sentence, name=name_of(error["path"]), bound=error["ctx"][key])


def _other(error: Error) -> Said:
    said = error["msg"].replace("Input should be", "must be")
    return say("{name}: {said}", name=name_of(error["path"]), said=said)


_EXPLAINED: dict[str, Callable[[Error], Said]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "invalid_key": _unknown_key,
    "string_type": _text,
    "string_unicode": _text,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "decimal_type": _number,
    "decimal_parsing": _number,
    "int_type": _whole,
    "int_parsing": _whole,
    "int_from_float": _whole,
    "bool_type": _truth,
    "bool_parsing": _truth,
    "literal_error": _choice,
    "tuple_type": _list,
    "list_type": _list,
    "dict_type": _mapping,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "too_short": _too_few,
    "greater_than": _bound("{name} must be more than {bound}", "gt"),
    "greater_than_equal": _bound("{name} must be at least {bound}", "ge"),
    "less_than": _bound("{name} must be less than {bound}", "lt"),
    "less_than_equal": _bound("{name} must be at most {bound}", "le"),
    "condition": _condition,
    "value_error": _said,
    "assertion_error": _said,
    "rule": _said,
    "exactly_one": _said,
    "deadline": _said,
}
