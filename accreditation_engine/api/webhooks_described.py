"""What addresses that are told receive, for the description of the API: one message of each type."""

from __future__ import annotations

from typing import Any

from accreditation_engine.certificates.webhooks.told.topics import TYPES

from .register.answers import EXAMPLE_LINE, SITE

_FILE = "0b3f6a52-6c1e-4b53-9d0e-2f6f6f0f7c11"
_CERTIFICATE = {**EXAMPLE_LINE, "credential": f"{SITE}/register/ICC-2026-00042/credential.json"}
_DOSSIER = {
    "dossier": _FILE,
    "number": "IC-2026-0042",
    "scheme": "institutional-commitment",
    "edition": "2026.1",
    "state": None,
    "state_title_ar": "قيد المراجعة",
    "state_title_en": "In review",
    "due": None,
    "url": f"{SITE}/files/{_FILE}/",
}
_FINDING = {
    "finding": "7d0c4a1e-2b7f-4a52-8a86-5f0c8a2d9e33",
    "dossier": _FILE,
    "number": "IC-2026-0042",
    "rubric": "institutional-commitment",
    "criterion": "integrity-1",
    "severity": "major",
    "state": "open",
    "state_title_ar": "مفتوحة",
    "state_title_en": "Open",
    "due_on": "2026-06-01",
    "url": f"{SITE}/files/{_FILE}/findings/7d0c4a1e-2b7f-4a52-8a86-5f0c8a2d9e33/",
}
_UPKEEP = {
    "upkeep": "91f3aa52-6c1e-4b53-9d0e-2f6f6f0f7c44",
    "kind": "yearly_filing",
    "certificate": "ICC-2026-00042",
    "dossier": _FILE,
    "state": "called",
    "state_title_ar": "مطلوب تقديمها",
    "state_title_en": "To be filed",
    "call_on": "2027-02-01",
    "due_on": "2027-03-01",
    "url": f"{SITE}/files/{_FILE}/certificates/",
}
_CONCERN = {
    "concern": "3c1f0d9a-8f4e-4c1b-9a55-0d2e7b6c1f10",
    "number": "K-2026-0007",
    "dossier": _FILE,
    "about": "code-3",
    "state": "answering",
    "state_title_ar": "بانتظار رد المنظمة",
    "state_title_en": "Put to the organisation",
    "due": "2026-12-18T21:59:59+00:00",
    "url": f"{SITE}/files/{_FILE}/concerns/3c1f0d9a-8f4e-4c1b-9a55-0d2e7b6c1f10/",
}
DATA: dict[str, dict[str, Any]] = {
    "certificate.issued": _CERTIFICATE,
    "certificate.changed": {**_CERTIFICATE, "status": "suspended"},
    "dossier.opened": {**_DOSSIER, "state_title_ar": "قيد الإعداد", "state_title_en": "In preparation"},
    "dossier.submitted": _DOSSIER,
    "dossier.state_changed": _DOSSIER,
    "dossier.decided": {
        **_DOSSIER,
        "state_title_ar": "منحت الشهادة",
        "state_title_en": "Certified",
        "certificate": "ICC-2026-00042",
    },
    "finding.raised": _FINDING,
    "finding.changed": {
        **_FINDING,
        "state": "answered",
        "state_title_ar": "رُد عليها",
        "state_title_en": "Answered",
    },
    "upkeep.planned": {**_UPKEEP, "state": "planned", "state_title_ar": "مخططة", "state_title_en": "Planned"},
    "upkeep.changed": _UPKEEP,
    "concern.raised": _CONCERN,
    "concern.changed": {
        **_CONCERN,
        "state": "dismissed",
        "state_title_ar": "لم تثبت",
        "state_title_en": "Dismissed",
        "due": None,
    },
}
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


def message(type_: str) -> dict[str, Any]:
    return {"type": type_, "timestamp": "2026-11-27T09:30:00.000000+00:00", "data": DATA[type_]}


def described() -> dict[str, Any]:
    """The part `webhooks` of a description (OpenAPI 3.1)."""
    return {each: {"post": _operation(each)} for each in TYPES}


def _operation(type_: str) -> dict[str, Any]:
    data = {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": type_},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": {"type": "object", "required": sorted(DATA[type_])},
        },
    }
    return {
        "operationId": type_.replace(".", "_"),
        "tags": ["webhooks"],
        "parameters": [
            {"name": each, "in": "header", "required": True, "schema": {"type": "string"}} for each in HEADERS
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": data, "example": message(type_)}},
        },
        "responses": {
            "2XX": {"description": "It has arrived"},
            "410": {"description": "No more of this one"},
            "default": {"description": "It is sent again later"},
        },
    }
