"""What is done on the link, and what is read from its record. Each returns {metric: figure or None}.

The times are of two sorts: `LONG`, which the bars are about, and `SHORT`, for a check of a minute.
What must always be true: a scenario begins on an empty line and leaves nothing running.
"""

import contextlib
import subprocess
import time
from dataclasses import dataclass

from figures import PAYLOAD, quantile, round_trips
from world import OTHER, SECOND, SUBJECT, UPLOAD

STEP_MS = 20.0  # by which the delay grows, each way: 40 ms of round trip


@dataclass
class Times:
    """Seconds."""

    idle: float  # of the empty line
    alone: float  # of a download alone
    lead: float  # that a download has before another comes
    beside: float  # that they have together
    after: float  # that is watched when the other is gone
    two: float  # that two Ebbs have together
    two_counted: float  # the last of these


LONG = Times(idle=5, alone=15, lead=5, beside=15, after=10, two=40, two_counted=20)
SHORT = Times(idle=1.5, alone=7, lead=4, beside=7, after=5, two=11, two_counted=6)


@dataclass
class Run:
    """What a scenario needs: the world, who is in Ebb's place, how long, and what is known already."""

    world: object
    tool: str
    times: Times
    known: dict  # of the line itself: idle round trips, curl alone, the page alone
    show: object  # called with the record and the windows' marks, for the traces

    @property
    def line(self):
        """Payload bits a second that fit through."""
        return self.world.line.down * 1e6 * PAYLOAD

    @contextlib.contextmanager
    def download(self, tool, port):
        child = self.world.download(tool, port)
        try:
            yield child
            self.world.end(child)
        finally:
            self.world.children.end(child)

    @contextlib.contextmanager
    def echo(self):
        child = self.world.echo()
        try:
            yield child
        finally:
            self.world.children.end(child)

    def finish(self, scenario, since):
        record = self.world.record(since)
        self.show(scenario, self, record)
        self.world.settle()
        return record


def column(port, way="down"):
    return f"{way}_{port}"


SUBJECTS, OTHERS = column(SUBJECT), column(OTHER)


def line_itself(world, times, page):
    """The idle line, curl alone on it, and where asked for the page alone: what all others are held against."""
    run = Run(world, "curl", times, {}, lambda *_: None)
    known = {}
    with run.echo() as echo:
        time.sleep(times.idle)
    trips, _ = round_trips(echo.trips, 0, float("inf"))
    known["idle_p50"], known["idle_p95"] = quantile(trips, 0.5), quantile(trips, 0.95)
    since = time.monotonic()
    with run.download("curl", OTHER):
        time.sleep(times.alone + 0.5)
    record = run.finish("line", since)
    first = record.first(OTHERS)
    known["curl_alone"] = record.rate(OTHERS, since + 2, since + times.alone)
    known["curl_beside_alone"] = record.rate(OTHERS, first, first + min(times.beside, times.alone))
    known["line"] = run.line
    if page:
        world.page()
        known["page_alone"] = sorted(world.page() for _ in range(5))[2]
    return known


def alone(run):
    """1 and 2: the line to itself, and what others feel of it."""
    since = time.monotonic()
    end = since + run.times.alone
    with run.download(run.tool, SUBJECT), run.echo() as echo:
        time.sleep(end - time.monotonic() + 0.1)
    record = run.finish("alone", since)
    rate = record.rate(SUBJECTS, since + 2, end)
    trips, lost = round_trips(echo.trips, since + 2, end)
    return {
        "share_of_line": rate / run.line,
        "share_of_curl": rate / run.known["curl_alone"],
        "added_p50": quantile(trips, 0.5) - run.known["idle_p50"],
        "added_p95": quantile(trips, 0.95) - run.known["idle_p95"],
        "echoes_lost": lost / max(1, lost + len(trips)),
    }


def beside(run):
    """3 and 4: curl comes, downloads, and goes."""
    times, since = run.times, time.monotonic()
    with run.download(run.tool, SUBJECT):
        time.sleep(times.lead)
        with run.echo() as echo:
            with run.download("curl", OTHER):
                time.sleep(times.beside + 0.3)
        time.sleep(times.after)
    record = run.finish("beside", since)
    first, last = record.first(OTHERS), record.last(OTHERS)
    quiet = [record.quiet_after(SUBJECTS, first, last, share * run.line) for share in (0.1, 0.2)]
    counted = min(times.beside, times.alone)
    trips, _ = round_trips(echo.trips, first + 2, first + counted)
    return {
        "curl_keeps": record.rate(OTHERS, first, first + counted) / run.known["curl_beside_alone"],
        "left_beside": record.rate(SUBJECTS, first + 1, first + counted) / run.line,
        "beside_p95": quantile(trips, 0.95) - run.known["idle_p95"],
        "yield_10": quiet[0],
        "yield_20": quiet[1],
        "back": record.back_after(SUBJECTS, last, last + times.after - 0.2, 0.9 * run.line),
    }


