"""nginx with the files of deploy/nginx as they are, on the loopback: for tests and benchmarks, and always ended."""

import ctypes
import datetime
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DEPLOY = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
PR_SET_PDEATHSIG = 1
# As Debian's nginx.conf, as far as it matters to a site: it compresses what the site does not forbid.
MAIN = """{user}pid {folder}/nginx.pid;
error_log {folder}/log/error.log;
worker_processes {workers};
daemon off;
events {{ worker_connections 2048; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {folder}/log/access.log;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/sites-enabled/*;
}}
"""


class NoNginx(RuntimeError):
    """nginx is not installed here or does not start; the text says which."""


class Nginx(NamedTuple):
    """A server that runs: its ports for https and http, and its folder."""

    port: int
    http_port: int
    folder: Path

    @property
    def kept(self):
        """The files in which pages are kept."""
        kept = [*(self.folder / "cache").rglob("*"), *(self.folder / "questions").rglob("*")]
        return [path for path in kept if path.is_file()]

    @property
    def processor_seconds(self):
        """The time that its processes have worked."""
        master = (self.folder / "nginx.pid").read_text().strip()
        pids = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        ticks = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in pids]
        return sum(int(each) for pair in ticks for each in pair) / os.sysconf("SC_CLK_TCK")

    @property
    def logs(self):
        """All that was logged."""
        return "".join(path.read_text() for path in (self.folder / "log").iterdir())


@contextmanager
def temporary_server(upstream, public, workers=1, keys="20m"):
    """Yields an `Nginx` before the application on the port `upstream`; it ends with us, even if we are killed.

    `public` is the folder with `static` and `errors`; `keys` is the room for the names of pages.
    """
    folder = Path(tempfile.mkdtemp(prefix="iscg-nginx-"))
    server = Nginx(free_port(), free_port(), folder)
    for name in ("log", "cache", "sites-enabled"):
        (folder / name).mkdir()
    shutil.copytree(DEPLOY / "snippets", folder / "snippets")
    known = folder / "snippets" / "iscg-http.conf"
    known.write_text(replaced(known.read_text(), {"/var/cache/iscg-nginx-questions": folder / "questions"}))
    make_certificate(folder)
    (folder / "sites-enabled" / "iscg").write_text(site(server, upstream, public, keys))
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder, workers=workers))
    process = None
    try:
        process = _start(server)
        yield server
    finally:
        if process:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def site(server, upstream, public, keys):
    """deploy/nginx/iscg.conf with names, ports and folders of this run; each of them must stand there."""
    folder, address = server.folder, f"127.0.0.1:{server.port}"
    here = {
        "/etc/letsencrypt/live/iscg.example.org": folder,
        "https://iscg.example.org": f"https://localhost:{server.port}",
        "iscg.example.org": "localhost",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "/srv/iscg/var": public,
        "/var/cache/iscg-nginx": folder / "cache",
        "/var/log/nginx": folder / "log",
        "listen [::]:": "# ",
        "listen 443": f"listen {address}",
        "listen 80": f"listen 127.0.0.1:{server.http_port}",
    }
    return replaced((DEPLOY / "iscg.conf").read_text(), here | {"iscg:20m": f"iscg:{keys}"})


def replaced(text, here):
    """The text with what is here in the place of what stands there. Errors: NoNginx where something does not."""
    for name, value in here.items():
        if name not in text:
            raise NoNginx(f"deploy/nginx does not say {name}")
        text = text.replace(name, str(value))
    return text


def make_certificate(folder, host="127.0.0.1"):
    """fullchain.pem and privkey.pem in the folder: of nobody, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    (folder / "fullchain.pem").write_bytes(certificate)
    plain = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(*plain))


def _start(server):
    command = [find_nginx(), "-p", server.folder, "-c", server.folder / "nginx.conf"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    if tested.returncode:
        raise NoNginx(f"nginx refuses the configuration: {tested.stderr.strip()}")
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=_die_with_parent)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            return process
        except OSError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    process.kill()
    raise NoNginx(f"nginx does not start: {server.logs[-400:]}")


def find_nginx():
    """The program, which is in the path of root alone on Debian. Errors: NoNginx."""
    searched = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which("nginx", path=searched)
    if not found:
        raise NoNginx("nginx is not installed")
    return found


def free_port():
    """A port on the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
