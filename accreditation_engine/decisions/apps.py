"""The decisions app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_append_only


class DecisionsConfig(AppConfig):
    name = "accreditation_engine.decisions"
    label = "decisions"

    def ready(self) -> None:
        from . import (  # noqa: F401 - they register themselves
            bundle,
            effects,
            guards,
            judged_findings,
            parties,
            plausible,
            replay,
            roles,
            sealing,
            verification,
            voted_on,
            words,
        )
        from .sittings import erasable, letters  # noqa: F401
        from .sittings import replay as sittings_told  # noqa: F401
        from .sittings import words as words_of_sittings  # noqa: F401

        roles.register()
        parties.register()
        bundle.register()
        erasable.register()
        for each in ("ballot", "closing", "vote", "dissent", "recusal", "minute"):
            protect_append_only(f"decisions_{each}")
