"""Guards and effects for tests, and a scheme that uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.dossiers.models import Answer
from accreditation_engine.engine import registry
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Taken, Verdict
from tests.support.world import TINY, changed

RULED = changed(
    TINY,
    ("workflow: tiny", "workflow: ruled"),
    (
        "by: [applicant], comment: none}",
        "by: [applicant], comment: required, requires: [never, {never: twice}]}",
    ),
    ("by: [coordinator]}\n  send_back", "by: [coordinator], requires: [numbered]}\n  send_back"),
    ("by: [coordinator, auditor]}", "by: [coordinator, auditor], then: [EFFECT]}"),
)
"""As TINY, but what `submit` asks for never holds, and EFFECT stands for what follows from `finish`."""


class Word(Parameters):
    shorthand: ClassVar[str | None] = "word"
    word: str = "once"


def never(case: Case, parameters: Word) -> Verdict:
    return Verdict((Reason("never", {"word": parameters.word}),))


def _number(model: Any, parameters: Any, user: Any) -> Mapping[str, Any]:
    return {"number": F("number")}


def numbered(case: Case, parameters: Parameters) -> Verdict:
    return Verdict((), {"number": case.facts["number"]})


def explode(taken: Sequence[Taken], parameters: Parameters) -> None:
    raise ZeroDivisionError


def dangle(taken: Sequence[Taken], parameters: Parameters) -> None:
    """Refer to a dossier that is not there, which the database notices when the transaction ends."""
    Answer.objects.create(dossier_id=uuid4(), rubric="r", criterion="c", updated_at=timezone.now())


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules of RULED can be used in this test."""
    monkeypatch.setitem(registry.guards, "never", registry.Guard(Word, never, registry.no_facts))
    monkeypatch.setitem(registry.guards, "numbered", registry.Guard(Parameters, numbered, _number))
    for effect in (explode, dangle):
        monkeypatch.setitem(registry.effects, effect.__name__, registry.Effect(Parameters, effect))
