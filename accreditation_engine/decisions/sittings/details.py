"""What sittings are called and where they take place: words that lie beside their events."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.trail.models import Text

from .models import Sitting

LINES = 3
"""Beside the event of a planning: the title in Arabic, the one in English, the place."""


@dataclass(frozen=True)
class Details:
    """Empty where the words were erased by law."""

    title_ar: str = ""
    title_en: str = ""
    place: str = ""

    def title(self, sitting: Sitting) -> str:
        """In the active language; the day of the sitting where it has no title any more."""
        words = self.title_en if (get_language() or "").startswith("en") else self.title_ar
        day = date_format(localtime(sitting.starts_at), "j F Y")
        return words or _("Sitting of %(day)s") % isolated({"day": day})

    @property
    def address(self) -> str:
        """Of a call, where the place is one."""
        return self.place if self.place.startswith(("https://", "http://")) else ""


def with_details(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """The same, with what `details_of` tells of each."""
    texts = Text.objects.filter(stream=OuterRef("pk"), seq=OuterRef("seq"), field="comment")
    return sittings.annotate(words=Subquery(texts.values("text")))


def details_of(sitting: Sitting) -> Details:
    """Of one that came through `with_details`. No query."""
    words: str | None = sitting.words  # type: ignore[attr-defined]  # annotated
    lines = (words or "").split("\n")
    return Details(*lines) if len(lines) == LINES else Details()
