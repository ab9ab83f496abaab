"""Whether what a certificate was decided on is still as it was (docs/decisions/021)."""

from __future__ import annotations

from accreditation_engine.decisions.since import since_decision

from .models import Certificate


def basis_changed(certificate: Certificate) -> bool:
    """Whether something that was judged is not as it was, and no later act of its own explains it. Two queries,
    and one more where something differs."""
    since = since_decision(certificate.dossier)
    return since is not None and bool(since.serious)
