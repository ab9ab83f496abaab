"""Questions to the organisation and their answers, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.portal.dossier.rubrics import criterion_titles

from .sentences import Context, Fact, Sentence, sentence

NEEDS = "questions"


@sentence("question_asked")
def _asked(context: Context) -> Sentence:
    data = context.data
    day = date_format(date.fromisoformat(data["due_on"]), "j F Y")
    facts = [_about(context), {"term": _("To be answered by"), "value": day}]
    if data["follows"]:
        facts.append({"term": _("Asks on after event"), "value": data["follows"], "kind": "number"})
    return Sentence(_("The organisation was asked a question"), icon="search", facts=facts, needs=NEEDS)


@sentence("question_answered")
def _answered(context: Context) -> Sentence:
    data = context.data
    title = _("A question was answered late") if data["late"] else _("A question was answered")
    facts = [_to(context)]
    if context.reader.sees("evidence"):
        facts += [
            {"term": _("SHA-256 of the file"), "value": each, "kind": "code"}
            for each in data.get("files", ())
        ]
    return Sentence(title, icon="pencil", facts=facts, needs=NEEDS)


@sentence("question_withdrawn")
def _withdrawn(context: Context) -> Sentence:
    return Sentence(_("A question was withdrawn"), icon="minus", facts=[_to(context)], needs=NEEDS)


def _about(context: Context) -> Fact:
    data: Any = context.data
    if not data["criterion"]:
        return {"term": _("About"), "value": _("The whole file")}
    titles = criterion_titles(compiled(context.told.event.edition))
    return {
        "term": _("About"),
        "value": titles.get((data["rubric"], data["criterion"]), data["criterion"]),
    }


def _to(context: Context) -> Fact:
    return {"term": _("Question of event"), "value": context.data["asked"], "kind": "number"}
