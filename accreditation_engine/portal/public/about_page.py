"""What the pages about the schemes show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.rubric import Criterion, Rubric
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.unusable import usable
from accreditation_engine.portal.dossier.rubrics import anchors, sections_of
from accreditation_engine.portal.methodologist.described import drawing, rubrics

from .entry import language
from .figures import concerns_table, standing_table, years_table
from .stages import other_stages, stages

Context = dict[str, Any]


def about_page() -> Context:
    """The context of portal/about.html. Five queries, however many certificates there are."""
    opened = Scheme.objects.filter(subject="dossier").order_by("name")
    schemes = [scheme for each in opened if (scheme := usable(each.edition_id)) is not None]
    return {
        "head": {"title": _("About accreditation")},
        "schemes": [_entry(each) for each in schemes],
        "nothing": {"sentence": _("No scheme is open to applications yet.")},
        "register_url": reverse("register"),
        "years": years_table(),
        "standing": standing_table(),
        "concerns": concerns_table(),
    }


def _entry(scheme: Compiled) -> Context:
    criteria = scheme.criteria_asked
    counted = ngettext("%(count)d criterion", "%(count)d criteria", criteria) % isolated({"count": criteria})
    edition = _("Edition %(edition)s") % isolated({"edition": scheme.workflow.edition})
    return {
        "title": scheme.workflow.title.in_language(language()),
        "url": reverse("about_scheme", args=[language(), scheme.workflow.workflow]),
        "words": f"{edition} · {counted}",
        "rubrics": [each.title.in_language(language()) for each in scheme.rubrics.values()],
    }


def scheme_page(scheme: Compiled) -> Context:
    """The context of portal/about_scheme.html. No query once the scheme is compiled."""
    title = scheme.workflow.title.in_language(language())
    return {
        "head": {
            "eyebrow": _("Edition %(edition)s") % isolated({"edition": scheme.workflow.edition}),
            "title": title,
            "actions": [{"title": _("How to apply"), "url": f"{_about()}#apply", "kind": "primary"}],
        },
        "breadcrumbs": [{"title": _("About accreditation"), "url": _about()}, {"title": title}],
        "stages": stages(scheme),
        "other_stages": other_stages(scheme),
        "drawing": drawing(scheme),
        "rubrics": [
            {
                **told,
                "sections": _sections(scheme.rubrics[told["id"]]),
                "asked": told["id"] in scheme.asked,
                "scale": _scale(scheme.rubrics[told["id"]]),
            }
            for told in rubrics(scheme)
        ],
    }


def _about() -> str:
    return reverse("about_in", args=[language()])


def _scale(rubric: Rubric) -> list[Context]:
    return [{"value": value, "words": words} for value, words in anchors(rubric).items()]


def _sections(rubric: Rubric) -> list[Context]:
    return [
        {
            "title": f"{section.number}. {section.title}",
            "criteria": [_criterion(number, each) for number, each in section.criteria],
        }
        for section in sections_of(rubric)
    ]


EVIDENCE = {
    "required": lambda: _("Evidence is required."),
    "optional": lambda: _("Evidence may be added."),
    "none": lambda: _("No evidence is asked for."),
}


def _criterion(number: str, criterion: Criterion) -> Context:
    return {
        "number": number,
        "title": criterion.title.in_language(language()),
        "guidance": criterion.guidance.in_language(language()) if criterion.guidance else "",
        "evidence": EVIDENCE[criterion.evidence](),
    }
