"""Who administers, and which schemes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.organisations.administering import ADMINISTRATOR, administered_by
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.portal.people import parts_of, signed_in

EVERY_SCHEME = ""


@dataclass(frozen=True)
class Administrator:
    """`schemes` are those that `person` administers; None is all of them."""

    person: User
    schemes: frozenset[str] | None

    @cached_property
    def titles(self) -> dict[str, str]:
        """The schemes for which roles are given here, by id, in the reader's language. One query."""
        found = Scheme.objects.filter(subject="dossier").order_by("name")
        if self.schemes is not None:
            found = found.filter(name__in=self.schemes)
        return {name: scheme_title(name, edition) for name, edition in found.values_list("name", "edition")}

    def grants(self) -> QuerySet[RoleGrant]:
        """The roles that hold for these schemes; those for every scheme hold for them as well."""
        if self.schemes is None:
            return RoleGrant.objects.all()
        return RoleGrant.objects.filter(Q(scheme=EVERY_SCHEME) | Q(scheme__in=self.schemes))

    def gives_for(self, scheme: str) -> bool:
        return self.schemes is None or scheme in self.schemes


def administrator(request: HttpRequest) -> Administrator:
    """Whoever asks; for all but administrators these pages do not exist (Http404). At most two queries."""
    person = signed_in(request)
    if ADMINISTRATOR not in parts_of(person):
        raise Http404
    return Administrator(person, administered_by(person))


def of_every_scheme(request: HttpRequest) -> Administrator:
    """The same for what concerns all schemes at once."""
    found = administrator(request)
    if found.schemes is not None:
        raise Http404
    return found
