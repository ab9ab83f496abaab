"""Why a link is not taken, in words: what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import wording


@wording("link_broken")
def _broken(_parameters: Mapping[str, Any]) -> str:
    return _(
        "This is not the address of a page. Open the page, and copy its whole address from your browser."
    )


@wording("link_not_https")
def _not_https(_parameters: Mapping[str, Any]) -> str:
    return _(
        "Only addresses that begin with https:// are taken. Where the site has none, save the page as a PDF and"
        " add that."
    )


@wording("link_with_password")
def _with_password(_parameters: Mapping[str, Any]) -> str:
    return _(
        "This address holds a name or password before an “@”. Take them out, so that nobody else reads them."
    )


@wording("link_not_public")
def _not_public(_parameters: Mapping[str, Any]) -> str:
    return _(
        "This address leads to one network alone, or names a machine by its number: others do not reach it. Give"
        " the public address of the page, or save it as a PDF and add that."
    )


@wording("link_in_mixed_letters")
def _in_mixed_letters(_parameters: Mapping[str, Any]) -> str:
    return _(
        "The name of this site mixes letters of several alphabets, so that it can be taken for another. Save the"
        " page as a PDF and add that."
    )


@wording("link_untitled")
def _untitled(parameters: Mapping[str, Any]) -> str:
    return _("Say what the link leads to, in at most %(most)d characters.") % parameters
