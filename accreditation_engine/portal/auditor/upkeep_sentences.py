"""The events of what keeps a certificate alive in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accreditation_engine.certificates.upkeep.filing import ADDED, TAKEN_BACK
from accreditation_engine.organisations.profile_words import document_title

from .sentences import Context, Fact, Sentence, sentence


@sentence(ADDED)
def _added(context: Context) -> Sentence:
    facts = _file(context)
    if context.data["document"]:
        facts.append({"term": _("From the profile"), "value": document_title(context.data["document"])})
    return Sentence(_("A file was added to what is filed"), icon="file", facts=facts)


@sentence(TAKEN_BACK)
def _taken_back(context: Context) -> Sentence:
    return Sentence(_("A file was taken back before it was handed in"), icon="file", facts=_file(context))


def _file(context: Context) -> list[Fact]:
    return [{"term": _("SHA-256 of the file"), "value": context.data["sha256"], "kind": "code"}]
