"""Why a file is not taken, in words: what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording

from .pdf import MOST_PAGES
from .pictures import MOST_PIXELS

FILE_REASONS: set[str] = set()
"""All codes that speak of a file; a page puts them beside the field that the file was chosen in."""

Words = Callable[[Mapping[str, Any]], str]


def of_file(code: str) -> Callable[[Words], Words]:
    FILE_REASONS.add(code)
    return wording(code)


@of_file("file_too_large")
def _file_too_large(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” is larger than %(most)d MB. Make it smaller, or split it.") % isolated(parameters)


@of_file("files_too_many")
def _files_too_many(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” was left out: %(files)d files or %(most)d MB are taken at once. Send it once more, after the"
        " others."
    ) % isolated(parameters)


@of_file("file_empty")
def _file_empty(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” is empty. Choose the file again.") % isolated(parameters)


@of_file("file_kind")
def _file_kind(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” is not a file of a kind that is taken here. Send one of: %(kinds)s.") % isolated(
        {
            "name": parameters["name"],
            "kinds": str(_(", ")).join(isolate(each) for each in parameters["kinds"]),
        }
    )


@of_file("file_disguised")
def _file_disguised(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” is called %(kind)s, but what it holds is something else. Open it, save it as %(kind)s, and"
        " send that."
    ) % isolated(parameters)


@of_file("file_broken")
def _file_broken(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” cannot be read: it is damaged, or was not copied whole. Open it, save it anew, and send that."
    ) % isolated(parameters)


@of_file("file_locked")
def _file_locked(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” is locked with a password, so nobody here could read it. Save it without one, and send that."
    ) % isolated(parameters)


@of_file("file_with_script")
def _file_with_script(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” holds a program (JavaScript, or a form that computes). Print it as a PDF, and send that."
    ) % isolated(parameters)


@of_file("file_that_launches")
def _file_that_launches(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” would start a program or send something elsewhere when it is opened. Print it as a PDF, and"
        " send that."
    ) % isolated(parameters)


@of_file("file_with_files")
def _file_with_files(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” holds other files in it. Take them out, and send each by itself.") % isolated(
        parameters
    )


@of_file("file_with_macros")
def _file_with_macros(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” holds macros. Save it without macros or as a PDF, and send that.") % isolated(
        parameters
    )


@of_file("file_unpacks_too_large")
def _file_unpacks_too_large(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” unpacks into far more than such a file holds. Save it anew or as a PDF, and send that."
    ) % isolated(parameters)


@of_file("file_too_complex")
def _file_too_complex(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” has too many parts to be checked. Print it as a PDF, or split it.") % isolated(
        parameters
    )


@of_file("file_too_many_pages")
def _file_too_many_pages(parameters: Mapping[str, Any]) -> str:
    return _("“%(name)s” has more than %(most)d pages. Split it, or send the pages that matter.") % isolated(
        {**parameters, "most": MOST_PAGES}
    )


@of_file("file_too_many_pixels")
def _file_too_many_pixels(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” is a picture of more than %(most)d megapixels. Save it smaller, and send that."
    ) % isolated({**parameters, "most": MOST_PIXELS // 1_000_000})


@of_file("file_infected")
def _file_infected(parameters: Mapping[str, Any]) -> str:
    return _(
        "A virus was found in “%(name)s” (%(virus)s), so nothing of it was kept. Have your computer checked, and"
        " send the document as a new PDF."
    ) % isolated(parameters)


@of_file("scanner_silent")
def _scanner_silent(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” could not be checked for viruses just now, so nothing of it was kept. Send it again in a few"
        " minutes; if that does not help, tell the administrator."
    ) % isolated(parameters)


@of_file("files_unfinished")
def _files_unfinished(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” was not begun: too much of what you sent before is still unfinished. Choose those files once"
        " more to send what is left, or dismiss them."
    ) % isolated(parameters)


@of_file("file_not_here")
def _file_not_here(_parameters: Mapping[str, Any]) -> str:
    return _(
        "A file that was sent ahead of this form has not come whole, or is not kept any more. Choose it once more."
    )


@of_file("file_not_whole")
def _file_not_whole(parameters: Mapping[str, Any]) -> str:
    return _(
        "Of “%(name)s” something was lost after it had come, so nothing of it was kept. Send it once more."
    ) % isolated(parameters)
