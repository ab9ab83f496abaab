"""A report on paper: what its page shows, in one of its versions, with the digest by which that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.certificates.paper.isolates import left_to_right, one_line, own_direction
from accreditation_engine.certificates.paper.stand_ins import typeset_with_stand_ins
from accreditation_engine.dossiers.unannounced import APPLICANT, DECISION
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.body import body_name
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader
from accreditation_engine.reviews.report.standing import bench_of, contests_welcome

HERE = Path(__file__).parent
TEMPLATE = "report.typ"


def report_paper(reader: Reader, page: Mapping[str, Any]) -> bytes:
    """A PDF in the active language of what `page`, the context of portal/report.html, shows of a version. The same
    bytes for the same reader, until something more is said. No query. Raises TypesettingError."""
    arabic = (get_language() or "ar").startswith("ar")
    version = page["version"]
    shown = next(each for each in page["versions"] if each["number"] == version.number)
    data = {
        "language": "ar" if arabic else "en",
        "body": one_line(body_name()),
        "heading": _("Report"),
        "title": own_direction(page["head"]["title"]),
        "notes": [own_direction(each) for each in _notes(reader, page)],
        "facts": _facts(reader, shown),
        "digest": {"name": _("Digest of this version (SHA-256)"), "value": shown["digest"]},
        "found": _("What was found"),
        "columns": [_("Number"), _("Criterion"), _("Rating")],
        "sections": [_section(each) for each in page["sections"]],
        "findings_title": _("Findings"),
        "no_finding": _("No finding."),
        "findings": [_finding(each) for each in page["findings"]],
        "points_title": _("Points of the organisation"),
        "points": [_point(each) for each in page["contests"]],
        "versions_title": _("Versions"),
        "versions": [_version(each) for each in page["versions"]],
        "page": _("Page"),
    }
    note = _("Some letters, which no font of this paper has, stand as �. The page of the report shows them.")
    made = int(_latest(page).timestamp())
    return typeset_with_stand_ins(TEMPLATE, data, note, timestamp=made, folders=[HERE])


def _latest(page: Mapping[str, Any]) -> datetime:
    said = [each[name] for each in page["contests"] for name in ("at", "answered_at") if each[name]]
    return max([page["version"].event.at, *said])


def _notes(reader: Reader, page: Mapping[str, Any]) -> Iterable[str]:
    if not page["latest"]:
        yield _("A later version stands")
    if is_draft(reader):
        yield _("Draft, to be checked for its accuracy: without the outcome, and before any decision.")


def is_draft(reader: Reader) -> bool:
    """Whether points of it are named or answered, and nothing is decided that its organisation was told."""
    dossier = reader.dossier
    if DECISION in visible(dossier, [APPLICANT]):
        return False
    return contests_welcome(dossier) or bench_of(dossier) is not None


def _facts(reader: Reader, shown: Mapping[str, Any]) -> list[dict[str, str]]:
    workflow = reader.scheme.workflow
    edition = left_to_right(workflow.edition)
    return [
        {"name": _("File number"), "value": left_to_right(reader.dossier.number)},
        {"name": _("Scheme"), "value": own_direction(workflow.title.in_language(language()))},
        {"name": _("Edition"), "value": edition},
        {"name": _("Version"), "value": _numbers(str(shown["number"]))},
        {"name": _("Made on"), "value": _day(shown["at"])},
    ]


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": own_direction(section["title"]),
        "rows": [
            {
                "number": left_to_right(each["number"]),
                "title": own_direction(each["title"]),
                "rating": _rating(each),
                "meaning": own_direction(each["meaning"]) if each["meaning"] else "",
            }
            for each in section["rows"]
        ],
    }


def _rating(value: Mapping[str, Any]) -> str:
    return " ".join(own_direction(_numbers(each)) for each in (value["rating"], value["anchor"]) if each)


def _finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": own_direction(finding["title"]),
        "severity": own_direction(finding["severity"]),
        "text": _paragraphs(finding["text"]),
        "basis": [own_direction(each) for each in finding["basis"]],
        "files": [_file(each) for each in finding["files"]],
    }


def _point(point: Mapping[str, Any]) -> dict[str, Any]:
    answered = point["answered_at"]
    said = [point["by"], _day(answered)] if answered else []
    return {
        "title": own_direction(point["title"]),
        "standing": f"{own_direction(point['badge']['title'])} · {_day(point['at'])}",
        "text": _paragraphs(point["text"]),
        "files": [_file(each) for each in point["files"]],
        "answered": " · ".join(said),
        "answer": _paragraphs(point["answer"]),
    }


def _file(filed: Mapping[str, Any]) -> dict[str, str]:
    return {"name": own_direction(filed["name"]), "sha256": filed["sha256"]}


def _version(version: Mapping[str, Any]) -> dict[str, Any]:
    changes = [
        f"{own_direction(each['title'])}: {_rating(each['was'])} → {_rating(each['now'])}"
        if language() != "ar"
        else f"{own_direction(each['title'])}: {_rating(each['was'])} ← {_rating(each['now'])}"
        for each in version["changes"]
    ]
    words = {
        "withdrawn": _("Withdrawn: %(finding)s"),
        "raised": _("Raised: %(finding)s"),
        "reworded": _("Worded anew: %(finding)s"),
    }
    changes += [
        said % {"finding": own_direction(each)} for name, said in words.items() for each in version[name]
    ]
    title = _("Version %(number)s") % {"number": _numbers(str(version["number"]))}
    return {
        "title": f"{title} · {_day(version['at'])} · {own_direction(version['by'])}",
        "changes": changes,
        "reason": _paragraphs(version["reason"]),
        "digest": version["digest"],
    }


def _paragraphs(text: str) -> list[str]:
    """Each in its own direction, whatever that of the page is."""
    return [own_direction(each) for each in text.splitlines() if each.strip()]


def _day(moment: datetime) -> str:
    return in_digits_of_reader(date_format(localtime(moment), "j F Y"))


def _numbers(text: str) -> str:
    return in_digits_of_reader(text)
