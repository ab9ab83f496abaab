"""The portal app."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "accreditation_engine.portal"
    label = "portal"

    def ready(self) -> None:
        from accreditation_engine.engine import kinds_known
        from accreditation_engine.trail.transparency.checkpoints import checkpoint_made

        from .account import last_seen, listening, sessions  # noqa: F401 - they register themselves
        from .auditor.kind_words import KINDS
        from .calendar import lives  # noqa: F401
        from .complaints import telling  # noqa: F401 - likewise
        from .letters import reminded, sending, standing, steps  # noqa: F401 - they register themselves
        from .sittings import calendar as sittings_ahead  # noqa: F401
        from .sittings import letters as letters_of_sittings  # noqa: F401
        from .together import running  # noqa: F401
        from .trail.mailing import on_checkpoint_made
        from .visits import calendar  # noqa: F401

        kinds_known.known.update(KINDS)
        checkpoint_made.connect(on_checkpoint_made, dispatch_uid="mail checkpoints")
