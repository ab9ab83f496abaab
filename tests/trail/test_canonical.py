"""The canonical form of events: RFC 8785, of a profile that every JSON reader keeps exactly."""

from __future__ import annotations

import json
from collections import OrderedDict
from datetime import UTC, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.trail.canonical import DEEPEST, LARGEST, NotCanonical, canonical_bytes

KEYS = st.text(st.characters(max_codepoint=0x7F), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(min_value=-LARGEST, max_value=LARGEST)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inside: st.lists(inside) | st.dictionaries(KEYS, inside),
    max_leaves=30,
)


class Colour(StrEnum):
    GREEN = "green"


class Size(IntEnum):
    LARGE = 3


@given(VALUES)
def test_bytes_are_those_of_rfc_8785(value: Any) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(VALUES)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    assert json.loads(canonical_bytes(value)) == value


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical_bytes({"b": 1, "a": 2}) == canonical_bytes(OrderedDict(a=2, b=1)) == b'{"a":2,"b":1}'


@pytest.mark.parametrize("value", [(1, 2), OrderedDict(a=1), Colour.GREEN, Size.LARGE, {"k": (Size.LARGE,)}])
def test_relatives_of_json_types_are_written_as_what_they_are(value: Any) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(json.loads(json.dumps(value)))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a": [1, {"b": 1.5}]}, "$.a[1].b: float"),
        ([float("nan")], "$[0]: float"),
        ({"when": datetime(2026, 1, 1, tzinfo=UTC)}, "$.when: datetime"),
        ({"much": Decimal("1.5")}, "$.much: Decimal"),
        ({"who": UUID(int=1)}, "$.who: UUID"),
        ({"raw": b"bytes"}, "$.raw: bytes"),
        ({"some": {1, 2}}, "$.some: set"),
        ({"view": MappingProxyType({})}, "$.view: mappingproxy"),
        ({"later": gettext_lazy("reviewer")}, "$.later: __proxy__"),
        ({"n": LARGEST + 1}, "$.n: a whole number beyond 9007199254740991"),
        ({"n": -LARGEST - 1}, "$.n: a whole number beyond 9007199254740991"),
        ({"n": 10**5000}, "$.n: a whole number beyond 9007199254740991"),
        ({"t": "half \ud83d"}, "$.t: half a character"),
        ({"t": ["\udc00"]}, "$.t[0]: half a character"),
        ({"سبب": 1}, "$: the key 'سبب' is not ASCII text"),
        ({"a": {1: 2}}, "$.a: the key 1 is not ASCII text"),
        ({None: 2}, "$: the key None is not ASCII text"),
    ],
)
def test_a_value_outside_the_profile_is_refused_with_its_place(value: Any, place: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        canonical_bytes(value)
    assert str(refusal.value).startswith(place)


def test_a_refusal_of_a_type_says_what_to_write_instead() -> None:
    with pytest.raises(NotCanonical, match="write it as text"):
        canonical_bytes({"when": datetime(2026, 1, 1, tzinfo=UTC)})


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_what_is_nested_as_deep_as_allowed_is_kept() -> None:
    assert json.loads(canonical_bytes(nested(DEEPEST))) == nested(DEEPEST)


@pytest.mark.parametrize("depth", [DEEPEST + 1, 5000, 200_000])
def test_what_is_nested_deeper_is_refused(depth: int) -> None:
    with pytest.raises(NotCanonical, match="nested too deep"):
        canonical_bytes({"data": nested(depth)})


def test_what_holds_itself_is_refused() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(NotCanonical, match="nested too deep"):
        canonical_bytes(circle)
