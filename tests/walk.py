"""Looks at every page of the site in a browser, as each role, in both languages, wide and narrow.

    python -m tests.walk [name of a page ...]     names as in the addresses: dossier, review_area; all if none

It says at once what is wrong with a page, and goes on to the next.
"""

from __future__ import annotations

import os
import subprocess
import sys

FILE = "tests/portal/walk/test_every_page_in_a_browser.py"

if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-n", "0", "-s", "-q", "-o", "faulthandler_timeout=7200", FILE]
    walked = {"WALK": "whole", "WALK_PAGES": " ".join(sys.argv[1:])}
    sys.exit(subprocess.run(command, env=os.environ | walked, check=False).returncode)
