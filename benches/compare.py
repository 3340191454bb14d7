#!/usr/bin/env python3
"""`ebb get` side by side with curl, wget2 and aria2c, on this machine, against its own nginx.

    cargo build --release
    python3 benches/compare.py [--runs 7] [--only large,small-h1] [--ebb target/release/ebb]
                               [--markdown] [--json FILE]

Needs Python 3.9, nginx, the openssl command, and whichever of curl, wget2 and aria2c are to be
compared (Debian: apt-get install nginx openssl curl wget2 aria2). Without an Ebb: `--ebb none`.
What each row means, and what is done to keep the comparison fair, is in benches/README.md.
It is a measurement, never a test: it ends with 0 whatever it finds.
"""

import argparse
import contextlib
import datetime
import filecmp
import hashlib
import json
import os
import platform
import pwd
import re
import resource
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MIB = 1 << 20
NOISE = 1.05  # a wall time this close above its bar may be the machine's doing
RUN_LIMIT = 300  # seconds after which a run is ended and counted as failed
RIVALS = ["curl", "wget2", "aria2c"]


# --- The rows -------------------------------------------------------------------------------


@dataclass
class Bar:
    """`what` of ebb, divided by that of the best rival of the same round, is to be <= limit."""

    what: str  # wall or cpu
    limit: float
    against: str  # how a person would name the best rival


@dataclass
class Row:
    key: str
    title: str
    rivals: list
    bars: list
    scheme: str = "http"
    connections: int = 8


WALL, CPU = Bar("wall", 1.0, "the fastest"), Bar("cpu", 1.25, "the thriftiest")
CPU_SMALL = Bar("cpu", 1.5, "the thriftiest")
ROWS = [
    Row("large", "one {size} file", RIVALS, [WALL, CPU]),
    Row("tls", "one {size} file, TLS 1.3", RIVALS, [WALL, CPU], scheme="https"),
    Row("tls-h2", "one {size} file, TLS 1.3, HTTP/2 offered", RIVALS, [WALL, CPU], scheme="h2"),
    Row("capped", "one {size} file, 8 MB/s a connection, 16 connections", ["aria2c"],
        [Bar("wall", 1.0, "aria2c")], connections=16),
    Row("small-h1", "{count} files of 10 KiB, 16 at a time, HTTP/1.1", RIVALS, [WALL, CPU_SMALL]),
    Row("small-h2", "{count} files of 10 KiB, 16 at a time, HTTP/2", RIVALS, [WALL, CPU_SMALL],
        scheme="h2"),
    Row("queued", "{queued} URLs queued, none answered", ["aria2c"], []),
    Row("slow", "one of 8 connections at 1 % speed", ["aria2c"], []),
]  # fmt: skip
BY_DEFAULT = [row.key for row in ROWS if row.key != "tls-h2"]


def one_file(tool, row, url, out, bench):
    """The command that fetches one large file: each tool as a person in a hurry would call it."""
    n = row.connections
    ca = str(bench.ca)
    if tool == "ebb":
        return [bench.ebb, "get", "-q", "-d", out, "-x", str(n), "--cacert", ca, url]
    if tool == "curl":
        return ["curl", "-q", "-sS", "--fail", "--cacert", ca, "-o", f"{out}/{Path(url).name}", url]
    if tool == "wget2":
        return ["wget2", "--no-config", "-q", "--ca-certificate", ca, "-P", out, url]
    split = ["-k1M"] if row.key in ("capped", "slow") else []
    return ["aria2c", "--no-conf", "-q", f"-x{n}", f"-s{n}", *split, "--file-allocation=falloc",
            "--ca-certificate", ca, "-d", out, url]  # fmt: skip


