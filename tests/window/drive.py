#!/usr/bin/env python3
"""The real window, driven: a story from adding to starting again, on a screen of its own.

    cargo build --release
    python3 tests/window/drive.py [--ebb target/release/ebb] [--pictures target/window]

Adds by typing, watches, suspends, resumes, to the foreground, cancels, takes that back, quits,
starts again, is killed, and finds everything as it was; ends with 0 when all of it holds.
What is claimed is read where it counts: in the database, on the disk, in the server's log.
Needs Python 3.9, Xvfb, openbox, xdotool, ImageMagick 6 and nginx.
"""

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # the tree stays as it is

import kept  # noqa: E402
from desktop import Desktop, Failed, stop_on_signals, wait_for  # noqa: E402
from paced import Server  # noqa: E402

MIB = 1 << 20
SIZE = 64 * MIB
SLOW = "128k"  # a connection: eight of them take a minute, longer than the story does
FAST = "2m"

SETTINGS = """
[downloads]
folder = "{folder}"
[network]
proxy = "none"
[appearance]
theme = "light"
[window]
width = 1280
height = 800
"""


class Story:
    """What happens, chapter by chapter; each can rely on those before it.

    Places to click are those of a window of 1280x800: rows of 76 from 56 on.
    """

    def __init__(self, desktop, program):
        self.desktop = desktop
        self.program = program
        self.home = desktop.folder / "home"
        self.downloads = desktop.folder / "Downloads"
        self.downloads.mkdir()
        (self.home / "config").mkdir(parents=True)
        text = SETTINGS.format(folder=self.downloads)
        (self.home / "config" / "settings.toml").write_text(text)
        self.server = Server(desktop, SLOW)
        self.file = self.server.add("first.bin", SIZE)
        self.server.add("second.bin", SIZE)
        self.server.add("third.bin", SIZE)
        self.window = self.process = None
        self.runs = 0

    # --- What is asked again and again -------------------------------------------------------

    def open(self, *words):
        """Starts Ebb, and waits for its window."""
        self.runs += 1
        name = f"ebb-{self.runs}"
        line = [self.program, *words]
        self.process = self.desktop.start(line, name, EBB_HOME=str(self.home))
        self.window = self.desktop.window(self.process, name)

    def ends(self, how, seconds=5):
        """The program ends well, soon, and has complained of nothing."""
        wait_for(f"{how}: Ebb ends", lambda: self.process.poll() is not None, seconds)
        said = self.desktop.log(f"ebb-{self.runs}")
        if self.process.returncode != 0 or said:
            raise Failed(f"{how}: Ebb ended with {self.process.returncode}, saying {said!r}")

    def picture(self, name):
        self.desktop.settle(self.window)
        self.desktop.take(self.window, name)

    def covered(self):
        """A dialog stands before the screen: what it covers is dimmed."""
        return self.desktop.brightness(self.window, 100, 500) < 200

    def shows_details(self):
        """Its ground, where the list's would be."""
        return self.desktop.brightness(self.window, 1270, 700) < 252

    def shows_list(self):
        """The button that adds is there."""
        return self.desktop.brightness(self.window, 232, 28) < 150

    def dialog(self, opens):
        wait_for("the dialog opens", self.covered, 10)
        opens()
        wait_for("the dialog closes", lambda: not self.covered(), 10)

    def type_link(self, name):
        """Into the open dialog, as a person would; then Ctrl+Enter."""
        self.desktop.type(self.server.url(name))
        self.picture(f"add-{name.partition('.')[0]}")
        self.desktop.key("ctrl+Return")

    def group(self, name):
        """The group of this file, as it is kept."""
        return kept.group_of(self.home, self.server.url(name))

    def part(self, name):
        return self.downloads / f"{name}.ebb-part"

    def grows(self, name):
        """More bytes are recorded than there were, and the part is there."""
        before = kept.bytes_of(self.home, name)
        more = lambda: kept.bytes_of(self.home, name) > before + 128 * 1024  # noqa: E731
        wait_for(f"{name} grows", lambda: self.part(name).exists() and more(), 30)

    def stands(self, name):
        """No connection, and for a while no byte more."""
        wait_for("no connection stands", lambda: self.server.connections() == 0, 10)
        before = kept.bytes_of(self.home, name)
        time.sleep(1)
        after = kept.bytes_of(self.home, name)
        if after > before or self.server.connections():
            raise Failed(f"{name} is suspended, yet went from {before} to {after} bytes")

    def is_kept(self, name, **what):
        """The database says so of the group."""

        def holds():
            group = self.group(name)
            return group and all(group.get(key) == value for key, value in what.items())

        try:
            wait_for("", holds, 10)
        except Failed:
            raise Failed(f"{name} should be kept as {what}, is {self.group(name)}") from None

    # --- The story ---------------------------------------------------------------------------

    def no_screen(self):
        """Without a desktop there is one line that says so, and no panic."""
        variables = {**self.desktop.variables, "EBB_HOME": str(self.home)}
        # None named, and one of which there is no server.
        for display in ("", ":9999"):
            variables["DISPLAY"] = display
            done = subprocess.run([self.program], env=variables, capture_output=True, timeout=30)
            said = done.stderr.decode()
            if done.returncode != 1 or len(said.splitlines()) != 1 or not said.startswith("ebb: "):
                raise Failed(f"with DISPLAY={display!r}: {done.returncode}, {said!r}")

    def add(self):
        self.open()
        self.picture("empty")
        if self.desktop.x("getwindowname", self.window) != "Ebb":
            raise Failed("the window's title is not Ebb")
        self.desktop.key("ctrl+n")
        self.dialog(lambda: self.type_link("first.bin"))
        self.grows("first.bin")
        self.is_kept("first.bin", suspended=False, priority="normal")
        self.picture("progress")

    def steer(self):
        self.desktop.click(self.window, 500, 94)  # the first row
        self.desktop.key("space")
        self.is_kept("first.bin", suspended=True)
        self.stands("first.bin")
        self.picture("suspended")
        self.desktop.key("space")
        self.is_kept("first.bin", suspended=False)
        self.grows("first.bin")
        self.desktop.key("f")
        self.is_kept("first.bin", priority="foreground")
        self.grows("first.bin")
        self.picture("foreground")

    def cancel(self):
        self.desktop.click(self.window, 262, 28)  # the button, this time
        self.dialog(lambda: self.type_link("second.bin"))
        self.grows("second.bin")
        self.desktop.click(self.window, 500, 170)  # the second row
        self.desktop.key("Delete")
        self.is_kept("second.bin", suspended=True, cancelled=False)
        self.picture("cancelling")
        self.desktop.key("ctrl+z")
        self.is_kept("second.bin", suspended=False, cancelled=False)
        self.grows("second.bin")
        self.desktop.key("Delete")
        self.is_kept("second.bin", suspended=True, cancelled=False)
        if not self.part("second.bin").exists():
            raise Failed("the part went before the cancel could be taken back")
        self.is_kept("second.bin", cancelled=True)
        wait_for("its part is gone", lambda: not self.part("second.bin").exists(), 10)
        self.picture("cancelled")

    def look_around(self):
        self.desktop.click(self.window, 500, 94)
        self.desktop.key("ctrl+i")
        wait_for("the details open", self.shows_details, 10)
        self.picture("details")
        self.desktop.key("ctrl+i")
        wait_for("the details close", lambda: not self.shows_details(), 10)
        for key, name in (("ctrl+comma", "settings"), ("ctrl+h", "history")):
            self.desktop.key(key)
            wait_for(f"{name} opens", lambda: not self.shows_list(), 10)
            self.picture(name)
            self.desktop.key("Escape")
            wait_for(f"{name} closes", self.shows_list, 10)

    def suspended_one(self):
        """A third one, with a link from the command line, that is suspended at once."""
        self.desktop.key("ctrl+q")
        self.ends("Ctrl+Q")
        self.open(self.server.url("third.bin"))
        wait_for("the dialog opens", self.covered, 10)
        self.picture("from-the-command-line")
        self.desktop.key("ctrl+Return")
        self.grows("third.bin")
        wait_for("the dialog closes", lambda: not self.covered(), 10)
        self.desktop.click(self.window, 500, 246)  # the third row
        self.desktop.key("space")
        self.is_kept("third.bin", suspended=True)

    def again(self):
        """Ended by the window manager in the middle; the same is there again, and goes on."""
        self.grows("first.bin")
        self.desktop.key("alt+F4")
        self.ends("closed by the window manager")
        before = kept.groups(self.home)
        if self.server.connections():
            raise Failed("the program is gone, its connections are not")
        self.open()
        self.picture("again")
        if kept.groups(self.home) != before:
            raise Failed(f"kept were {before}, found is {kept.groups(self.home)}")
        self.grows("first.bin")

    def killed(self):
        """kill -9 loses at most a second; and then it is fetched to its end."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.desktop.started.remove(self.process)
        before = kept.groups(self.home)
        there = kept.bytes_of(self.home, "first.bin")
        if not 0 < there < SIZE:
            raise Failed(f"{there} of {SIZE} bytes when it was killed: not in its middle")
        self.server.set_rate(FAST)
        self.server.reload()
        self.open()
        if kept.groups(self.home) != before:
            raise Failed(f"after a kill: kept were {before}, found is {kept.groups(self.home)}")
        final = self.downloads / "first.bin"
        wait_for("first.bin is complete", final.exists, 60)
        wait_for("it is known", lambda: (self.group("first.bin") or {})["done"], 10)
        self.picture("complete")
        if digest(final) != digest(self.file):
            raise Failed("first.bin has other bytes than the server's")
        sent = self.server.sent("first.bin")
        total = sum(size for _, size in sent)
        print(f"   first.bin: {total} of {SIZE} bytes sent, in {len(sent)} answers")
        if total >= 1.3 * SIZE:
            raise Failed(f"{total} bytes were sent for {SIZE}: it began anew")

    def end(self):
        self.is_kept("second.bin", cancelled=True)
        self.is_kept("third.bin", suspended=True)
        self.desktop.key("ctrl+q")
        self.ends("Ctrl+Q at the end")
        left = sorted(os.listdir(self.downloads))
        if left != ["first.bin", "third.bin.ebb-part"]:
            raise Failed(f"left in the folder: {left}")


CHAPTERS = [
    Story.no_screen,
    Story.add,
    Story.steer,
    Story.cancel,
    Story.look_around,
    Story.suspended_one,
    Story.again,
    Story.killed,
    Story.end,
]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(about=__doc__, make=Story, chapters=CHAPTERS):
    """Tells a story on a desktop of its own; 0 when all of it holds."""
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    options = argparse.ArgumentParser(description=about.splitlines()[0])
    options.add_argument("--ebb", default=f"{target}/release/ebb")
    options.add_argument("--pictures", default=f"{target}/window")
    given = options.parse_args()
    stop_on_signals()
    try:
        with Desktop(given.pictures) as desktop:
            return tell(make(desktop, os.path.abspath(given.ebb)), chapters)
    except Failed as failed:
        print(f"window: {failed}", file=sys.stderr)
        return 1


def tell(story, chapters):
    for chapter in chapters:
        began = time.monotonic()
        name = chapter.__name__.replace("_", " ")
        try:
            chapter(story)
        except Failed as failed:
            picture = story.desktop.take(None, "failed")
            told = f"window, {name}: {failed}{story.desktop.fallen()}\nwhat was seen: {picture}"
            print(told, file=sys.stderr)
            return 1
        print(f"   {name}: {time.monotonic() - began:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
