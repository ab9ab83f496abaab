"""The certificates app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import (
    keep_beside,
    protect_append_only,
    protect_retirable,
    protect_subject,
    protect_told,
)

ISSUED = (
    "dossier_id",
    "number",
    "holder_ar",
    "holder_en",
    "holder_number",
    "rubric",
    "issued_on",
    "valid_until",
    "decided_seq",
)
ASKED = ("dossier_id", "certificate_id", "initiative", "before_ar", "before_en")
OF_A_KEY = ("id", "use", "public", "chain", "made_at")


class CertificatesConfig(AppConfig):
    name = "accreditation_engine.certificates"
    label = "certificates"

    def ready(self) -> None:
        from accreditation_engine.organisations.registering import when_called_otherwise

        from . import (  # noqa: F401 - most register themselves
            amending,
            appeals,
            bundle,
            effects,
            replay,
            subject,
            words,
        )
        from .finished import finishing, standing  # noqa: F401 - so do jobs
        from .finished import replay as papers_replayed  # noqa: F401
        from .finished import verification as papers  # noqa: F401
        from .keys import verification as keys  # noqa: F401
        from .register import verification as register  # noqa: F401
        from .register.lines import called_otherwise, copies_of_states
        from .said_anew import AMENDED
        from .scope import SCOPE_SET
        from .scope_change import effects as scope_effects  # noqa: F401
        from .scope_change import guards as scope_guards  # noqa: F401
        from .scope_change import replay as scope_replayed  # noqa: F401
        from .scope_change import subject as scope_change
        from .scope_change import words as scope_words  # noqa: F401
        from .scope_change.wording import SCOPE_WORDED
        from .upkeep import effects as upkeep_effects  # noqa: F401
        from .upkeep import erasing as upkeep_erasing
        from .upkeep import guards as upkeep_guards  # noqa: F401
        from .upkeep import replay as upkeep_told  # noqa: F401
        from .upkeep import stored as upkeep_stored  # noqa: F401
        from .upkeep import subject as upkeep
        from .upkeep import words as upkeep_words  # noqa: F401
        from .webhooks import replay as webhooks  # noqa: F401
        from .webhooks import telling  # noqa: F401
        from .webhooks import words as words_of_webhooks  # noqa: F401

        upkeep.register()  # before its certificate: the sweep takes kinds in turn
        scope_change.register()
        subject.register()
        bundle.register()
        upkeep_erasing.register()
        protect_subject("certificates_certificate", *ISSUED)
        protect_told("certificates_certificate", SCOPE_SET, scope_ar="ar", scope_en="en")
        protect_told("certificates_certificate", AMENDED, as_json=["areas"], areas="areas", outcome="outcome")
        protect_subject("certificates_upkeep", "dossier_id", "certificate_id", "kind", "call_on", "due_on")
        protect_subject("certificates_scopechange", *ASKED)
        protect_told("certificates_scopechange", SCOPE_WORDED, scope_ar="ar", scope_en="en")
        keep_beside("certificates_certificate", copies_of_states())
        when_called_otherwise.append(called_otherwise)
        protect_append_only("certificates_paper")
        protect_retirable("certificates_signingkey", "retired_at", *OF_A_KEY)
