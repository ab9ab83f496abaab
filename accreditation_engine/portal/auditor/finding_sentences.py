"""The events of a finding in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.rubrics import criterion_titles
from accreditation_engine.reviews.wording import AMENDED, EXPLAINED
from accreditation_engine.reviews.words import severity_title

from .sentences import Context, Fact, Sentence, mentioned, sentence


@sentence("finding_raised")
def _raised(context: Context) -> Sentence:
    data, titles = context.data, criterion_titles(context.reader.scheme)
    facts: list[Fact] = [
        {"term": _("Criterion"), "value": titles.get((data["rubric"], data["criterion"]), data["criterion"])},
        {"term": _("Severity"), "value": severity_title(data["severity"])},
    ]
    if data["rating"]:
        facts.append({"term": _("Rating that raised it"), "value": data["rating"], "kind": "code"})
    if data["due_on"]:
        facts.append({"term": _("To be corrected by"), "value": data["due_on"], "kind": "code"})
    if data.get("owner"):
        facts.append({"term": _("Who sees to it"), "value": mentioned(context)})
    facts += [{"term": _("SHA-256 of the file"), "value": each, "kind": "code"} for each in data["evidence"]]
    title = _("The finding was raised by a rule") if data["rating"] else _("The finding was raised")
    return Sentence(title, icon="flag", facts=facts, needs="ratings" if data["rating"] else "")


@sentence("owner_named")
def _owner_named(context: Context) -> Sentence:
    if not context.data.get("owner"):
        return Sentence(_("Nobody in particular sees to it any more"), icon="people")
    return Sentence(
        _("Who sees to it was named: %(name)s") % isolated({"name": mentioned(context)}), icon="people"
    )


@sentence("correction_filed")
def _correction_filed(context: Context) -> Sentence:
    facts: list[Fact] = [{"term": _("SHA-256 of the file"), "value": context.data["sha256"], "kind": "code"}]
    return Sentence(_("A file that shows the correction was added"), icon="file", facts=facts)


@sentence(EXPLAINED)
def _explained(context: Context) -> Sentence:
    return Sentence(_("Why the text is amended"), icon="pencil")


@sentence(AMENDED)
def _amended(context: Context) -> Sentence:
    number = context.data["instead_of"]
    words = _("The text was amended; what it said before lies beside event %(number)d")
    return Sentence(words % {"number": number}, icon="pencil")
