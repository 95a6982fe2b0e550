"""Real proxies before a dashboard, as docs/deployment.md sets them up; installed by apt-get where one works as root."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DOCS = Path(__file__).parents[2] / "docs" / "deployment.md"
NAMES = ("nginx", "haproxy")
PLACES = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"
START_SECONDS = 20
AROUND_NGINX = """daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fast;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{written}
}}
"""
"""What Debian's own nginx.conf stands for, so that nothing of the machine's is read or written."""


def found(name: str) -> str | None:
    """Return the program of a proxy that is there already."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{PLACES}")


def install() -> None:
    """Install the proxies that are missing, where one may."""
    missing = [name for name in NAMES if not found(name)]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", *command], check=False, env=quiet, timeout=900)


def documented(name: str, port: int, dashboard: int, certificate: Path) -> str:
    """Return the settings of a proxy as the docs give them, with ports and a certificate's file of the test's own."""
    written = re.findall(rf"```{name}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[0]
    for documented, here in (
        ("/etc/ssl/evidence.example.org.pem", str(certificate)),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("bind :443 ssl", f"bind 127.0.0.1:{port} ssl"),
        ("127.0.0.1:8501", f"127.0.0.1:{dashboard}"),
    ):
        written = written.replace(documented, here)
    return str(written)


@contextmanager
def before(name: str, port: int, dashboard: int, folder: Path) -> Iterator[None]:
    """Run a proxy on a port before the dashboard on another, in a folder of its own, and end it afterwards."""
    written = documented(name, port, dashboard, certificate(folder))
    settings = folder / f"{name}.conf"
    if name == "nginx":
        settings.write_text(AROUND_NGINX.format(folder=folder, written=written), encoding="utf-8")
        command = [found(name), "-p", str(folder), "-e", "stderr", "-c", str(settings)]
    else:
        settings.write_text(written, encoding="utf-8")
        command = [found(name), "-db", "-f", str(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as proxy:
        try:
            _wait(proxy, port)
            yield
        finally:
            proxy.terminate()


def _wait(proxy: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and proxy.poll() is None:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    proxy.terminate()
    raise RuntimeError(f"the proxy did not start:\n{proxy.communicate()[0]}")


def certificate(folder: Path) -> Path:
    """Make a certificate for this machine's own address, and return the file that holds it with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    kept = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return kept


if __name__ == "__main__":
    install()
    there = [name for name in NAMES if found(name)]
    print(f"proxies: {', '.join(there) or 'none'}; the tests of those that are missing will be skipped")
    sys.exit(bool(os.environ.get("CI")) and len(there) < len(NAMES))
