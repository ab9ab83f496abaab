"""Everything that the overview of a dossier shows, part by part, as far as the reader sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.decisions.queries import standing_of
from accreditation_engine.decisions.sealing import VOTES, WHO_VOTED
from accreditation_engine.decisions.since import since_decision
from accreditation_engine.dossiers.rules import answers_open
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.options import Option, options
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.complaints.waiting import concerns_on_certificate
from accreditation_engine.portal.interests.organisation import reviewers_in_short
from accreditation_engine.portal.ngo.turn import turn
from accreditation_engine.portal.panel.own_part import own_part
from accreditation_engine.portal.panel.votes import (
    dissents_in,
    is_decision,
    is_told_decision,
    shown_decisions,
    shown_votes,
)
from accreditation_engine.portal.public.entry import outcome_badge, standing_badge, term_of
from accreditation_engine.portal.questions.page import in_short as questions_in_short
from accreditation_engine.portal.report.page import in_short as report_in_short
from accreditation_engine.portal.sending.places import asked_here
from accreditation_engine.portal.upkeep.waiting import asked_for_certificate, upkeep_in_short
from accreditation_engine.reviews.findings import findings_welcome
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queries import own_assignment
from accreditation_engine.reviews.reminding import paused_in
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

from .acts import Desk, Tried, actions, left_over, refusal, version_of_file
from .changed import changed
from .facts import facts
from .finding_parts import correction_place, takes_files
from .findings import Offered, counted, findings_offered, shown_findings
from .history import moves, moves_of_file, steps
from .page import frame
from .reader import Reader
from .remedies import place_of
from .reminders import reminders_ahead
from .reviewers import reviewers
from .road import road, travelled
from .rubrics import all_sections
from .scores import scores
from .signatures import signature, signed_last
from .states import CERTIFIES


def overview_of(reader: Reader, tried: Tried | None, named: UUID | None = None) -> dict[str, Any]:
    """The context of portal/dossier.html; the finding that is `named` stands open. The same number of queries
    whatever the dossier holds."""
    moved, findings = _moved(reader)
    since = since_decision(reader.dossier, moved[reader.dossier.pk])
    offered = reader.offered(options(reader.dossier, reader.person))
    review = _own_assignment(reader)
    reminders = reminders_ahead(reader, review)
    judged, signed = _judgement(reader, findings, moved, tried, named)
    way = road(reader, travelled(reader, moved[reader.dossier.pk]))
    issued = _issued(reader, moved[reader.dossier.pk])
    theirs = turn(reader, way, findings.rows, issued)
    page = {
        **frame(reader, "dossier"),
        "road": way,
        "turn": theirs,
        **_acts(reader, offered, moved, tried, quiet=bool(theirs and theirs["tasks"])),
        **judged,
        "changed": changed(reader, since),
        "facts": [*facts(reader), *signed, *([reminders] if reminders else [])],
        "self_assessment": None if theirs else self_assessment(reader),
        "own_review": own_review(reader, review) if review else None,
        "new_finding": _new_finding(reader),
        "reviewers": reviewers(reader),
        "named": reviewers_in_short(reader.dossier) if reader.plays("applicant") else None,
        "questions": None if theirs else questions_in_short(reader),
        "report": None if theirs else report_in_short(reader),
        "scores": scores(reader, since.ratings if since else None) if reader.sees("scores") else [],
        "certificates": [_certificate(reader, each) for each in issued],
        "sending": asked_here(correction_place(each) for each in findings.rows if takes_files(reader, each)),
    }
    offered_on = {each["id"]: each["actions"] for each in page["findings"]}
    return {**page, "kept_text": left_over(tried, {reader.dossier.pk: page["actions"], **offered_on})}


def _moved(reader: Reader) -> tuple[dict[UUID, list[Event]], Offered]:
    """The moves of the file and of the findings that the reader sees, by stream; and these. Two queries."""
    every = moves_of_file(reader.dossier.pk) if reader.sees("findings") else moves(reader.dossier.pk)
    findings = findings_offered(reader, every)
    seen = {reader.dossier.pk, *(each.pk for each in findings.rows)}
    return {stream: events for stream, events in every.items() if stream in seen}, findings


def _acts(
    reader: Reader,
    offered: list[Option],
    moved: Mapping[UUID, Sequence[Event]],
    tried: Tried | None,
    *,
    quiet: bool,
) -> dict[str, Any]:
    dossier, links = reader.dossier, links_of(reader)
    address, version = reverse("dossier", args=[dossier.pk]), version_of_file(reader, moved)
    desk = Desk(dossier, address, version, reader.outside, tried, quiet=quiet, links=links)
    return {
        "actions": actions(desk, offered),
        "notice": refusal(tried, reader.scheme, outside=reader.outside, links=links),
    }


def links_of(reader: Reader) -> dict[str, str]:
    """Where reasons against a step are mended, by the reader."""
    links = {}
    if reader.plays("applicant"):
        links["self_assessment"] = reverse("self_assessment", args=[reader.dossier.pk])
        links["colleagues"] = reverse("colleagues", args=[reader.dossier.organisation_id])
        links["code"] = links["self_assessment"] + "#code"
        links["preview"] = reverse("preview_file", args=[reader.dossier.pk])
        links |= _by_criterion(reader, "self_assessment", "self_assessment_area")
    if reader.sees("own_ratings") and reader.plays("reviewer"):
        links["review"] = reverse("review", args=[reader.dossier.pk])
        links |= _by_criterion(reader, "review", "review_area")
    if reader.sees("consensus"):
        links["consensus"] = reverse("consensus", args=[reader.dossier.pk])
    if reader.plays("coordinator"):
        links["reviewers"] = "#reviewers"
    if reader.reads_draws:
        links |= {name: reverse(name, args=[reader.dossier.pk]) for name in ("visits", "sample")}
    return links


def _by_criterion(reader: Reader, place: str, page: str) -> dict[str, str]:
    """Where each criterion stands on the pages of its area."""
    links: dict[str, str] = {}
    for section in all_sections(reader.scheme):
        address = reverse(page, args=[reader.dossier.pk, section.rubric.id, section.area.id])
        for each in section.area.criteria:
            links.setdefault(place_of(place, each.id), f"{address}#{each.id}")
    return links


def _judgement(
    reader: Reader,
    findings: Offered,
    moved: Mapping[UUID, list[Event]],
    tried: Tried | None,
    named: UUID | None,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Findings, votes and decisions, and the signature beside them: what was said with events is fetched once for
    all of them."""
    own = steps(moved[reader.dossier.pk])
    standing = standing_of(reader.dossier) if reader.sees(VOTES, WHO_VOTED) else None
    voted = {each.seq for each in standing.votes} if standing else set()
    decided = [each for each in own if is_told_decision(reader, each, standing)]
    wanted = [each for each in own if each.seq in voted] + dissents_in(standing, reader.dossier.pk) + decided
    theirs = signed_last(own) if reader.plays("applicant") else []
    wanted += [each for each in [*_handed_over(reader, own), *theirs] if each not in wanted]
    for finding in findings.rows:
        wanted += moved[finding.pk]
    said = _by_stream(told(wanted))
    mine = said.get(reader.dossier.pk, [])
    shown = {
        "findings": shown_findings(reader, findings, said, tried, named),
        "findings_counted": counted(reader, findings.rows),
        "votes": shown_votes(reader, standing, mine) if standing else None,
        "own_part": own_part(reader, standing, own),
        "decisions": shown_decisions(reader, [each for each in mine if each.event in decided]),
        "decisions_title": _("Decision") if reader.sees("decision") else _("Decided before"),
        "word": word_of(reader, mine),
    }
    return shown, signature(own, [each for each in mine if each.event in theirs])


