"""The certificates app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_subject

ISSUED = (
    "dossier_id",
    "number",
    "holder_ar",
    "holder_en",
    "holder_number",
    "rubric",
    "outcome",
    "areas",
    "issued_on",
    "valid_until",
    "decided_seq",
)


class CertificatesConfig(AppConfig):
    name = "accreditation_engine.certificates"
    label = "certificates"

    def ready(self) -> None:
        from . import appeals, bundle, effects, subject, words  # noqa: F401 - effects and words register themselves

        subject.register()
        bundle.register()
        protect_subject("certificates_certificate", *ISSUED)
