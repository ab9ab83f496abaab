"""What a stream of events is the stream of: a file, a finding, a certificate, a person, an organisation, a
scheme, a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, ScopeChange, Upkeep
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.decisions.models import Sitting
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import dossiers_with_parts
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.visibility import sealed_in, visible
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import criterion_titles
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.models import Event, Key

from .sentences import Eyes

NOTHING = Cast(Value(None), UUIDField())
DAY = len("2026-11-24")  # the beginning of a moment
HEAD = 16  # of a key, so many characters tell it from the others


class Onlooker:
    """Reads events that belong to no file: nothing of them is hidden."""

    @property
    def scheme(self) -> Compiled:
        raise LookupError("no scheme: these events belong to no file")

    def sees(self, *things: str) -> bool:
        return True


@dataclass(frozen=True)
class About:
    """`kind` is dossier, finding, certificate, person, scheme, organisation, key or "" for what is no longer on
    record. `reader` sees what the auditor may see of it, `dossier` is the file it belongs to."""

    kind: str
    title: str
    url: str
    reader: Eyes
    dossier: Dossier | None = None
    organisation: str = ""

    @property
    def number(self) -> str:
        return self.dossier.number if self.dossier else ""

    @property
    def kind_title(self) -> str:
        return {
            "dossier": _("Accreditation file"),
            "finding": _("Finding"),
            "certificate": _("Certificate"),
            "complaint": _("Concern"),
            "upkeep": _("Upkeep of a certificate"),
            "scope_change": _("Change of the scope of a certificate"),
            "person": _("Person"),
            "scheme": _("Scheme"),
            "organisation": _("Organisation"),
            "key": _("Key"),
            "sitting": _("Sitting"),
        }.get(self.kind, _("No longer on record"))


def about(person: User, events: Iterable[Event]) -> dict[UUID, About]:
    """What each stream of `events` is of, in the eyes of `person`. Two queries, however many they are."""
    wanted = {event.stream for event in events}
    rows = {row[0]: row for row in _rows(wanted)} if wanted else {}
    readers = _readers(person, {row[2] for row in rows.values() if row[2]})
    return {stream: _about(stream, rows.get(stream), readers) for stream in wanted}


def _rows(streams: Iterable[UUID]) -> Any:
    """(stream, kind, dossier, two texts that name it) of each that is on record. One query."""
    keys = list(streams)

    def text(value: str) -> Value:
        return Value(value, output_field=CharField())

    return (
        Dossier.objects.filter(pk__in=keys)
        .values_list("pk", text("dossier"), "pk", "number", text(""))
        .union(
            Finding.objects.filter(pk__in=keys).values_list(
                "pk", text("finding"), "dossier_id", "rubric", "criterion"
            ),
            Certificate.objects.filter(pk__in=keys).values_list(
                "pk", text("certificate"), "dossier_id", "number", text("")
            ),
            Complaint.objects.filter(pk__in=keys).values_list(
                "pk", text("complaint"), "dossier_id", "number", text("")
            ),
            Upkeep.objects.filter(pk__in=keys)
            .order_by()
            .values_list("pk", text("upkeep"), "dossier_id", "kind", Cast("certificate_id", CharField())),
            ScopeChange.objects.filter(pk__in=keys)
            .order_by()
            .values_list(
                "pk",
                text("scope_change"),
                "dossier_id",
                "certificate__number",
                Cast("certificate_id", CharField()),
            ),
            User.objects.filter(pk__in=keys).values_list("pk", text("person"), NOTHING, "name", text("")),
            Scheme.objects.filter(stream__in=keys).values_list(
                "stream", text("scheme"), NOTHING, "name", "edition_id"
            ),
            Organisation.objects.filter(pk__in=keys)
            .order_by()
            .values_list("pk", text("organisation"), NOTHING, "name_ar", "name_en"),
            Sitting.objects.filter(pk__in=keys).values_list(
                "pk", text("sitting"), NOTHING, Cast("starts_at", CharField()), text("")
            ),
            Key.objects.filter(pk__in=keys).values_list("pk", text("key"), NOTHING, "public", text("")),
            all=True,
        )
    )


def _readers(person: User, dossiers: Iterable[UUID]) -> dict[UUID, Reader]:
    """One query, none for no dossier; and one more for each edition under which some are voted on in secret."""
    keys = list(dossiers)
    if not keys:
        return {}
    found = dossiers_with_parts(person.pk, keys)
    sealed = sealed_in(row for row, _ in found)
    return {
        row.pk: Reader(person, row, parts.open, visible(row, parts.open, sealed), parts.reading)
        for row, parts in found
    }


def _about(stream: UUID, row: Any, readers: Mapping[UUID, Reader]) -> About:
    if row is None:
        return About("", _("no longer on record"), "", Onlooker())
    _stream, kind, dossier, name, more = row
    if dossier:
        return _of_a_file(stream, kind, readers[dossier], name, more)
    if kind == "scheme":
        title = compiled(more).workflow.title.in_language(language())
        return About(kind, title, reverse("scheme", args=[name]), Onlooker())
    if kind == "sitting":
        return About(kind, name[:DAY], reverse("sitting", args=[stream]), Onlooker())
    if kind == "organisation":
        return About(kind, more if language().startswith("en") else name, "", Onlooker())
    if kind == "person":
        return About(kind, name or _("a name that was erased by law"), "", Onlooker())
    return About(kind, name[:HEAD] if kind == "key" else name, "", Onlooker())


def _of_a_file(stream: UUID, kind: str, reader: Reader, name: str, more: str) -> About:
    dossier = reader.dossier
    title, url = {
        "dossier": lambda: (dossier.number, reverse("trail", args=[dossier.pk])),
        "finding": lambda: (
            criterion_titles(reader.scheme).get((name, more), more),
            reverse("finding", args=[dossier.pk, stream]),
        ),
        "certificate": lambda: (name, reverse("register_entry", args=[name])),
        "complaint": lambda: (name, reverse("complaint", args=[dossier.pk, stream])),
        "upkeep": lambda: (kind_title(name), reverse("upkeep", args=[dossier.pk, UUID(more), stream])),
        "scope_change": lambda: (name, reverse("scope_change", args=[dossier.pk, UUID(more), stream])),
    }[kind]()
    return About(kind, title, url, reader, dossier, dossier.organisation.name_in(language()))


def organisations_mentioned(contents: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the organisations that events speak of, by id. One query, none where none is mentioned."""
    wanted = {each["data"].get("organisation") for each in contents if each["kind"] != "opened"} - {None}
    if not wanted:
        return {}
    return {str(each.pk): each.name_in(language()) for each in Organisation.objects.filter(pk__in=wanted)}
