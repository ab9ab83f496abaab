"""A workflow: states, the transitions between them, who may take them, what must hold and what follows."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .base import Bilingual, EditionLabel, Frozen, Identifier, as_text, exactly_one, plain
from .calendars import Calendar, Counts
from .durations import Duration
from .public_status import PublicStatus, word_for
from .reminders import Reminder
from .reviewing import Reviewing
from .said import say

NOTIFY = "notify"
"""The effect that writes to people."""


def _settled(value: Any) -> Any:
    """Parameters as JSON can hold them: 3.0 becomes 3, and a number with a fraction its plain digits."""
    if isinstance(value, dict):
        return {str(key): _settled(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_settled(each) for each in value]
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = plain(Decimal(value))
        return int(exact) if exact == exact.to_integral_value() else as_text(exact)
    if value is None or isinstance(value, str | bool):
        return value
    raise ValueError(say("give text, numbers, lists or mappings"))


class Rule(Frozen):
    """A guard or an effect as written: a name, or a name with parameters.

    `parameters` is what stood behind the name, in the form of JSON: text, a whole number, true or false, a
    list or a mapping of these; a number with a fraction is text ("0.5"); None where there was only a name.
    The registry that knows the name turns it into typed parameters.
    """

    name: Identifier
    parameters: Annotated[Any, BeforeValidator(_settled)] = None

    @model_validator(mode="before")
    @classmethod
    def _from_written(cls, value: Any) -> Any:
        if isinstance(value, Rule):
            return value
        if isinstance(value, str):
            return {"name": value}
        if isinstance(value, dict) and len(value) == 1:
            name, parameters = next(iter(value.items()))
            return {"name": name, "parameters": None if parameters == {} else parameters}
        raise PydanticCustomError("rule", "write a name, or one key: the name and its parameters")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """As it is written in a file: a name, or a mapping of one name to its parameters."""
        name = handler(schema)["properties"]["name"]
        one = {"type": "object", "propertyNames": name, "minProperties": 1, "maxProperties": 1}
        return {"description": "A name, or one key: the name and its parameters.", "anyOf": [name, one]}

    @model_serializer
    def _as_written(self) -> Any:
        return self.name if self.parameters is None else {self.name: self.parameters}


class Deadline(Frozen):
    """When the system itself takes the transition `then`: a time after the state was entered, or on a date
    that the subject carries (a certificate's `valid_until`). `counts` says whether days off lengthen that time;
    it does not end before the day `not_before` of the subject is over."""

    model_config = ConfigDict(json_schema_extra=exactly_one("after", "on"))

    after: Duration | None = None
    on: Identifier | None = None
    not_before: Identifier | None = None
    counts: Counts = "calendar_days"
    then: Identifier

    @model_validator(mode="after")
    def _one_moment(self) -> Deadline:
        if (self.after is None) == (self.on is None):
            raise PydanticCustomError("deadline", "give exactly one of after, on")
        return self


class State(Frozen):
    title: Bilingual
    public_title: Bilingual | None = None
    public_status: PublicStatus | None = None
    waits_for: Identifier | None = None
    deadline: Deadline | None = None
    reminders: tuple[Reminder, ...] = ()
    shows: dict[Identifier, tuple[Identifier, ...]] = {}
    anonymous: tuple[Identifier, ...] = ()
    final: StrictBool = False


class Transition(Frozen):
    """`told` is what a role that the step notifies reads of it, by role: a sentence, in the reader's person."""

    title: Bilingual
    from_: Annotated[tuple[Identifier, ...], Field(alias="from", min_length=1)]
    to: Identifier
    by: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    requires: tuple[Rule, ...] = ()
    comment: Literal["optional", "required", "none"] = "optional"
    then: tuple[Rule, ...] = ()
    told: dict[Identifier, Bilingual] = {}

    @property
    def notified(self) -> frozenset[str]:
        """The roles that are written to when the step is taken."""
        names = [each.parameters for each in self.then if each.name == NOTIFY]
        return frozenset(str(each.get("to") if isinstance(each, dict) else each) for each in names)


class Workflow(Frozen):
    workflow: Identifier
    edition: EditionLabel
    title: Bilingual
    rubrics: tuple[Identifier, ...] = ()
    subject: Identifier
    initial: Identifier
    calendar: Calendar | None = None
    reviewing: Reviewing | None = None
    states: Annotated[dict[Identifier, State], Field(min_length=1)]
    transitions: dict[Identifier, Transition] = {}

    @property
    def id(self) -> str:
        return self.workflow

    def status_in_public(self, state: str) -> PublicStatus:
        """What strangers read of a certificate in `state`."""
        known = self.states[state]
        return word_for(state, known.public_status, final=known.final)

    def leaving(self, state: str) -> dict[str, Transition]:
        """The transitions that may be taken from `state`, by name, in the order of the file."""
        return {name: each for name, each in self.transitions.items() if state in each.from_}
