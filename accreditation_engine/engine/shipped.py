"""The definitions in the site's own folders."""

from __future__ import annotations

from django.conf import settings

from accreditation_engine.definitions.checking import Checked, files_in, read_files

from .registry import vocabulary


def read_shipped() -> Checked:
    """All of them, read and checked together."""
    return read_files([*files_in(settings.RUBRICS_DIR), *files_in(settings.WORKFLOWS_DIR)], vocabulary())
