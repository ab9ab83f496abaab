"""Who asks for the page of interests of a file, and what of it is theirs: also of those to whom the file itself is
closed until they declare, and of administrators, who answer proposals and see nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS, dossier_with_parts
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.visibility import visible
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import NotForThem, Reader, language
from accreditation_engine.portal.tried import Tried
from accreditation_engine.reviews.interests.declaring import asked_to_declare
from accreditation_engine.reviews.interests.overriding import ANSWER

PAGE = "interests"


@dataclass(frozen=True)
class Asking:
    """`tried` is what was sent from the page and refused."""

    person: User
    dossier: Dossier
    parts: Parts
    tried: Tried | None = None

    @property
    def scheme(self) -> Compiled:
        return compiled(self.dossier.edition_id)

    @cached_property
    def reader(self) -> Reader | None:
        """None where nothing of the file itself may be seen, or not yet."""
        if self.parts.open.isdisjoint(READERS):
            return None
        seen = visible(self.dossier, self.parts.open)
        return Reader(self.person, self.dossier, self.parts.open, seen, self.parts.reading)

    @property
    def asked(self) -> list[str]:
        """The roles in which the person is asked to declare."""
        return [role for role in asked_to_declare(self.dossier) if role in self.parts.known]

    @property
    def declares(self) -> list[str]:
        """These, and the others that an interest would close: in all of them a tie can be declared."""
        closable = [name for name, role in roles.items() if role.barred and name in self.parts.known]
        return list(dict.fromkeys([*self.asked, *closable]))

    @property
    def coordinates(self) -> bool:
        return "coordinator" in self.parts.open

    @property
    def answers(self) -> bool:
        """Whether they may be the second person who lets somebody judge with an interest."""
        return not self.parts.open.isdisjoint(ANSWER)

    @property
    def audits(self) -> bool:
        """Whether they read here what stands in the trail anyway."""
        return self.reader is not None and self.reader.sees("trail")

    @property
    def applies(self) -> bool:
        return "applicant" in self.parts.open

    @property
    def acts(self) -> bool:
        """Whether they object, and name ties, for the organisation."""
        return "applicant" in self.parts.acting

    def frame(self) -> dict[str, Any]:
        """The head of the page: the file's own, or as much of it as is needed to declare."""
        if self.reader is not None:
            return frame(self.reader, PAGE)
        organisation = self.dossier.organisation
        return {
            "dossier": self.dossier,
            "head": {
                "eyebrow": self.scheme.workflow.title.in_language(language()),
                "title": organisation.name_in(language()),
                "meta": [self.dossier.number],
            },
            "breadcrumbs": [
                {"title": _("Accreditation files"), "url": reverse("files")},
                {"title": self.dossier.number},
            ],
        }


def asking_of(person: User, pk: UUID, tried: Tried | None = None) -> Asking:
    """Raises Http404 for whoever has nothing to do with the file. One query."""
    found = dossier_with_parts(person, pk)
    if found is None:
        raise Http404
    dossier, parts = found
    asking = Asking(person, dossier, parts, tried)
    if parts.known.isdisjoint(READERS) and not asking.answers:
        closed = parts.barred.intersection(READERS)
        raise NotForThem(dossier, parts.against(min(closed)) if closed else [])
    return asking
