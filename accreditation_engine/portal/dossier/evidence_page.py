"""The page on which one piece of evidence is looked at."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.portal.leafing import leaf

from .anonymous import knows
from .answers import file_list
from .page import frame
from .reader import Reader
from .rubrics import criterion_titles


def evidence_page(reader: Reader, filed: Evidence, pages: int, page: int) -> dict[str, Any]:
    """For evidence.html: page `page` of `pages` (0 where nobody can count them). One query."""
    standing = Evidence.objects.filter(
        dossier=reader.dossier,
        rubric=filed.rubric,
        criterion=filed.criterion,
        visit=filed.visit,
        taken_back_at=None,
    )
    listed = file_list(standing.order_by("filed_at", "pk"), named=knows(reader))
    (file,) = (each for each in listed if each["id"] == filed.pk)
    picture = reverse("evidence_page", args=[filed.dossier_id, filed.pk, page])
    return {
        **frame(reader, "answers"),
        "file": file,
        "criterion": criterion_titles(reader.scheme).get((filed.rubric, filed.criterion), filed.criterion),
        **leaf(file["name"], page=page, pages=pages, picture=picture),
        "beside_title": _("Other files for this criterion"),
        "beside": [each for each in listed if each["id"] != filed.pk],
    }
