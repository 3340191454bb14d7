"""nginx with one folder of files, each connection held to a rate; and what it has sent."""

import os
import random
import signal
import socket
from pathlib import Path

from desktop import find, wait_for

CONF = """{user}
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log warn;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path tmp/body; proxy_temp_path tmp/proxy; fastcgi_temp_path tmp/fastcgi;
    uwsgi_temp_path tmp/uwsgi; scgi_temp_path tmp/scgi;
    default_type application/octet-stream;
    sendfile on;
    log_format sent '$uri|$http_range|$body_bytes_sent';
    access_log sent.log sent;
    server {{
        listen 127.0.0.1:{port};
        location / {{ root {files}; limit_rate {rate}; }}
    }}
}}
"""


class Server:
    """The server, on a desktop that ends it."""

    def __init__(self, desktop, rate):
        self.prefix = desktop.folder / "nginx"
        self.files = self.prefix / "files"
        (self.prefix / "tmp").mkdir(parents=True)
        self.files.mkdir()
        self.port = free_port()
        self.set_rate(rate)
        line = [find("nginx"), "-p", str(self.prefix), "-e", "error.log", "-c", "nginx.conf"]
        self.process = desktop.start(line, "nginx")
        wait_for("nginx answers", self.answers, 20)

    def set_rate(self, rate):
        """Bytes a second of a connection, as nginx writes it; known to it from `reload` on."""
        user = "user root;" if os.getuid() == 0 else ""
        conf = CONF.format(user=user, port=self.port, files=self.files, rate=rate)
        (self.prefix / "nginx.conf").write_text(conf)

    def reload(self):
        """From now on; connections that stand keep what they had."""
        self.process.send_signal(signal.SIGHUP)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def add(self, name, size):
        """A file of so many random bytes; its path."""
        path = self.files / name
        path.write_bytes(random.Random(name).randbytes(size))
        return path

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def connections(self):
        """How many clients' connections to it stand."""
        rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        ours = f"0100007F:{self.port:04X}"
        return sum(row[2] == ours and row[3] == "01" for row in rows)

    def sent(self, name):
        """What was sent of a file: pairs of the range asked for and bytes of the body."""
        log = (self.prefix / "sent.log").read_text().splitlines()
        rows = [row.split("|") for row in log]
        return [(row[1], int(row[2])) for row in rows if row[0] == f"/{name}"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
