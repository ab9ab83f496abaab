"""Reasons about erasing by law, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .isolates import isolated
from .reasons import wording


@wording("nothing_to_erase")
def _nothing_to_erase(parameters: Mapping[str, Any]) -> str:
    return _("Choose what is to be erased.")


@wording("erased_meanwhile")
def _erased_meanwhile(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d text that you chose is not there any more: it was changed or erased meanwhile. Choose again.",
        "%(count)d texts that you chose are not there any more: they were changed or erased meanwhile. Choose"
        " again.",
        parameters["count"],
    ) % {"count": parameters["count"]}


@wording("erasure_without_reason")
def _erasure_without_reason(parameters: Mapping[str, Any]) -> str:
    return _("Say why this is erased, without repeating what is to vanish.")


@wording("erasure_without_basis")
def _erasure_without_basis(parameters: Mapping[str, Any]) -> str:
    return _("Name the law, or the order of a court, that asks for it.")


@wording("erasure_repeats")
def _erasure_repeats(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(words)s” is part of what is to vanish, and would stand in the trail for good. Say it without these"
        " words: “the person named in it”, for example."
    ) % isolated(parameters)


@wording("erasure_may_repeat")
def _erasure_may_repeat(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(words)s” stands in what is to vanish as well. Leave it out if it says anything of that or of a person;"
        " ordinary words may stay, once you have confirmed that they are."
    ) % isolated(parameters)


@wording("not_every_scheme")
def _not_every_scheme(parameters: Mapping[str, Any]) -> str:
    return _(
        "A person's name stands in the files of every scheme: only an administrator of all schemes erases it. Ask"
        " one."
    )


@wording("own_name")
def _own_name(parameters: Mapping[str, Any]) -> str:
    return _("Nobody erases their own name. Ask another administrator.")