def many_files(tool, lists, out, bench, parallel=16):
    """The command that fetches a list of small ones."""
    n, ca = str(parallel), str(bench.ca)
    if tool == "ebb":
        return [bench.ebb, "get", "-q", "-d", out, "-j", n, "--cacert", ca, "-i", lists["plain"]]
    if tool == "curl":
        return ["curl", "-q", "-sS", "--fail", "-Z", "--parallel-max", n, "--cacert", ca,
                "--remote-name-all", "--output-dir", out, "-K", lists["curl"]]  # fmt: skip
    if tool == "wget2":
        return ["wget2", "--no-config", "-q", f"--max-threads={n}", "--ca-certificate", ca,
                "-P", out, "-i", lists["plain"]]  # fmt: skip
    return ["aria2c", "--no-conf", "-q", f"-j{n}", "--file-allocation=none",
            "--ca-certificate", ca, "-d", out, "-i", lists["plain"]]  # fmt: skip


# --- Running and measuring ------------------------------------------------------------------


@dataclass
class Run:
    wall: float = 0.0  # with the sync
    sync: float = 0.0
    cpu: float = 0.0  # user + system of the tool, without the sync
    rss: float = 0.0  # MiB at its peak
    error: str = ""


class Children:
    """Every process started here, each ended by its own id, however this program ends."""

    def __init__(self):
        self.alive = []

    def start(self, argv, **options):
        # A session of its own: Ctrl-C reaches this program alone, which then ends the others.
        child = subprocess.Popen(argv, start_new_session=True, **options)
        self.alive.append(child)
        return child

    def forget(self, child):
        if child in self.alive:
            self.alive.remove(child)

    def end(self, child, patience=5):
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(patience)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.forget(child)

    def end_all(self):
        for child in list(self.alive):
            with contextlib.suppress(OSError):
                self.end(child)


