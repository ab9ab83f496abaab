"""What the pages of a file tell its organisation, without anything to press: the content of a copy.

Everything comes from the functions that make the pages, so that a copy holds what they show, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from accreditation_engine.dossiers.queries import HandedIn, handed_in
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Readings, tell
from accreditation_engine.organisations.profile import profile_of
from accreditation_engine.portal.complaints.copied import CopiedConcern, concerns_to_copy
from accreditation_engine.portal.complaints.copied import in_words as concern_in_words
from accreditation_engine.portal.dossier.answers import answered_sections
from accreditation_engine.portal.dossier.overview import overview_of
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.letters.readings import readings_of
from accreditation_engine.portal.profile.page import profile_page
from accreditation_engine.portal.questions.page import questions_of
from accreditation_engine.portal.report.page import report_of
from accreditation_engine.portal.upkeep.copied import Copied, in_words, upkeep_to_copy

Paths = Mapping[Any, str]
"""Where each file lies in the copy, by its number or identifier, and the paper of a certificate by that of the
certificate."""


@dataclass(frozen=True)
class Read:
    """What is read once, for all languages."""

    work: HandedIn | None
    letters: Sequence[Letter]
    readings: Readings
    upkeep: Sequence[Copied]
    concerns: Sequence[CopiedConcern]

    @classmethod
    def of(cls, reader: Reader) -> Read:
        """Thirteen queries, nine where nobody has raised a concern."""
        work = handed_in(reader.dossier) if reader.sees("answers") else None
        mine = Letter.objects.filter(person=reader.person, dossier=reader.dossier.pk, dropped_at=None)
        letters = list(mine.order_by("written_at", "pk"))
        return cls(
            work,
            letters,
            readings_of(reader.person.pk, letters),
            upkeep_to_copy(reader),
            concerns_to_copy(reader),
        )


def told_in(language: str, reader: Reader, paths: Paths, read: Read) -> dict[str, Any]:
    """The file in one language: texts, numbers as text, and days as ISO 8601 has them."""
    with override(language):
        page = overview_of(reader, None)
        answered = answered_sections(reader, read.work) if read.work else []
        asked = questions_of(reader, None)["questions"] if reader.sees("questions") else []
        return {
            "title": str(page["head"]["title"]),
            "scheme": str(page["head"]["eyebrow"]),
            "facts": [_fact(each) for each in page["facts"]],
            "organisation": _organisation(reader, paths),
            "stages": [_only(each, "title", "status", "at", "deadline") for each in page["road"]],
            "answers": [_area(each, paths) for each in answered],
            "questions": [_with_files(each, paths, *QUESTION) for each in asked],
            "report": _report(reader, paths),
            "findings": [_finding(each) for each in page["findings"]],
            "scores": [_sheet(each) for each in page["scores"]],
            "decisions": [_only(each, *SAID) for each in page["decisions"]],
            "certificates": [_certificate(each, paths) for each in page["certificates"]],
            "upkeep": [_upkeep(in_words(reader, each), paths) for each in read.upkeep],
            "concerns": [_concern(concern_in_words(each), paths) for each in read.concerns],
            "letters": _letters(read),
        }


def _organisation(reader: Reader, paths: Paths) -> dict[str, Any]:
    """Its profile, with every version of its documents, the newest first."""
    organisation = reader.dossier.organisation
    page = profile_page(organisation, profile_of(organisation.pk), None)
    return {
        "facts": [_fact(each) for each in (*page["known"], *page["said"])],
        "documents": [
            {
                **_only(each, "title", "until"),
                "files": _files(({**file, "id": file["pk"]} for file in each["files"]), paths),
            }
            for each in page["papers"]
        ],
    }


def _report(reader: Reader, paths: Paths) -> dict[str, Any]:
    report = (report_of(reader, None, None) if reader.reads_report else None) or {}
    return {
        "versions": [_only(each, "number", "at", "digest", "reason") for each in report.get("versions", ())],
        "areas": [
            {"title": str(each["title"]), "rows": [_only(row, *ROW) for row in each["rows"]]}
            for each in report.get("sections", ())
        ],
        "findings": [_only(each, "title", "severity", "text") for each in report.get("findings", ())],
        "contested": [_with_files(each, paths, *CONTEST) for each in report.get("contests", ())],
    }


SAID = ("title", "at", "actor", "comment")
ROW = ("number", "title", "rating", "anchor")
QUESTION = ("title", "by", "at", "due_on", "text", "answered_at", "answer", "withdrawn_at", "withdrawal")
CONTEST = ("title", "at", "text", "answered_at", "by", "answer")


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _only(shown: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: _plain(shown[name]) for name in names if shown.get(name) not in (None, "")}


def _fact(fact: Mapping[str, Any]) -> dict[str, Any]:
    value = fact["value"]
    if isinstance(value, date):
        value = date_format(localtime(value) if isinstance(value, datetime) else value, "j F Y")
    return {"term": str(fact["term"]), "value": _plain(value), **_only(fact, "note")}


def _with_files(shown: Mapping[str, Any], paths: Paths, *names: str) -> dict[str, Any]:
    badge = shown.get("badge")
    standing = {"standing": str(badge["title"])} if badge else {}
    return {**_only(shown, *names), **standing, "files": _files(shown.get("files") or (), paths)}


def _files(files: Iterable[Mapping[str, Any]], paths: Paths) -> list[dict[str, Any]]:
    return [
        {**_only(each, "name", "size", "sha256", "at"), "path": paths.get(each["id"], "")} for each in files
    ]


def _area(section: Mapping[str, Any], paths: Paths) -> dict[str, Any]:
    return {
        **_only(section, "rubric", "number", "title"),
        "criteria": [
            {
                **_only(each, "id", "number", "title"),
                **_only(each["answer"], "rating", "anchor", "text"),
                "files": _files(each["answer"]["files"], paths),
            }
            for each in section["criteria"]
        ],
    }


def _finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_only(finding, "title", "due_on"),
        "severity": str(finding["severity"]["title"]),
        "state": str(finding["state"]["title"]),
        "said": [_only(each, *SAID) for each in finding["said"]],
    }


def _sheet(sheet: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_only(sheet, "title", "percent"),
        "outcome": str(sheet["badge"]["title"]) if sheet["badge"] else "",
        "reasons": [str(each) for each in sheet["reasons"]],
        "rows": [_only(each, "title", "weight", "percent") for each in sheet["rows"]],
    }


def _certificate(certificate: Mapping[str, Any], paths: Paths) -> dict[str, Any]:
    return {
        **_only(certificate, "number", "valid_until"),
        "standing": str(certificate["standing"]["title"]),
        "outcome": str(certificate["outcome"]["title"]),
        "path": paths.get(str(certificate["number"]), ""),
    }


def _upkeep(asked: Mapping[str, Any], paths: Paths) -> dict[str, Any]:
    return {
        **_only(asked, "title", "number", "state", "due_on"),
        "said": [_only(each, *SAID) for each in asked["said"]],
        "files": _files(asked["files"], paths),
    }


def _concern(concern: Mapping[str, Any], paths: Paths) -> dict[str, Any]:
    return {
        **_only(concern, "number", "state"),
        "facts": [_fact(each) for each in concern["facts"]],
        "said": [_with_files(each, paths, "at", "text") for each in concern["said"]],
        "done": [_with_files(each, paths, "title", "at", "text") for each in concern["done"]],
    }


def certificate_path(number: str) -> str:
    return f"certificates/{number}.pdf"


def _letters(read: Read) -> list[dict[str, Any]]:
    """What was written to the reader about the file, in the words of now."""
    said = tell(read.letters, read.readings)
    return [
        {"at": _plain(each.written_at), "text": said[each.pk]} for each in read.letters if each.pk in said
    ]
