"""What the environment says reaches the settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ASKED = [
    "ALLOWED_HOSTS",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "SECRET_KEY",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
]
PRINT = """
import json, sys
from accreditation_engine import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""
ROOT = Path(__file__).parent.parent


def settings(var_dir: Path, **environment: str) -> dict[str, Any]:
    """The settings of a process of its own, begun with `environment` and nothing else of ours."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT, *ASKED],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_an_https_address_switches_on_all_that_needs_https(tmp_path: Path) -> None:
    found = settings(tmp_path, SITE_URL="https://accreditation.example.org/")
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert "accreditation.example.org" in found["ALLOWED_HOSTS"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://accreditation.example.org"]


def test_a_plain_address_leaves_it_off(tmp_path: Path) -> None:
    found = settings(tmp_path, SITE_URL="http://127.0.0.1:8000")
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["CSRF_COOKIE_SECURE"] is False
    assert found["SECURE_SSL_REDIRECT"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0


def test_a_forwarded_scheme_is_believed_only_behind_a_proxy(tmp_path: Path) -> None:
    assert settings(tmp_path)["SECURE_PROXY_SSL_HEADER"] is None
    assert settings(tmp_path, BEHIND_PROXY="1")["SECURE_PROXY_SSL_HEADER"] == [
        "HTTP_X_FORWARDED_PROTO",
        "https",
    ]


def test_debugging_is_off_unless_asked_for(tmp_path: Path) -> None:
    assert settings(tmp_path)["DEBUG"] is False
    assert settings(tmp_path, DEBUG="1")["DEBUG"] is True


def test_the_state_folder_is_made_with_a_key_in_it(tmp_path: Path) -> None:
    var_dir = tmp_path / "a" / "b"
    found = settings(var_dir)
    assert (var_dir / "secret_key").read_text() == found["SECRET_KEY"]


def test_a_key_in_the_environment_is_used_and_no_file_made(tmp_path: Path) -> None:
    given = "from the environment"
    assert settings(tmp_path, SECRET_KEY=given)["SECRET_KEY"] == given
    assert not (tmp_path / "secret_key").exists()
