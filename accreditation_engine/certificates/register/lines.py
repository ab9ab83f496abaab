"""The lines of the register: written when a certificate is issued, and again when its holder is called otherwise.

Where a certificate stands, the database itself copies into its line, whatever moves it (`copies_of_states`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from accreditation_engine.certificates.models import Certificate, Line
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.trail.rows import insert, update
from accreditation_engine.trail.triggers import Trigger

from .folding import as_looked_for

AT_ONCE = 500
COPIED = {"edition": "edition_id", "state": "state", "deadline_at": "deadline_at"}
"""Columns of a line, and those of its certificate that they repeat."""


def take_up(certificates: Iterable[Certificate], holders: Mapping[UUID, Organisation]) -> None:
    """Certificates that have just been issued stand in the register, in this order, the last first; `holders` by
    their ids. One statement, however many they are."""
    insert(Line, [line_of(each, holders[each.organisation_id]) for each in certificates])


def called_otherwise(organisations: Collection[Organisation]) -> None:
    """Whoever looks for a holder finds it by its new name, number or country as well. Two statements for each few
    hundred certificates."""
    issued = Certificate.objects.filter(dossier__organisation__in=organisations)
    for some in in_batches(issued.order_by("pk").values_list("pk", flat=True)):
        write_anew(some)


def write_anew(certificates: Sequence[UUID]) -> None:
    """Their lines say what they say now. Two statements."""
    lines = list(lines_with_all(certificates))
    for line in lines:
        fresh = line_of(line.certificate, line.certificate.dossier.organisation)
        line.words, line.country = fresh.words, fresh.country
    if lines:
        update(Line, lines, ("words", "country"))


def lines_with_all(certificates: Sequence[UUID]) -> Iterator[Line]:
    """The lines of these certificates with all that they are made of. One query."""
    found = Line.objects.filter(certificate__in=certificates).order_by("pk")
    yield from found.select_related("certificate__dossier__organisation")


def line_of(certificate: Certificate, holder: Organisation) -> Line:
    """The line as it should be, not saved."""
    return Line(
        certificate=certificate,
        words=_words(certificate, holder),
        scheme=certificate.dossier.scheme,
        country=holder.country,
        **{ours: getattr(certificate, theirs) for ours, theirs in COPIED.items()},
    )


def _words(certificate: Certificate, holder: Organisation) -> str:
    """All by which the certificate is found, each piece once: names of today are mostly those of its issue."""
    pieces = (
        certificate.number,
        certificate.holder_ar,
        certificate.holder_en,
        certificate.holder_number,
        certificate.scope_ar,
        certificate.scope_en,
        holder.name_ar,
        holder.name_en,
        holder.registration_number,
    )
    return "\n".join(dict.fromkeys(filter(None, map(as_looked_for, pieces))))


def in_batches(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    some: list[UUID] = []
    for each in keys:
        some.append(each)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def copies_of_states() -> list[Trigger]:
    """Whatever moves a certificate, its line says so from the same statement on."""
    certificates, lines = Certificate._meta.db_table, Line._meta.db_table
    said = ", ".join(f"{ours} = NEW.{theirs}" for ours, theirs in COPIED.items())
    copied = f"UPDATE {lines} SET {said} WHERE certificate_id = NEW.id"  # noqa: S608 - tables of our own
    message = f"{certificates}: the register cannot follow"
    return [Trigger(f"{certificates}_listed", certificates, "AFTER UPDATE", message, "1 = 0", (copied,))]
