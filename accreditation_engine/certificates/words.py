"""Reasons about certificates, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import wording


@wording("decided_on_another_sheet")
def _decided_on_another_sheet(parameters: Mapping[str, Any]) -> str:
    return _(
        "The ratings come to another score than when the decision was taken, so no certificate can be issued on"
        " it. An administrator finds in the trail what was changed."
    )
