"""Why a document is not taken or given out, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording


@wording("document_is_a_link")
def _link(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” is a link. Add the document itself, as a file.") % isolated(parameters)


@wording("documents_full")
def _full(parameters: Mapping[str, Any]) -> str:
    return _(
        "Your organisation has filed %(files)d documents or %(most)d MB, which is the most. Write to the"
        " accrediting body; older versions can be erased."
    ) % isolated(parameters)


@wording("document_mismatch")
def _mismatch(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” is not given out: what is stored is not the file that was added. The administrator finds it"
        " in the log; add the document once more."
    ) % isolated(parameters)
