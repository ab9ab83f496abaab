"""A token of SoftHSM's in a folder of its own, with keys that tests know."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from .programs import cannot_run, softhsm

PIN, OFFICER = "4321-سر", "87654321"
LABEL = "هيئة papers"

LOCKS = """
import fcntl, sys, time
files = [open(each, "r+b") for each in sys.argv[1:]]
for each in files:
    fcntl.lockf(each, fcntl.LOCK_EX)
print("locked", flush=True)
time.sleep(60)
"""

Private = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


@dataclass
class Token:
    folder: Path
    library: Path
    label: str = LABEL
    pin_file: Path = field(init=False)

    def __post_init__(self) -> None:
        self.pin_file = self.folder / "pin"
        self.says(PIN)
        (self.folder / "tokens").mkdir()
        conf = self.folder / "softhsm2.conf"
        conf.write_text(f"directories.tokendir = {self.folder / 'tokens'}\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(conf)
        _util("--init-token", "--free", "--label", self.label, "--so-pin", OFFICER, "--pin", PIN)

    def says(self, pin: str) -> None:
        self.pin_file.write_text(f"{pin}\n")
        self.pin_file.chmod(0o600)

    def takes(self, key: Private, label: str, number: str) -> None:
        path = self.folder / "key.pem"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _util("--import", str(path), "--token", self.label, "--label", label, "--id", number, "--pin", PIN)
        path.unlink()

    def takes_certificates(self, chain: Sequence[x509.Certificate]) -> None:
        import pkcs11

        from accreditation_engine.certificates.tokens.sessions import _ended

        _ended(str(self.library))
        token = pkcs11.lib(str(self.library)).get_token(token_label=self.label)
        with token.open(user_pin=PIN, rw=True) as session:
            for number, each in enumerate(chain):
                session.create_object(
                    {
                        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                        pkcs11.Attribute.TOKEN: True,
                        pkcs11.Attribute.PRIVATE: False,
                        pkcs11.Attribute.LABEL: f"certificate {number}",
                        pkcs11.Attribute.SUBJECT: each.subject.public_bytes(),
                        pkcs11.Attribute.VALUE: each.public_bytes(Encoding.DER),
                    }
                )
        _ended(str(self.library))

    def goes(self) -> None:
        (self.folder / "tokens").rename(self.folder / "taken out")
        (self.folder / "tokens").mkdir()

    def comes_back(self) -> None:
        (self.folder / "tokens").rmdir()
        (self.folder / "taken out").rename(self.folder / "tokens")

    @contextmanager
    def hangs(self) -> Iterator[None]:
        """Inside the block, no call of the library comes back that asks for anything in the token: another process
        has locked its files."""
        files = [str(each) for each in (self.folder / "tokens").rglob("*") if each.is_file()]
        with subprocess.Popen([sys.executable, "-c", LOCKS, *files], stdout=subprocess.PIPE) as other:
            try:
                assert other.stdout is not None
                assert other.stdout.readline()
                yield
            finally:
                other.kill()

    def place(self, key: str = "papers", **said: str) -> Path:
        """The file that says where the key lies; `said` adds to it, or takes away what is ""."""
        lines = {
            "library": str(self.library),
            "token": self.label,
            "key": key,
            "pin_file": str(self.pin_file),
        }
        path = self.folder / f"{key or 'any'}.toml"
        path.write_text(
            "".join(f'{name} = "{value}"\n' for name, value in {**lines, **said}.items() if value)
        )
        return path


def token_in(folder: Path) -> Token:
    library = softhsm()
    if library is None:
        cannot_run("softhsm2 is not installed")
    try:
        import pkcs11  # noqa: F401
    except ImportError:
        cannot_run("python-pkcs11 is not installed")
    return Token(folder, library)


def _util(*arguments: str) -> None:
    subprocess.run(("softhsm2-util", *arguments), check=True, capture_output=True)
