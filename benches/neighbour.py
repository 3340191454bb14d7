#!/usr/bin/env python3
"""Does anybody notice? `ebb get --background` on a bottleneck link, beside others (root, Linux).

    cargo build --release
    sudo python3 benches/neighbour.py [--ebb target/release/ebb] [--link 50,5,100] [--only 3,4]
                                      [--against curl,aria2c] [--cc cubic] [--rounds 3]
                                      [--json FILE] [--trace DIR]
    sudo python3 benches/neighbour.py --short

Needs Python 3.9, iproute2, nginx and curl (Debian: apt-get install iproute2 nginx curl aria2), and
nothing else: the link is a program of its own (neighbour/link.py) between two network namespaces
that are removed at the end. What each row means is in benches/README.md. Where it may not make a
link it says so in one line and ends with 0.

It is a measurement, and ends with 0 whatever it finds. With --short, a minute on one link, it ends
with 1 where a bar is missed by so much that noise cannot explain it (the last column of BARS).
"""

import argparse
import contextlib
import datetime
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "neighbour"))
sys.dont_write_bytecode = True

import figures  # noqa: E402
import link  # noqa: E402
import scenarios  # noqa: E402
import world  # noqa: E402

DISTURBED_MS = 1.0  # packets given this late (one in a hundred): the machine is too busy to judge
STALLS = 10  # of a scenario, and it is said


@dataclass
class Line:
    """A link: Mbit/s, ms each way, ms of buffer."""

    name: str
    down: float
    up: float
    delay: float
    buffer: float = 400.0

    def __str__(self):
        return f"{self.down:g}/{self.up:g} Mbit/s, {self.delay:g} ms each way, buffers of {self.buffer:g} ms"


LINES = [Line("50", 50, 20, 10), Line("5", 5, 1, 40), Line("100", 100, 20, 5)]


@dataclass
class Bar:
    """A figure of a scenario, what it is to be, and where a miss cannot be noise.

    low, high: the bar. wide_low, wide_high: beyond these --short ends with 1. None: no bound.
    """

    scenario: str
    figure: str
    words: str
    unit: str  # "%", "ms", "s", "x"
    low: float = None
    high: float = None
    wide_low: float = None
    wide_high: float = None
    only_ebb: bool = False

    def text(self):
        if self.low is not None and self.high is not None:
            return f"{shown(self.low, self.unit)} to {shown(self.high, self.unit)}"
        if self.low is not None:
            return f">= {shown(self.low, self.unit)}"
        return f"<= {shown(self.high, self.unit)}" if self.high is not None else ""

    def met(self, value):
        return within(value, self.low, self.high)

    def wide(self, value):
        """Missed by more than noise explains."""
        return not within(value, self.wide_low, self.wide_high)


def within(value, low, high):
    if value is None:
        return low is None and high is None
    return (low is None or value >= low) and (high is None or value <= high)


