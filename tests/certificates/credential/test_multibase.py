"""Texts and bytes, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.certificates.credential.multibase import (
    NotMultibase,
    base58,
    base64url,
    from_base58,
    from_base64url,
)
from accreditation_engine.certificates.credential.multikey import from_multikey


def test_base58_is_that_of_its_published_examples() -> None:
    # RFC draft "The Base58 Encoding Scheme", section 5
    assert base58(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"
    assert base58(bytes.fromhex("0000287fb4cd")) == "z11233QC4"


@given(st.binary(max_size=80))
def test_bytes_come_back_when_they_were_written_in_either_alphabet(content: bytes) -> None:
    assert from_base58(base58(content)) == content
    assert from_base64url(base64url(content)) == content


@pytest.mark.parametrize("text", ["", "2NEpo7", "z0", "zO", "zl", "z ", "zé", "z" + "2" * 2000])
def test_no_base58_is_refused(text: str) -> None:
    with pytest.raises(NotMultibase):
        from_base58(text)


@pytest.mark.parametrize("text", ["", "AAAA", "uA", "uAA=", "uA+A", "uA/A", "uA A", "uAB", "uAAé"])
def test_no_base64url_is_refused(text: str) -> None:
    with pytest.raises(NotMultibase):
        from_base64url(text)


@pytest.mark.parametrize(
    "content", [b"\xed\x01", b"\xed\x01" + bytes(31), b"\x80\x24" + bytes(33), bytes(34)]
)
def test_what_is_no_public_key_is_refused(content: bytes) -> None:
    with pytest.raises(NotMultibase):
        from_multikey(base58(content))
