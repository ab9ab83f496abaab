"""What a workflow may speak of: the names that the rest of the house has registered.

Definitions know no database and no guard; they are checked against a vocabulary that is handed to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pydantic import model_validator

from .base import Frozen


class Parameters(Frozen):
    """Typed parameters of a guard or an effect. Subclasses declare fields.

    `shorthand` names the field that a bare value fills: with `shorthand = "to"`, `{notify: applicant}` means
    `{notify: {to: applicant}}`. Validation gets a context `{"workflow": Workflow, "rubrics": {id: Rubric}}`
    (`info.context`), so that parameters can be checked against the scheme they stand in.
    """

    shorthand: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _from_shorthand(cls, value: Any) -> Any:
        if value is None:
            return {}
        if cls.shorthand is not None and not isinstance(value, dict):
            return {cls.shorthand: value}
        return value


@dataclass(frozen=True)
class SubjectWords:
    """What moves through a workflow: which dates a deadline may stand `on`, which things a state `shows`, which
    steps the site takes by itself without any deadline, and whether strangers learn what it is worth."""

    dates: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    of_itself: frozenset[str] = frozenset()
    stands_in_public: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """All names a workflow may use.

    `reviewing` and `deciding` are the roles whose holders judge: who took part in one of them may not take
    part in another for the same subject. `sends_reviews` are the guards of a step that sends a review.
    """

    guards: Mapping[str, type[Parameters]] = field(default_factory=dict)
    effects: Mapping[str, type[Parameters]] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    reviewing: frozenset[str] = frozenset()
    deciding: frozenset[str] = frozenset()
    sends_reviews: frozenset[str] = frozenset()
    subjects: Mapping[str, SubjectWords] = field(default_factory=dict)
