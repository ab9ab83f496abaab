"""When people are reminded of what waits for them, and who is told when it is late."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from .base import Frozen, Identifier, exactly_one
from .durations import Duration

MOMENTS = ("before", "at", "after", "since")
READERS = ("to", "escalate")
OF_A_DEADLINE = ("before", "at", "after")


class Reminder(Frozen):
    """One letter, once. When: so long `before` a deadline, `at` it, so long `after` it, or so long `since` all
    began (the state was entered, the reviewer was asked). Whom: the role it waits for or another one (`to`), or
    the role that is told that somebody is late (`escalate`)."""

    model_config = ConfigDict(
        json_schema_extra={"allOf": [exactly_one(*MOMENTS), exactly_one(*READERS)]},
    )

    before: Duration | None = None
    at: Literal["deadline"] | None = None
    after: Duration | None = None
    since: Duration | None = None
    to: Identifier | None = None
    escalate: Identifier | None = None

    @model_validator(mode="after")
    def _one_moment_one_reader(self) -> Reminder:
        for names in (MOMENTS, READERS):
            if sum(getattr(self, name) is not None for name in names) != 1:
                raise PydanticCustomError(
                    "exactly_one", "give exactly one of {names}", {"names": ", ".join(names)}
                )
        return self

    @property
    def moment(self) -> str:
        """Which of `before`, `at`, `after` and `since` it has."""
        return next(name for name in MOMENTS if getattr(self, name) is not None)

    @property
    def length(self) -> str:
        """The duration behind it, "" for the deadline itself."""
        return "" if self.at else str(getattr(self, self.moment))

    @property
    def role(self) -> str:
        return str(self.to or self.escalate)

    @property
    def key(self) -> str:
        """What tells it from its neighbours, of at most 100 characters: "before P7D to applicant"."""
        reader = "to" if self.to else "escalate"
        return f"{self.moment} {self.length or self.at} {reader} {self.role}"
