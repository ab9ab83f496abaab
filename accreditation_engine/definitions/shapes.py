"""Which part of a definition stands at a place: needed to say which keys could have been meant there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Tag

from .problems import Path, Step


def keys_at(model: type[BaseModel], location: Path) -> tuple[str, ...]:
    """The keys that may be written at `location` (as pydantic gives it) of a definition of kind `model`.

    Empty where no mapping with fixed keys can stand.
    """
    places: list[Any] = [model]
    for step in location:
        places = [inner for place in places for inner in _inside(place, step)]
    return tuple(name for place in places if _is_model(place) for name in names_of(place))


def names_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a model as they are written."""
    return tuple(each.alias or name for name, each in model.model_fields.items())


def _is_model(place: Any) -> bool:
    return isinstance(place, type) and issubclass(place, BaseModel)


def _inside(place: Any, step: Step) -> Iterator[Any]:
    if _is_model(place):
        for name, each in place.model_fields.items():
            if step in (name, each.alias):
                yield from _alternatives(each.annotation)
    elif isinstance(place, tuple):  # a tagged member of a union: the tag is a step of its own
        if place[0] == step:
            yield place[1]
    elif get_origin(place) in (tuple, dict):
        yield from _alternatives(get_args(place)[0 if get_origin(place) is tuple else 1])


def _alternatives(annotation: Any) -> Iterator[Any]:
    """The types an annotation allows; (tag, type) for the members of a tagged union."""
    if get_origin(annotation) is Annotated:
        inner, *extras = get_args(annotation)
        tags = [each.tag for each in extras if isinstance(each, Tag)]
        yield from [(tags[0], inner)] if tags else _alternatives(inner)
    elif get_origin(annotation) in (tuple, dict) or isinstance(annotation, type):
        yield annotation
    else:
        for each in get_args(annotation):
            yield from _alternatives(each)
