"""What a change of scope does to itself and to its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accreditation_engine.certificates.finished.finishing import ask_for_papers, next_version
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.register.lines import write_anew
from accreditation_engine.certificates.scope import set_scopes
from accreditation_engine.certificates.upkeep.opening import why_over
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.registry import Taken, effect

from .guards import WORDS
from .wording import write_words


@effect("word_scope")
def word_scope(taken: Sequence[Taken], parameters: Parameters) -> None:
    """What is asked for reads from now on as the step says that brought other words."""
    for each in taken:
        words: Any = each.attempt.data.get(WORDS)
        if words is not None:
            write_words(each.subject, Scope(words["ar"], words["en"]), each.actor, each.event.role)


@effect("change_scope")
def change_scope(taken: Sequence[Taken], parameters: Parameters) -> None:
    """The certificate covers what was asked for; a new version of its paper says so. Raises Refused, and with it
    the step, where the certificate counts no more."""
    for each in taken:
        change = each.subject
        certificate = Certificate.objects.select_for_update().get(pk=change.certificate_id)
        if over := why_over(certificate):
            raise Refused(over)
        certificate.paper_due = next_version(certificate)
        set_scopes({certificate.pk: change.wanted}, [certificate], request=str(change.pk))
        write_anew([certificate.pk])
        ask_for_papers([certificate])
