"""The shipped configuration of nginx, really served: only the ports and the folder of the logs are others."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from analysis.sources.library import ROOT
from tests.browser.conftest import free_port

MUST = "ATLAS_NGINX"
NAME = "localhost"
MAIN = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include atlas.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: the address with and without encryption, and the folder of its files."""

    address: str
    plain: str
    folder: Path

    @property
    def trust(self) -> ssl.SSLContext:
        """What trusts its certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "atlas" / "certificate.pem"))

    @property
    def log(self) -> list[str]:
        """The lines of its log of requests."""
        return (self.folder / "access.log").read_text("utf-8").splitlines()


def program() -> str:
    """The program. Without it the test is skipped, unless ATLAS_NGINX says that it must be there."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        assert not os.environ.get(MUST), "nginx must be here and is not: install the package nginx-light"
        pytest.skip("nginx is not installed")
    return found


@contextmanager
def proxied(folder: Path, servers: Sequence[str]) -> Iterator[Proxy]:
    """nginx with the shipped configuration, before servers of the atlas, for as long as this lasts."""
    nginx, secure, plain = program(), free_port(), free_port()
    written(folder, servers, secure, plain)
    process = subprocess.Popen(
        [nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"], stderr=subprocess.PIPE
    )
    try:
        _wait_until_open(process, secure)
        yield Proxy(f"https://{NAME}:{secure}", f"http://{NAME}:{plain}", folder)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def written(folder: Path, servers: Sequence[str], secure: int, plain: int) -> None:
    """Lay out the files as docs/deployment.md says."""
    as_root = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=as_root), "utf-8")
    shipped = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for there, here in (
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("/var/log/nginx/", f"{folder}/"),
    ):
        assert there in shipped
        shipped = shipped.replace(there, here)
    (folder / "atlas.conf").write_text(shipped, "utf-8")
    (folder / "atlas").mkdir()
    name = (ROOT / "deploy" / "nginx-name.conf").read_text("utf-8")
    (folder / "atlas" / "name.conf").write_text(name.replace("atlas.example.gov.uk", NAME), "utf-8")
    one = (ROOT / "deploy" / "nginx-servers-one.conf").read_text("utf-8")
    lines = "".join(one.replace("127.0.0.1:8501", server) for server in servers)
    (folder / "atlas" / "servers.conf").write_text(lines, "utf-8")
    _certify(folder / "atlas")


def _certify(folder: Path) -> None:
    """A certificate of this machine's own name, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _wait_until_open(process: subprocess.Popen[bytes], port: int, limit: float = 10) -> None:
    end = time.monotonic() + limit
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    process.terminate()
    _, said = process.communicate(timeout=20)
    pytest.fail(f"nginx did not start. It said:\n{said.decode(errors='replace')[-2000:]}")
