"""Editions in the database: storing what was read, and opening a scheme under one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from accreditation_engine.definitions.editions import (
    canonical,
    canonical_workflow,
    content_hash,
)
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.trail.content import Actor

from .acting import Person
from .models import Edition, Scheme
from .recording import record


def store_rubric(rubric: Rubric) -> Edition:
    """Keep `rubric`; the same content is kept once."""
    return _store("rubric", rubric.id, rubric.edition, canonical(rubric))


def store_workflow(workflow: Workflow, rubrics: Mapping[str, Rubric]) -> Edition:
    """Keep `workflow` and the rubrics it lists. Its hash covers theirs, so one hash names the whole scheme."""
    used = {name: rubrics[name] for name in workflow.rubrics}
    for rubric in used.values():
        store_rubric(rubric)
    return _store("workflow", workflow.id, workflow.edition, canonical_workflow(workflow, used))


def _store(kind: str, name: str, label: str, content: bytes) -> Edition:
    edition, _ = Edition.objects.get_or_create(
        hash=content_hash(content), defaults={"kind": kind, "name": name, "label": label, "content": content}
    )
    return edition


def activate(workflow: Workflow, edition: Edition, actor: Person | Actor, *, role: str = "system") -> bool:
    """Open the scheme of `workflow` under `edition` from now on; what is in flight keeps its own.

    An event of the scheme's stream says so. Returns False, and writes nothing, when it is so already.
    """
    with transaction.atomic():
        scheme, created = Scheme.objects.select_for_update().get_or_create(
            name=workflow.id, defaults={"subject": workflow.subject, "edition": edition}
        )
        if not created and scheme.edition_id == edition.hash:
            return False
        Scheme.objects.filter(pk=scheme.pk).update(edition=edition, subject=workflow.subject)
        record(
            scheme.stream,
            "activated",
            actor,
            role=role,
            edition=edition.hash,
            data={"scheme": workflow.id, "label": workflow.edition},
        )
    return True


def opened_under_the_same_name(workflow: Workflow, rubrics: Mapping[str, Rubric]) -> bool:
    """Whether the scheme of `workflow` is open under an edition that is called the same and says other things."""
    used = {name: rubrics[name] for name in workflow.rubrics}
    called = content_hash(canonical_workflow(workflow, used))
    open_ = Scheme.objects.filter(name=workflow.id, edition__label=workflow.edition)
    return open_.exclude(edition=called).exists()


def load_schemes(
    workflows: Iterable[Workflow], rubrics: Mapping[str, Rubric], actor: Person | Actor
) -> list[str]:
    """Store all `workflows` with their rubrics and open their schemes under them; names those that changed."""
    return [each.id for each in workflows if activate(each, store_workflow(each, rubrics), actor)]
