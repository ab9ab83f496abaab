"""A private PostgreSQL: made in a temporary folder, reached through a socket in it, gone afterwards.

    python -m tests.support.postgresql COMMAND...

runs a command on one, with DATABASE_URL set.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.support import programs

START_WITHIN = 60  # seconds

# Nothing here must outlive a power cut.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "timezone": "UTC",
    "max_connections": "300",  # a test of a crowd has 64, in each of several workers
}


@contextlib.contextmanager
def cluster(**options: str) -> Iterator[str]:
    """Run a server, give the DATABASE_URL of an empty database in it, stop it. `options` override OPTIONS."""
    binaries = programs.postgresql()
    if binaries is None:
        raise FileNotFoundError("PostgreSQL's initdb and postgres are not here: install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="accreditation-pg-"))
    try:
        who = _unprivileged(folder)
        _initialise(binaries, folder, who)
        with _running(binaries, folder, OPTIONS | options, who):
            yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """For root: the account that shall own `folder` and run the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    accounts = {each.pw_name: each for each in pwd.getpwall()}
    account = accounts.get("postgres") or accounts["nobody"]
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _initialise(binaries: Path, folder: Path, who: dict[str, Any]) -> None:
    command = [
        binaries / "initdb",
        f"--pgdata={folder}/data",
        "--username=postgres",
        "--auth=trust",
        "--no-sync",
    ]
    command += ["--encoding=UTF8", "--locale=C.UTF-8"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **who)
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


@contextlib.contextmanager
def _running(binaries: Path, folder: Path, options: dict[str, str], who: dict[str, Any]) -> Iterator[None]:
    command = [binaries / "postgres", "-D", f"{folder}/data", "-k", str(folder)]
    command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,  # Ctrl-C is for the tests; they stop the server when they are done with it
            preexec_fn=_stop_with_parent,
            **who,
        )
    try:
        _await_server(server, folder, log)
        yield
    finally:
        _stop(server)


def _stop_with_parent() -> None:
    """Where Linux can: have the server stopped even if this process is killed before it can."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def _await_server(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": sessions are ended, not waited for
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    with cluster() as url:
        done = subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False)
    sys.exit(done.returncode)