def page(run):
    """5: forty small files beside it, five times."""
    since = time.monotonic()
    took = []
    with run.download(run.tool, SUBJECT):
        time.sleep(run.times.lead)
        for _ in range(5):
            took.append(run.world.page())
            time.sleep(3)
    run.finish("page", since)
    return {"page": sorted(took)[2] / run.known["page_alone"]}


def two(run):
    """6: a second one of its kind comes after five seconds."""
    times, since = run.times, time.monotonic()
    with run.download(run.tool, SUBJECT):
        time.sleep(5)
        with run.download(run.tool, SECOND):
            time.sleep(times.two)
            end = time.monotonic() - 0.1
    record = run.finish("two", since)
    rates = [record.rate(column(port), end - times.two_counted, end) for port in (SUBJECT, SECOND)]
    return {"first_of_two": rates[0] / max(1.0, sum(rates)), "two_of_line": sum(rates) / run.line}


def loss(run):
    """7: half a per cent of all packets is lost, both ways."""
    run.world.tell("loss 0.5")
    since = time.monotonic()
    end = since + run.times.alone
    with run.download(run.tool, SUBJECT):
        time.sleep(end - time.monotonic() + 0.1)
    record = run.finish("loss", since)
    return {"under_loss": record.rate(SUBJECTS, since + 2, end) / run.line}


def step(run):
    """7: the way becomes longer by 40 ms of round trip, and short again."""
    world, since = run.world, time.monotonic()
    with run.download(run.tool, SUBJECT):
        time.sleep(10)
        longer = time.monotonic()
        world.tell(f"delay {world.line.delay + STEP_MS}")
        time.sleep(45)
        shorter = time.monotonic()
        world.tell(f"delay {world.line.delay}")
        time.sleep(12)
        end = time.monotonic() - 0.1
    record = run.finish("step", since)
    return {
        "longer": record.steady_after(SUBJECTS, longer, shorter, 0.8 * run.line),
        "after_longer": record.rate(SUBJECTS, longer, shorter) / run.line,
        "shorter": record.steady_after(SUBJECTS, shorter, end, 0.8 * run.line),
    }


def uplink(run):
    """8: the other direction is full for a while."""
    times, since = run.times, time.monotonic()
    with run.download(run.tool, SUBJECT):
        time.sleep(times.lead)
        stop = run.world.upload()
        time.sleep(times.beside)
        stop()
        time.sleep(times.after)
        end = time.monotonic() - 0.1
    record = run.finish("uplink", since)
    first, last = record.first(column(UPLOAD, "up")), record.last(column(UPLOAD, "up"))
    return {
        "uplink_share": record.rate(SUBJECTS, first + 2, last) / run.line,
        "uplink_lowest": record.lowest(SUBJECTS, first + 2, last, 1.0) / run.line,
        "upload": record.rate(column(UPLOAD, "up"), first + 2, last) / (run.world.line.up * 1e6 * PAYLOAD),
        "uplink_back": record.back_after(SUBJECTS, last, end, 0.9 * run.line),
    }


def switch(run):
    """9: a running group to the foreground beside curl, and back."""
    world, since = run.world, time.monotonic()
    home = world.folder()
    environment = world.environment(home)
    said = open(home / "said", "w")

    def ebb(*words):
        argv = ["ip", "netns", "exec", world.client_space, world.tools["ebb"], *words]
        done = subprocess.run(argv, env=environment, stdout=subprocess.PIPE, stderr=said, text=True)
        if done.returncode:
            raise RuntimeError(f"ebb {words[0]} ended with {done.returncode}: {(home / 'said').read_text()[-300:]}")
        return done.stdout.strip(), time.monotonic()

    with said:
        serve = world.start_in(world.client_space, [world.tools["ebb"], "serve"], env=environment, stderr=said)
        serve.home = home
        try:
            deadline = time.monotonic() + 10
            while not list(home.glob("ebb/run/*")) and time.monotonic() < deadline:
                time.sleep(0.05)
            time.sleep(0.3)
            group, _ = ebb("add", "-d", str(home), f"http://10.77.0.1:{SUBJECT}/big.bin")
            time.sleep(run.times.lead)
            with run.download("curl", OTHER):
                time.sleep(6)
                _, forward = ebb("foreground", group)
                time.sleep(6)
                _, backward = ebb("background", group)
                time.sleep(6)
                end = time.monotonic() - 0.1
            world.end(serve)
        finally:
            world.children.end(serve)
    record = run.finish("switch", since)

    def changed(start, end):
        """Less what lay in the queue: it arrives however fast the sender is told."""
        found = record.changed_after(SUBJECTS, start, end, 0.1 * run.line)
        queued = record.columns["down_queue_ms"][record.at(start)] / 1000
        return None if found is None else max(0.0, found - queued)

    return {
        "to_foreground": changed(forward, forward + 5.5),
        "in_foreground": record.rate(SUBJECTS, forward + 2, backward) / run.line,
        "to_background": changed(backward, end),
    }
