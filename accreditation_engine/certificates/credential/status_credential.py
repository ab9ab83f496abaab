"""The credential that carries a list of standings. Source: W3C Bitstring Status List v1.0, section 2.2."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .document import CONTEXT, instant
from .status_list import encoded


def status_credential(
    address: str, issuer: str, purpose: str, places: Iterable[int], *, since: datetime
) -> dict[str, Any]:
    """The list at `address` of those whose certificate is withdrawn or suspended, as `purpose` says, as it stands
    `since`; unsigned."""
    return {
        "@context": CONTEXT[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": instant(since),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(places),
        },
    }