# Why the wide bounds are where they are. With nobody in Ebb's place, three short rounds on two cores
# that compiled meanwhile, curl kept 99.7 to 100 %, the page took 1.00 to 1.01 and the round trip's 95th
# percentile grew by at most 0.4 ms: that is the noise of the link and of the others. Ten points of a
# share, or 20 ms, are far beyond it, and leave room for one late start or one retransmission timer
# (200 ms and more) in the few seconds of a short run; times are read in windows of 100 and 300 ms and
# hang on single packets, hence the second or two. Two Ebbs: the last six seconds of eleven are not
# yet the last twenty of forty.
BARS = [
    Bar("1", "share_of_line", "alone: of the line, after 2 s", "%", low=0.95, wide_low=0.85),
    Bar("1", "share_of_curl", "alone: of what curl gets alone", "%", low=0.95, wide_low=0.85),
    Bar("2", "added_p50", "round trip added, median", "ms", high=5, wide_high=12),
    Bar("2", "added_p95", "round trip added, 95 %", "ms", high=15, wide_high=35),
    Bar("3", "curl_keeps", "curl beside it keeps, of alone", "%", low=0.97, wide_low=0.87),
    Bar("3", "left_beside", "  what it takes meanwhile, of the line", "%"),
    Bar("3", "beside_p95", "  round trip added by both, 95 %", "ms"),
    Bar("4", "yield_10", "time to give way, to 10 % of the line", "s", high=0.3, wide_high=1.5),
    Bar("4", "yield_20", "  to 20 %", "s"),
    Bar("4", "back", "time back to 90 % of the line", "s", high=2.0, wide_high=4.0),
    Bar("5", "page", "page of 40 files, of its time alone", "x", high=1.1, wide_high=1.5),
    Bar("6", "first_of_two", "two of a kind: the first one's share", "%", low=0.35, high=0.65,
        wide_low=0.15, wide_high=0.85),
    Bar("6", "two_of_line", "  both together, of the line", "%"),
    Bar("7", "under_loss", "0.5 % lost: of the line", "%", low=0.8, wide_low=0.65),
    Bar("7", "longer", "40 ms longer: until 80 % again", "s", high=30, wide_high=40),
    Bar("7", "after_longer", "  the 45 s after it, of the line", "%"),
    Bar("7", "shorter", "short again: until 80 % again", "s", high=30, wide_high=40),
    Bar("8", "uplink_lowest", "uplink full: lowest second, of the line", "%", low=0.0001, wide_low=0.0),
    Bar("8", "uplink_share", "  on average, of the line", "%"),
    Bar("8", "upload", "  what the upload gets, of the uplink", "%"),
    Bar("8", "uplink_back", "uplink free: until 90 % again", "s", high=2.0, wide_high=4.0),
    Bar("9", "to_foreground", "to the foreground beside curl", "s", high=0.2, wide_high=1.5, only_ebb=True),
    Bar("9", "in_foreground", "  what it takes there, of the line", "%", only_ebb=True),
    Bar("9", "to_background", "and back", "s", high=0.2, wide_high=1.5, only_ebb=True),
]  # fmt: skip
STEPS = [
    ("12", scenarios.alone),
    ("34", scenarios.beside),
    ("5", scenarios.page),
    ("6", scenarios.two),
    ("7", scenarios.loss),
    ("7", scenarios.step),
    ("8", scenarios.uplink),
    ("9", scenarios.switch),
]


def shown(value, unit):
    if value is None:
        return "never"
    if unit == "%":
        return f"{value * 100:.3g} %" if value >= 0.01 else f"{value * 100:.2f} %"
    if unit == "ms":
        return f"{value:.1f} ms" if value % 1 else f"{value:g} ms"
    return f"{value:.2f} s" if unit == "s" else f"{value:.2f}"


# --- Traces ---------------------------------------------------------------------------------


class Traces:
    """Writes what the link saw of each scenario, and draws it small; notes where the machine stalled."""

    def __init__(self, folder, notes):
        self.folder, self.notes = folder, notes

    def __call__(self, scenario, run, record):
        stalls = record.stalls()
        if stalls > STALLS:
            self.notes.append(f"{scenario}, {run.tool}: the machine held up the link {stalls} times, 3 ms or more")
        if not self.folder:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        stem = f"{run.world.line.name}-{scenario}-{run.tool}"
        number = sum(1 for _ in self.folder.glob(f"{stem}-*.csv")) + 1
        with open(self.folder / f"{stem}-{number}.csv", "w") as out:
            out.write("seconds,first_mbit,other_mbit,second_mbit,page_mbit,down_queue_ms,up_queue_ms,down_dropped,late_ms\n")
            ports = [world.SUBJECT, world.OTHER, world.SECOND, world.PAGE]
            columns = [record.columns[scenarios.column(port)] for port in ports]
            for at, cells in enumerate(zip(*columns)):
                rates = ",".join(f"{cell * 8 / figures.BIN / 1e6:.2f}" for cell in cells)
                waits = ",".join(f"{record.columns[f'{way}_queue_ms'][at]:.2f}" for way in ("down", "up"))
                dropped, late = record.columns["down_dropped"][at], record.columns["down_late_ms"][at]
                out.write(f"{(at + 1) * figures.BIN:.2f},{rates},{waits},{dropped:.0f},{late:.2f}\n")
        draw(stem, run, record)


def draw(title, run, record):
    span = record.begin, record.end
    print(f"  {title}, {span[1] - span[0]:.1f} s; full height is the line, or 50 ms")
    for words, port in (("first", world.SUBJECT), ("curl", world.OTHER), ("second", world.SECOND), ("page", world.PAGE)):
        if any(record.columns[scenarios.column(port)]):
            print(f"  {words:>6} {record.spark(scenarios.column(port), *span, run.line)}")
    print(f"  {'queue':>6} {record.spark('down_queue_ms', *span, 50)}", flush=True)


