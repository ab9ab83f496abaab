"""Rubrics that read the ratings given under another one: two ways to judge one set of answers, asked for once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .problems import Flaw
from .rubric import Rubric
from .said import Said, listed, say
from .workflow import Workflow


def check_reading(rubric: Rubric) -> Iterator[Flaw]:
    """What a rubric that reads another one must not say by itself."""
    if rubric.reads is None:
        return
    if rubric.reads == rubric.id:
        words = "a rubric cannot read its own ratings; name another rubric, or remove 'reads'"
        yield Flaw(("reads",), say(words))
    for key in ("findings", "reconcile_above"):
        if getattr(rubric, key):
            words = (
                "'{key}' cannot stand beside 'reads': they belong to the ratings, which '{read}' asks for; write"
                " '{key}' there"
            )
            yield Flaw((key,), say(words, key=key, read=rubric.reads))


def check_readings(workflow: Workflow, rubrics: Mapping[str, Rubric]) -> Iterator[Flaw]:
    """Whether what each rubric of `workflow` reads is asked for there, and is the same questions."""
    for index, name in enumerate(workflow.rubrics):
        rubric = rubrics.get(name)
        if rubric is not None and rubric.reads not in (None, name):
            wrong = _wrong(rubric, workflow, rubrics)
            if wrong:
                yield Flaw(("rubrics", index), wrong)


def _wrong(rubric: Rubric, workflow: Workflow, rubrics: Mapping[str, Rubric]) -> Said | None:
    read = rubric.reads
    names = {"id": rubric.id, "read": read}
    if read not in workflow.rubrics:
        return say("'{id}' reads '{read}', which is not listed; add '{read}' to 'rubrics'", **names)
    source = rubrics.get(read)
    if source is None:
        return None  # what is wrong with that one is being said
    if source.reads is not None:
        words = "'{id}' reads '{read}', which reads '{further}' itself; read '{further}' instead"
        return say(words, **names, further=source.reads)
    if rubric.scale != source.scale:
        words = "'{id}' reads '{read}' and has another scale; give both the same, or remove 'reads'"
        return say(words, **names)
    own, theirs = _asked(rubric), _asked(source)
    differing = [each for each in {**own, **theirs} if own.get(each) != theirs.get(each)]
    if differing:
        words = (
            "'{id}' reads '{read}' and asks otherwise: {differing}; give both the same criteria, word for word, or"
            " remove 'reads'"
        )
        return say(words, **names, differing=listed(differing[:3]))
    return None


def _asked(rubric: Rubric) -> dict[str, dict[str, Any]]:
    """All of a criterion that people see or that bounds their answers: not its weight, which is how it is read."""
    return {each.id: each.model_dump(exclude={"weight"}) for each in rubric.every_criterion()}
