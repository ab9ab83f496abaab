"""Where a key lies in a token, as its file says it: the library, the token, the key in it, where the PIN is. The
PIN itself stands in none of our files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop

from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

NAMES = ("library", "token", "key", "id", "pin_file", "pin_variable", "certificates")
SUFFIX = ".toml"


@dataclass(frozen=True)
class TokenPlace:
    """`key` is the key's label, `id` its id; where both are "", the token holds one key of the kind that is asked
    for. `certificates` is a PEM file with the signer's certificate first and the root last; "" where the token
    holds them. `content` is what the file says, as it says it."""

    library: str
    token: str
    key: str = ""
    id: bytes = b""
    pin_file: str = ""
    pin_variable: str = ""
    certificates: str = ""
    content: bytes = b""


def describes_a_place(path: Path) -> bool:
    """Whether the file at `path` says where a key lies, and holds none itself."""
    return path.suffix.lower() == SUFFIX


def place_in(content: bytes, path: Path) -> TokenPlace:
    """What `content`, which stands in the file `path`, says. Raises KeyUnusable, which says what is wrong."""
    said = _said(content, path)
    for name, value in said.items():
        _must_be_known(path, name, value)
    for name in ("library", "token"):
        if name not in said:
            raise _refused(path, told(gettext_noop("it does not say %(name)s"), name=name))
    if ("pin_file" in said) == ("pin_variable" in said):
        words = gettext_noop(
            "say where the PIN is, by one of pin_file (a file) and pin_variable (the environment)"
        )
        raise _refused(path, told(words))
    texts = {name: value for name, value in said.items() if name != "id"}
    return TokenPlace(**texts, id=_id(path, said.get("id", "")), content=content)


def _said(content: bytes, path: Path) -> dict[str, str]:
    try:
        return tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise KeyUnusable(
            told(gettext_noop("%(path)s is no TOML (%(why)s)"), path=path, why=error)
        ) from error


def _must_be_known(path: Path, name: str, value: object) -> None:
    if name == "pin":
        words = gettext_noop("the PIN has no place there; write where it is, as pin_file")
        raise _refused(path, told(words))
    if name not in NAMES:
        words = gettext_noop("it knows no %(name)s; it knows %(names)s")
        raise _refused(path, told(words, name=name, names=", ".join(NAMES)))
    if not isinstance(value, str) or not value:
        raise _refused(path, told(gettext_noop("%(name)s is not a text in quotes"), name=name))


def _id(path: Path, said: str) -> bytes:
    try:
        return bytes.fromhex(said)
    except ValueError as error:
        words = gettext_noop("id is no number in hexadecimal digits, such as 01")
        raise _refused(path, told(words)) from error


def _refused(path: Path, why: str) -> KeyUnusable:
    words = gettext_noop("%(path)s does not say where a key lies: %(why)s")
    return KeyUnusable(told(words, path=path, why=why))
