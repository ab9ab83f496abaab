"""Checkpoints, keys and proofs as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.trail.models import Checkpoint, Key
from accreditation_engine.trail.transparency.notes import verifier_key
from accreditation_engine.trail.transparency.published import EventInclusion


def checkpoint_facts(checkpoint: Checkpoint) -> list[dict[str, Any]]:
    """For parts/facts.html."""
    return [
        {"term": _("Events"), "value": checkpoint.size, "kind": "number"},
        {"term": _("Root"), "value": checkpoint.root, "kind": "code"},
        {"term": _("Signed"), "value": checkpoint.at, "kind": "moment"},
        {"term": _("By the key"), "value": public_line(checkpoint.key), "kind": "code"},
    ]


def checkpoints_table(checkpoints: Iterable[Checkpoint]) -> dict[str, Any]:
    """For parts/table.html."""
    titles = [(_("Events"), "number"), (_("Root"), ""), (_("Signed"), "")]
    return {
        "caption": _("Earlier checkpoints"),
        "hide_caption": True,
        "columns": [{"title": title, "kind": kind} for title, kind in titles],
        "rows": [{"cells": _cells(each)} for each in checkpoints],
        "empty": {"icon": "clock", "sentence": _("There is no earlier checkpoint yet.")},
    }


def _cells(checkpoint: Checkpoint) -> list[dict[str, Any]]:
    return [
        {
            "value": checkpoint.size,
            "kind": "number",
            "url": reverse("checkpoint_note", args=[checkpoint.size]),
        },
        {"value": checkpoint.root, "kind": "code"},
        {"value": checkpoint.at, "kind": "moment"},
    ]


def keys_told(keys: Iterable[Key]) -> list[dict[str, Any]]:
    return [{"line": public_line(key), "made_at": key.made_at, "retired_at": key.retired_at} for key in keys]


def public_line(key: Key) -> str:
    """The public key in the form that tools for such notes take."""
    return verifier_key(key.name, bytes.fromhex(key.public))


def inclusion_facts(inclusion: EventInclusion) -> list[dict[str, Any]]:
    return [
        {
            "term": _("Its place"),
            "value": inclusion.proof.position + 1,
            "kind": "number",
            "note": _("counted from 1, in the order in which events were first covered"),
        },
        {"term": _("Events in the checkpoint"), "value": inclusion.proof.size, "kind": "number"},
        {"term": _("Root"), "value": inclusion.root.hex(), "kind": "code"},
        {"term": _("Hash of its leaf"), "value": inclusion.leaf.hex(), "kind": "code"},
    ]
