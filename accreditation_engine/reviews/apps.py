"""The reviews app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_append_only, protect_subject


class ReviewsConfig(AppConfig):
    name = "accreditation_engine.reviews"
    label = "reviews"

    def ready(self) -> None:
        from . import (  # noqa: F401 - they register themselves
            bundle,
            effects,
            guards,
            letters,
            plausible,
            reminding,
            replay,
            replay_consensus,
            replay_erasure,
            replay_findings,
            roles,
            subject,
            words,
        )
        from .allocation import effects as allocation_effects  # noqa: F401
        from .allocation import replay as allocation_told  # noqa: F401
        from .allocation import verification as draws_again  # noqa: F401
        from .allocation import words as allocation_words  # noqa: F401
        from .erasable import register as register_erasable
        from .interests import replay as interests_told  # noqa: F401
        from .interests import words as interest_words  # noqa: F401
        from .migrating import register as register_what_is_kept
        from .questions import guards as questions_asked  # noqa: F401
        from .questions import reminding as questions_reminded  # noqa: F401
        from .questions import replay as questions_told  # noqa: F401
        from .questions import words as question_words  # noqa: F401
        from .queue import words as queue_words  # noqa: F401
        from .report import effects as report_effects  # noqa: F401
        from .report import guards as report_guards  # noqa: F401
        from .report import replay as reports_told  # noqa: F401
        from .report import verification as reports_again  # noqa: F401
        from .report import words as report_words  # noqa: F401
        from .site_visits import guards as visits_held  # noqa: F401
        from .site_visits import letters as visit_letters  # noqa: F401
        from .site_visits import reminding as visits_reminded  # noqa: F401
        from .site_visits import replay as visits_told  # noqa: F401
        from .site_visits import words as visit_words  # noqa: F401

        roles.register()
        subject.register()
        bundle.register()
        register_what_is_kept()
        register_erasable()
        protect_subject(
            "reviews_finding", "dossier_id", "rubric", "criterion", "severity", "rating", "evidence"
        )
        protect_append_only("reviews_agreed")
        protect_append_only("reviews_consent")
        protect_append_only("reviews_contestfile")
        protect_append_only("reviews_correction")
        protect_append_only("reviews_declaration")
        protect_append_only("reviews_interest")
        protect_append_only("reviews_questionfile")
