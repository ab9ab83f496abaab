"""A scheme as it stands: its drawing, its rubrics, and its editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accreditation_engine.definitions.drawing import draw
from accreditation_engine.definitions.duration_words import in_words as duration_in_words
from accreditation_engine.definitions.rubric import Outcome, Rubric
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.role_words import TITLES
from accreditation_engine.portal.dossier.places import areas_of
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import Section, sections_of

from .asked import conditions_in_words


def drawing(scheme: Compiled) -> SafeString:
    """The workflow, drawn. What comes from a definition was escaped while it was drawn."""
    spoken = "en" if language().startswith("en") else "ar"
    roles = {name: str(title) for name, title in TITLES.items()}
    return SafeString(draw(scheme.workflow, language=spoken, roles=roles))


def rubrics(scheme: Compiled) -> list[dict[str, Any]]:
    """Each rubric with its areas, their criteria, and its outcomes."""
    return [_rubric(each, scheme.rubrics) for each in scheme.rubrics.values()]


def _rubric(rubric: Rubric, beside: Mapping[str, Rubric]) -> dict[str, Any]:
    return {
        "id": rubric.id,
        "title": rubric.title.in_language(language()),
        "edition": rubric.edition,
        "source": rubric.source,
        "readings": list(_readings(rubric, beside)),
        "areas": _areas(rubric),
        "sections": [_section(each) for each in sections_of(rubric)],
        "outcomes": [_outcome(each, rubric) for each in rubric.outcomes],
    }


def _readings(rubric: Rubric, beside: Mapping[str, Rubric]) -> Iterator[str]:
    """Whose ratings it judges, and which other rubric judges its own."""
    if rubric.reads is not None and rubric.reads in beside:
        words = _(
            "Judges the ratings that are given under “%(title)s”: its criteria are not asked a second time."
        )
        yield words % isolated({"title": beside[rubric.reads].title.in_language(language())})
    for each in beside.values():
        if each.reads == rubric.id:
            words = _("Its ratings are judged under another rubric too: “%(title)s”.")
            yield words % isolated({"title": each.title.in_language(language())})


def _areas(rubric: Rubric) -> dict[str, Any]:
    """For parts/table.html."""
    titles = ((_("Area"), ""), (_("Weight"), "number"), (_("Criteria"), "number"))
    return {
        "caption": _("Areas and their weights"),
        "columns": [{"title": title, "kind": kind} for title, kind in titles],
        "rows": [
            {
                "cells": [
                    {"value": f"{number}. {area.title.in_language(language())}"},
                    {"value": area.weight, "kind": "number"},
                    {"value": sum(1 for _each in area.leaves()), "kind": "number"},
                ]
            }
            for number, area in areas_of(rubric)
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    """The criteria of one area, for parts/table.html."""
    evidence = {"required": _("required"), "optional": _("optional"), "none": _("none")}
    titles = ((_("Criterion"), ""), (_("Weight"), "number"), (_("Evidence"), ""))
    title = f"{section.number}. {section.title}"
    return {
        "title": title,
        "table": {
            "caption": title,
            "hide_caption": True,
            "columns": [{"title": each, "kind": kind} for each, kind in titles],
            "rows": [
                {
                    "cells": [
                        {"value": f"{number} {each.title.in_language(language())}"},
                        {"value": each.weight, "kind": "number"},
                        {"value": evidence[each.evidence]},
                    ]
                }
                for number, each in section.criteria
            ],
        },
    }


def _outcome(outcome: Outcome, rubric: Rubric) -> dict[str, Any]:
    held = duration_in_words(outcome.valid_for, language()) if outcome.valid_for else ""
    return {
        "title": outcome.title.in_language(language()),
        "conditions": conditions_in_words(outcome.when, rubric),
        "held": _("A certificate holds for %(duration)s.") % isolated({"duration": held}) if held else "",
    }


def editions_of(scheme: Scheme) -> QuerySet[Any]:
    """Of the scheme's workflow, the latest first; `files` counts those that are judged by each."""
    files = Dossier.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    counted = Subquery(files.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    stored = Edition.objects.filter(kind="workflow", name=scheme.name).defer("content")
    return stored.annotate(files=Coalesce(counted, 0)).order_by("-stored_at", "hash")


def called(edition: Edition) -> str:
    return f"{edition.label} · {edition.pk[:8]}"


def editions(scheme: Scheme) -> dict[str, Any]:
    """All editions of the scheme, for parts/table.html. One query."""
    titles = ((_("Edition"), ""), (_("Stored on"), ""), (_("Files"), "number"))
    return {
        "caption": _("Editions"),
        "hide_caption": True,
        "columns": [{"title": title, "kind": kind} for title, kind in titles],
        "rows": [{"cells": _edition(each, each.files, scheme)} for each in editions_of(scheme)],
    }


def _edition(edition: Edition, files: int, scheme: Scheme) -> list[dict[str, Any]]:
    note = _("for new files") if edition.pk == scheme.edition_id else ""
    return [
        {"value": called(edition), "note": note},
        {"value": edition.stored_at, "kind": "day"},
        {"value": files, "kind": "number"},
    ]
