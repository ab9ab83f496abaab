"""JSON Schema of both kinds of file, for editors: from the same models that read them."""

from __future__ import annotations

from typing import Any

from .reading import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a file of `kind`, "rubric" or "workflow"."""
    return {"$schema": DIALECT, **KINDS[kind].model_json_schema(by_alias=True, mode="validation")}
