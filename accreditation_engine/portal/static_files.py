"""Static files under names that tell their content."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Our scripts that load one another find each other under such names as well: a browser that kept an old part
    of two must not run it with a new other one. (Django can do so for all scripts; those of htmx are not made for
    it.)"""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("portal/*.js", ((r'(?P<matched>from "(?P<url>\.\.?/[^"]+)")', 'from "%(url)s"'),)),
    )
