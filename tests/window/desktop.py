"""A desktop of one's own for the window: Xvfb, openbox, a home, keys, clicks, pictures.

What is started here is ended here, by its id, however the story ends. Every wait looks again
until its time is up, and then says what it waited for.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

NEEDED = ("Xvfb", "openbox", "xdotool", "import", "nginx")


class Failed(Exception):
    """What was expected, and what was seen instead."""


def find(program):
    """A program's path; Debian's servers are not on everybody's PATH."""
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin")


def wait_for(what, check, seconds):
    """Asks `check` until its answer is true, and returns that; after `seconds` it has failed."""
    until = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > until:
            raise Failed(f"after {seconds} s still not: {what}")
        time.sleep(0.05)


def end(process, seconds=5):
    """Ends a process that was started here."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Desktop(contextlib.AbstractContextManager):
    """A screen, a window manager, and a home in a folder that is gone afterwards.

    `screen` is in pixels and should be larger than the window with its frame.
    """

    def __init__(self, pictures, screen=(1500, 1000), variables=None):
        missing = [program for program in NEEDED if not find(program)]
        if missing:
            raise Failed("missing: " + ", ".join(missing))
        self.pictures = Path(pictures)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="ebb-window-"))
        self.started = []
        (self.folder / "run").mkdir(mode=0o700)
        # Nothing of the person's own: no bus, no proxy, no settings, no other display.
        self.variables = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "RUST_BACKTRACE": "0",
            **(variables or {}),
        }
        try:
            self.begin(screen)
        except BaseException:
            self.__exit__()
            raise

    def begin(self, screen):
        read, write = os.pipe()
        size = f"{screen[0]}x{screen[1]}x24"
        options = ["-screen", "0", size, "-nolisten", "tcp", "-displayfd", str(write)]
        self.start([find("Xvfb"), *options], "xvfb", pass_fds=[write])
        os.close(write)
        with open(read, encoding="ascii") as number:
            display = number.readline().strip()  # a free one, once it can be used
        if not display:
            raise Failed("Xvfb does not start:\n" + self.log("xvfb"))
        self.variables["DISPLAY"] = f":{display}"
        self.start(["openbox", "--sm-disable"], "openbox")
        wait_for("openbox runs", lambda: self.x("get_desktop", check=False), 20)

    def __exit__(self, *_):
        for process in reversed(self.started):
            end(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, line, name, pass_fds=(), **variables):
        """Starts a program on this desktop; what it says is in `log(name)`."""
        with open(self.folder / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                line,
                env={**self.variables, **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds,
            )
        process.name = name
        self.started.append(process)
        return process

    def fallen(self):
        """What was said by those that ended badly, not being asked to."""
        bad = [process for process in self.started if process.poll() not in (None, 0)]
        said = (f"{one.name} ended with {one.returncode}: {self.log(one.name)}" for one in bad)
        return "\n".join(["", *said])

    def log(self, name):
        path = self.folder / f"{name}.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    # --- The window --------------------------------------------------------------------------

    def x(self, *words, check=True):
        """What xdotool answers, a line or more."""
        line = ["xdotool", *map(str, words)]
        done = subprocess.run(line, env=self.variables, capture_output=True, text=True, timeout=60)
        if check and done.returncode:
            raise Failed(f"{' '.join(line)}: {done.stderr.strip()}")
        return done.stdout.strip() if done.returncode == 0 else ""

    def window(self, process, name, seconds=30):
        """The id of the program's window, once it is there and has drawn something."""

        def shown():
            if process.poll() is not None:
                raise Failed(f"{name} ended with {process.returncode}:\n{self.log(name)}")
            ids = self.x("search", "--onlyvisible", "--name", "^Ebb", check=False).split()
            return ids[-1] if ids else None

        window = wait_for(f"{name} shows its window", shown, seconds)
        wait_for(f"{name} draws", lambda: len(set(self.pixels(window))) > 8, seconds)
        wait_for(f"{name} has the keyboard", lambda: self.has_focus(window), seconds)
        return window

    def has_focus(self, window):
        return self.x("getwindowfocus", check=False) == window

    def key(self, *keys):
        """Presses keys, one after the other, as xdotool calls them."""
        for key in keys:
            self.x("key", "--clearmodifiers", key)

    def type(self, text):
        self.x("type", "--delay", "8", text)

    def click(self, window, x, y, button=1):
        """Clicks at a place inside of the window."""
        self.x("mousemove", "--sync", "--window", window, x, y, "click", button)

    # --- What is seen ------------------------------------------------------------------------

    def take(self, window, name):
        """Keeps a picture of the window, or of the whole screen."""
        path = self.pictures / f"{name}.png"
        self.look(window or "root", str(path))
        return path

    def look(self, window, *rest):
        """What ImageMagick's import prints of the window. Where the window has gone it waits
        for somebody to choose another one, so it is not waited for."""
        line = ["import", "-silent", "-window", window, *rest]
        for _ in range(2):
            with contextlib.suppress(subprocess.TimeoutExpired):
                done = subprocess.run(line, env=self.variables, capture_output=True, timeout=10)
                if done.returncode:
                    raise Failed(f"{' '.join(line)}: {done.stderr.decode().strip()}")
                return done.stdout
        raise Failed("the window cannot be looked at any more")

    def settle(self, window, seconds=1):
        """Waits until two looks at the window see the same; where something moves, `seconds`."""
        until = time.monotonic() + seconds
        last = None
        while time.monotonic() < until:
            now = self.pixels(window)
            if now == last:
                return
            last = now
            time.sleep(0.1)

    def pixels(self, window):
        """The window's pixels, three bytes each, row by row."""
        return self.look(window, "-depth", "8", "rgb:-")

    def brightness(self, window, x, y):
        """Of a pixel, 0 to 255."""
        return sum(self.look(window, "-crop", f"1x1+{x}+{y}", "-depth", "8", "rgb:-")) / 3


def stop_on_signals():
    """A signal ends the story like any failure: nothing is left running."""

    def stop(number, _):
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