# --- Rounds ---------------------------------------------------------------------------------


def measure(a, line, tools, work, result):
    """All rounds on one link. Fills `result` as it goes: what is known of the line, a round each,
    and {tool: {figure: [a figure a round]}}."""
    times = scenarios.SHORT if a.short else scenarios.LONG
    result.update(line=str(line), name=line.name, known=[], notes=[], failed=[])
    result.update(found={tool: {} for tool in a.tools})
    with world.World(line, tools, work, a.cc, a.upload_cc) as made:
        result["cc"] = a.cc or congestion_control(made)
        print(f"\n{line}; {result['cc']}; link {made.schedule}", flush=True)
        for _ in range(a.rounds):
            known = scenarios.line_itself(made, times, wanted(a, "5"))
            result["known"].append(known)
            result["late_ms"] = made.counters()["down"]["late_ms"]
            for keys, scenario in STEPS:
                for tool in a.tools if wanted(a, keys) else []:
                    if tool == "ebb" or keys != "9":
                        run = scenarios.Run(made, tool, times, known, Traces(a.trace, result["notes"]))
                        try_one(scenario, run, result)


def try_one(scenario, run, result):
    """One scenario; one that fails is said so, and costs no other."""
    try:
        found = scenario(run)
    except RuntimeError as error:
        result["notes"].append(f"{scenario.__name__}, {run.tool}: {error}")
        result["failed"] += [scenario.__name__] if run.tool == "ebb" else []
        run.world.settle()
        return
    result["late_ms"] = run.world.counters()["down"]["late_ms"]
    for figure, value in found.items():
        result["found"][run.tool].setdefault(figure, []).append(value)
    figures_said = (f"{bar.figure} {shown(found[bar.figure], bar.unit)}" for bar in BARS if bar.figure in found)
    print(f"  {scenario.__name__} {run.tool}: {', '.join(figures_said)}", flush=True)


def wanted(a, keys):
    return not a.only or any(key in a.only for key in keys)


def congestion_control(made):
    argv = ["ip", "netns", "exec", made.server_space, "sysctl", "-n", "net.ipv4.tcp_congestion_control"]
    return subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


# --- The table ------------------------------------------------------------------------------


def table(result, tools):
    """Prints one link's rows; returns the bars that Ebb missed, and those it missed by far."""
    late = result["late_ms"]
    known = {name: figures.median([known[name] for known in result["known"]]) for name in result["known"][0]}
    print(f"\n{result['line']}; {result['cc']}")
    print(f"  the line itself: curl alone {known['curl_alone'] / 1e6:.1f} of {known['line'] / 1e6:.1f} Mbit/s of payload, "
          f"idle round trip {known['idle_p50']:.1f} / {known['idle_p95']:.1f} ms; packets late by "
          f"{late['median']:.2f} / {late['p99']:.2f} / {late['most']:.2f} ms (median / 99 % / most)")  # fmt: skip
    print(f"  {'':44}{'bar':>14}" + "".join(f"{tool:>12}" for tool in tools))
    missed, far = [], list(result["failed"])
    for bar in BARS:
        found = result["found"].items()
        values = {tool: figures.median(got[bar.figure]) for tool, got in found if bar.figure in got}
        if not values:
            continue
        row = f"  {bar.scenario} {bar.words:42}{bar.text():>14}"
        row += "".join(f"{shown(values[tool], bar.unit) if tool in values else '':>12}" for tool in tools)
        verdict = ""
        if "ebb" in values and bar.text():
            verdict = "pass" if bar.met(values["ebb"]) else "MISS"
            if verdict == "MISS":
                missed.append(bar.figure)
                if bar.wide(values["ebb"]):
                    far.append(bar.figure)
        print(f"{row}  {verdict}")
    for note in result["notes"]:
        print(f"  ! {note}")
    sys.stdout.flush()
    return missed, far


def tell(a, results, begun):
    """Tables, and the file for programs; the bars that Ebb missed, and those it missed by far."""
    verdicts = [table(result, a.tools) for result in results]
    if a.json:
        a.json.write_text(json.dumps({"rounds": a.rounds, "short": a.short, "links": results}, indent=1))
    missed, far = (sum((verdict[which] for verdict in verdicts), []) for which in (0, 1))
    said = f"missed: {', '.join(missed) or 'none'}; by far: {', '.join(far) or 'none'}"
    print(f"\n{time.monotonic() - begun:.0f} s; {said}", flush=True)
    return missed, far


