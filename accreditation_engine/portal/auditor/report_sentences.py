"""Versions of a report, and what is contested in it, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.portal.dossier.rubrics import criterion_titles

from .sentences import Context, Fact, Sentence, ratings_given, sentence

NEEDS = "report"


@sentence("report_made")
def _made(context: Context) -> Sentence:
    return Sentence(_("The report was made"), icon="file", facts=_version(context), needs=NEEDS)


@sentence("report_amended")
def _amended(context: Context) -> Sentence:
    data, facts = context.data, _version(context)
    if context.reader.sees(NEEDS):
        now = {
            rubric: {name: values["is"] for name, values in each.items()}
            for rubric, each in data["ratings"].items()
        }
        facts += ratings_given(context, now)
        facts += _counted(_("Findings withdrawn"), len(data["withdrawn"]))
        facts += _counted(_("Findings raised"), len(data["raised"]))
        facts += _counted(_("Findings worded anew"), len(data.get("reworded", ())))
    return Sentence(_("The report was amended"), icon="pencil", facts=facts, needs=NEEDS)


@sentence("report_contested")
def _contested(context: Context) -> Sentence:
    data = context.data
    facts = [_about(context)]
    if context.reader.sees("evidence"):
        facts += [{"term": _("SHA-256 of the file"), "value": each, "kind": "code"} for each in data["files"]]
    title = (
        _("The organisation contests a finding")
        if data["finding"]
        else _("The organisation contests the report")
    )
    return Sentence(title, icon="flag", facts=facts, needs=NEEDS)


@sentence("contest_answered")
def _answered(context: Context) -> Sentence:
    accepted = context.data["accepted"]
    title = (
        _("A point of the organisation was found to be right")
        if accepted
        else _("A point of the organisation was not accepted")
    )
    fact: Fact = {"term": _("Answers event"), "value": context.data["contested"], "kind": "number"}
    return Sentence(title, icon="check" if accepted else "minus", facts=[fact], needs=NEEDS)


def _counted(term: str, count: int) -> list[Fact]:
    return [{"term": term, "value": count, "kind": "number"}] if count else []


def _version(context: Context) -> list[Fact]:
    return [
        {"term": _("Version"), "value": context.data["version"], "kind": "number"},
        {"term": _("Digest"), "value": context.data["digest"], "kind": "code"},
    ]


def _about(context: Context) -> Fact:
    rubric, criterion = context.data["rubric"], context.data["criterion"]
    titles = criterion_titles(compiled(context.told.event.edition))
    value = titles.get((rubric, criterion), criterion) if criterion else _("The decision as a whole")
    return {"term": _("About"), "value": value}
