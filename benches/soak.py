#!/usr/bin/env python3
"""Ten thousand groups in a running `ebb serve`, steered from four shells at once.

    cargo build --release --no-default-features
    python3 benches/soak.py [--groups 10000] [--shells 4] [--batch 10] [--ebb target/release/ebb]
                            [--work DIR] [--json FILE]

Needs Python 3.9, Linux (it reads /proc), and nothing else. It starts `ebb serve` on an EBB_HOME of
its own and a server of small files on loopback; every command is a process of its own, as a shell
would start it. Groups are added (nine in ten with one file, one in ten empty), listed, shown, told
properties, suspended and resumed, all from every shell at once; then everything at the same time;
then all files are fetched and all groups removed. One `ebb watch --json` looks on from beginning to
end. It prints, for each stage, how long the commands took (of that, starting the process is the
larger part), their errors, and the memory of `ebb serve`: now, and its peak within the stage.

The times are a measurement. The counts are checked: nothing may be lost, nothing may be there twice.
It ends with 1 where they do not agree.
"""

import argparse
import asyncio
import collections
import json
import multiprocessing
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
BODY = bytes(range(256)) * 4
COMMAND_LIMIT = 120  # seconds after which a command counts as failed
STAGE_LIMIT = 600  # seconds for all files to come
REFUSED = {1}  # where another shell may have been faster


# --- The server of small files ---------------------------------------------------------------


async def answer(reader, writer, seen):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            method, target, _ = head.split(" ", 2)
            if target == "/seen":
                body = json.dumps(seen).encode()
            else:
                body = BODY
                if method == "GET":
                    seen[target] += 1
            writer.write(
                f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nETag: \"soak\"\r\n"
                "Content-Type: application/octet-stream\r\n\r\n".encode()
                + (body if method == "GET" else b"")
            )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def serve_files(told):
    """Runs in a process of its own; tells its port. `/seen` says how often each path was fetched."""
    seen = collections.Counter()

    async def run():
        server = await asyncio.start_server(lambda r, w: answer(r, w, seen), "127.0.0.1", 0, backlog=1024)
        told.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(run())


# --- A shell: commands one after the other ----------------------------------------------------


