"""One link with a server behind it, and the programs that download over it.

Everything that is started here is ended here, by its own id, however the benchmark ends; should the
benchmark itself be killed, the system ends its children and the link removes its namespaces.

What must always be true: nothing runs outside of the two namespaces but the link itself; every run
of a program has folders of its own and none of this machine's settings.
"""

import contextlib
import ctypes
import json
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import echo
import figures

HERE = Path(__file__).resolve().parent
SERVER = "10.77.0.1"
SUBJECT, OTHER, PAGE, SECOND, UPLOAD = 8001, 8002, 8003, 8004, 8005  # ports: whose bytes these are
PORTS = (SUBJECT, OTHER, PAGE, SECOND, UPLOAD)
BIG = 2 << 30  # of the file nobody finishes; it takes no space here
PAGE_FILES = 40
PR_SET_PDEATHSIG = 1
NGINX = """daemon off; user root; worker_processes 1; pid {dir}/pid; error_log {dir}/error.log warn;
events {{ worker_connections 512; }}
http {{ access_log off; keepalive_requests 10000; default_type application/octet-stream;
  client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2; fastcgi_temp_path {dir}/t3;
  uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
  server {{ {listen} root {dir}/files; }} }}
"""
LIBC = ctypes.CDLL(None)


def with_parent():
    """In a child: end when the benchmark ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Every process started here, each ended by its own id."""

    def __init__(self):
        self.alive = []

    def start(self, argv, **options):
        child = subprocess.Popen(argv, start_new_session=True, preexec_fn=with_parent, **options)
        self.alive.append(child)
        return child

    def end(self, child, patience=5):
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(patience)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if child in self.alive:
            self.alive.remove(child)

    def end_all(self):
        for child in reversed(self.alive[:]):
            self.end(child)


