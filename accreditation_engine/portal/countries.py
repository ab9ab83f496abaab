"""Countries to choose from, in the order of the reader's language."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from accreditation_engine.organisations.countries import ARAB, countries_by_name

from .dossier.reader import language


def country_options(among: Collection[str] | None = None) -> list[dict[str, str]]:
    """[{value, label, group}] for parts/options.html, of all or of those `among` them: the likely ones first,
    under a heading of their own, for nobody looks through 250."""
    named = [each for each in countries_by_name(language()) if among is None or each[0] in among]
    arab = {code for code, _name in named} & ARAB
    several = len(arab) not in (0, len(named))
    headings = (_("Arab countries"), _("Other countries")) if several else ("", "")
    ordered = sorted(named, key=lambda each: each[0] not in arab)
    return [{"value": code, "label": name, "group": headings[code not in arab]} for code, name in ordered]
