"""Make a file with small mistakes readable, so that its larger mistakes can be named in the same run.

What comes out is only ever checked, never used.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

_PLACEHOLDER = {"ar": "?", "en": "?"}
_TEXTS = ("title", "guidance", "public_title")
_LEFT_OUT = "told"
"""Sentences by role that nothing else hangs on."""


def mended(data: Any, error: ValidationError, model: type[BaseModel]) -> BaseModel | None:
    """`data` without its unknown keys and with words for missing texts, read as `model`.

    None when that is not enough. `data` is changed.
    """
    for each in error.errors(include_url=False, include_input=False):
        _mend(data, each["loc"], each["type"])
    try:
        return model.model_validate(data, by_name=False)
    except ValidationError:
        return None


def _mend(data: Any, location: tuple[str | int, ...], kind: str) -> None:
    if kind == "extra_forbidden":
        holder = _follow(data, location[:-1])
        if isinstance(holder, dict):
            holder.pop(location[-1], None)
        return
    for index, step in enumerate(location):
        holder = _follow(data, location[:index]) if step in (_LEFT_OUT, *_TEXTS) else None
        if isinstance(holder, dict):
            if step == _LEFT_OUT:
                holder.pop(step, None)
            else:
                holder[step] = dict(_PLACEHOLDER)
            return


def _follow(data: Any, location: tuple[str | int, ...]) -> Any:
    for step in location:
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)
        data = data[step] if inside else data
    return data
