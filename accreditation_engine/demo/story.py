"""What the demo tells, line by line, while it happens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.timezone import localtime

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.certificates.finished.keeping import file_of as file_of_paper
from accreditation_engine.certificates.finished.standings import sign_lists
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.definitions.checking import Checked
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.editions import load_schemes
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.reviews.interests.objecting import objection_until
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event, Name
from accreditation_engine.trail.protection import missing
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.floor import check_floor
from accreditation_engine.trail.verification import Tally

from .autopilot import Play, play
from .cast import Cast
from .world import OTHERS, file_of, has_file, seed_coaching

AGREED = "consensus_reached"
NAMED = ("assigned", "claimed")
TOLD = ("opened", "transition", AGREED, *NAMED)
"""Kinds of events that the demo tells of its first file."""


class BrokenTrail(Exception):  # noqa: N818 - what was found, not what went wrong in the code
    """The trail did not verify."""


def open_schemes(checked: Checked) -> Iterator[str]:
    """Keep the editions of the shipped definitions and open their schemes."""
    load_schemes(checked.workflows.values(), checked.rubrics, SYSTEM)
    for workflow in checked.workflows.values():
        yield f"{workflow.title.en}: {len(workflow.states)} states, {len(workflow.transitions)} transitions"


def certify(case: Play) -> Iterator[str]:
    """Take the file on from where it stands to its certificate; steps taken in an earlier run are told too."""
    told = 0
    for _step in chain([None], play(case)):
        events = Event.objects.filter(stream=case.dossier.pk, kind__in=TOLD, seq__gt=told)
        for event in events.order_by("seq"):
            told = event.seq
            yield sentence(event)


def sentence(event: Event) -> str:
    """One step: what was done, by whom in which role, and where the file went."""
    name = Name.objects.filter(digest=event.content["actor"]["name_digest"] or "").first()
    who = f"{name.name} ({role_title(event.role)})" if name else role_title(event.role)
    if event.kind == AGREED:
        return _agreed(event)
    if event.kind in NAMED:
        return _named(event)
    target = state_title(event.edition, event.target)
    if event.kind == "opened":
        return f"opened by {who}: {target}"
    step = transition_title(event.edition, event.transition)
    if event.source == event.target:
        return f"{step}, by {who}"
    return f"{step}, by {who}: {state_title(event.edition, event.source)} → {target}"


def _agreed(event: Event) -> str:
    said = event.content["data"]
    rubric = compiled(event.edition).rubrics[said["rubric"]]
    title = next(each.title.en for each in rubric.every_criterion() if each.id == said["criterion"])
    return f"The reviewers were too far apart and agree on {said['value']}: {title}"


def _named(event: Event) -> str:
    asked = Assignment.objects.filter(dossier=event.stream, reviewer=event.data["reviewer"])
    assignment = asked.select_related("dossier", "reviewer").latest("pk")
    until = objection_until(assignment.dossier, assignment)
    said = f"{assignment.reviewer.name} reviews it"
    return (
        f"{said}; the organisation is told, and may object until {localtime(until):%d %B %Y}"
        if until
        else said
    )


def scores(dossier: Dossier) -> Iterator[str]:
    """What the reviews came to, rubric by rubric."""
    for name, sheet in sheets_of(dossier).items():
        rubric = compiled(dossier.edition_id).rubrics[name]
        outcome = next((each.title.en for each in rubric.outcomes if each.outcome == sheet.outcome), "-")
        yield f"{rubric.title.en}: {sheet.percent} %, outcome: {outcome}"


def write_certificate(dossier: Dossier, path: Path) -> Iterator[str]:
    certificate = Certificate.objects.filter(dossier=dossier).order_by("issued_on").last()
    if certificate is None:
        yield "no certificate was issued"
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    paper = finish(certificate)
    sign_lists()
    path.write_bytes(file_of_paper(paper))
    yield f"{certificate.number}, valid until {certificate.valid_until}: {path}"


def populate(cast: Cast, password: str | None) -> Iterator[str]:
    """The other files, each left where a visitor can go on with it. What a visitor has moved stays moved."""
    for member in OTHERS:
        known = has_file(member)
        case = file_of(member, cast, password)
        seed_coaching(cast, case.dossier.organisation)
        for _ in () if known else play(case, until=member.until):
            pass
        state = state_title(case.dossier.edition_id, case.dossier.state)
        yield f"{case.dossier.number} {member.name_en}: {state}"


def verify() -> Iterator[str]:
    """Recompute the whole trail. Raises BrokenTrail with the first problem, TrailBroken when less is here than was
    signed."""
    tally = Tally()
    check_floor()
    problem = next(verify_all(tally=tally), None)
    unprotected = missing(connection)
    if problem or unprotected:
        raise BrokenTrail(str(problem or f"the database lacks the trigger {unprotected[0]}"))
    yield f"{tally.events} events in {tally.streams} streams: all as they were written"


def sign() -> Iterator[str]:
    """Sign what the trail has come to. Raises KeyUnusable, TrailBroken."""
    checkpoint = make_checkpoint()
    yield f"{checkpoint.size} events are under the root {checkpoint.root}"
    yield f"signed by {checkpoint.key.name}, for everybody to keep: {settings.SITE_URL}/trail/"
