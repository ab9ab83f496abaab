"""The organisations app."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "accreditation_engine.organisations"
    label = "organisations"

    def ready(self) -> None:
        from . import (  # noqa: F401 - they register themselves
            addresses,
            colleagues,
            document_reminders,
            effects,
            guards,
            held,
            names_borne,
            profile_words,
            replay,
            replay_factors,
            replay_invitations,
            replay_organisations,
            replay_ties,
            role_letters,
            roles,
            verification,
            words,
        )
        from .correcting import register as register_correcting
        from .documents import replay as replay_documents  # noqa: F401 - likewise
        from .documents import stored  # noqa: F401 - likewise
        from .documents import words as words_of_documents  # noqa: F401 - likewise
        from .employer import register as register_employer
        from .erasing import register as register_erasable
        from .importing import words as words_of_imports  # noqa: F401 - likewise
        from .letters import reminding  # noqa: F401 - likewise
        from .tokens import replay as replay_of_tokens  # noqa: F401 - likewise
        from .tokens import words as words_of_tokens  # noqa: F401 - likewise

        roles.register()
        register_erasable()
        register_correcting()
        register_employer()
