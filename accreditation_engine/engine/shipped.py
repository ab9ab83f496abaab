"""The definitions in the site's own folders."""

from __future__ import annotations

from accreditation_engine.definitions.checking import Checked, read_files

from .definition_files import shipped
from .registry import vocabulary


def read_shipped() -> Checked:
    """All of them, read and checked together."""
    return read_files([*shipped("rubric"), *shipped("workflow")], vocabulary())