def peak_rss(pid):
    """Peak resident memory so far, MiB. (ru_maxrss would count the parent's before exec.)"""
    with contextlib.suppress(OSError):
        found = re.search(r"^VmHWM:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.M)
        if found:
            return int(found.group(1)) / 1024
    return 0.0


def rusage_rss(usage):
    return usage.ru_maxrss / (MIB if sys.platform == "darwin" else 1024)


def wait(child, sample=0.05):
    """Waits for a child; returns its rusage and its peak RSS, looked at a few times a second."""
    peak, sampled = 0.0, hasattr(os, "pidfd_open") and Path("/proc/self/status").exists()
    if sampled:
        descriptor = os.pidfd_open(child.pid)
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while not poll.poll(sample * 1000):
            peak = max(peak, peak_rss(child.pid))
        os.close(descriptor)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage, peak if sampled else rusage_rss(usage)


def clock():
    return time.monotonic()


def sync(folder):
    """Like for like: Ebb promises that what is complete survives a power cut."""
    if sys.platform == "linux":
        subprocess.run(["sync", "-f", folder], check=True)
    else:
        os.sync()


class Bench:
    def __init__(self, options, work, children):
        self.options, self.work, self.children = options, work, children
        self.ebb = options.ebb
        self.ca = work / "tls" / "ca.pem"
        self.data = work / "data"
        self.home = work / "home"
        self.size = max(1, round(1024 * options.scale)) * MIB
        self.count = max(16, round(10_000 * options.scale))
        self.queued = max(16, round(100_000 * options.scale))
        self.slow_size = max(1, round(256 * options.scale)) * MIB
        self.serial = 0
        for folder in (self.data / "small", self.home):
            folder.mkdir(parents=True)

    # What a run finds: nothing of this machine's configuration, and nothing of a run before.

    def environment(self, ebb_home):
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8",
                "TMPDIR": str(self.work), "EBB_HOME": str(ebb_home)}  # fmt: skip

    # Files are emptied after a run and deleted at the very end: on an ext4 without a journal (many
    # virtual machines) each inode deleted in the last five minutes is passed over, one by one,
    # whenever a file is made. Deleting 10,000 between the runs made the next one's creat() four
    # times as slow, whichever tool it was.

    @contextlib.contextmanager
    def fresh_folder(self):
        self.serial += 1
        out = self.work / f"out-{self.serial}"
        home = self.work / f"ebb-{self.serial}"
        out.mkdir()
        sync(out)  # nothing left over from before is written in this run's time
        try:
            yield str(out), self.environment(home)
        finally:
            for folder in (out, home):
                for path in folder.rglob("*"):
                    if path.is_file() and not path.is_symlink():
                        os.truncate(path, 0)

    def measure(self, argv, out, environment):
        run = Run()
        with tempfile.TemporaryFile(dir=self.work) as errors:
            began = clock()
            child = self.children.start(
                argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, env=environment
            )
            limit = threading.Timer(RUN_LIMIT, child.kill)
            limit.start()
            try:
                usage, run.rss = wait(child)
            finally:
                limit.cancel()
            self.children.forget(child)
            ended = clock()
            sync(out)
            run.wall, run.sync = clock() - began, clock() - ended
            run.cpu = usage.ru_utime + usage.ru_stime
            if child.returncode != 0:
                errors.seek(0)
                said = errors.read().decode(errors="replace").strip().splitlines()
                run.error = f"exit {child.returncode}: {said[-1][:200] if said else 'nothing said'}"
        return run

    # Right bytes?

    def check_large(self, out, name, expected_size, thoroughly):
        found = sorted(os.listdir(out))
        if found != [name]:
            return f"found {found[:5]}, not {name}"
        path = Path(out, name)
        if path.stat().st_size != expected_size:
            return f"{path.stat().st_size} bytes, not {expected_size}"
        if thoroughly and sha256(path) != sha256(self.data / name):
            return "other bytes than the server's"
        return ""

    def check_small(self, out, thoroughly):
        with os.scandir(out) as entries:
            sizes = {entry.name: entry.stat().st_size for entry in entries}
        expected = {small_name(i) for i in range(self.count)}
        if sizes.keys() != expected:
            return f"{len(sizes)} files, {len(expected - sizes.keys())} missing, {len(sizes.keys() - expected)} strange"
        wrong = sum(size != 10 * 1024 for size in sizes.values())
        if wrong:
            return f"{wrong} files of a wrong size"
        if thoroughly:
            _, differ, unread = filecmp.cmpfiles(out, self.data / "small", expected, shallow=False)
            if differ or unread:
                return f"{len(differ)} files with other bytes, {len(unread)} unreadable"
        return ""

    # Whole rows.

    def tools(self, row):
        return [tool for tool in ["ebb", *row.rivals] if tool in self.options.tools]

    def in_turns(self, row, once):
        """A B C D, A B C D …: the first round warms up, is checked byte for byte, and not counted."""
        rounds = []
        for number in range(self.options.runs + 1):
            results = {}
            for tool in self.tools(row):
                say(f"{row.key}: {f'round {number}' if number else 'warm-up'}: {tool} …")
                results[tool] = once(tool, number == 0)
                run = results[tool]
                say(f"{row.key}: {f'round {number}' if number else 'warm-up'}: {tool} "
                    + (run.error or f"{run.wall:.2f} s, {run.cpu:.2f} s CPU"), end=True)  # fmt: skip
            rounds.append(results)
        return rounds[1:]

    def large(self, row):
        port = self.nginx.ports[row.scheme]
        folder = "capped" if row.key == "capped" else "data"
        url = f"{'http' if row.scheme == 'http' else 'https'}://127.0.0.1:{port}/{folder}/large.bin"

        def once(tool, thoroughly):
            with self.fresh_folder() as (out, environment):
                run = self.measure(one_file(tool, row, url, out, self), out, environment)
                run.error = run.error or self.check_large(out, "large.bin", self.size, thoroughly)
                return run

        return self.in_turns(row, once)

    def small(self, row):
        scheme = "http" if row.scheme == "http" else "https"
        base = f"{scheme}://127.0.0.1:{self.nginx.ports[row.scheme]}/data/small/"
        lists = self.lists(row.key, [base + small_name(i) for i in range(self.count)])

        def once(tool, thoroughly):
            with self.fresh_folder() as (out, environment):
                run = self.measure(many_files(tool, lists, out, self), out, environment)
                run.error = run.error or self.check_small(out, thoroughly)
                return run

        return self.in_turns(row, once)

    def lists(self, name, urls):
        plain, curl = self.work / f"{name}.txt", self.work / f"{name}.curl"
        plain.write_text("".join(f"{url}\n" for url in urls))
        curl.write_text("".join(f'url = "{url}"\n' for url in urls))
        return {"plain": str(plain), "curl": str(curl)}

    def queue(self, row):
        """Peak memory of a long list, while the server answers nothing."""
        rounds = []
        with self.python_server("--stall") as port:
            urls = [f"http://127.0.0.1:{port}/a/folder/of/many/file-{i:06}.bin" for i in range(self.queued)]
            lists = self.lists(row.key, urls)
            for number in range(min(self.options.runs, 3)):
                results = {}
                for tool in self.tools(row):
                    say(f"queued: run {number + 1}: {tool} …")
                    with self.fresh_folder() as (out, environment):
                        run = results[tool] = self.hold(many_files(tool, lists, out, self, 8), environment)
                    say(f"queued: run {number + 1}: {tool} {run.error or f'{run.rss:.0f} MiB'}", end=True)
                rounds.append(results)
        return rounds

    def hold(self, argv, environment):
        child = self.children.start(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL, env=environment)  # fmt: skip
        run, began = Run(), clock()
        while clock() - began < self.options.hold and child.poll() is None:
            time.sleep(0.1)
            run.rss = max(run.rss, peak_rss(child.pid))
        if child.poll() is not None:
            run.error = f"ended by itself after {clock() - began:.1f} s, exit {child.returncode}"
            self.children.forget(child)
            return run
        asked = clock()
        child.send_signal(signal.SIGINT)
        limit = threading.Timer(30, child.kill)
        limit.start()
        try:
            usage, peak = wait(child)
        finally:
            limit.cancel()
        self.children.forget(child)
        run.rss = max(run.rss, peak)
        run.wall, run.cpu = clock() - asked, usage.ru_utime + usage.ru_stime
        return run

    def slow(self, row):
        """The same file twice a turn: from even connections, and with the third at 1 %."""
        rounds = []
        for number in range(self.options.runs + 1):
            results = {}
            for tool in self.tools(row):
                for name, nth in ((tool, 0), (f"{tool}, one slow", self.options.slow_nth)):
                    say(f"slow: {f'round {number}' if number else 'warm-up'}: {name} …")
                    results[name] = self.slow_once(row, tool, nth, number == 0)
                    say(f"slow: {f'round {number}' if number else 'warm-up'}: {name} "
                        + (results[name].error or f"{results[name].wall:.2f} s"), end=True)  # fmt: skip
            rounds.append(results)
        return rounds[1:]

    def slow_once(self, row, tool, nth, thoroughly):
        with self.python_server("--file", str(self.data / "slow.bin"), "--slow-nth", str(nth)) as port:
            with self.fresh_folder() as (out, environment):
                url = f"http://127.0.0.1:{port}/slow.bin"
                run = self.measure(one_file(tool, row, url, out, self), out, environment)
                run.error = run.error or self.check_large(out, "slow.bin", self.slow_size, thoroughly)
                return run

    @contextlib.contextmanager
    def python_server(self, *arguments):
        server = self.children.start(
            [sys.executable, str(HERE / "slow_server.py"), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()
            server.stdout.close()
            self.children.end(server)

    def run(self, row):
        kind = {"queued": self.queue, "slow": self.slow}.get(row.key)
        return (kind or (self.small if row.key.startswith("small") else self.large))(row)


# --- Data, certificates, nginx --------------------------------------------------------------


def small_name(i):
    return f"file-{i:05}.bin"


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(MIB):
            digest.update(chunk)
    return digest.hexdigest()


def make_file(path, size):
    with open(path, "wb") as file:
        for _ in range(0, size, MIB):
            file.write(os.urandom(min(MIB, size)))


def make_data(bench, keys):
    if keys & {"large", "tls", "tls-h2", "capped"}:
        say(f"making {human(bench.size)} of data …", end=True)
        make_file(bench.data / "large.bin", bench.size)
    if "slow" in keys:
        make_file(bench.data / "slow.bin", bench.slow_size)
    if keys & {"small-h1", "small-h2"}:
        say(f"making {bench.count} small files …", end=True)
        for i in range(bench.count):
            (bench.data / "small" / small_name(i)).write_bytes(os.urandom(10 * 1024))


def make_certificates(folder):
    """A CA for an hour or two, and a leaf for 127.0.0.1: every tool is told to trust that CA."""
    folder.mkdir()
    (folder / "ca.cnf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=Ebb bench CA\n"
        "[ext]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n"
    )
    (folder / "leaf.cnf").write_text(
        "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=127.0.0.1\n"
        "[ext]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
        "extendedKeyUsage=serverAuth\nsubjectAltName=IP:127.0.0.1,DNS:localhost\nauthorityKeyIdentifier=keyid\n"
    )
    for command in (
        "ecparam -name prime256v1 -genkey -noout -out ca.key",
        "ecparam -name prime256v1 -genkey -noout -out leaf.key",
        "req -x509 -new -key ca.key -config ca.cnf -days 2 -out ca.pem",
        "req -new -key leaf.key -config leaf.cnf -out leaf.csr",
        "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -set_serial 2 -days 2 -extfile leaf.cnf"
        " -extensions ext -out leaf.pem",
    ):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)


class Nginx:
    def __init__(self, bench):
        self.program = which("nginx")
        self.prefix = bench.work / "nginx"
        (self.prefix / "tmp").mkdir(parents=True)
        for attempt in range(5):
            self.ports = dict(zip(("http", "https", "h2"), free_ports(3)))
            (self.prefix / "nginx.conf").write_text(self.configuration(bench))
            self.child = bench.children.start(
                [self.program, "-p", str(self.prefix), "-c", "nginx.conf", "-e", "error.log"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            if self.answers():
                return
            bench.children.end(self.child)
        errors = self.prefix / "error.log"
        sys.exit("nginx does not start: " + (errors.read_text()[-500:] if errors.exists() else "nothing said"))

    def answers(self):
        until = clock() + 5
        while clock() < until and self.child.poll() is None:
            try:
                for port in self.ports.values():
                    socket.create_connection(("127.0.0.1", port), 1).close()
                return True
            except OSError:
                time.sleep(0.05)
        return False

    def configuration(self, bench):
        said = subprocess.run([self.program, "-v"], capture_output=True, text=True).stderr
        version = tuple(map(int, re.search(r"/(\d+)\.(\d+)\.(\d+)", said).groups()))
        h2 = ("ssl", "http2 on;") if version >= (1, 25, 1) else ("ssl http2", "")
        # Started by root, the workers would become `nobody`, who cannot enter a temporary folder.
        user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
        tls = f"""ssl_certificate {bench.work}/tls/leaf.pem; ssl_certificate_key {bench.work}/tls/leaf.key;
            ssl_protocols TLSv1.3;"""
        places = f"""
            location /data/ {{ alias {bench.data}/; }}
            location /capped/ {{ alias {bench.data}/; limit_rate 8m; }}"""
        temporary = "".join(
            f"{kind}_temp_path tmp/{kind};\n        "
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return f"""
    {user}
    daemon off;
    worker_processes 2;
    pid nginx.pid;
    error_log error.log warn;
    events {{ worker_connections 1024; }}
    http {{
        {temporary}default_type application/octet-stream;
        access_log off;
        sendfile on;
        tcp_nopush on;
        keepalive_requests 1000000;
        http2_max_concurrent_streams 128;
        server {{ listen 127.0.0.1:{self.ports["http"]};{places} }}
        server {{ listen 127.0.0.1:{self.ports["https"]} ssl; {tls}{places} }}
        server {{ listen 127.0.0.1:{self.ports["h2"]} {h2[0]}; {h2[1]} {tls}{places} }}
    }}
"""


def free_ports(n):
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(socket.socket()) for _ in range(n)]
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        return [listener.getsockname()[1] for listener in listeners]


# --- Figures and tables ---------------------------------------------------------------------


def median(values):
    return statistics.median(values) if values else None


def good(rounds, name):
    return [r[name] for r in rounds if name in r and not r[name].error]


def paired(rounds, ours, theirs, what):
    """Median over the rounds of ours ÷ the best of theirs in the same round."""
    ratios = []
    for results in rounds:
        against = [getattr(results[name], what) for name in theirs if name in results and not results[name].error]
        if against and ours in results and not results[ours].error and min(against) > 0:
            ratios.append(getattr(results[ours], what) / min(against))
    return median(ratios)


def verdict(value, limit, noise=1.0):
    if value is None:
        return "not measured"
    if value <= limit:
        return "met"
    return "met within noise" if value <= limit * noise else "missed"


def number(value, digits=2):
    return "–" if value is None else f"{value:.{digits}f}"


def spread(values):
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})" if values else "–"


def figures(row, rounds):
    """One row's table, and its bars as (words, measured, verdict)."""
    names = list(rounds[0]) if rounds else []
    with_ebb = "ebb" in names
    if row.key == "queued":
        head = ["", "peak RSS, MiB", "CPU s", "s from SIGINT to the end"]
        body = [[name, number(max((r.rss for r in runs), default=None), 0), number(median([r.cpu for r in runs])),
                 number(median([r.wall for r in runs]))]
                for name in names for runs in [good(rounds, name)]]  # fmt: skip
        peak = max((r.rss for r in good(rounds, "ebb")), default=None)
        bars = [("peak RSS ≤ 150 MiB", number(peak, 0), verdict(peak, 150))] if with_ebb else []
        return head, body, bars
    if row.key == "slow":
        head = ["", "wall s (min–max)", "÷ the same with none slow"]
        body = [[name, spread([r.wall for r in good(rounds, name)]),
                 number(paired(rounds, name, [name.split(",")[0]], "wall")) if "," in name else ""]
                for name in names]  # fmt: skip
        ratio = paired(rounds, "ebb, one slow", ["ebb"], "wall")
        bars = [("wall ≤ 1.15 of the same with none slow", number(ratio), verdict(ratio, 1.15))] if with_ebb else []
        return head, body, bars
    head = ["", "wall s (min–max)", "of it sync", "CPU s", "peak RSS, MiB"]
    head += ["ebb ÷ it: wall", "CPU"] if with_ebb else []
    body = []
    for name in names:
        runs = good(rounds, name)
        line = [name, spread([r.wall for r in runs]), number(median([r.sync for r in runs])),
                number(median([r.cpu for r in runs])), number(max((r.rss for r in runs), default=0) or None, 0)]  # fmt: skip
        if with_ebb:
            line += ["", ""] if name == "ebb" else [number(paired(rounds, "ebb", [name], w)) for w in ("wall", "cpu")]
        body.append(line)
    bars = []
    for bar in row.bars if with_ebb else []:
        ratio = paired(rounds, "ebb", [name for name in names if name != "ebb"], bar.what)
        words = f"{'wall' if bar.what == 'wall' else 'CPU'} ≤ {bar.limit:.2f} of {bar.against}"
        bars.append((words, number(ratio), verdict(ratio, bar.limit, NOISE if bar.what == "wall" else 1.0)))
    return head, body, bars


def table(head, body, markdown):
    lines = [head, *body]
    if markdown:
        lines.insert(1, ["---"] + ["--:"] * (len(head) - 1))
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths))).rstrip()
        for line in lines
    )


