"""Which files a role does not reach, because whoever holds it is a party to them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.parties import WATCHERS
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.parts import closed_as
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force

NAMED = 5


def not_reached(person: User) -> list[str]:
    """A sentence for each role in which `person` watches over files and does not reach all of them. Two queries
    for each such role, and one."""
    grants = list(RoleGrant.objects.filter(in_force(), user=person, role__in=WATCHERS))
    return [
        words for role in WATCHERS for words in _said(person, role, [g for g in grants if g.role == role])
    ]


def _said(person: User, role: str, grants: list[RoleGrant]) -> Iterator[str]:
    if not grants:
        return
    schemes = {each.scheme for each in grants}
    held = Q() if "" in schemes else Q(scheme__in=schemes)
    closed = Dossier.objects.filter(held, closed_as(Dossier, person.pk, role)).order_by(
        "-opened_at", "number"
    )
    count = closed.count()
    if not count:
        return
    named = [isolate(each) for each in closed.values_list("number", flat=True)[:NAMED]]
    numbers = _(", ").join([*named, *(["…"] if count > NAMED else [])])
    words = ngettext(
        "%(role)s: %(count)d file is not reached, because they act for its organisation, review it or decide on"
        " it: %(numbers)s.",
        "%(role)s: %(count)d files are not reached, because they act for their organisations, review them or"
        " decide on them: %(numbers)s.",
        count,
    )
    yield words % {**isolated({"role": capfirst(role_title(role)), "count": count}), "numbers": numbers}
