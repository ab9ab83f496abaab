"""How a workflow's subjects are reviewed: how many reviews each wants, and how reviewers come to them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from .base import Frozen
from .durations import Duration


class Reviewing(Frozen):
    """`places`: how many reviews a dossier wants. `claim`: whether reviewers may take an open place by themselves.
    `due`: when a review is due, counted from the moment its reviewer was asked. `declare`: whether a reviewer
    declares interests before anything of the dossier is shown. `objection`: how long the organisation may object
    to a reviewer, counted from the same moment; None where it may not."""

    places: Annotated[int, Field(ge=1, le=20)] = 2
    claim: StrictBool = False
    due: Duration | None = None
    declare: StrictBool = False
    objection: Duration | None = None
