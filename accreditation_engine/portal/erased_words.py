"""What stands where a text stood that was erased by law."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.templatetags.dates import day_in_words


def or_erased(text: str, erased_at: datetime | None) -> str:
    """`text`, or that it was erased and when; "" where nothing was ever said."""
    return text or (erased_on(erased_at) if erased_at else "")


def erased_on(moment: datetime) -> str:
    return _("erased by law on %(date)s") % isolated({"date": day_in_words(moment)})
