"""What was erased by law, and accounts that were closed, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.rubrics import criterion_titles

from .sentences import Context, Fact, Sentence, sentence


@sentence("erased")
def _erased(context: Context) -> Sentence:
    return Sentence(
        _("Erased by law: %(what)s") % {"what": _what(context)}, icon="cross", facts=_where(context)
    )


ERASED = {
    "comment": gettext_lazy("the comment of event %(seq)d"),
    "narrative": gettext_lazy("an answer of the organisation"),
    "file_name": gettext_lazy("the name of a file"),
    "file": gettext_lazy("a file in evidence"),
    "complaint_file": gettext_lazy("a file with a concern"),
    "profile_document": gettext_lazy("a document of the organisation"),
    "upkeep_file": gettext_lazy("a file with what was filed for a certificate"),
    "note": gettext_lazy("a reviewer's note"),
    "name": gettext_lazy("a name that this person bore"),
    "email": gettext_lazy("this person's e-mail address"),
    "employer": gettext_lazy("where this person works"),
}
"""Each kind of piece."""


def _what(context: Context) -> str:
    what = str(context.data["what"])
    words = str(ERASED.get(what, what))
    return words % isolated({"seq": context.data["seq"]}) if "seq" in context.data else words


def _where(context: Context) -> list[Fact]:
    data: Any = context.data
    facts: list[Fact] = []
    if "criterion" in data:
        titles = criterion_titles(compiled(context.told.event.edition))
        title = titles.get((data["rubric"], data["criterion"]), data["criterion"])
        facts.append({"term": _("Criterion"), "value": title})
    if "sha256" in data:
        facts.append({"term": _("SHA-256 of the file"), "value": data["sha256"], "kind": "code"})
    return facts


@sentence("account_closed")
def _account_closed(context: Context) -> Sentence:
    return Sentence(_("The account was closed"), icon="lock")
