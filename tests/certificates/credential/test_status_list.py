"""Lists of bits."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation_engine.certificates.credential.multibase import base64url, from_base64url
from accreditation_engine.certificates.credential.status_list import ENTRIES, NotAStatusList, encoded, is_set

# W3C Bitstring Status List v1.0, section 2.2: the list of its example, in which nothing is set.
PUBLISHED = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


def test_the_published_list_is_read() -> None:
    assert not is_set(PUBLISHED, 94567)
    assert gzip.decompress(from_base64url(PUBLISHED)) == gzip.decompress(from_base64url(encoded([])))


@settings(max_examples=20)
@given(st.sets(st.integers(0, ENTRIES - 1), max_size=20), st.integers(0, ENTRIES - 1))
def test_a_place_is_set_when_it_was_and_no_other(places: set[int], other: int) -> None:
    text = encoded(places)
    assert text == encoded(sorted(places))
    assert all(is_set(text, each) for each in places)
    assert is_set(text, other) == (other in places)


def test_the_first_place_is_the_highest_bit() -> None:
    assert gzip.decompress(from_base64url(encoded([0, 9])))[:2] == b"\x80\x40"


@pytest.mark.parametrize("place", [-1, ENTRIES])
def test_there_is_no_place_beyond_the_list(place: int) -> None:
    with pytest.raises(IndexError):
        encoded([place])
    with pytest.raises(NotAStatusList):
        is_set(PUBLISHED, place)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z11",
        base64url(b"no gzip"),
        base64url(gzip.compress(bytes(ENTRIES // 8))[:-9]),
        base64url(gzip.compress(bytes(10))),
        base64url(gzip.compress(bytes(2**24 + 1))),
    ],
    ids=["empty", "another alphabet", "not packed", "cut off", "short", "a bomb"],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(NotAStatusList):
        is_set(text, 0)
