"""What a certificate says, as a Verifiable Credential in the words of Open Badges.

Source: W3C Verifiable Credentials Data Model v2.0; 1EdTech Open Badges 3.0, sections B.1 (data models); W3C
Bitstring Status List v1.0, section 2.1. Open Badges takes one text for a name: both languages stand in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from accreditation_engine.definitions.base import Bilingual

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
TYPE = ["VerifiableCredential", "OpenBadgeCredential"]
PURPOSES = ("revocation", "suspension")


@dataclass(frozen=True)
class Body:
    """Who certifies: `did` is its name among programs, `site` its address."""

    did: str
    name: Bilingual
    site: str


@dataclass(frozen=True)
class Certified:
    """What is certified. `entry` is the address of the certificate in the register, `scheme_page` that of its
    scheme; `areas` are titles and percents; `valid_until` is the moment after which it holds no more; `place` is
    the certificate's in the status lists, whose addresses `lists` gives by purpose; `scope` is what of the holder
    is certified, None for all of it."""

    number: str
    entry: str
    holder: Bilingual
    registration_number: str
    scheme: Bilingual
    scheme_page: str
    edition: str
    outcome: Bilingual
    areas: Sequence[tuple[Bilingual, Decimal]]
    issued_at: datetime
    valid_until: datetime | None
    place: int
    lists: dict[str, str]
    scope: Bilingual | None = None


def credential(body: Body, certified: Certified) -> dict[str, Any]:
    """The credential, unsigned. The same arguments always give the same."""
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": credential_address(certified.entry),
        "type": TYPE,
        "name": both(certified.scheme),
        "issuer": {"id": body.did, "type": ["Profile"], "name": both(body.name), "url": body.site},
        "validFrom": instant(certified.issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                _identity("name", both(certified.holder)),
                _identity("ext:registrationNumber", certified.registration_number),
            ],
            "achievement": _achievement(certified),
            "result": _results(certified),
        },
        "credentialStatus": [_status(certified, purpose) for purpose in PURPOSES],
    }
    if certified.scope is not None:
        made["description"] = both(scope_words(certified.scope))
    if certified.valid_until is not None:
        made["validUntil"] = instant(certified.valid_until)
    return made


def scope_words(scope: Bilingual) -> Bilingual:
    """What a wallet shows of the credential as a whole."""
    return Bilingual(ar=f"نطاق الشهادة: {scope.ar}", en=f"Scope of certification: {scope.en}")


def credential_address(entry: str) -> str:
    return f"{entry}credential.json"


def both(text: Bilingual) -> str:
    return text.ar if text.ar == text.en else f"{text.ar} | {text.en}"


def instant(at: datetime) -> str:
    """An aware moment, to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _identity(kind: str, text: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": text, "identityType": kind}


def _achievement(certified: Certified) -> dict[str, Any]:
    outcome = {
        "id": f"{certified.entry}#outcome",
        "type": ["ResultDescription"],
        "name": "النتيجة | Outcome",
        "resultType": "Result",
    }
    areas = [
        {
            "id": _area(certified, number),
            "type": ["ResultDescription"],
            "name": both(title),
            "resultType": "Percent",
        }
        for number, (title, _percent) in enumerate(certified.areas, start=1)
    ]
    return {
        "id": certified.scheme_page,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": both(certified.scheme),
        "description": both(certified.scheme),
        "version": certified.edition,
        "criteria": {"id": certified.scheme_page},
        "humanCode": certified.number,
        "resultDescription": [outcome, *areas],
    }


def _results(certified: Certified) -> list[dict[str, Any]]:
    outcome = {
        "type": ["Result"],
        "resultDescription": f"{certified.entry}#outcome",
        "value": both(certified.outcome),
    }
    areas = [
        {"type": ["Result"], "resultDescription": _area(certified, number), "value": str(percent)}
        for number, (_title, percent) in enumerate(certified.areas, start=1)
    ]
    return [outcome, *areas]


def _area(certified: Certified, number: int) -> str:
    return f"{certified.entry}#area-{number}"


def _status(certified: Certified, purpose: str) -> dict[str, Any]:
    address = certified.lists[purpose]
    return {
        "id": f"{address}#{certified.place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(certified.place),
        "statusListCredential": address,
    }
