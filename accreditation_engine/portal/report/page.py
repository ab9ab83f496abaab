"""The report on a file as one of its versions said it, and what is contested in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.base import as_text
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.dossier.anonymous import knows
from accreditation_engine.portal.dossier.answers import file_list
from accreditation_engine.portal.dossier.criterion_choice import criterion_groups
from accreditation_engine.portal.dossier.finding_parts import basis_of, filed_by_digest, rests_on
from accreditation_engine.portal.dossier.page import frame, report_title
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import (
    Key,
    all_sections,
    anchors,
    criterion_titles,
    given,
    meaning,
    word_title,
)
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.portal.interests.said import said_with
from accreditation_engine.portal.sending.places import POINT, Place, sent_here
from accreditation_engine.portal.tried import Tried, left_over, typed_in, wrong_in
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.report.models import Contest
from accreditation_engine.reviews.report.standing import bench_of, contests_welcome
from accreditation_engine.reviews.report.versions import Version, versions_of
from accreditation_engine.reviews.wording import WORDED
from accreditation_engine.reviews.words import severity_title
from accreditation_engine.scoring.ratings import as_number
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told
from accreditation_engine.uploads.kinds import file_field
from accreditation_engine.uploads.words import FILE_REASONS

PAGE = "report"
CONTEST = "contest"
FINDING = "finding:"
"""Before the id of a finding, where one chooses what to contest."""
TEXT, ABOUT = "text", "about"
FIELDS = {
    "unknown_criterion": ABOUT,
    "file_belongs_nowhere": ABOUT,
    "contested_already": ABOUT,
    **dict.fromkeys(FILE_REASONS, "files"),
}
"""The field that a reason belongs to; all others are about the text."""


@dataclass(frozen=True)
class _Sight:
    """What is looked up once: the titles of criteria, the findings, what was said with events, and
    whether the reader answers points now."""

    reader: Reader
    titles: Mapping[Key, str]
    findings: Mapping[str, Finding]
    found: Mapping[UUID, Sequence[Told]]
    filed: Mapping[str, Evidence]
    reasons: Mapping[tuple[UUID, int], str]
    said: Mapping[int, str]
    hears: bool
    tried: Tried | None


def report_of(reader: Reader, chosen: int | None, tried: Tried | None) -> dict[str, Any] | None:
    """The context of portal/report.html with the version `chosen`, the last one where none is; None where there is
    no such version. The same number of queries however much was found, contested and amended."""
    versions = _versions(reader)
    shown = next((each for each in versions if each.number == (chosen or len(versions))), None)
    if chosen and shown is None:
        return None
    contests = list(
        Contest.objects.filter(dossier=reader.dossier).prefetch_related("files__evidence").order_by("seq")
    )
    sight = _sight(reader, versions, contests, tried)
    points = [_contest(sight, each) for each in sorted(contests, key=partial(_place, sight))]
    contesting = shown is not None and may_contest(reader)
    forms = {each["form"] for each in points} | ({CONTEST} if contesting else set())
    return {
        **frame(reader, PAGE),
        "versions": [_version(sight, each, shown) for each in reversed(versions)],
        "title": report_title(reader),
        "version": shown,
        "latest": shown is not None and shown.number == len(versions),
        "sections": _sections(sight, shown) if shown else [],
        "findings": _findings(sight, shown) if shown else [],
        "contests": points,
        "contest": _form(sight) if contesting else None,
        "sending": sent_here(reader.person, [Place(reader.dossier.pk, POINT)] if contesting else []),
        "kept_text": left_over(tried, forms, TEXT),
        "consensus": reverse("consensus", args=[reader.dossier.pk]) if reader.sees("consensus") else "",
    }


def _versions(reader: Reader) -> list[Version]:
    """Those that the reader may read: all, or those that an appeal which was decided had before it."""
    found = versions_of(reader.dossier.pk)
    if reader.sees("report"):
        return found
    return [each for each in found if each.event.seq < reader.kept_report.until]


def may_contest(reader: Reader) -> bool:
    return reader.acts("applicant") and contests_welcome(reader.dossier)


def _sight(
    reader: Reader, versions: Sequence[Version], contests: Sequence[Contest], tried: Tried | None
) -> _Sight:
    findings = {str(each.pk): each for each in Finding.objects.filter(dossier=reader.dossier)}
    numbers = [seq for each in contests for seq in (each.seq, each.answered_seq)]
    because = [each.because for each in versions if each.because]
    bench = bench_of(reader.dossier)
    return _Sight(
        reader,
        criterion_titles(reader.scheme),
        findings,
        _wordings(each for each in findings.values() if "finding" in visible(each, reader.roles)),
        filed_by_digest(reader, list(findings.values())),
        _reasons(because),
        said_with(reader.dossier, numbers),
        bench is not None and reader.plays(bench.role),
        tried,
    )


def _wordings(findings: Iterable[Finding]) -> dict[UUID, list[Told]]:
    """What was found, by the finding, in each of its wordings: of those that show themselves where they stand."""
    events = Event.objects.filter(stream__in=[each.pk for each in findings], kind__in=WORDED)
    found: dict[UUID, list[Told]] = {}
    for each in told(events.order_by("seq")):
        found.setdefault(each.event.stream, []).append(each)
    return found


def _worded(wordings: Sequence[Told], version: Version, seq: int | None) -> str:
    """As it was worded in `version`: beside the event `seq`; a version from before these were kept tells it by its
    time."""
    then = [each for each in wordings if each.event.seq == seq or each.event.at <= version.event.at]
    chosen = [each for each in then if each.event.seq == seq] or then
    return or_erased(chosen[-1].comment, chosen[-1].erased_at) if chosen else ""


def _reasons(because: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], str]:
    """Why a version was made: the words beside the events that it names."""
    streams, numbers = {each for each, _seq in because}, {seq for _stream, seq in because}
    events = Event.objects.filter(stream__in=streams, seq__in=numbers)
    return {
        (each.event.stream, each.event.seq): or_erased(each.comment, each.erased_at) for each in told(events)
    }


def _version(sight: _Sight, version: Version, shown: Version | None) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": version.event.at,
        "by": role_title(version.event.role),
        "current": version is shown,
        "digest": version.event.data["digest"],
        "reason": _reason(sight, version),
        "changes": [
            {
                "title": sight.titles.get((rubric, criterion), criterion),
                "was": _value(sight, rubric, was),
                "now": _value(sight, rubric, now),
            }
            for rubric, criterion, was, now in version.changed
        ],
        "withdrawn": [_called(sight, each) for each in version.withdrawn],
        "raised": [_called(sight, each) for each in version.raised],
        "reworded": [_called(sight, each) for each in version.reworded],
    }


def _reason(sight: _Sight, version: Version) -> str:
    """What a finding said, and why it was put otherwise, is for those who see the finding."""
    if version.because is None or (version.reworded and version.because[0] not in sight.found):
        return ""
    return sight.reasons.get(version.because, "")


def _sections(sight: _Sight, version: Version) -> list[dict[str, Any]]:
    """Area by area what was looked for and what was found, without any score: what comes of it is no part of a
    report."""
    return [
        {
            "title": f"{section.rubric.title.in_language(language())}: {section.title}",
            "rows": [
                {
                    "number": number,
                    "title": criterion.title.in_language(language()),
                    "guidance": criterion.guidance.in_language(language()) if criterion.guidance else "",
                    **_value(
                        sight,
                        section.rubric.id,
                        version.content.ratings.get(section.rubric.id, {}).get(criterion.id, ""),
                    ),
                }
                for number, criterion in section.criteria
            ],
        }
        for section in all_sections(sight.reader.scheme)
    ]


def _value(sight: _Sight, rubric: str, value: str) -> dict[str, str]:
    number = as_number(value) if value else None
    if number is None:
        return {"rating": word_title(value) if value else _("left open"), "anchor": "", "meaning": ""}
    known, said = sight.reader.scheme.asked[rubric], as_text(number)
    return {**given(known, said), "meaning": meaning(anchors(known).get(said, ""))}


def _findings(sight: _Sight, version: Version) -> list[dict[str, Any]]:
    return [
        {
            "title": sight.titles.get((each["rubric"], each["criterion"]), each["criterion"]),
            "severity": severity_title(each["severity"]),
            "text": _worded(sight.found.get(UUID(name), ()), version, each.get("worded")),
            **_facts(sight, sight.findings.get(name)),
        }
        for name, each in version.content.findings.items()
    ]


def _facts(sight: _Sight, finding: Finding | None) -> dict[str, Any]:
    """What it follows from, where it shows itself: a report tells ratings, so the rule that raised it as well."""
    if finding is None or finding.pk not in sight.found:
        return {"basis": [], "files": []}
    reader = sight.reader
    return {
        "basis": basis_of(reader, finding, rated=True),
        "files": rests_on(reader, finding, sight.filed),
    }


def _called(sight: _Sight, finding: str) -> str:
    found = sight.findings.get(finding)
    if found is None:
        return finding
    words = {
        "severity": severity_title(found.severity),
        "criterion": sight.titles.get((found.rubric, found.criterion), found.criterion),
    }
    return _("%(severity)s: %(criterion)s") % isolated(words)


def _place(sight: _Sight, contest: Contest) -> tuple[int, int]:
    """In the order of the report, and at one place in that in which they came; first what is about all of it."""
    finding = sight.findings.get(str(contest.finding_id))
    about = (finding.rubric, finding.criterion) if finding else (contest.rubric, contest.criterion)
    places = list(sight.titles)
    return places.index(about) if about in places else -1, contest.seq


def _contest(sight: _Sight, contest: Contest) -> dict[str, Any]:
    reader, form = sight.reader, answer_form(contest.pk)
    hears = sight.hears and contest.answered_seq is None
    files = [each.evidence for each in contest.files.all()] if reader.sees("evidence") else []
    return {
        "pk": contest.pk,
        "title": _contested(sight, contest),
        "badge": _badge(contest),
        "at": contest.made_at,
        "text": sight.said.get(contest.seq, ""),
        "files": file_list((each for each in files if each.taken_back_at is None), named=knows(reader)),
        "answered_at": contest.answered_at,
        "by": role_title(contest.answered_role) if contest.answered_role else "",
        "answer": sight.said.get(contest.answered_seq or 0, ""),
        "amend": bool(contest.accepted and contest.criterion and sight.hears),
        "finding": contest.finding_id,
        "form": form if hears else "",
        "typed": typed_in(sight.tried, form, TEXT),
        "error": wrong_in(sight.tried, form),
    }


def _contested(sight: _Sight, contest: Contest) -> str:
    if contest.finding_id:
        return _("Finding") + " · " + _called(sight, str(contest.finding_id))
    if contest.criterion:
        return sight.titles.get((contest.rubric, contest.criterion), contest.criterion)
    return _("The report or the decision as a whole")


def _badge(contest: Contest) -> dict[str, str]:
    if contest.answered_at is None:
        return {"title": _("not answered yet"), "tone": "reviewer"}
    if contest.accepted:
        return {"title": _("found to be right"), "tone": "good"}
    return {"title": _("not accepted"), "tone": "neutral"}


def _form(sight: _Sight) -> dict[str, Any]:
    tried, typed = sight.tried, typed_in(sight.tried, CONTEST, ABOUT)
    wrong = [each.code for each in tried.reasons] if tried is not None and tried.form == CONTEST else []
    errors = {
        field: wrong_in(tried, CONTEST, *(each for each in wrong if FIELDS.get(each, TEXT) == field))
        for field in {FIELDS.get(each, TEXT) for each in wrong}
    }
    standing = versions_of(sight.reader.dossier.pk)[-1].content.findings
    found = [{"value": f"{FINDING}{name}", "label": _called(sight, name)} for name in standing]
    groups = [{"title": _("Findings"), "options": found}] if found else []
    return {
        "groups": [*groups, *criterion_groups(sight.reader)],
        "about": typed,
        "text": typed_in(tried, CONTEST, TEXT),
        "wrong": errors,
        "tried": bool(wrong),
        "taken": file_field(),
        "pieces": Place(sight.reader.dossier.pk, POINT).address,
    }


def answer_form(contest: int) -> str:
    return f"answer-{contest}"


def in_short(reader: Reader, unanswered: int | None = None) -> dict[str, Any] | None:
    """For the overview of the organisation while it can contest the report, and of those who answer. One query
    where it is not known how many points are `unanswered`."""
    ended = reader.scheme.workflow.states[reader.dossier.state].final
    if ended or not reader.sees("report"):
        return None
    bench = bench_of(reader.dossier)
    hears = bench is not None and reader.plays(bench.role)
    if not (hears or may_contest(reader)):
        return None
    open_ = unanswered
    if open_ is None:
        open_ = Contest.objects.filter(dossier=reader.dossier, answered_seq=None).count()
    words = ngettext(
        "%(count)d point is not answered yet.", "%(count)d points are not answered yet.", open_
    ) % {"count": open_}
    return {"url": reverse(PAGE, args=[reader.dossier.pk]), "hears": hears, "words": words if open_ else ""}
