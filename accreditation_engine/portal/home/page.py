"""What home shows: what waits for its reader, the most urgent first; then their other files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.effects import CERTIFICATES_SCHEME
from accreditation_engine.certificates.scope_change.opening import SCOPE_SCHEME
from accreditation_engine.certificates.upkeep.opening import UPKEEP_SCHEME
from accreditation_engine.complaints.domain import SCHEME as CONCERNS_SCHEME
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS, schemes_and_lives
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.unusable import usable
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.certificate.contesting import contestable
from accreditation_engine.portal.certificate.renewal import renewals_offered
from accreditation_engine.portal.complaints.waiting import complaints_to_answer
from accreditation_engine.portal.dossier.agreeing_waiting import proposals_waiting, unproposed_waiting
from accreditation_engine.portal.dossier.autosave_words import left_elsewhere
from accreditation_engine.portal.interests.may_object import objections_possible
from accreditation_engine.portal.interests.waiting import answers_waiting
from accreditation_engine.portal.news.last_visit import since_last_visit
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.profile.running_out import papers_running_out
from accreditation_engine.portal.questions.waiting import questions_waiting
from accreditation_engine.portal.queue.missing import reviewers_missing
from accreditation_engine.portal.queue.pointer import pointer
from accreditation_engine.portal.scope_change.waiting import changes_to_complete
from accreditation_engine.portal.upkeep.at_home import certificates_waiting, upkeep_at_home
from accreditation_engine.portal.upkeep.waiting import upkeep_ahead, upkeep_asked
from accreditation_engine.portal.visits.ahead import shown_ahead, visits_ahead, visits_to_answer

from .administering import administration_waiting
from .beside_files import beside_files
from .invitation import empty_home, invitations, own_organisations
from .rows import dossier_table, finding_table
from .waiting import ROWS, files_at_home, waiting_findings, waiting_keys

LIVES = (UPKEEP_SCHEME, CERTIFICATES_SCHEME, CONCERNS_SCHEME, SCOPE_SCHEME)
"""What moves beside files, and waits for people of the body."""


def home_page(person: User, number: str | None) -> dict[str, Any]:
    """The context of portal/home.html, with the page `number` of the files that wait."""
    reading = [role for role in parts_of(person) if role in READERS]
    schemes, lives = schemes_and_lives(person.pk, reading, *LIVES)
    waiting, own = waiting_keys(person, schemes), own_organisations(person)
    page = Paginator(waiting, ROWS).get_page(number)
    shown, others = _files(person, list(page), waiting)
    findings = list(waiting_findings(person, schemes)[:ROWS])
    both = [each for each in (*shown, *others) if usable(each.edition_id) is not None]
    played, ahead = parts_in_many(person, both), visits_ahead(person)
    upkeep = upkeep_at_home(person, lives[UPKEEP_SCHEME])
    tasks = [*reviewers_missing(person, schemes), *upkeep.late, *administration_waiting(person)]
    offered = invitations(own)
    return {
        "head": {"title": _("Welcome, %(name)s") % isolated({"name": person.name})},
        "since": since_last_visit(person),
        "page": page,
        "waiting": dossier_table(
            person, shown, _("Files that wait for you"), empty_home(person, works=bool(own)), played
        ),
        "findings": finding_table(findings) if findings else None,
        "others": dossier_table(person, others, _("Other files of yours"), {}, played) if others else None,
        "invitations": offered,
        "invites_first": bool(offered) and not any(each["holds"] for each in offered),
        "tasks": tasks,
        "waits": len(waiting) + len(tasks),
        "answers": [
            *questions_waiting(person, schemes),
            *contestable(own),
            *upkeep_asked(own),
            *upkeep.waiting,
            *certificates_waiting(person, lives[CERTIFICATES_SCHEME], lives[UPKEEP_SCHEME]),
            *answers_waiting(person),
            *changes_to_complete(own),
            *beside_files(person, [*lives[CONCERNS_SCHEME], *lives[SCOPE_SCHEME]]),
            *complaints_to_answer(own),
            *proposals_waiting(person, schemes),
            *unproposed_waiting(person, schemes, played),
            *visits_to_answer(person, ahead),
            *objections_possible(person, schemes),
        ],
        "papers": papers_running_out(person),
        "renewals": renewals_offered(own),
        "ahead": upkeep_ahead(own),
        "queue": pointer(person),
        "visits": shown_ahead(ahead),
        "elsewhere": _left_elsewhere(person, played),
    }


def _files(person: User, page: list[UUID], waiting: list[UUID]) -> tuple[list[Dossier], list[Dossier]]:
    """Those of the page, in its order, and the newest of those that do not wait."""
    by_key = {each.pk: each for each in files_at_home(person, page, waiting)}
    shown = [by_key.pop(key) for key in page if key in by_key]
    return shown, list(by_key.values())


def _left_elsewhere(person: User, played: Mapping[UUID, Parts]) -> dict[str, Any]:
    reviewing = "reviewer" in parts_of(person)
    open_ = [pk for pk, parts in played.items() if "reviewer" in parts.open]
    return left_elsewhere(person, reverse("queue") if reviewing else "", files=open_)
