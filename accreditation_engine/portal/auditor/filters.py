"""What is looked for among all events. It stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, ScopeChange, Upkeep
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.days import beginning_of
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.portal.days import day_typed
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.folding import HoldsEvery, as_meant, folded, together
from accreditation_engine.trail.models import Event, Name
from accreditation_engine.trail.search import with_words
from accreditation_engine.written import kept_text

from .access import Desk, belongs_to
from .known_codes import known_codes
from .looks import LOOKED
from .samples_drawn import numbers_drawn

CHOSEN = ("kind", "role", "transition", "state", "scheme")
"""Fields that are chosen from lists; the page folds them away until one of them is."""
FIELDS = (
    "q",
    "file",
    "organisation",
    "actor",
    "since",
    "until",
    "role",
    "kind",
    "transition",
    "state",
    "scheme",
    "stream",
    "sample",
)
COLUMNS = {"role": "role", "kind": "kind", "transition": "transition", "state": "target"}
LONGEST = 200
FEW = 200
"""Of so many files at most the events are looked up stream by stream; of more, all events are gone through."""
MULTITUDE = 1_000
OLDEST = "oldest"
EVERY = "every"
QUIET = (LOOKED, "signed_in", "sign_in_refused")
"""Kinds that are many and seldom looked for: signing in, and looks, of which a search would find its own."""
MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Of direction: they stand around numbers on Arabic pages, and come along when these are copied."""


