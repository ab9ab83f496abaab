"""The body's name among programs, and the keys that speak for it: did:web, of the site's own address.

Source: did:web method specification, sections 2.1 and 2.5; W3C Controlled Identifiers 1.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
ADDRESS = "/.well-known/did.json"
"""Where programs look for the document of a site that lies at the root of its host."""


def did_of(site: str) -> str:
    """`https://host:port` as a DID. The document is found over https alone, whatever the scheme of `site` is."""
    return f"did:web:{quote(urlsplit(site).netloc, safe='.-')}"


def method(did: str, key: str) -> str:
    """The DID URL of a `key` written as a multikey."""
    return f"{did}#{key}"


def document(did: str, keys: Iterable[str]) -> dict[str, Any]:
    """What `did` is and which `keys` (multikeys) sign for it; those of the past too: what they signed holds."""
    methods = [
        {"id": method(did, each), "type": "Multikey", "controller": did, "publicKeyMultibase": each}
        for each in keys
    ]
    return {
        "@context": CONTEXT,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }
