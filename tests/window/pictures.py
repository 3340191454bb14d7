#!/usr/bin/env python3
"""Pictures of the window to be looked at: sizes, scales, both themes, every screen and dialog.

    cargo build --release && cargo build --release --example demo
    python3 tests/window/pictures.py [--target target] [--pictures target/pictures] [--only WORD]

It judges nothing; whoever looks does. Needs what drive.py needs.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the tree stays as it is

import kept  # noqa: E402
from desktop import Desktop, Failed, stop_on_signals  # noqa: E402

SETTINGS = """
[appearance]
theme = "{theme}"
[window]
width = {width}
height = {height}
"""

# Names that a person or a server may give.
NAMES = [
    "Debian 13.2 netinst + DVD set",
    "夏の写真 2026 — 北海道旅行、すべての原本と編集済みの写真",
    "محاضرات الفيزياء، الأسبوع السابع",
    "Лекции по физике, неделя 7",
    "a-very-long-name-without-any-blank-" * 6,
    "Long words with blanks between them, " * 5,
    "right\u202egpj.exe",
    "tabs\tand\nlines and \u0007 bells",
    "e\u0301\u0302\u0303 combining, 👩‍👩‍👧 family, ﷽",
    "",
]


class Stage:
    """A desktop with one program on it, and pictures of it under a common first word."""

    def __init__(self, desktop, first, line, size, scale=1.0, **variables):
        self.desktop, self.first, self.scale = desktop, first, scale
        self.process = desktop.start(line, first, TMPDIR=str(desktop.folder), **variables)
        self.window = desktop.window(self.process, first, 60)
        width, height = (round(length * scale) for length in size)
        desktop.x("windowsize", "--sync", self.window, width, height, check=False)

    def take(self, name):
        time.sleep(0.4)  # an unoptimised program is slow to answer
        self.desktop.settle(self.window, 0.5)
        self.desktop.take(self.window, f"{self.first}-{name}")

    def key(self, *keys):
        self.desktop.key(*keys)
        time.sleep(0.3)

    def click(self, x, y, button=1):
        self.desktop.click(self.window, round(x * self.scale), round(y * self.scale), button)
        time.sleep(0.3)


def lists(stage):
    """The list while the demonstration runs, and its first group's details."""
    time.sleep(6)
    stage.take("list")
    stage.key("Down", "Right")
    stage.take("expanded")
    stage.key("Left", "ctrl+i")
    time.sleep(2)
    stage.take("details")
    stage.key("ctrl+i", "ctrl+n")
    for line in ("https://example.com/a-[1-4].iso", "htp:/broken.example", "nonsense"):
        stage.desktop.type(line)
        stage.key("Return")
    stage.take("add")


def dialogs(stage):
    """Everything that can stand on or before the list."""
    wide = stage.first.endswith("1280x800")
    stage.key("Down", "Down", "ctrl+i")
    for at, name in enumerate(("overview", "files", "properties", "log")):
        stage.click((987, 1043, 1103, 1160)[at] - (0 if wide else 940), 111)
        time.sleep(1)
        stage.take(f"details-{name}")
    stage.key("Escape", "ctrl+a")
    stage.take("details-several")
    stage.key("ctrl+i")
    stage.take("several")
    stage.key("Escape", "Home", "Down")
    stage.click(500, 170, 3)
    stage.take("menu")
    stage.key("Escape", "question")
    stage.take("shortcuts")
    stage.key("Escape", "ctrl+h")
    stage.take("history")
    stage.key("Escape", "ctrl+comma")
    for at in range(9):
        stage.click(95, 118 + 39 * at)
        stage.take(f"settings-{at + 1}")
    stage.key("Escape")
    stage.click(500, 170)
    stage.key("Delete")
    stage.take("note-cancel")
    stage.key("ctrl+z")
    stage.key("ctrl+f")
    stage.desktop.type("lect")
    stage.take("search")
    stage.desktop.type("xyz")
    stage.take("search-nothing")
    stage.key("ctrl+a", "BackSpace", "Escape")
    for at in range(4):
        stage.key("Tab")
        stage.take(f"focus-{at + 1}")
    stage.key("Escape", "ctrl+n")
    stage.take("add-empty")
    stage.click(520 if wide else 280, 552 if wide else 452)
    stage.take("add-more")
    stage.key("Escape")
    time.sleep(45)  # until a file of the first group is whole
    stage.click(500, 94)
    stage.key("Delete")
    stage.take("cancel-question")


