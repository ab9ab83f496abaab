"""The declaration that whoever submits a file signs: its words, and what it was signed over.

Signed is with the name that the account bears: the event that submits keeps the digest of that name as its
actor's, the digest of the words in both languages, and those of the answers, the files and the scope that lay
before whoever signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.compiled import Step
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.perform import JUDGED
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.registry import Case, Verdict, guard
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.plausible import doubted_by
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.canonical import canonical_bytes
from accreditation_engine.trail.folding import folded
from accreditation_engine.written import kept_text

from .guards import (
    OF_ANSWERS,
    OF_EVIDENCE,
    answers_fact,
    digest_of,
    evidence_fact,
    scope_digest,
    scope_fact,
    scope_in,
)
from .models import Answer, Dossier, Evidence
from .scope import Scope

SIGNED, DECLARATION = "declaration_signed", "declaration"
SIGNED_OVER = ("answers", "evidence", "scope")
"""The guard, and where the data of an event holds what was signed; below that, of what it holds digests."""
USUAL = Bilingual(
    ar=(
        "أقر، بصفتي مفوضا من المنظمة، بأن ما ورد في هذا الملف من إجابات وشواهد صحيح وكامل في حدود علمي، وأن"
        " المنظمة تقبل التحقق منه، وأنها ستبلغ جهة الاعتماد بأي تغيير جوهري يطرأ عليه."
    ),
    en=(
        "On behalf of the organisation, and authorised by it, I declare that the answers and the evidence in this"
        " file are true and complete to the best of my knowledge, that the organisation agrees to their being"
        " verified, and that it will tell the accrediting body of any material change."
    ),
)
"""The words where a scheme has none of its own: as good as part of every such edition, so they never change."""


class Declaration(Parameters):
    """The words to be signed."""

    shorthand: ClassVar[str | None] = "text"
    text: Bilingual = USUAL


def words_of(step: Step) -> Bilingual:
    """What whoever takes `step` signs."""
    found = [each.parameters.text for each in step.guards if each.name == SIGNED]
    return found[0] if found else USUAL


def digest_of_words(words: Bilingual) -> str:
    """SHA-256, in hexadecimal, of the canonical form of the words in both languages."""
    return hashlib.sha256(canonical_bytes({"ar": words.ar, "en": words.en})).hexdigest()


def laid_before(dossier: Dossier) -> dict[str, str]:
    """Digests of the answers, the files and the scope as they stand. Three queries."""
    scope = Dossier.objects.get(pk=dossier.pk).scope
    return digests_of(dossier.answers.all(), dossier.evidence.filter(taken_back_at=None), scope)


def digests_of(answers: Iterable[Answer], files: Iterable[Evidence], scope: Scope) -> dict[str, str]:
    """The same where all answers, and all files that stand, are at hand."""
    return {
        "answers": digest_of({name: getattr(each, name) for name in OF_ANSWERS} for each in answers),
        "evidence": digest_of({name: getattr(each, name) for name in OF_EVIDENCE} for each in files),
        "scope": scope_digest(scope),
    }


def signed(step: Step, before: Mapping[str, str], *, by: User, name: str, language: str) -> dict[str, Any]:
    """The data of an event with which `by` signs in `language` ("ar" or "en") what was `laid_before` them, by
    typing their `name`. Raises Refused where that is not the name of their account."""
    if not name_fits(name, by):
        raise Refused([Reason("signed_with_other_name" if kept_text(name) else "signature_missing")])
    words = digest_of_words(words_of(step))
    return {DECLARATION: {"text": words, "language": language[:2], **before}}


def name_fits(typed: str, person: User) -> bool:
    """However a hand writes its alefs, and whatever stands between the words."""
    return _letters(typed) == _letters(person.name) != ""


def _letters(name: str) -> str:
    return "".join(folded(kept_text(name).casefold()).split())


def _before(model: type[Subject], parameters: Declaration, user: Any) -> Mapping[str, Any]:
    return {"answers": answers_fact(model), "evidence": evidence_fact(model), "scope": scope_fact(model)}


@guard(SIGNED, Declaration, facts=_before)
def declaration_signed(case: Case, parameters: Declaration) -> Verdict:
    """Whoever submits has signed these words, over the answers, the files and the scope as they are now."""
    if case.attempt.preview:
        return Verdict()
    said = case.attempt.data.get(DECLARATION)
    if not isinstance(said, Mapping) or said.get("text") != digest_of_words(parameters.text):
        return Verdict((Reason("declaration_missing"),))
    now = {name: digest_of(case.facts[name]) for name in ("answers", "evidence")}
    now["scope"] = scope_digest(scope_in(case.facts))
    if any(said.get(name) != digest for name, digest in now.items()):
        return Verdict((Reason("declared_over_other"),))
    return Verdict()


@doubted_by(SIGNED)
def signs_what_was_judged(picture: Picture, event: Said, bound: Any) -> Iterator[str]:
    """The words are those of the edition, and what was signed is what was judged."""
    said, judged = event.data.get(DECLARATION) or {}, event.data.get(JUDGED) or {}
    if said.get("text") != digest_of_words(bound.parameters.text):
        yield "its declaration has not the words of its edition"
    if any(name in judged and said.get(name) != judged[name] for name in ("answers", "evidence")):
        yield "its declaration was signed over something else than was judged"
    elif "answers" in judged and said.get("scope") not in (None, _scope_judged(judged)):
        yield "its declaration was signed over another scope than was judged"


def _scope_judged(judged: Mapping[str, Any]) -> str:
    return scope_digest(Scope(**judged.get("scope", {})))
