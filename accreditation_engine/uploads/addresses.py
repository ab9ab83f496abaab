"""Addresses of the web that people give: which are taken, and how their host is shown so that nobody takes it for
another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.utils.encoding import iri_to_uri

from accreditation_engine.engine.reasons import Reason, Refused

LONGEST = 2000
LONGEST_HOST = 90  # characters, as it is shown
_NOT_HERE = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

NOT_PUBLIC = frozenset(
    {
        "localhost",
        "local",
        "internal",
        "intranet",
        "private",
        "lan",
        "home",
        "corp",
        "arpa",
        "test",
        "invalid",
        "onion",
        "alt",
    }
)
"""Last parts of names that lead to another place for everybody who follows them, or nowhere."""


@dataclass(frozen=True)
class Address:
    """`whole` in ASCII; `host` as people read it: letters of other scripts than Latin and Arabic stay encoded,
    because many of them look like Latin ones."""

    whole: str
    host: str


def read_address(typed: str) -> Address:
    """Raises Refused with the one reason why it is not taken."""
    address = typed.strip()
    parts = _split(address)
    if parts is None or not all(each.isprintable() for each in address):
        raise Refused([Reason("link_broken")])
    if parts.scheme.lower() != "https":
        raise Refused([Reason("link_not_https")])
    if "@" in parts.netloc:
        raise Refused([Reason("link_with_password")])
    labels = _labels(parts)
    if len(labels) < 2 or labels[-1] in NOT_PUBLIC or _NUMBER.fullmatch(labels[-1]) or ":" in labels[-1]:
        raise Refused([Reason("link_not_public")])
    shown = _shown(labels)
    port = f":{parts.port}" if parts.port not in (None, 443) else ""
    if len(shown + port) > LONGEST_HOST:
        raise Refused([Reason("link_broken")])
    rest = iri_to_uri(parts._replace(scheme="", netloc="").geturl())
    return Address(f"https://{'.'.join(labels)}{port}{rest or '/'}", shown + port)


def _split(address: str) -> SplitResult | None:
    if not address or len(address) > LONGEST or _NOT_HERE.search(address):
        return None
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return None
    return parts if parts.scheme else None


def _labels(parts: SplitResult) -> list[str]:
    """Of the host, in ASCII. An address in numbers of the sixth version is one label with colons."""
    host = (parts.hostname or "").removesuffix(".")
    if ":" in host:
        return ["", host]
    try:
        labels = host.encode("idna").decode().lower().split(".")
    except UnicodeError:
        raise Refused([Reason("link_broken")]) from None
    if not all(_LABEL.fullmatch(each) for each in labels):
        raise Refused([Reason("link_broken")])
    return labels


def _shown(labels: list[str]) -> str:
    return ".".join(map(_label_shown, labels))


def _label_shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        plain = label.encode().decode("idna")
    except UnicodeError:
        raise Refused([Reason("link_broken")]) from None
    scripts = {unicodedata.name(each, "?").split()[0] for each in plain if each.isalpha()}
    if len(scripts) > 1:
        raise Refused([Reason("link_in_mixed_letters")])
    return plain if scripts == {"ARABIC"} else label