def _handed_over(reader: Reader, own: Sequence[Event]) -> list[Event]:
    """The step with which somebody else passed the file on to the reader, whom its state waits for. What was
    written beside it was written to them: why a file comes back, what a reviewer should look at."""
    waits_for = reader.scheme.workflow.states[reader.dossier.state].waits_for
    entered = [each for each in own if each.seq == reader.dossier.entered_seq and each.role != waits_for]
    return entered if waits_for in reader.roles else []


def word_of(reader: Reader, mine: Sequence[Told]) -> dict[str, Any] | None:
    """That comment, for the top of the page; decisions have a place of their own."""
    handed = {each.seq for each in _handed_over(reader, [each.event for each in mine])}
    for each in mine:
        if each.event.seq in handed and each.comment and not is_decision(each.event):
            title = transition_title(each.event.edition, each.event.transition)
            by = (each.actor if reader.names else "") or role_title(each.event.role)
            return {"title": title, "by": by, "comment": each.comment, "at": each.event.at}
    return None


def _by_stream(events: Sequence[Told]) -> dict[UUID, list[Told]]:
    found: dict[UUID, list[Told]] = {}
    for each in events:
        found.setdefault(each.event.stream, []).append(each)
    return found


def self_assessment(reader: Reader) -> dict[str, Any] | None:
    """The way to the form, while the organisation may change its answers."""
    if not reader.acts("applicant") or answers_open(reader.dossier):
        return None
    return {"url": reverse("self_assessment", args=[reader.dossier.pk])}