class World:
    """The link, its server, and a folder for what comes over it. A context manager."""

    def __init__(self, line, tools, work, cc=None, upload_cc=None):
        self.line, self.tools, self.upload_cc = line, tools, upload_cc
        self.dir = Path(work) / f"link-{line.name}"
        # In memory: a disk that is busy would hold up the link, which writes it.
        memory = Path("/dev/shm")
        self.trace_path = (memory if os.access(memory, os.W_OK) else Path(work)) / f"{Path(work).name}-{line.name}.csv"
        self.children = Children()
        self.runs = 0
        self.cc = cc
        self.sink = None

    def __enter__(self):
        try:
            (self.dir / "files").mkdir(parents=True)
            line = self.line
            argv = [sys.executable, HERE / "link.py", "--trace", self.trace_path,
                    "--down", line.down, "--up", line.up, "--delay", line.delay, "--buffer", line.buffer,
                    "--ports", ",".join(map(str, PORTS)), *(["--cc", self.cc] if self.cc else [])]  # fmt: skip
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            self.link = self.children.start(list(map(str, argv)), **pipes)
            words = self.link.stdout.readline().split()
            if words[:1] != ["ready"]:
                raise RuntimeError("the link did not come up")
            self.server_space, self.client_space, self.schedule = words[1], words[2], " ".join(words[3:])
            self.serve()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.children.end_all()
        if self.sink:  # a socket would keep its namespace
            with contextlib.suppress(OSError):
                self.sink.shutdown(socket.SHUT_RDWR)
            self.sink.close()
        self.trace_path.unlink(missing_ok=True)
        shutil.rmtree(self.dir, ignore_errors=True)

    # --- The server -----------------------------------------------------------------------

    def serve(self):
        files = self.dir / "files"
        with open(files / "big.bin", "wb") as big:
            big.truncate(BIG)
        dice = random.Random(40)
        for number in range(PAGE_FILES):
            (files / f"{number}.bin").write_bytes(dice.randbytes(dice.randrange(10_000, 60_000)))
        listen = " ".join(f"listen {SERVER}:{port};" for port in PORTS if port != UPLOAD)
        (self.dir / "nginx.conf").write_text(NGINX.format(dir=self.dir, listen=listen))
        argv = ["nginx", "-p", self.dir, "-c", self.dir / "nginx.conf", "-e", self.dir / "error.log"]
        self.start_in(self.server_space, argv)
        self.in_space(self.server_space, self.open_sink)
        deadline = time.monotonic() + 10
        while not self.in_space(self.server_space, self.answers):
            if time.monotonic() > deadline:
                raise RuntimeError(f"nginx did not start: {(self.dir / 'error.log').read_text()}")
            time.sleep(0.05)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex((SERVER, SUBJECT)) == 0

    def open_sink(self):
        """Takes what is uploaded and forgets it, until the sink is shut."""
        self.sink = socket.create_server((SERVER, UPLOAD))

        def swallow():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = self.sink.accept()
                    with connection, contextlib.suppress(ConnectionResetError):
                        while connection.recv(1 << 16):
                            pass

        threading.Thread(target=swallow, daemon=True).start()

    def in_space(self, space, action):
        """Runs it in a thread of that namespace: sockets made there belong to it."""
        answer = []

        def inside():
            try:
                echo.enter(space)
                answer.append(action())
            except OSError as error:
                answer.append(error)

        thread = threading.Thread(target=inside)
        thread.start()
        thread.join()
        if isinstance(answer[0], OSError):
            raise answer[0]
        return answer[0]

    # --- The link --------------------------------------------------------------------------

    def tell(self, line):
        self.link.stdin.write(line + "\n")
        self.link.stdin.flush()

    def record(self, since):
        """What the link has seen from then on, as figures."""
        self.counters()
        return figures.Record(self.trace_path, since)

    def counters(self):
        self.tell("show")
        return json.loads(self.link.stdout.readline())

    def settle(self):
        """Lets the queues run empty, and puts the line back as it is named."""
        line = self.line
        self.tell(f"rate {line.down} {line.up}")
        self.tell(f"delay {line.delay}")
        self.tell("loss 0")
        time.sleep(0.3 + 4 * line.delay / 1000)
        while max(way["queue_bytes"] for way in self.counters().values()):
            time.sleep(0.1)

    # --- Programs --------------------------------------------------------------------------

    def start_in(self, space, argv, **options):
        argv = ["ip", "netns", "exec", space, *map(str, argv)]
        options.setdefault("stdout", subprocess.DEVNULL)
        return self.children.start(argv, stdin=subprocess.DEVNULL, **options)

    def folder(self):
        self.runs += 1
        made = self.dir / f"run-{self.runs}"
        made.mkdir()
        return made

    def environment(self, home):
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "EBB_LOG")}
        return {**kept, "HOME": str(home), "EBB_HOME": str(home / "ebb")}

    def download(self, tool, port):
        """Starts that tool on the large file, as a person would; the folder goes with the world."""
        home = self.folder()
        url = f"http://{SERVER}:{port}/big.bin"
        argv = {
            "ebb": [self.tools["ebb"], "get", "-q", "--background", "-d", home, url],
            "nobody": ["sleep", "3600"],
            "curl": ["curl", "-q", "-sS", "-o", "/dev/null", url],
            "aria2c": ["aria2c", "--no-conf", "-q", "-x16", "-s16", "-k1M", "--file-allocation=none", "-d", home, url],
        }[tool]
        with open(home / "said", "w") as said:
            child = self.start_in(self.client_space, argv, env=self.environment(home), stderr=said)
        child.home = home
        return child

    def end(self, child):
        """Ends a download; what it wrote goes at once, disks are small."""
        early = child.poll()
        self.children.end(child)
        said = (child.home / "said").read_text().strip()
        shutil.rmtree(child.home, ignore_errors=True)
        if early is not None:
            raise RuntimeError(f"{child.args[4]} ended by itself with {early}: {said[-300:]}")

    def echo(self):
        """Starts round trips; its `.trips` is their file."""
        path = self.folder() / "trips.csv"
        argv = [sys.executable, str(HERE / "echo.py"), self.client_space, self.server_space, str(path)]
        child = self.children.start(argv)
        child.trips = path
        return child

    def page(self):
        """Loads the page's files by six connections at most; seconds."""
        config = self.dir / "page.txt"
        if not config.exists():
            config.write_text("".join(f'url = "http://{SERVER}:{PAGE}/{number}.bin"\noutput = "/dev/null"\n'
                                      for number in range(PAGE_FILES)))  # fmt: skip
        begun = time.monotonic()
        argv = ["curl", "-q", "-s", "--fail", "-Z", "--parallel-max", "6", "-K", config]
        child = self.start_in(self.client_space, argv, stderr=subprocess.DEVNULL)  # its progress, whatever one says
        status = child.wait()
        took = time.monotonic() - begun
        self.children.end(child)
        if status:
            raise RuntimeError(f"the page did not load: curl ended with {status}")
        return took

    def upload(self):
        """Fills the uplink until the function that it returns is called."""

        def connect():
            sender = socket.socket()
            if self.upload_cc:
                sender.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, self.upload_cc.encode())
            sender.connect((SERVER, UPLOAD))
            return sender

        enough = threading.Event()

        def send(sender):
            sender.settimeout(0.05)
            while not enough.is_set():
                with contextlib.suppress(socket.timeout):
                    sender.send(bytes(1 << 16))
            # By a reset: what waits in the socket is not sent any more.
            sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sender.close()

        thread = threading.Thread(target=send, args=(self.in_space(self.client_space, connect),), daemon=True)
        thread.start()

        def stop():
            enough.set()
            thread.join()

        return stop
