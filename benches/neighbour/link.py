#!/usr/bin/env python3
"""A bottleneck link between two network namespaces, in user space (root, Linux).

    link.py [--down MBIT] [--up MBIT] [--delay MS] [--buffer MS] [--loss PCT]
            [--prefix NAME] [--cc NAME] [--ports 8001,8002] [--trace FILE]

Makes the namespaces NAME-srv (10.77.0.1) and NAME-cli (10.77.0.2) and joins them by two TUN devices
whose packets all pass through this process. Each direction is a drop-tail queue of `buffer`
milliseconds, drained at its rate, then `delay` milliseconds of propagation, then random loss.
`down` is towards the client. Prints `ready NAME-srv NAME-cli` once the link is up, and removes both
namespaces when it ends: on SIGINT, SIGTERM, or the end of standard input where that is a pipe (so it
never outlives a program that started it). Whatever runs in the namespaces is the caller's to end.

    ip netns exec NAME-cli curl http://10.77.0.1:8001/

Lines on standard input change it while it runs; packets still in the queue follow:
    down 20 | up 5 | rate 20 5 | delay 30 (each way) | loss 0.5 | buffer 400
    show     one JSON line: a direction's bytes, drops, queue now, and how late packets were given;
             all rows of the trace so far are in its file when it comes
    reset    set the counters of `show` to nothing
    quit

--trace FILE (in memory: a busy disk would hold up the link): CSV, a row every 10 ms, of what arrived
in it: time (CLOCK_MONOTONIC, seconds, end of the row), the longest wait in each queue (ms), packets
dropped, bytes (whole packets), how late the latest packet was given (ms), each way, and for each of
--ports (of the server) the TCP payload.

What must always be true: packets never overtake each other; nothing waits but in the modelled queue
(reading comes before giving; the process is real-time where it may be), and `late` says how far that
was missed: a packet's time of giving less the time the model says.
"""

import argparse
import collections
import ctypes
import fcntl
import gc
import json
import os
import random
import select
import signal
import stat
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
PR_SET_TIMERSLACK = 29
MCL_CURRENT_AND_FUTURE = 3
MTU = 1500
ADDRESS = {"srv": "10.77.0.1", "cli": "10.77.0.2"}
BIN = 0.010  # a row of the trace
EARLY = 0.00003  # a packet due this soon is given now: waking once more would take longer
BATCH = 32  # packets read from one side before the other side gets its turn
LATE_STEP, LATE_STEPS = 0.00001, 500  # the histogram of lateness: 10 us to 5 ms
NEVER = float("inf")


def ip(*words):
    subprocess.run(["ip", *words], check=True, stdout=subprocess.DEVNULL)