def _own_assignment(reader: Reader) -> Assignment | None:
    """The reader's own review, where they see it. One query for reviewers."""
    if not (reader.sees("own_ratings") and reader.plays("reviewer")):
        return None
    return own_assignment(reader.dossier.pk, reader.person)


def own_review(reader: Reader, assignment: Any) -> dict[str, Any]:
    """How far the reader's own review has come, as `own_assignment` gave it. No query."""
    total = sum(1 for rubric in reader.scheme.asked.values() for _each in rubric.every_criterion())
    return {
        "url": reverse("review", args=[reader.dossier.pk]),
        "sent_at": assignment.sent_at,
        "paused": reader.dossier.state in paused_in(reader.dossier.edition_id),
        "progress": {"value": assignment.rated, "maximum": total, "label": _("Criteria rated")},
    }


def _new_finding(reader: Reader) -> str:
    """Where a reviewer raises a finding, while reviews are made or have just been closed."""
    welcome = reader.plays("reviewer") and findings_welcome(reader.dossier)
    return reverse("new_finding", args=[reader.dossier.pk]) if welcome else ""


def _issued(reader: Reader, moved: Sequence[Event]) -> list[Any]:
    """What the steps of the file, among `moved`, issued, with what is `asked` to keep it and the `concerns` about
    its holder. One query at most."""
    if not reader.sees("decision") or not any(_certifies(each) for each in moved):
        return []
    found = Certificate.objects.filter(dossier=reader.dossier).select_related("dossier__organisation")
    issued: QuerySet[Any] = found.annotate(asked=asked_for_certificate(), concerns=concerns_on_certificate())
    return list(issued.order_by("-issued_on", "-number"))


def _certificate(reader: Reader, each: Any) -> dict[str, Any]:
    """One of `_issued`, with the way into the register. No query."""
    steps = reverse("certificate", args=[reader.dossier.pk, each.pk])
    return {
        "number": each.number,
        "url": reverse("register_entry", args=[each.number]),
        "pdf": reverse("certificate_pdf", args=[each.number]),
        "steps": steps if "certificate" in visible(each, reader.roles) else "",
        "standing": standing_badge(each),
        "outcome": outcome_badge(each),
        "term": term_of(each),
        "asked": upkeep_in_short(reader.roles, each.asked),
    }


def _certifies(event: Event) -> bool:
    step = compiled(event.edition).steps.get(event.transition)
    return step is not None and any(each.name == CERTIFIES for each in step.effects)
