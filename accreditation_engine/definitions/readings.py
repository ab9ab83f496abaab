"""Rubrics that read the ratings given under another one: two ways to judge one set of answers, asked for once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .problems import Flaw
from .rubric import Rubric
from .workflow import Workflow


def check_reading(rubric: Rubric) -> Iterator[Flaw]:
    """What a rubric that reads another one must not say by itself."""
    if rubric.reads is None:
        return
    if rubric.reads == rubric.id:
        yield Flaw(("reads",), "a rubric cannot read its own ratings; name another rubric, or remove 'reads'")
    for key in ("findings", "reconcile_above"):
        if getattr(rubric, key):
            where = f"they belong to the ratings, which '{rubric.reads}' asks for"
            yield Flaw((key,), f"'{key}' cannot stand beside 'reads': {where}; write '{key}' there")


def check_readings(workflow: Workflow, rubrics: Mapping[str, Rubric]) -> Iterator[Flaw]:
    """Whether what each rubric of `workflow` reads is asked for there, and is the same questions."""
    for index, name in enumerate(workflow.rubrics):
        rubric = rubrics.get(name)
        if rubric is not None and rubric.reads not in (None, name):
            wrong = _wrong(rubric, workflow, rubrics)
            if wrong:
                yield Flaw(("rubrics", index), wrong)


def _wrong(rubric: Rubric, workflow: Workflow, rubrics: Mapping[str, Rubric]) -> str:
    read = rubric.reads
    if read not in workflow.rubrics:
        return f"'{rubric.id}' reads '{read}', which is not listed; add '{read}' to 'rubrics'"
    source = rubrics.get(read)
    if source is None:
        return ""  # what is wrong with that one is being said
    if source.reads is not None:
        return f"'{rubric.id}' reads '{read}', which reads '{source.reads}' itself; read '{source.reads}' instead"
    if rubric.scale != source.scale:
        return f"'{rubric.id}' reads '{read}' and has another scale; give both the same, or remove 'reads'"
    own, theirs = _asked(rubric), _asked(source)
    differing = [each for each in {**own, **theirs} if own.get(each) != theirs.get(each)]
    if differing:
        words = f"'{rubric.id}' reads '{read}' and asks otherwise: {', '.join(differing[:3])}"
        return f"{words}; give both the same criteria, word for word, or remove 'reads'"
    return ""


def _asked(rubric: Rubric) -> dict[str, dict[str, Any]]:
    """All of a criterion that people see or that bounds their answers: not its weight, which is how it is read."""
    return {each.id: each.model_dump(exclude={"weight"}) for each in rubric.every_criterion()}
