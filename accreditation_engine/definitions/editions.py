"""The canonical form of a definition, and the hash by which an edition of it is known.

The canonical form is RFC 8785 JSON: the same bytes for the same meaning, whatever the order of keys, the
comments, the spelling of numbers (4 or 4.0) and the defaults that were written out. Order in lists counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from .rubric import Rubric
from .workflow import Workflow


@dataclass(frozen=True)
class Pinned:
    """A workflow, bound to the editions of its rubrics by {rubric id: content hash}."""

    workflow: Workflow
    pins: Mapping[str, str]


def canonical(definition: Rubric | Workflow) -> bytes:
    """The canonical bytes of a definition by itself. Numbers with a fraction are text in plain digits."""
    return rfc8785.dumps(_content(definition))


def canonical_workflow(workflow: Workflow, rubrics: Mapping[str, Rubric]) -> bytes:
    """The canonical bytes of a workflow with the hashes of the rubrics it lists, so that a change of a rubric
    makes a new edition of every workflow that uses it.

    People see states and transitions in the order they were written in, so that order is part of the edition.
    `rubrics` maps ids to rubrics; KeyError when one that the workflow lists is not among them.
    """
    pins = {each: content_hash(rubrics[each]) for each in workflow.rubrics}
    order = {"states": list(workflow.states), "transitions": list(workflow.transitions)}
    return rfc8785.dumps({"workflow": _content(workflow), "order": order, "pins": pins})


def content_hash(edition: Rubric | Workflow | bytes) -> str:
    """The SHA-256 of a definition's canonical form, or of canonical bytes at hand, in hexadecimal."""
    return sha256(edition if isinstance(edition, bytes) else canonical(edition)).hexdigest()


def from_canonical(edition: bytes) -> Rubric | Workflow | Pinned:
    """The models back from what `canonical` or `canonical_workflow` gave, without any YAML.

    Raises ValueError (pydantic's ValidationError is one) when the bytes hold no edition.
    """
    content = json.loads(edition)
    if not isinstance(content, dict):
        raise ValueError("an edition is a JSON object")
    if "pins" in content:
        return Pinned(Workflow.model_validate(_in_order(content)), dict(content["pins"]))
    return (Rubric if "rubric" in content else Workflow).model_validate(content)


def _in_order(content: dict[str, Any]) -> dict[str, Any]:
    """The workflow with states and transitions as written; canonical JSON sorts its keys."""
    workflow: dict[str, Any] = content["workflow"]
    for part, names in content.get("order", {}).items():
        if names:
            workflow[part] = {name: workflow[part][name] for name in names}
    return workflow


def _content(definition: Rubric | Workflow) -> dict[str, Any]:
    return definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
