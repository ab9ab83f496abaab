"""The versions of a report. Each is an event of the dossier: the first says all that was found, every later one
what has changed since and in which event the reason lies. Told in their order they give each version as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.recording import record
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.sheets import FIELDS, combined_sheet, sent_ratings
from accreditation_engine.reviews.wording import AMENDED as TEXT_AMENDED
from accreditation_engine.scoring.rounding import plain
from accreditation_engine.trail.canonical import canonical_bytes
from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.models import Event

MADE, AMENDED = "report_made", "report_amended"
Ratings = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Content:
    """What a version says: the rating that counts, by rubric and criterion, and the findings by id, each with its
    rubric, criterion and severity, and `worded`, the number of the event beside which its words lie, where these
    were amended."""

    ratings: Ratings
    findings: dict[str, dict[str, Any]]

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the canonical form."""
        said = {"ratings": self.ratings, "findings": self.findings}
        return hashlib.sha256(canonical_bytes(said)).hexdigest()


@dataclass(frozen=True)
class Version:
    """`changed` is [(rubric, criterion, was, is)], `withdrawn`, `raised` and `reworded` are findings by id; empty
    in the first version. `because` is the event with the reason: its stream and number."""

    number: int
    event: Event
    content: Content
    changed: list[tuple[str, str, str, str]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    because: tuple[UUID, int] | None = None


def versions_of(dossier: UUID) -> list[Version]:
    """From the first to the one that counts; none while there is no report. One query."""
    events = Event.objects.filter(stream=dossier, kind__in=(MADE, AMENDED)).order_by("seq")
    return told_versions(events)


def told_versions(events: Iterable[Event]) -> list[Version]:
    """The same from these events of one dossier, in their order."""
    found: list[Version] = []
    for event in events:
        data = event.data
        if event.kind == MADE:
            content = Content(data["ratings"], data["findings"])
            found = [Version(data["version"], event, content)]
        else:
            found.append(_amended(found[-1], event, data))
    return found


def make_report(dossier: Dossier, by: Person | Actor, role: str) -> None:
    """Write version 1 down; where there was a report already (reviews were opened again), the next version."""
    if Event.objects.filter(stream=dossier.pk, kind=MADE).exists():
        amend_report(dossier, by, role, because=None)
        return
    content = _content(dossier, without=())
    data = {
        "version": 1,
        "digest": content.digest,
        "ratings": content.ratings,
        "findings": content.findings,
    }
    record(dossier.pk, MADE, by, role=role, edition=dossier.edition_id, data=data)


def amend_report(
    dossier: Dossier,
    by: Person | Actor,
    role: str,
    *,
    because: tuple[UUID, int] | None,
    withdrawn: Iterable[UUID] = (),
) -> None:
    """Write down what has changed since the last version, because of an event (its stream and
    number); nothing where nothing has, or where no report was made. What was withdrawn once stays so."""
    before = versions_of(dossier.pk)
    if not before:
        return
    gone = {each for version in before for each in version.withdrawn} | {str(each) for each in withdrawn}
    old, new = before[-1].content, _content(dossier, without=gone)
    if old == new:
        return
    data = {
        "version": before[-1].number + 1,
        "digest": new.digest,
        "ratings": _changed(old.ratings, new.ratings),
        "withdrawn": sorted(old.findings.keys() - new.findings.keys()),
        "raised": {name: each for name, each in new.findings.items() if name not in old.findings},
        **_reworded(old, new),
        "because": {"stream": str(because[0]), "seq": because[1]} if because else None,
    }
    record(dossier.pk, AMENDED, by, role=role, edition=dossier.edition_id, data=data)


def _content(dossier: Dossier, without: Iterable[str]) -> Content:
    """As it stands now. Two queries."""
    scheme, rows = compiled(dossier.edition_id), list(sent_ratings(dossier.pk).values(*FIELDS))
    gone = set(without)
    worded = Event.objects.filter(stream=OuterRef("pk"), kind=TEXT_AMENDED).order_by("-seq").values("seq")[:1]
    findings = Finding.objects.filter(dossier=dossier).annotate(worded=Subquery(worded)).order_by("pk")
    return Content(
        {name: _ratings(rows, rubric) for name, rubric in scheme.asked.items()},
        {
            str(each.pk): {
                "rubric": each.rubric,
                "criterion": each.criterion,
                "severity": each.severity,
                **({"worded": each.worded} if each.worded else {}),
            }
            for each in findings
            if str(each.pk) not in gone
        },
    )


def _ratings(rows: Any, rubric: Any) -> dict[str, str]:
    sheet = combined_sheet(rows, rubric)
    numbers = sheet.scores.ratings
    return {
        name: value if isinstance(value, str) else plain(numbers[name])
        for name, value in sheet.ratings.items()
    }


def _changed(old: Ratings, new: Ratings) -> dict[str, dict[str, dict[str, str]]]:
    found = {
        rubric: {
            name: {"was": old.get(rubric, {}).get(name, ""), "is": value}
            for name, value in ratings.items()
            if old.get(rubric, {}).get(name, "") != value
        }
        for rubric, ratings in new.items()
    }
    return {rubric: each for rubric, each in found.items() if each}


def _reworded(old: Content, new: Content) -> dict[str, dict[str, int]]:
    """Under a name of its own, by finding, where the words of those that stand in both lie now."""
    found = {
        name: each["worded"]
        for name, each in new.findings.items()
        if name in old.findings and each.get("worded") != old.findings[name].get("worded")
    }
    return {"reworded": found} if found else {}


def _amended(before: Version, event: Event, data: Mapping[str, Any]) -> Version:
    ratings = {rubric: dict(each) for rubric, each in before.content.ratings.items()}
    changed = []
    for rubric, each in data["ratings"].items():
        for name, values in each.items():
            ratings.setdefault(rubric, {})[name] = values["is"]
            changed.append((rubric, name, values["was"], values["is"]))
    reworded = data.get("reworded", {})
    findings = {**before.content.findings, **data["raised"]}
    findings |= {name: {**findings[name], "worded": seq} for name, seq in reworded.items()}
    kept = {name: each for name, each in findings.items() if name not in data["withdrawn"]}
    because = data["because"]
    return Version(
        data["version"],
        event,
        Content(ratings, kept),
        changed,
        list(data["withdrawn"]),
        list(data["raised"]),
        list(reworded),
        (UUID(because["stream"]), because["seq"]) if because else None,
    )