# --- The program ----------------------------------------------------------------------------


def unable():
    """Why no link can be made here, or None."""
    if not sys.platform.startswith("linux"):
        return "needs Linux"
    if os.geteuid() != 0:
        return "needs root, for network namespaces"
    if not os.path.exists("/dev/net/tun"):
        return "needs /dev/net/tun"
    missing = [name for name in ("ip", "sysctl", "nginx", "curl") if not shutil.which(name)]
    if missing:
        return f"needs {', '.join(missing)}"
    trial = f"ebb{os.getpid()}-try"
    if subprocess.run(["ip", "netns", "add", trial], stderr=subprocess.DEVNULL).returncode:
        return "may not make network namespaces"
    subprocess.run(["ip", "netns", "del", trial], stderr=subprocess.DEVNULL)
    try:
        os.close(link.tun(f"ebb{os.getpid()}try"))
    except OSError:
        return "may not make TUN devices"
    return None


def arguments():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--ebb", default=str(HERE.parent / "target/release/ebb"), help="the program, or `none`")
    words.add_argument("--link", default="", help="50, 5, 100, or several [all; with --short: 50]")
    words.add_argument("--only", default="", help="scenarios: 1 to 9, with commas [all; with --short: 1,2,3,4,6]")
    words.add_argument("--against", default="", help="in Ebb's place, for comparison: curl, aria2c, nobody (noise)")
    words.add_argument("--rounds", type=int, default=1, help="the table shows medians")
    words.add_argument("--cc", help="the server's congestion control: bbr, cubic, reno [the system's]")
    words.add_argument("--upload-cc", default="cubic", help="of the upload in 8; `system` for the system's [cubic]")
    words.add_argument("--short", action="store_true", help="one link in a minute; ends with 1 on a bad miss")
    words.add_argument("--json", type=Path)
    words.add_argument("--trace", type=Path, help="a folder for what the link saw, every 10 ms")
    words.add_argument("--work", help="where to put the temporary folder")
    a = words.parse_args()
    a.only = [key for key in (a.only or ("1,2,3,4,6" if a.short else "")).split(",") if key]
    a.links = [key for key in (a.link or ("50" if a.short else "")).split(",") if key]
    a.tools = ["ebb"] * (a.ebb != "none") + [tool for tool in a.against.split(",") if tool]
    a.upload_cc = None if a.upload_cc == "system" else a.upload_cc
    for key in a.links:
        if key not in [line.name for line in LINES]:
            words.error(f"no such link: {key}")
    for tool in a.tools[a.ebb != "none" :]:
        if tool not in ("curl", "aria2c", "nobody") or not (tool == "nobody" or shutil.which(tool)):
            words.error(f"cannot be compared: {tool}")
    if a.ebb != "none" and not os.access(a.ebb, os.X_OK):
        words.error(f"no program at {a.ebb}: cargo build --release, or --ebb FILE")
    return a


def main():
    why = unable()
    if why and not {"-h", "--help"} & set(sys.argv):
        print(f"neighbour: left out: {why}")
        return 0
    a = arguments()

    ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number, _):
        for one in ends:
            signal.signal(one, signal.SIG_IGN)  # a second one shall not disturb the tidying up
        raise SystemExit(128 + number)

    for number in ends:
        signal.signal(number, stop)
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)  # all that is measured, alike: before whatever else runs here
    begun = time.monotonic()
    print(f"{datetime.date.today()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
    results = []
    tools = {"ebb": str(Path(a.ebb).resolve())}
    try:
        with tempfile.TemporaryDirectory(prefix="neighbour-", dir=a.work) as work:
            for line in LINES:
                if not a.links or line.name in a.links:
                    results.append({})
                    measure(a, line, tools, work, results[-1])
    finally:  # what there is, also when it was ended early
        results = [result for result in results if result.get("known")]
        _, far = tell(a, results, begun)
    failed = any(result["failed"] for result in results)
    if far and not failed and max(result["late_ms"]["p99"] for result in results) > DISTURBED_MS:
        print("the machine was too busy to hold the link's times: nothing can be said")
        return 0
    return 1 if a.short and far else 0


if __name__ == "__main__":
    sys.exit(main())