def run_shell(task):
    """Runs commands; for each its verb, its seconds, its code, its error, and what it printed."""
    ebb, environment, folder, commands, keeps = task
    results = []
    for arguments in commands:
        began = time.monotonic()
        try:
            done = subprocess.run([ebb, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=COMMAND_LIMIT)  # fmt: skip
            code, error, output = done.returncode, done.stderr.strip(), done.stdout if keeps else ""
        except subprocess.TimeoutExpired:
            code, error, output = None, f"no answer within {COMMAND_LIMIT} s", ""
        results.append((arguments[0], time.monotonic() - began, code, error[:300], output))
    return results


# --- The soak -----------------------------------------------------------------------------------


class Soak:
    def __init__(self, options, work, port):
        self.options, self.work, self.port = options, work, port
        self.ebb = str(Path(options.ebb).resolve())
        self.files = work / "files"
        self.files.mkdir()
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(work), "LANG": "C.UTF-8",
                            "EBB_HOME": str(work / "home")}  # fmt: skip
        self.random = random.Random(1)  # the same soak each time
        self.ids = [str(uuid.UUID(int=self.random.getrandbits(128), version=4)) for _ in range(options.groups)]
        self.shells = multiprocessing.Pool(options.shells)
        self.rows, self.wrong, self.watches = [], [], []
        self.serve = self.watch = None

    # The program.

    def start_serve(self):
        with open(self.work / "serve.log", "ab") as log:
            self.serve = subprocess.Popen([self.ebb, "serve"], cwd=self.files, env=self.environment,
                                          stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # fmt: skip
        began = time.monotonic()
        while self.one("list").returncode != 0:
            if self.serve.poll() is not None or time.monotonic() - began > 60:
                log = (self.work / "serve.log").read_text(errors="replace")
                sys.exit(f"ebb serve does not answer: {log[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - began

    def end_serve(self):
        began = time.monotonic()
        self.serve.terminate()
        try:
            code = self.serve.wait(30)
        except subprocess.TimeoutExpired:
            self.serve.kill()
            code = "killed after 30 s"
        took = time.monotonic() - began
        self.check("serve ends with 0 within 2 s", (code, took < 2), (0, True))
        return took

    def stop(self):
        """Nothing of it outlives it."""
        self.shells.terminate()
        for child in (self.watch, self.serve):
            if child is not None and child.poll() is None:
                child.kill()
                child.wait()

    def one(self, *arguments):
        return subprocess.run([self.ebb, *arguments], cwd=self.files, env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=COMMAND_LIMIT)  # fmt: skip

    def groups(self):
        return json.loads(self.one("list", "--json").stdout)["groups"]

    def memory(self):
        status = Path(f"/proc/{self.serve.pid}/status").read_text()
        return [int(line.split()[1]) / 1024 for name in ("VmRSS:", "VmHWM:")
                for line in status.splitlines() if line.startswith(name)]  # fmt: skip

    def forget_peak(self):
        try:
            Path(f"/proc/{self.serve.pid}/clear_refs").write_text("5")
        except OSError:
            pass  # the peak is then that of the whole run

    # Stages.

    def stage(self, title, scripts, may_refuse=False, keeps=False):
        """Every script is run by a shell of its own, all at once; what the commands printed."""
        self.forget_peak()
        tasks = [(self.ebb, self.environment, str(self.files), script, keeps) for script in scripts]
        began = time.monotonic()
        results = [result for results in self.shells.map(run_shell, tasks, chunksize=1) for result in results]
        wall = time.monotonic() - began
        allowed = {0} | (REFUSED if may_refuse else set())
        failed = [result for result in results if result[2] not in allowed]
        for verb, _, code, error, _ in failed[:3]:
            self.wrong.append(f"{title}: {verb} ended with {code}: {error}")
        by_verb = collections.defaultdict(list)
        for verb, seconds, *_ in results:
            by_verb[verb].append(seconds)
        for verb, seconds in sorted(by_verb.items()):
            errors = sum(result[0] == verb for result in failed)
            self.report(title, verb, seconds, wall, errors)
        return results

    def report(self, title, verb, seconds, wall, errors=0):
        rss, peak = self.memory()
        row = {"stage": title, "command": verb, "count": len(seconds), "wall": wall, "errors": errors,
               "median_ms": statistics.median(seconds) * 1000, "p95_ms": percentile(seconds, 0.95) * 1000,
               "max_ms": max(seconds) * 1000, "rss_mib": rss, "peak_mib": peak}  # fmt: skip
        self.rows.append(row)
        print(f"{title:<12} {verb:<10} {row['count']:>6} {wall:>8.1f} {row['median_ms']:>8.1f} {row['p95_ms']:>8.1f}"
              f" {row['max_ms']:>8.1f} {errors:>6} {rss:>8.1f} {peak:>8.1f}", flush=True)  # fmt: skip

    def check(self, what, found, wanted):
        if found != wanted:
            self.wrong.append(f"{what}: {short(found)}, not {short(wanted)}")

    def shares(self, items):
        return [items[shell :: self.options.shells] for shell in range(self.options.shells)]

    def batches(self, ids):
        size = self.options.batch
        return [ids[at : at + size] for at in range(0, len(ids), size)]

    def each_shell(self, verb, ids):
        return [[[verb, *batch] for batch in self.batches(share)] for share in self.shares(ids)]

    def empties(self):
        return self.ids[::10]

    def filled(self):
        return [name for at, name in enumerate(self.ids) if at % 10]

    def add_command(self, at):
        if at % 10 == 0:
            return ["new", "--id", self.ids[at], "--name", f"group {at}"]
        url = f"http://127.0.0.1:{self.port}/{at}.bin"
        return ["add", "--suspended", "--id", self.ids[at], "-n", f"group {at}", url]

    # The whole.

    def run(self):
        print(f"{self.options.groups} groups, {self.options.shells} shells, {self.options.batch} ids a command")
        print(f"{'stage':<12} {'command':<10} {'count':>6} {'wall s':>8} {'median':>8} {'p95':>8} {'max ms':>8}"
              f" {'errors':>6} {'RSS MiB':>8} {'peak':>8}")  # fmt: skip
        self.begin("start")
        self.add()
        self.look()
        self.steer()
        self.everything_at_once()
        before = self.listing()
        self.end()
        self.begin("restart")
        self.check("groups after a restart", self.listing(), before)
        self.fetch()
        self.remove()
        self.wait_for_watch()
        self.end()
        self.check_watch()
        print(f"database {sum(path.stat().st_size for path in self.work.glob('home/data/*')) / 1e6:.1f} MB")

    def begin(self, title):
        took = self.start_serve()
        self.report(title, "serve", [took], took)
        self.watches.append(self.work / f"watch-{len(self.watches)}.jsonl")
        with open(self.watches[-1], "wb") as lines:
            self.watch = subprocess.Popen([self.ebb, "watch", "--json"], cwd=self.files, env=self.environment,
                                          stdin=subprocess.DEVNULL, stdout=lines,
                                          stderr=subprocess.DEVNULL)  # fmt: skip

    def end(self):
        took = self.end_serve()
        print(f"serve ended within {took:.2f} s")
        try:
            self.watch.wait(30)
        except subprocess.TimeoutExpired:
            self.watch.kill()
            self.wrong.append("watch goes on without serve")

    def listing(self):
        return {group["id"]: (group["name"], group["state"], group["priority"]) for group in self.groups()}

    def add(self):
        numbers = self.shares(range(len(self.ids)))
        results = self.stage("add", [[self.add_command(at) for at in share] for share in numbers], keeps=True)
        printed = [output.strip() for *_, output in results]
        self.check("ids printed", sorted(printed), sorted(self.ids))
        found = [group["id"] for group in self.groups()]
        self.check("groups listed", sorted(found), sorted(self.ids))
        # Every shell wants the same ids: each is given once.
        again = [str(uuid.UUID(int=self.random.getrandbits(128), version=4)) for _ in range(50)]
        wants = [["new", "--id", name] for name in again]
        results = self.stage("same ids", [wants] * self.options.shells, may_refuse=True)
        self.check("same ids given", sum(result[2] == 0 for result in results), len(again))
        self.stage("same ids", self.each_shell("cancel", again))
        self.stage("same ids", self.each_shell("remove", again))

    def look(self):
        script = [["list", "--json"]] * 20 + [["list"]] * 20
        self.stage("look", [script] * self.options.shells)
        looks = self.random.sample(self.ids, min(1000, len(self.ids)))
        self.stage("look", self.shares([["show", name, "--json"] for name in looks]))

    def steer(self):
        sample = self.random.sample(self.filled(), min(1000, len(self.filled())))
        self.stage("steer", self.shares([["set", name, "description=soaked", "parallel=2"] for name in sample]))
        self.stage("steer", self.shares([["move", name, "--top"] for name in sample]))
        self.stage("steer", self.each_shell("foreground", self.filled()))
        self.stage("steer", self.each_shell("background", self.filled()))
        # Nothing transfers yet: the queue is full of groups that run, and wait.
        self.one("mode", "suspended")
        self.stage("steer", self.each_shell("resume", self.filled()))
        self.check("running groups", self.count_flag("suspended"), len(self.empties()))
        self.stage("steer", self.each_shell("suspend", self.filled()))
        self.check("suspended groups", self.count_flag("suspended"), len(self.ids))
        self.stage("all", [[["resume", "--all"], ["suspend", "--all"]] * 5] * self.options.shells)
        self.one("suspend", "--all")

    def count_flag(self, flag):
        return sum(flag in group["status"] for group in self.groups())

    def everything_at_once(self):
        scripts = []
        for shell in range(self.options.shells):
            batches = self.batches(self.random.sample(self.filled(), len(self.filled()) // 2))
            verbs = ["resume", "suspend", "foreground", "background"]
            script = [[verbs[(shell + at) % 4], *batch] for at, batch in enumerate(batches)]
            script += [["list"], ["list", "--json"], ["resume", "--all"], ["suspend", "--all"]] * 3
            script += [["move", name, "--down"] for name in self.random.sample(self.ids, 50)]
            self.random.shuffle(script)
            scripts.append(script)
        self.stage("at once", scripts)
        self.check("groups", sorted(group["id"] for group in self.groups()), sorted(self.ids))

    def fetch(self):
        self.one("background", "--all")
        self.forget_peak()
        began = time.monotonic()
        self.one("resume", "--all")
        self.one("mode", "full")
        looks, done = [], 0
        while done < len(self.filled()) and time.monotonic() - began < STAGE_LIMIT:
            time.sleep(0.5)
            asked = time.monotonic()
            done = sum(group["state"] == "complete" for group in self.groups())
            looks.append(time.monotonic() - asked)
        self.report("fetch", "list", looks, time.monotonic() - began)
        self.check("complete groups", done, len(self.filled()))
        wanted = sorted(f"{at}.bin" for at in range(len(self.ids)) if at % 10)
        found = sorted(path.name for path in self.files.iterdir())
        self.check("files on the disk", found, wanted)
        wrong = sum(path.read_bytes() != BODY for path in self.files.iterdir())
        self.check("files with other bytes", wrong, 0)
        self.check("requests for each file", self.seen(), {f"/{name}": 1 for name in wanted})

    def seen(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/seen") as answer:
            return json.load(answer)

    def remove(self):
        self.stage("remove", self.each_shell("cancel", self.empties()))
        # Every group is removed by two shells at once: one of them is refused.
        half = len(self.ids) // 2
        self.stage("remove", self.each_shell("remove", self.ids[:half]))
        twice = [[["remove", name] for name in self.ids[half : half + 200]]] * self.options.shells
        results = self.stage("remove", twice, may_refuse=True)
        self.check("removed once", sum(result[2] == 0 for result in results), min(200, len(self.ids) - half))
        self.stage("remove", [[["remove", "--all"], ["list"]]] * self.options.shells)
        self.check("groups at the end", len(self.groups()), 0)
        self.check("files kept", sum(1 for _ in self.files.iterdir()), len(self.filled()))

    def wait_for_watch(self):
        """It is told of what has happened before the end, at ten snapshots a second."""
        began = time.monotonic()
        while self.removals() < len(self.ids) and time.monotonic() - began < 30:
            time.sleep(0.1)
        print(f"watch knew of everything {time.monotonic() - began:.1f} s later")

    def removals(self):
        with self.watches[-1].open() as lines:
            return sum('"removed"' in line for line in lines)

    def check_watch(self):
        """Nobody's end was left out: every group was told of, ended, and was removed once."""
        told, removed, states = set(), collections.Counter(), {}
        for at, path in enumerate(self.watches):
            for line in path.open():
                event = json.loads(line)
                if event["event"] == "removed" and at == len(self.watches) - 1:
                    removed[event["id"]] += 1
                elif event["event"] == "group":
                    told.add(event["group"]["id"])
                    states[event["group"]["id"]] = event["group"]["state"]
        ours = set(self.ids)
        self.check("groups that watch told of", len(ours - told), 0)
        twice_or_never = {name: removed[name] for name in self.ids if removed[name] != 1}
        self.check("groups that watch saw removed twice, or never", twice_or_never, {})
        ends = collections.Counter(states.get(name) for name in self.ids)
        wanted = {"complete": len(self.filled()), "cancelled": len(self.empties())}
        self.check("ends that watch told of", ends, collections.Counter(wanted))


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def short(value):
    text = repr(value)
    return text if len(text) < 200 else f"{text[:120]}… ({len(value)} in all)"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--groups", type=int, default=10_000)
    parser.add_argument("--shells", type=int, default=4)
    parser.add_argument("--batch", type=int, default=10, help="ids a command, where it takes several")
    parser.add_argument("--ebb", default=str(HERE.parent / "target/release/ebb"))
    parser.add_argument("--work", help="where to put the temporary folder")
    parser.add_argument("--json", help="every stage's figures, for programs")
    options = parser.parse_args()
    if not os.access(options.ebb, os.X_OK):
        sys.exit(f"{options.ebb}: no program; build it, or say where it is (--ebb)")
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve_files, args=(there,), daemon=True)
    server.start()
    with tempfile.TemporaryDirectory(prefix="ebb-soak-", dir=options.work) as work:
        soak = Soak(options, Path(work), here.recv())
        try:
            soak.run()
        finally:
            soak.stop()
            server.terminate()
    if options.json:
        Path(options.json).write_text(json.dumps(soak.rows, indent=1))
    print("\n".join(["", *soak.wrong]) if soak.wrong else "\nall counts agree")
    return 1 if soak.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
