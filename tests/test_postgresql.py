"""The private PostgreSQL of the tests: not root's, and gone afterwards."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.support import postgresql, programs


def test_the_server_is_not_roots_and_is_gone_afterwards() -> None:
    if programs.postgresql() is None:
        programs.cannot_run("PostgreSQL is not here")
    with postgresql.cluster() as url:
        folder = Path(unquote(urlsplit(url).netloc.partition("@")[2]))
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_setting('listen_addresses')").fetchone()
        assert row == ("",)
        assert folder.stat().st_uid != 0
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