class Way:
    """One direction: a drop-tail queue drained at a rate, then a delay. Times are monotonic seconds."""

    def __init__(self, source, sink, server_port_at):
        self.source, self.sink = source, sink
        self.server_port_at = server_port_at  # of the server's port in the TCP header: 0 or 2
        self.rate, self.delay, self.loss, self.limit = 1.0, 0.0, 0.0, 0.0
        self.free_at = 0.0  # when the last packet of the queue has left it
        self.due = NEVER  # of the first packet
        self.flying = collections.deque()  # (due, packet), in order: in the queue or on the way
        self.payload = collections.Counter()  # by the server's port, two bytes as in the header
        self.worst_wait = self.row_latest = 0.0  # seconds, and bytes and drops: since the last row of the trace
        self.row_bytes = self.row_dropped = 0
        self.reset()

    def reset(self):
        self.packets = self.bytes = self.dropped = self.lost = 0
        self.latest = 0.0
        self.late = [0] * (LATE_STEPS + 1)

    def set(self, now, mbit, delay_ms, buffer_ms, loss_pct):
        """Takes new figures, for the packets still in the queue, too."""
        waiting = []
        while self.flying and self.flying[-1][0] - self.delay > now:
            waiting.append(self.flying.pop()[1])
        if waiting:  # the first of them is already partly through, at the old rate
            left = max(0.0, self.free_at - now) * self.rate - sum(map(len, waiting[:-1]))
        self.rate, self.delay, self.loss = mbit * 1e6 / 8, delay_ms / 1000, loss_pct / 100
        self.limit = max(2 * MTU, self.rate * buffer_ms / 1000)
        self.free_at = now
        for number, packet in enumerate(reversed(waiting)):
            size = min(max(left, 0.0), len(packet)) if number == 0 else len(packet)
            self.free_at += size / self.rate
            self.send_off(packet)
        self.due = self.flying[0][0] if self.flying else NEVER

    def send_off(self, packet):
        """Notes when the packet that leaves the queue at `free_at` arrives, behind all others."""
        due = self.free_at + self.delay
        flying = self.flying
        if not flying:
            self.due = due
        elif flying[-1][0] > due:  # the delay has become shorter
            due = flying[-1][0]
        flying.append((due, packet))

    def take(self, now):
        """Reads what the sender has sent, into the queue."""
        source, rate, loss, read = self.source, self.rate, self.loss, os.read
        try:
            for _ in range(BATCH):
                packet = read(source, 2048)
                size = len(packet)
                start = self.free_at if self.free_at > now else now
                if (start - now) * rate + size > self.limit:
                    self.dropped += 1
                    self.row_dropped += 1
                    continue
                self.free_at = start + size / rate
                if self.free_at - now > self.worst_wait:
                    self.worst_wait = self.free_at - now
                if loss and random.random() < loss:
                    self.lost += 1  # it has taken its time on the line all the same
                    continue
                self.send_off(packet)
        except BlockingIOError:
            pass

    def give(self, now, clock):
        """Hands over what has arrived."""
        flying = self.flying
        while self.due <= now + EARLY:
            due, packet = flying.popleft()
            self.due = flying[0][0] if flying else NEVER
            try:
                os.write(self.sink, packet)
            except OSError:
                self.dropped += 1
                continue
            now = clock()
            late = now - due
            self.late[min(LATE_STEPS, max(0, int(late / LATE_STEP)))] += 1
            if late > self.row_latest:
                self.row_latest = late
            self.count(packet)

    def count(self, packet):
        size = len(packet)
        self.packets += 1
        self.bytes += size
        self.row_bytes += size
        if packet[0] >> 4 == 4 and packet[9] == 6:
            tcp = (packet[0] & 15) * 4
            payload = size - tcp - (packet[tcp + 12] >> 4) * 4
            if payload:
                at = tcp + self.server_port_at
                self.payload[packet[at : at + 2]] += payload

    def wait(self, now):
        """How long a packet that came now would stay in the queue, in seconds."""
        return max(0.0, self.free_at - now)

    def row(self, now):
        """Longest wait (ms), drops, bytes and latest packet (ms) since the last row."""
        waited = max(self.worst_wait, self.wait(now)) * 1000
        found = waited, self.row_dropped, self.row_bytes, self.row_latest * 1000
        self.latest = max(self.latest, self.row_latest)
        self.worst_wait = self.row_latest = 0.0
        self.row_bytes = self.row_dropped = 0
        return found

    def late_ms(self, share):
        """How late, in ms, that share of the packets was at most."""
        wanted, seen = share * sum(self.late), 0
        for step, count in enumerate(self.late):
            seen += count
            if seen >= wanted:
                return round((step + 1) * LATE_STEP * 1000, 3)

    def show(self, now):
        return {"packets": self.packets, "bytes": self.bytes, "dropped": self.dropped,
                "lost": self.lost, "queue_ms": round(self.wait(now) * 1000, 3),
                "queue_bytes": round(self.wait(now) * self.rate),
                "late_ms": {"median": self.late_ms(0.5), "p99": self.late_ms(0.99),
                            "p999": self.late_ms(0.999), "most": round(max(self.latest, self.row_latest) * 1000, 3)},
                "payload": {struct.unpack(">H", port)[0]: n for port, n in self.payload.items()}}  # fmt: skip


class Trace:
    """Rows of what arrived, written twice a second."""

    def __init__(self, path, ports):
        self.file = open(path, "w", buffering=1 << 20)
        self.ports = [struct.pack(">H", port) for port in ports]
        names = [f"{way}_{what}" for what in ("queue_ms", "dropped", "bytes", "late_ms") for way in ("down", "up")]
        names += [f"{way}_{port}" for port in ports for way in ("down", "up")]
        self.file.write(",".join(["time", *names]) + "\n")
        self.seen = [[0, 0] for _ in ports]
        self.rows = 0

    def write(self, until, now, down, up):
        cells = [f"{until:.3f}"]
        for of_down, of_up in zip(down.row(now), up.row(now)):
            cells += [f"{of_down:.4g}", f"{of_up:.4g}"] if isinstance(of_down, float) else [str(of_down), str(of_up)]
        for port, seen in zip(self.ports, self.seen):
            for way, total in enumerate((down.payload[port], up.payload[port])):
                cells.append(str(total - seen[way]))
                seen[way] = total
        self.file.write(",".join(cells) + "\n")
        self.rows += 1
        if self.rows % 50 == 0:
            self.file.flush()