def failures(rounds):
    """Each different failure once, and how often."""
    said = {}
    for results in rounds:
        for name, run in results.items():
            if run.error:
                words = f"{name}: " + re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1", run.error)
                said[words] = said.get(words, 0) + 1
    return [f"{words} ({count} of {len(rounds)} rounds)" for words, count in said.items()]


def say(text, end=False):
    """Progress, on standard error: one line that is overwritten, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="\n" if end else "", file=sys.stderr, flush=True)
    elif end:
        print(text, file=sys.stderr, flush=True)


def human(size):
    return f"{size // (1 << 30)} GiB" if size % (1 << 30) == 0 else f"{size // MIB} MiB"


# --- The whole ------------------------------------------------------------------------------


def which(program):
    return shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")


def first_line(argv):
    said = subprocess.run(argv, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return (said.stdout or said.stderr).strip().split("\n")[0]


def version(program, option="--version"):
    return re.split(r" \(| - ", first_line([program, option]))[0]


def machine(work):
    cpu = ""
    with contextlib.suppress(OSError):
        found = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
        cpu = found.group(1) if found else ""
    kind, _, device = (
        first_line(["findmnt", "-n", "-o", "FSTYPE,SOURCE", "-T", str(work)]).partition(" ")
        if which("findmnt") else ("", "", "")
    )  # fmt: skip
    if kind == "ext4" and not list(Path("/proc/fs/jbd2").glob(f"{Path(device.strip()).name}-*")):
        kind = "ext4 without a journal"
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cpu": cpu or platform.processor(),
        "cores": os.cpu_count(),
        "file_system": kind,
        "load_before": round(os.getloadavg()[0], 2),
    }


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="rounds that count; one more warms up [7]")
    parser.add_argument("--only", default=",".join(BY_DEFAULT), metavar="ROW,…",
                        help=f"of {','.join(row.key for row in ROWS)} [all but tls-h2]")  # fmt: skip
    parser.add_argument("--ebb", default=str(HERE.parent / "target" / "release" / "ebb"), metavar="FILE",
                        help="the program to measure, or `none` [target/release/ebb]")  # fmt: skip
    parser.add_argument("--tools", default="ebb," + ",".join(RIVALS), metavar="TOOL,…",
                        help="which to run [ebb,curl,wget2,aria2c]")  # fmt: skip
    parser.add_argument("--work", default=tempfile.gettempdir(), metavar="DIR",
                        help="where to put the temporary folder; on a disk, not in memory")  # fmt: skip
    parser.add_argument("--scale", type=float, default=1.0,
                        help="smaller files and fewer, to try things out; not comparable [1]")  # fmt: skip
    parser.add_argument("--hold", type=float, default=10, metavar="SECONDS", help="how long `queued` waits [10]")
    parser.add_argument("--slow-nth", type=int, default=3, metavar="N", help="which connection is slow in `slow` [3]")
    parser.add_argument("--markdown", action="store_true", help="tables in Markdown")
    parser.add_argument("--json", metavar="FILE", help="every run's figures, for programs")
    options = parser.parse_args()
    options.only = options.only.split(",")
    unknown = set(options.only) - {row.key for row in ROWS}
    if unknown or options.runs < 1:
        parser.error(f"no such row: {', '.join(sorted(unknown))}" if unknown else "--runs is at least 1")
    options.tools = choose_tools(parser, options)
    for program in ("nginx", "openssl"):
        if not which(program):
            parser.error(f"{program} is needed (Debian: apt-get install {program})")
    return options


def choose_tools(parser, options):
    tools = []
    for tool in options.tools.split(","):
        if tool == "ebb":
            if options.ebb == "none":
                continue
            options.ebb = os.path.abspath(options.ebb)
            if not os.access(options.ebb, os.X_OK):
                parser.error(f"no {options.ebb}: run `cargo build --release` first, or give --ebb none")
        elif tool not in RIVALS:
            parser.error(f"no such tool: {tool}")
        elif not which(tool):
            print(f"{tool} is not installed, and left out", file=sys.stderr)
            continue
        tools.append(tool)
    return tools


def check_space(options, bench, keys, work):
    need = 512 * MIB
    need += bench.size * 2 if keys & {"large", "tls", "tls-h2", "capped"} else 0
    need += bench.slow_size * 2 if "slow" in keys else 0
    need += bench.count * 12 * 1024 * 3 if keys & {"small-h1", "small-h2"} else 0
    inodes = os.statvfs(work).f_favail
    runs = (options.runs + 1) * len(options.tools) * len(keys & {"small-h1", "small-h2"}) + 1
    if 0 < inodes < runs * bench.count:  # 0: a file system without such a limit
        sys.exit(f"{work} has room for {inodes} more files, {runs * bench.count} are needed: see --work")
    free = shutil.disk_usage(work).free
    if free < need:
        sys.exit(f"{work} has {free // MIB} MiB free, {need // MIB} MiB are needed: choose another with --work")


def compare(options, work, children):
    keys = set(options.only)
    bench = Bench(options, work, children)
    check_space(options, bench, keys, work)
    about = machine(work)
    if about["file_system"] == "tmpfs":
        print("the work folder is in memory, where syncing costs nothing: give --work DIR on a disk", file=sys.stderr)
    if about["file_system"] == "ext4 without a journal":
        print("ext4 without a journal: leave five minutes after deleting many files, the last bench's "
              "included, or every small file is slow", file=sys.stderr)  # fmt: skip
    versions = {tool: version(bench.ebb if tool == "ebb" else tool) for tool in options.tools}
    versions["nginx"] = version(which("nginx"), "-v")
    make_certificates(work / "tls")
    make_data(bench, keys)
    bench.nginx = Nginx(bench)

    print(f"{about['system']}, {about['cores']} × {about['cpu']}, {about['file_system']}, load {about['load_before']}")
    print("; ".join(versions.values()))
    print(f"{options.runs} rounds in turns after a warm-up; medians; scale {options.scale:g}\n")
    results, summary = [], []
    for row in (row for row in ROWS if row.key in keys):
        if not bench.tools(row):
            continue
        title = row.title.format(size=human(bench.size), count=f"{bench.count:,}", queued=f"{bench.queued:,}")
        rounds = bench.run(row)
        head, body, bars = figures(row, rounds)
        print(f"{'### ' if options.markdown else ''}{row.key}: {title}\n")
        print(table(head, body, options.markdown))
        for line in failures(rounds):
            print(f"\nfailed: {line}")
        print(flush=True)
        summary += [[title, *bar] for bar in bars]
        results.append({
            "key": row.key, "title": title,
            "rounds": [{name: vars(run) for name, run in r.items()} for r in rounds],
            "bars": [dict(zip(("bar", "measured", "verdict"), bar)) for bar in bars],
        })  # fmt: skip
    if summary:
        print(table(["work", "bar", "measured", ""], summary, options.markdown))
    if options.json:
        whole = {"when": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
                 "machine": about, "tools": versions, "runs": options.runs, "scale": options.scale,
                 "load_after": round(os.getloadavg()[0], 2), "rows": results}  # fmt: skip
        Path(options.json).write_text(json.dumps(whole, indent=1) + "\n")


def main():
    options = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    children = Children()
    work = Path(tempfile.mkdtemp(prefix="ebb-bench-", dir=options.work))
    try:
        compare(options, work, children)
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        children.end_all()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