def demo(given, theme, size, scale=1.0, act=lists):
    """The demonstration at a size and a scale, in a theme."""
    screen = [round(length * scale) + 120 for length in size]
    words = f"-scale-{scale}" if scale != 1.0 else ""
    first = f"{theme}{words}-{size[0]}x{size[1]}"
    variables = {"WINIT_X11_SCALE_FACTOR": str(scale)}
    with Desktop(given.pictures, screen, variables) as desktop:
        line = [f"{given.target}/examples/demo", f"--{theme}"]
        act(Stage(desktop, first, line, size, scale))


def empty(given, theme, size):
    """A first start."""
    with Desktop(given.pictures, [length + 120 for length in size]) as desktop:
        stage = open_ebb(given, desktop, f"empty-{theme}-{size[0]}x{size[1]}", theme, size)
        stage.take("list")
        stage.key("ctrl+i")
        stage.take("details")


def many(given, theme, size):
    """500 groups with all kinds of names, multiplied in the database from one that Ebb made."""
    with Desktop(given.pictures, [length + 120 for length in size]) as desktop:
        link = "http://127.0.0.1:9/tiles-[1-30].png"
        first = open_ebb(given, desktop, "first", theme, size, link)
        time.sleep(1)
        first.key("ctrl+Return")
        time.sleep(1)
        first.key("Down", "space", "ctrl+q")
        first.process.wait(10)
        kept.multiply(desktop.folder / "home", 500, NAMES)
        stage = open_ebb(given, desktop, f"many-{theme}-{size[0]}x{size[1]}", theme, size)
        stage.take("list")
        stage.key("Down", "Right", "Down", "ctrl+i")
        stage.take("details")
        stage.key("ctrl+i", "End")
        stage.take("end")


def open_ebb(given, desktop, first, theme, size, *words):
    home = desktop.folder / "home"
    (home / "config").mkdir(parents=True, exist_ok=True)
    text = SETTINGS.format(theme=theme, width=size[0], height=size[1])
    (home / "config" / "settings.toml").write_text(text)
    line = [f"{given.target}/ebb", *words]
    return Stage(desktop, first, line, size, EBB_HOME=str(home))


LARGE, SMALL = (1280, 800), (800, 600)
SETS = {
    "light": lambda given: demo(given, "light", LARGE),
    "dark": lambda given: demo(given, "dark", LARGE),
    "light-small": lambda given: demo(given, "light", SMALL),
    "dark-small": lambda given: demo(given, "dark", SMALL),
    "light-2": lambda given: demo(given, "light", LARGE, 2.0),
    "dark-2": lambda given: demo(given, "dark", LARGE, 2.0),
    "light-1.25": lambda given: demo(given, "light", LARGE, 1.25),
    "empty": lambda given: empty(given, "light", LARGE),
    "empty-dark": lambda given: empty(given, "dark", SMALL),
    "many": lambda given: many(given, "light", LARGE),
    "many-dark": lambda given: many(given, "dark", SMALL),
    "dialogs": lambda given: demo(given, "light", LARGE, act=dialogs),
    "dialogs-dark": lambda given: demo(given, "dark", SMALL, act=dialogs),
}


def main():
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--target", default=f"{target}/release", help="where the programs are")
    options.add_argument("--pictures", default=f"{target}/pictures")
    options.add_argument("--only", help="the sets whose names begin so")
    given = options.parse_args()
    given.target = Path(given.target).absolute()
    stop_on_signals()
    status = 0
    for name, take in SETS.items():
        if given.only and not name.startswith(given.only):
            continue
        try:
            take(given)
            print(name, flush=True)
        except Failed as failed:
            print(f"{name}: {failed}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
