"""What sittings are called and where they take place: words that lie beside their events."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.sittings.rules import sittings_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.trail.models import Text

LINES = 3


@dataclass(frozen=True)
class Details:
    """Empty where the words were erased by law."""

    title_ar: str = ""
    title_en: str = ""
    place: str = ""

    def title(self, sitting: Sitting) -> str:
        """In the active language; the day of the sitting where it has no title any more."""
        words = self.title_en if language().startswith("en") else self.title_ar
        day = date_format(localtime(sitting.starts_at), "j F Y")
        return words or _("Sitting of %(day)s") % isolated({"day": day})

    @property
    def address(self) -> str:
        """Of a call, where the place is one."""
        return self.place if self.place.startswith(("https://", "http://")) else ""


def sittings_for(person: User) -> QuerySet[Sitting]:
    """Those that `person` may look at, with what `details_of` tells of each."""
    texts = Text.objects.filter(stream=OuterRef("pk"), seq=OuterRef("seq"), field="comment")
    return sittings_of(person).annotate(words=Subquery(texts.values("text")))


def sitting_for(person: User, pk: UUID) -> Sitting:
    """Raises Http404 where it is none of theirs."""
    return get_object_or_404(sittings_for(person), pk=pk)


def details_of(sitting: Sitting) -> Details:
    """Of one that `sittings_for` found. No query."""
    words: str | None = sitting.words  # type: ignore[attr-defined]  # annotated
    lines = (words or "").split("\n")
    return Details(*lines) if len(lines) == LINES else Details()
