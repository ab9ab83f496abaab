"""The whole file as reviewers will read it, with the declaration to be signed at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.declaration import SIGNED_OVER, digests_of, signed, words_of
from accreditation_engine.dossiers.queries import handed_in
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.options import Option, options
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.words import transition_title, words_for_applicants
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.acts import (
    Tried,
    reason_shown,
    refusal,
    submits,
    take,
    version_of_file,
)
from accreditation_engine.portal.dossier.answers import answered_sections
from accreditation_engine.portal.dossier.facts import facts
from accreditation_engine.portal.dossier.history import moves
from accreditation_engine.portal.dossier.overview import links_of
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, language

from .came_back import came_back
from .missing import missing
from .progress import Progress

NAME, AGREED = "signature", "agreed"


@dataclass
class Signing:
    """What was typed beneath the declaration; `errors` by the name of the field, `tried` what the file refused."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    tried: Tried | None = None

    @property
    def refused(self) -> bool:
        return bool(self.errors or self.tried)

    def summary(self) -> list[dict[str, str]]:
        """For parts/error_summary.html."""
        return [{"text": words, "target": name} for name, words in self.errors.items()]


def submission(reader: Reader) -> Option | None:
    """The step with which the reader hands the file in, where it lies ahead. One query."""
    offered = reader.offered(options(reader.dossier, reader.person))
    return next((each for each in offered if submits(each.step)), None)


def version(reader: Reader) -> str:
    """What this page, which shows no findings, was made from. One query."""
    return version_of_file(reader, moves(reader.dossier.pk))


def sign(request: HttpRequest, reader: Reader, step: Option) -> Signing:
    """Sign and submit what the page showed."""
    typed = {name: str(value) for name, value in request.POST.items()}
    signing = Signing(typed)
    if not typed.get(AGREED):
        signing.errors[AGREED] = _("Tick that you declare this: without it the file is not submitted.")
    before = {name: typed.get(name, "") for name in SIGNED_OVER}
    try:
        data = signed(step.step, before, by=reader.person, name=typed.get(NAME, ""), language=language())
    except Refused as refused:
        signing.errors[NAME] = str(refused)
    if not signing.errors:
        asked = {**typed, "transition": step.name}
        signing.tried = take(reader.dossier, reader.person, asked, version(reader), data)
    return signing


def preview_page(reader: Reader, step: Option, signing: Signing) -> dict[str, Any]:
    """The context of portal/preview_file.html. What is signed is what is shown, read once: what somebody changes
    afterwards makes the signature refused, and is not signed unseen."""
    work = handed_in(reader.dossier)
    before = digests_of(work.answers.values(), chain(*work.files.values()), reader.dossier.scope)
    shown = frame(reader, "answers")
    shown["breadcrumbs"] = [*shown["breadcrumbs"], {"title": _("Preview")}]
    links = links_of(reader)
    return {
        **shown,
        "notice": refusal(signing.tried, reader.scheme, outside=reader.outside, links=links),
        "errors": signing.summary(),
        "word": came_back(reader),
        "facts": facts(reader),
        "sections": answered_sections(reader, work),
        "missing": missing(Progress.of(reader, work)),
        "code": any(each.name == "code_of_conduct_accepted" for each in step.step.guards),
        "code_url": links["code"],
        "form": _form(reader, step, signing, links, before),
    }


def _form(
    reader: Reader, step: Option, signing: Signing, links: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, Any]:
    person, typed = reader.person, signing.typed
    with words_for_applicants(reader.outside):
        title = transition_title(reader.dossier.edition_id, step.name)
    return {
        "title": title,
        "ready": step.open,
        "reasons": [reason_shown(each, reader.scheme, links) for each in step.reasons],
        "words": words_of(step.step).in_language(language()),
        "version": version(reader),
        "before": before,
        "agreed": {
            "name": AGREED,
            "type": "checkbox",
            "label": _("I declare this"),
            "value": typed.get(AGREED, ""),
            "error": signing.errors.get(AGREED, ""),
            "required": True,
        },
        "name": {
            "name": NAME,
            "type": "text",
            "label": _("Your name, as a signature"),
            "help": _signs_as(person),
            "value": typed.get(NAME, ""),
            "error": signing.errors.get(NAME, ""),
            "required": True,
        },
        "comment": {
            "name": "comment",
            "label": _("A word to those who receive the file"),
            "value": typed.get("comment", ""),
        }
        if step.step.definition.comment != "none"
        else None,
    }


def _signs_as(person: User) -> str:
    words = _(
        "Type it as your account bears it: %(name)s. It is written into the decision trail with the time."
    )
    return words % isolated({"name": str(person)})
