"""Whose the desk is, and which events it holds for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest

from accreditation_engine.certificates.models import Certificate, ScopeChange, Upkeep
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.decisions.models import Sitting, SittingScheme
from accreditation_engine.decisions.sittings.rules import about_a_file_closed_to
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.parts import closed_as
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.portal.people import parts_of, signed_in
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.models import Event

AUDITOR, ADMINISTRATOR, TRAIL = "auditor", "administrator", "trail"
EVERY_SCHEME = ""


@dataclass(frozen=True)
class Desk:
    """`schemes` are those that `person` audits; None is all of them. `editions` are those of every workflow here,
    (hash, name), the newest of each name last."""

    person: User
    schemes: frozenset[str] | None
    editions: tuple[tuple[str, str], ...]

    def events(self) -> QuerySet[Event]:
        """Every event that exists for this auditor.

        Whoever audits all schemes reads everything but what belongs to files whose trail is closed to auditors
        now, or that are closed to them, who are a party to it. Others read what belongs to files of their schemes,
        the schemes' own events, and their own.
        """
        events, closed = Event.objects.all(), self._closed()
        if self.party:
            there = Sitting.objects.filter(Exists(about_a_file_closed_to(self.person)))
            events = events.exclude(stream__in=there.values("pk"))
        if self.schemes is None:
            return events.exclude(belongs_to(closed)) if closed else events
        mine = Q(scheme__in=self.schemes)
        streams = Scheme.objects.filter(name__in=self.schemes).values("stream")
        theirs = belongs_to(mine & ~closed if closed else mine)
        sittings = SittingScheme.objects.filter(scheme__in=self.schemes).values("sitting")
        mine_too = Q(stream__in=streams) | Q(stream__in=sittings) | Q(stream=self.person.pk)
        return events.filter(theirs | mine_too)

    @cached_property
    def party(self) -> bool:
        """Whether there is any file to which the auditor is a party. One query."""
        return Dossier.objects.filter(closed_as(Dossier, self.person.pk, AUDITOR)).exists()

    def may_see(self, stream: UUID) -> bool:
        """Whether the events of `stream` exist for this auditor."""
        return self.events().filter(stream=stream, seq=1).exists()

    def _closed(self) -> Q:
        """The dossiers whose state, in their edition, does not show auditors the trail, and those to which this
        one is a party. One query, once."""
        closed = closed_as(Dossier, self.person.pk, AUDITOR) if self.party else Q()
        for edition, _name in self.editions:
            workflow = compiled(edition).workflow
            shows = {name: state.shows.get(AUDITOR, ()) for name, state in workflow.states.items()}
            names = [name for name, things in shows.items() if TRAIL not in things]
            if workflow.subject == "dossier" and names:
                closed |= Q(edition=edition, state__in=names)
        return closed


def belongs_to(dossiers: Q) -> Q:
    """Events of such dossiers, of their findings and certificates, of the upkeep of these and changes of their
    scope, and of concerns."""
    found = Dossier.objects.filter(dossiers)
    own = Exists(found.filter(pk=OuterRef("stream")))
    findings = Exists(Finding.objects.filter(pk=OuterRef("stream"), dossier__in=found))
    certificates = Exists(Certificate.objects.filter(pk=OuterRef("stream"), dossier__in=found))
    upkeep = Exists(Upkeep.objects.filter(pk=OuterRef("stream"), dossier__in=found))
    concerns = Exists(Complaint.objects.filter(pk=OuterRef("stream"), dossier__in=found))
    scopes = Exists(ScopeChange.objects.filter(pk=OuterRef("stream"), dossier__in=found))
    return Q(own) | Q(findings) | Q(certificates) | Q(upkeep) | Q(scopes) | Q(concerns)


def desk_of(request: HttpRequest) -> Desk:
    """The desk of whoever asks; for all but auditors there is none (Http404). One query beside that for the
    parts they play."""
    person = signed_in(request)
    if AUDITOR not in parts_of(person):
        raise Http404
    grants = RoleGrant.objects.filter(in_force(), user=person, role=AUDITOR)
    stored = Edition.objects.filter(kind="workflow").order_by("stored_at", "hash")
    asked = stored.annotate(
        every=Exists(grants.filter(scheme=EVERY_SCHEME)), own=Exists(grants.filter(scheme=OuterRef("name")))
    )
    rows = list(asked.values_list("hash", "name", "every", "own"))
    every = any(row[2] for row in rows)
    schemes = None if every else frozenset(name for _hash, name, _every, own in rows if own)
    return Desk(person, schemes, tuple((edition, name) for edition, name, *_ in rows))


def has_desk(person: User) -> bool:
    return AUDITOR in parts_of(person)


def reads_every_look(person: User) -> bool:
    return ADMINISTRATOR in parts_of(person)