@dataclass(frozen=True)
class Filters:
    """`asked` holds what was chosen, by FIELDS, nothing empty; `unseen` names fields in which something stands
    that nobody can see; `every` asks for the QUIET kinds as well."""

    desk: Desk
    asked: Mapping[str, str]
    newest_first: bool
    unseen: frozenset[str] = frozenset()
    every: bool = False

    @classmethod
    def of(cls, desk: Desk, typed: QueryDict) -> Filters:
        values = {name: kept_text(typed.get(name, "").translate(MARKS))[:LONGEST].strip() for name in FIELDS}
        asked = {name: value for name, value in values.items() if value}
        unseen = frozenset(name for name in FIELDS if typed.get(name, "").strip() and not values[name])
        oldest, every = typed.get("order") == OLDEST, bool(typed.get(EVERY))
        return cls(desk, asked, newest_first=not oldest, unseen=unseen, every=every)

    @property
    def quiet(self) -> bool:
        """Whether the QUIET kinds are left out: unless they are asked for, or one kind is."""
        return not self.every and "kind" not in self.asked

    @cached_property
    def wrong(self) -> dict[str, str]:
        """What cannot be looked for, by field, with what to do."""
        wrong = {
            name: _("Nothing of this can be read. Write it anew, or leave it empty.") for name in self.unseen
        }
        for name in ("since", "until"):
            if name in self.asked and day_typed(self.asked[name]) is None:
                wrong[name] = _("This is no date. Write it as year-month-day, such as 2026-03-31.")
        since, until = (day_typed(self.asked.get(name, "")) for name in ("since", "until"))
        if since and until and until < since:
            wrong["until"] = _("This day lies before the first day. Exchange the two, or leave one out.")
        for name in CHOSEN:
            if name in self.asked and name not in self.codes:
                wrong[name] = _("Nothing here is called that. Choose from the list.")
        if "stream" in self.asked and "stream" not in self.codes:
            wrong["stream"] = _("This is not the identifier of anything. Copy it whole, or leave it out.")
        if "sample" in self.asked and not self.drawn:
            wrong["sample"] = _("You have drawn no such sample. Open it from the list of your samples.")
        return wrong

    def events(self) -> QuerySet[Event]:
        """The events that fit, in no order; none where something is wrong."""
        if self.wrong:
            return Event.objects.none()
        events = self.desk.events().filter(
            **{COLUMNS[name]: self.asked[name] for name in COLUMNS if name in self.asked}
        )
        if self.quiet:
            events = events.exclude(kind__in=QUIET)
        for narrow in (
            self._in_time,
            self._of_scheme,
            self._of_stream,
            self._by_actor,
            self._of_files,
            self._saying,
        ):
            events = narrow(events)
        return events

    def _in_time(self, events: QuerySet[Event]) -> QuerySet[Event]:
        since, until = (day_typed(self.asked.get(name, "")) for name in ("since", "until"))
        if since:
            events = events.filter(at__gte=beginning_of(since))
        if until:
            events = events.filter(at__lt=beginning_of(until + timedelta(days=1)))
        return events

    def _of_scheme(self, events: QuerySet[Event]) -> QuerySet[Event]:
        if "scheme" not in self.asked:
            return events
        return events.filter(
            edition__in=[edition for edition, name in self.desk.editions if name == self.asked["scheme"]]
        )

    def _of_stream(self, events: QuerySet[Event]) -> QuerySet[Event]:
        return events.filter(stream=self.asked["stream"]) if "stream" in self.asked else events

    def _by_actor(self, events: QuerySet[Event]) -> QuerySet[Event]:
        return events.filter(actor__in=self.actors) if "actor" in self.asked else events

    @cached_property
    def actors(self) -> list[UUID]:
        """Whoever was called, at some time, by the words that were typed, or signs in by that address."""
        typed = self.asked.get("actor", "")
        known = identifier(typed)
        if known:
            return [known]
        if "@" in typed:
            return list(User.objects.filter(email=typed.lower()).values_list("pk", flat=True))
        names = Name.objects.filter(HoldsEvery("name", words=typed))
        return list(names.order_by().values_list("actor", flat=True).distinct()[:FEW])

    def _of_files(self, events: QuerySet[Event]) -> QuerySet[Event]:
        if not self.asked.keys() & {"file", "organisation", "sample"}:
            return events
        files = self._files()
        some = list(Dossier.objects.filter(files).values_list("pk", flat=True)[: FEW + 1])
        return (
            events.filter(belongs_to(files))
            if len(some) > FEW
            else events.filter(stream__in=streams_of(some))
        )

    @cached_property
    def drawn(self) -> list[str]:
        """The numbers of the files of the sample, the event of whose draw was asked for."""
        return numbers_drawn(self.desk.person, self.asked.get("sample", ""))

    def _files(self) -> Q:
        """The files that were asked for, by number, by a certificate's number or by organisation. At most one
        query."""
        found = _numbered(folded(self.asked["file"])) if "file" in self.asked else Q()
        if "sample" in self.asked:
            found &= Q(number__in=self.drawn)
        if "organisation" not in self.asked:
            return found
        known = identifier(self.asked["organisation"])
        return found & (
            Q(organisation=known) if known else Q(organisation__in=_called(self.asked["organisation"]))
        )

    def _saying(self, events: QuerySet[Event]) -> QuerySet[Event]:
        return with_words(events, self.asked["q"]) if "q" in self.asked else events

    @cached_property
    def codes(self) -> dict[str, str]:
        """What was chosen as a code, a day or an identifier."""
        return known_codes(self.desk, self.asked)

    @property
    def words(self) -> str:
        """All else, as it was typed."""
        return "\n".join(self.asked[name] for name in FIELDS if name in self.asked and name not in self.codes)

    def address(self, *without: str, **more: str) -> str:
        """The query of the address of this search, without some fields and with others."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.asked.items() if name not in without})
        if not self.newest_first and "order" not in more:
            query["order"] = OLDEST
        if self.every and EVERY not in more:
            query[EVERY] = "1"
        query.update({name: value for name, value in more.items() if value})
        return f"?{query.urlencode()}"


def streams_of(dossiers: list[UUID]) -> list[UUID]:
    """Of the dossiers, their findings, certificates, the upkeep of these and changes of their scope, and concerns
    about them. One query."""
    findings = Finding.objects.filter(dossier__in=dossiers).values_list("pk")
    certificates = Certificate.objects.filter(dossier__in=dossiers).values_list("pk")
    upkeep = Upkeep.objects.filter(dossier__in=dossiers).values_list("pk")
    scopes = ScopeChange.objects.filter(dossier__in=dossiers).values_list("pk")
    concerns = Complaint.objects.filter(dossier__in=dossiers).values_list("pk")
    rows = findings.union(certificates, upkeep, scopes, concerns, all=True)
    return [*dossiers, *(pk for (pk,) in rows)]


def _numbered(number: str) -> Q:
    """A certificate's number holds a number like those of files, which may be another file's: it counts from its
    beginning on."""
    number = folded(as_meant(number))
    certificates = Certificate.objects.filter(number__istartswith=number)
    return Q(number__icontains=number) | Q(pk__in=certificates.values("dossier"))


def _called(words: str) -> list[UUID] | QuerySet[Organisation]:
    """Organisations by name in either language or registration number: looked up once where they are some, asked
    for within the search where they are a multitude. One query."""
    names = together("name_ar", "name_en", "registration_number")
    found = Organisation.objects.filter(HoldsEvery(names, words=words))
    rows = found.order_by().values_list("pk", flat=True)
    some = list(rows[: MULTITUDE + 1])
    return some if len(some) <= MULTITUDE else rows  # type: ignore[return-value]
