"""What was erased by law, and accounts that were closed, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.rubrics import criterion_titles

from .sentences import Context, Fact, Sentence, sentence


@sentence("erased")
def _erased(context: Context) -> Sentence:
    return Sentence(
        _("Erased by law: %(what)s") % {"what": _what(context)}, icon="cross", facts=_where(context)
    )


def _what(context: Context) -> str:
    data: Any = context.data
    titles = {
        "comment": lambda: _("the comment of event %(seq)d") % isolated({"seq": data["seq"]}),
        "narrative": lambda: _("an answer of the organisation"),
        "file_name": lambda: _("the name of a file"),
        "file": lambda: _("a file in evidence"),
        "complaint_file": lambda: _("a file with a concern"),
        "profile_document": lambda: _("a document of the organisation"),
        "upkeep_file": lambda: _("a file with what was filed for a certificate"),
        "note": lambda: _("a reviewer's note"),
        "name": lambda: _("a name that this person bore"),
        "email": lambda: _("this person's e-mail address"),
        "employer": lambda: _("where this person works"),
    }
    words = titles.get(data["what"])
    return words() if words else str(data["what"])


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