class Link:
    """Both directions, the figures that hold, and the loop."""

    def __init__(self, fds, figures, trace):
        self.down = Way(fds["srv"], fds["cli"], 0)
        self.up = Way(fds["cli"], fds["srv"], 2)
        self.figures, self.trace = figures, trace
        self.running = True
        self.typed = b""
        self.set(time.monotonic())

    def set(self, now):
        f = self.figures
        for way, mbit in ((self.down, f["down"]), (self.up, f["up"])):
            way.set(now, mbit, f["delay"], f["buffer"], f["loss"])

    def obey(self, line, now):
        words = line.split()
        if not words:
            return
        if words[0] == "show":
            if self.trace:
                self.trace.file.flush()
            print(json.dumps({"down": self.down.show(now), "up": self.up.show(now)}), flush=True)
        elif words[0] == "reset":
            self.down.reset(), self.up.reset()
        elif words[0] == "quit":
            self.running = False
        elif words[0] == "rate" and len(words) == 3:
            self.figures.update(down=float(words[1]), up=float(words[2]))
            self.set(now)
        elif words[0] in self.figures and len(words) == 2:
            self.figures[words[0]] = float(words[1])
            self.set(now)
        else:
            print(f"link: not understood: {line}", file=sys.stderr, flush=True)

    def listen(self, now):
        """Reads standard input; False where it has ended."""
        read = os.read(0, 4096)
        self.typed += read
        *lines, self.typed = self.typed.split(b"\n")
        for line in lines:
            try:
                self.obey(line.decode(), now)
            except ValueError:
                print(f"link: not a number: {line.decode()}", file=sys.stderr, flush=True)
        return bool(read)

    def run(self):
        down, up, trace, clock, wait_for = self.down, self.up, self.trace, time.monotonic, select.select
        lifeline = stat.S_ISFIFO(os.fstat(0).st_mode)
        sources = [down.source, up.source, 0]
        row_ends = (clock() // BIN + 1) * BIN if trace else NEVER
        while self.running:
            wait = min(down.due, up.due, row_ends) - clock()
            ready = wait_for(sources, (), (), 0.2 if wait > 0.2 else wait if wait > 0 else 0)[0]
            now = clock()
            for source in ready:
                if source == down.source:
                    down.take(now)
                elif source == up.source:
                    up.take(now)
                elif not self.listen(now):
                    sources.remove(0)
                    self.running = not lifeline
            down.give(now, clock)
            up.give(clock(), clock)
            while now >= row_ends:
                trace.write(row_ends, now, down, up)
                row_ends += BIN
        if trace:
            trace.file.close()


def be_punctual():
    """Real-time where the system lets us, a high priority elsewhere; says which."""
    gc.collect()
    gc.freeze()
    gc.disable()
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0)
    libc.mlockall(MCL_CURRENT_AND_FUTURE)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(20))
        return "real-time"
    except OSError:
        try:
            os.setpriority(os.PRIO_PROCESS, 0, -15)
            return "nice -15"
        except OSError:
            return "no priority"


def tun(name):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return fd


def furnish(side, space, device, control):
    """Furnishes one end's namespace; returns the descriptor of its packets."""
    fd = tun(device)
    ip("link", "set", device, "netns", space)
    settings = ["net.ipv6.conf.all.disable_ipv6=1", "net.ipv4.tcp_no_metrics_save=1"]
    ip("netns", "exec", space, "sysctl", "-q", "-w", *settings)
    ip("-n", space, "addr", "add", f"{ADDRESS[side]}/24", "dev", device)
    ip("-n", space, "link", "set", device, "mtu", str(MTU), "txqueuelen", "10000", "up")
    ip("-n", space, "link", "set", "lo", "up")
    ip("-n", space, "route", "add", "default", "dev", device)
    if control:  # by the route: a namespace's sysctl takes only what the whole system allows to everybody
        net = f"{ADDRESS[side].rpartition('.')[0]}.0/24"
        ip("-n", space, "route", "replace", net, "dev", device, "proto", "kernel", "scope", "link",
           "src", ADDRESS[side], "congctl", control)  # fmt: skip
    return fd


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("down", 50.0), ("up", 20.0), ("delay", 10.0), ("buffer", 400.0), ("loss", 0.0)):
        words.add_argument(f"--{name}", type=float, default=default)
    words.add_argument("--prefix", default=f"ebb{os.getpid()}")
    words.add_argument("--cc", help="the server's congestion control [the system's]")
    words.add_argument("--ports", default="8001,8002,8003,8004")
    words.add_argument("--trace")
    a = words.parse_args()

    ends = (signal.SIGINT, signal.SIGTERM)

    def stop(*_):
        raise SystemExit(0)

    for number in ends:
        signal.signal(number, stop)
    made, fds = [], {}
    try:
        for side in ADDRESS:
            space = f"{a.prefix}-{side}"
            ip("netns", "add", space)
            made.append(space)
            fds[side] = furnish(side, space, f"{a.prefix[-10:]}{side}", a.cc if side == "srv" else None)
        figures = {name: getattr(a, name) for name in ("down", "up", "delay", "buffer", "loss")}
        ports = [int(port) for port in a.ports.split(",")]
        link = Link(fds, figures, Trace(a.trace, ports) if a.trace else None)
        print("ready", *made, be_punctual(), flush=True)
        link.run()
    finally:
        for number in ends:  # a parent that dies closes the pipe and is told of as well, even twice
            signal.signal(number, signal.SIG_IGN)
        for space in made:
            subprocess.run(["ip", "netns", "del", space], stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
