"""The page on which reviewers are drawn for one file: what is asked, and of everybody why or why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.sectors import Sector, Written
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.reviews.allocation.drawing import Asked, against_drawing, asked_by, nobody
from accreditation_engine.reviews.allocation.pool import pool_of
from accreditation_engine.reviews.rules import assignment_open, coordinator_unfit

from .rows import candidate_row

Context = dict[str, Any]


def draw_page(reader: Reader, refused: Sequence[Reason] = ()) -> Context:
    """The context of portal/draw_reviewers.html. The same number of queries for 2 reviewers as for 200."""
    dossier = reader.dossier
    asked, pool = asked_by(dossier), pool_of(dossier)
    against = [*against_drawing(dossier, asked), *coordinator_unfit(dossier, reader.person)]
    fit = [each for each in pool if each.fit]
    if not against and not fit:
        against = [nobody(pool)]
    rows = [candidate_row(each) for each in sorted(pool, key=lambda each: not each.fit)]
    context = frame(reader, "dossier")
    context["breadcrumbs"].append({"title": _("Draw reviewers")})
    return {
        **context,
        "notice": _notice(refused, against),
        "may_draw": not against,
        "choosing": not assignment_open(dossier),
        "so_far": asked.so_far,
        "facts": _facts(dossier.organisation, asked, len(fit), len(pool), _not_twice(reader)),
        "rows": rows,
        "organisation": _form(dossier.organisation),
        "assign_url": reverse("assign", args=[dossier.pk]),
    }


def _notice(refused: Sequence[Reason], against: Sequence[Reason]) -> Context | None:
    """What was refused; or why nobody can be drawn, before anybody tries."""
    if refused:
        told = [{"text": str(each)} for each in refused]
        return {"kind": "refusal", "urgent": True, "title": _("Nobody was drawn"), "reasons": told}
    told = [{"text": str(each)} for each in against]
    return {"kind": "info", "title": _("Nobody can be drawn now"), "reasons": told} if told else None


def _not_twice(reader: Reader) -> bool:
    reviewing = compiled(reader.dossier.edition_id).workflow.reviewing
    return reviewing is not None and reviewing.draw.not_twice


def _facts(whose: Organisation, asked: Asked, fit: int, all_: int, not_twice: bool) -> list[Context]:
    facts: list[Context] = [
        {"term": _("Open places"), "value": asked.places, "kind": "number"},
        {"term": _("Can be drawn"), "value": _("%(fit)s of %(all)s") % {"fit": fit, "all": all_}},
    ]
    if asked.seniors:
        facts.append({"term": _("Experienced reviewers wanted"), "value": asked.seniors, "kind": "number"})
    facts += [
        {"term": _("Field of work"), "value": _listed(Sector, whose.sector)},
        {"term": _("Language of its files"), "value": _listed(Written, whose.language)},
        {"term": _("Country"), "value": country_name(whose.country, language())},
    ]
    if not_twice:
        facts.append({"term": _("Who reviewed it before"), "value": _("is not drawn again")})
    return facts


def _listed(codes: Any, code: str) -> str:
    return str(dict(codes.choices).get(code, code)) or _("not said: keeps nobody out")


def _form(whose: Organisation) -> list[Context]:
    """For parts/entry.html: what a coordinator says of the organisation."""
    return [
        _choice("sector", _("Field of work"), Sector, whose.sector),
        _choice("language", _("Language of its files"), Written, whose.language),
    ]


def _choice(name: str, label: str, codes: Any, value: str) -> Context:
    options = [{"value": "", "label": _("not said")}]
    options += [{"value": code, "label": str(title)} for code, title in codes.choices]
    return {"name": name, "label": label, "type": "select", "value": value, "options": options}
