"""The lines of the register against what they are made of: what is found is what was issued, and all of it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accreditation_engine.certificates.models import Certificate, Line
from accreditation_engine.engine import verification
from accreditation_engine.trail.problems import Problem, Tally

from .lines import COPIED, line_of

MADE_OF = ("words", "scheme", "country", *COPIED)


def lines_apart(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """Certificates that the register does not find, or finds as something else. One query for each few hundred."""
    lines = Line.objects.order_by("pk").select_related("certificate__dossier__organisation")
    issued = Certificate.objects.filter(~Exists(Line.objects.filter(certificate=OuterRef("pk"))))
    if stream is not None:
        lines = lines.filter(_of(stream, "certificate__"))
        issued = issued.filter(_of(stream, ""))
    for line in lines.iterator(verification.AT_ONCE):
        should = line_of(line.certificate, line.certificate.dossier.organisation)
        if any(getattr(line, name) != getattr(should, name) for name in MADE_OF):
            yield Problem(
                line.certificate_id, 0, "register", "the register finds this certificate as something else"
            )
    for each in issued.order_by("pk").values_list("pk", flat=True).iterator(verification.AT_ONCE):
        yield Problem(each, 0, "register", "the register does not find this certificate")


def _of(stream: UUID, path: str) -> Q:
    """Of one certificate, or of whoever holds some: its names are in its own stream."""
    return Q(**{f"{path}pk": stream}) | Q(**{f"{path}dossier__organisation": stream})


verification.more.append(lines_apart)
