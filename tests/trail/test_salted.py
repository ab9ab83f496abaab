"""The digest of a text that lies in a row of its own."""

from __future__ import annotations

import hashlib

import pytest

from accreditation_engine.trail.salted import new_salt, salted_digest


def test_the_digest_is_of_the_salt_and_the_text() -> None:
    assert salted_digest("00ff", "نص") == hashlib.sha256(b"\x00\xff" + "نص".encode()).hexdigest()


def test_no_text_has_no_digest() -> None:
    assert salted_digest(new_salt(), "") == ""


def test_the_same_text_twice_has_two_digests() -> None:
    assert salted_digest(new_salt(), "نص") != salted_digest(new_salt(), "نص")


def test_a_salt_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        salted_digest("no salt", "نص")
