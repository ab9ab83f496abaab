"""The same two reviewers again and again."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated

from .chance import Pair, pairs
from .pattern import Hit, Pattern
from .scope import Scope

TOGETHER = 4
CHANCE = 0.01
"""That chance alone lists anything at all, whatever the number of pairs."""


def found(scope: Scope) -> Pattern:
    by_scheme = defaultdict[str, dict[UUID, set[UUID]]](lambda: defaultdict(set))
    for each in scope.reviews:
        by_scheme[scope.files[each.dossier].scheme][each.dossier].add(each.reviewer)
    hits = [
        _hit(scope, scheme, pair)
        for scheme, files in by_scheme.items()
        for pair in often([frozenset(each) for each in files.values()])
    ]
    return Pattern(
        "same_pair",
        _("The same pair again and again"),
        _(
            "Two people review together more often than chance would have it. A language or a region may ask for"
            " them."
        ),
        _(
            "Listed from %(together)d files together, where chance alone would list any pair of the scheme in"
            " one case"
            " of a hundred or less."
        )
        % {"together": TOGETHER},
        _("Reviews looked at: %(count)d") % {"count": len(scope.reviews)},
        hits,
    )


def often(files: list[frozenset[UUID]]) -> list[Pair]:
    met = pairs(files)
    return [each for each in met if each.together >= TOGETHER and each.chance * len(met) <= CHANCE]


def _hit(scope: Scope, scheme: str, pair: Pair) -> Hit:
    title = _("%(one)s and %(other)s") % isolated(
        {"one": scope.name(pair.one), "other": scope.name(pair.other)}
    )
    words = _(
        "%(together)d files together in the scheme %(scheme)s; by chance it would be about %(expected)s."
    )
    said = words % isolated(
        {"together": pair.together, "scheme": scope.scheme_title(scheme), "expected": f"{pair.expected:.1f}"}
    )
    url = f"{reverse('audit')}?role=reviewer&kind=transition&scheme={scheme}&actor={pair.one}"
    return Hit(title, url, said, pair.together / max(pair.expected, 0.01))
