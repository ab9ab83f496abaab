"""Under which name a file stands beside its score: under its number for those who may read the score in the file
itself, and without an identity for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS, schemes_in_use, standing_in
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import known_as

from .access import WATCHERS, Viewer

SCORED = frozenset({"scores", "ratings"})


@dataclass(frozen=True)
class Identities:
    """`names` are what files are called here, by number, in the order in which they may be listed; `opened` the
    files that bear their numbers."""

    names: dict[str, str]
    opened: dict[str, UUID]

    @property
    def nameless(self) -> int:
        return len(self.names) - len(self.opened)


def identities(viewer: Viewer, files: QuerySet[Dossier]) -> Identities:
    """Three queries once the editions are compiled.

    Files without their number stand last, in an order that follows from nothing they are known by: from their
    place between two numbers theirs could be read.
    """
    numbers = files.order_by("number").values_list("number", flat=True)
    opened = dict(files.filter(_read_by(viewer, files)).order_by("number").values_list("number", "pk"))
    closed = sorted((each for each in numbers if each not in opened), key=_shuffled)
    nameless = {
        number: _("file %(ordinal)s") % isolated({"ordinal": str(ordinal)})
        for ordinal, number in enumerate(closed, start=1)
    }
    return Identities({number: number for number in opened} | nameless, opened)


def _read_by(viewer: Viewer, files: QuerySet[Dossier]) -> Q:
    """The files whose state shows what they were rated, or scored, to a part in which the viewer watches."""
    schemes, readable = schemes_in_use(files), Q(pk__in=[])
    for role in viewer.roles.intersection(WATCHERS, READERS):

        def shown(state: State, role: str = role) -> bool:
            return not SCORED.isdisjoint(state.shows.get(role, ()))

        readable |= known_as(Dossier, viewer.person.pk, role) & standing_in(schemes, shown)
    return readable


def _shuffled(number: str) -> str:
    return salted_hmac("accreditation_engine.portal.identities", number).hexdigest()
