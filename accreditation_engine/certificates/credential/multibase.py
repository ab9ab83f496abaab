"""Bytes as text, in the two alphabets that credentials use.

Source: W3C Controlled Identifiers 1.0, sections 2.2.2 (Multikey) and 2.4 (Multibase).
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Bitcoin's alphabet: neither 0, O, I nor l, which look like others."""
LONGEST = 2**10
"""Base58 takes time that grows with the square of the length; nothing that is written in it here is longer."""
DIGIT = {letter: digit for digit, letter in enumerate(BASE58)}


class NotMultibase(ValueError):  # noqa: N818 - said of a text
    """The text is not in the alphabet that it should be in."""


def base58(content: bytes) -> str:
    """`content` in base58btc, with its multibase letter z."""
    number, letters = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, len(BASE58))
        letters = BASE58[digit] + letters
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + BASE58[0] * zeros + letters


def from_base58(text: str) -> bytes:
    """Raises NotMultibase."""
    if not text.startswith("z") or len(text) > LONGEST:
        raise NotMultibase("not text in base58btc, which begins with z")
    number = 0
    for letter in text[1:]:
        if letter not in DIGIT:
            raise NotMultibase(f"{letter!r} is no letter of base58")
        number = number * len(BASE58) + DIGIT[letter]
    zeros = len(text) - 1 - len(text[1:].lstrip(BASE58[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def base64url(content: bytes) -> str:
    """`content` in base64url without padding, with its multibase letter u."""
    return "u" + urlsafe_b64encode(content).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """Raises NotMultibase."""
    if not text.startswith("u") or not text.isascii() or {"+", "/", "="} & set(text):
        raise NotMultibase("not text in base64url, which begins with u")
    padded = text[1:] + "=" * (-len(text[1:]) % 4)
    try:
        content = urlsafe_b64decode(padded)
    except Error as error:
        raise NotMultibase("not text in base64url") from error
    if base64url(content) != text:  # Python leaves out letters that it does not know
        raise NotMultibase("not text in base64url")
    return content
