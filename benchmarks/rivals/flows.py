"""The same step as a human task of viewflow.workflow: one is completed, the next one is created."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import Flow, flow
from viewflow.workflow.lock import SelectForUpdateLock


def no_page(request: Any) -> None:
    """Pages are not measured."""


class FileFlow(Flow):
    lock_impl = SelectForUpdateLock(nowait=False)

    start = flow.StartHandle().Next(this.proceed)
    proceed = flow.View(no_page).Permission("coordinator").Next(this.decide)
    decide = flow.View(no_page).Permission("panel").Next(this.end)
    end = flow.End()
