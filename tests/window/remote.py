#!/usr/bin/env python3
"""The window beside others, driven: a second window hands over, and `ebb serve` is steered.

    cargo build --release
    python3 tests/window/remote.py [--ebb target/release/ebb] [--pictures target/window]

Two windows are one, and a shell reaches it; then the same queue in `ebb serve`, steered from a
window that is closed and opened again, and from which `serve` is killed. Ends with 0 when all
of it holds. Needs what drive.py needs.
"""

import json
import signal
import subprocess
import sys

sys.dont_write_bytecode = True  # the tree stays as it is

from desktop import Failed, end, wait_for  # noqa: E402
from drive import Story, main  # noqa: E402


class Remote(Story):
    """Of the rows of 76 from 56 on, the first is first.bin, the second is second.bin."""

    serve = None

    # --- What is asked again and again -------------------------------------------------------

    def hands_over(self, *words, folder="/"):
        """A further window: it ends at once, and well."""
        self.runs += 1
        name = f"ebb-{self.runs}"
        line = ["env", "-C", str(folder), self.program, *words]
        process = self.desktop.start(line, name, EBB_HOME=str(self.home))
        wait_for("the further window ends", lambda: process.poll() is not None, 5)
        said = self.desktop.log(name)
        if process.returncode != 0 or said:
            raise Failed(f"the further window ended with {process.returncode}, saying {said!r}")

    def shell(self, *words):
        """What a command prints."""
        variables = {**self.desktop.variables, "EBB_HOME": str(self.home)}
        line = [self.program, *words]
        done = subprocess.run(line, env=variables, capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            raise Failed(f"ebb {words}: {done.returncode}, {done.stderr!r}")
        return done.stdout

    def listed(self):
        """Each group's state, as a shell sees it."""
        groups = json.loads(self.shell("list", "--json"))["groups"]
        return {group["id"]: group["state"] for group in groups}

    def serves(self):
        """`ebb serve`, once it answers."""
        self.serve = self.desktop.start([self.program, "serve"], "serve", EBB_HOME=str(self.home))
        run = self.home / "run"
        wait_for("serve makes its socket", lambda: any(run.glob("*.sock")), 10)

    def banner(self):
        """Where it is said that the connection is lost: in the middle, above the foot."""
        return self.desktop.look(self.window, "-crop", "560x40+360+712", "-depth", "8", "rgb:-")

    # --- The story ---------------------------------------------------------------------------

    def hand_over(self):
        self.open()
        self.hands_over(self.server.url("first.bin"))
        wait_for("the dialog opens", self.covered, 10)
        self.picture("handed-over")
        self.desktop.key("ctrl+Return")
        self.grows("first.bin")

    def hand_over_a_list(self):
        """By a name that means something in its own folder alone; into a dialog that is open."""
        links = [self.server.url(name) for name in ("second.bin", "third.bin")]
        (self.desktop.folder / "links.txt").write_text("\n".join(links) + "\n")
        self.desktop.key("ctrl+n")
        wait_for("the dialog opens", self.covered, 10)
        self.hands_over("links.txt", folder=self.desktop.folder)
        self.picture("handed-over-a-list")
        self.desktop.key("ctrl+Return")
        self.grows("second.bin")
        self.is_kept("third.bin", cancelled=False)

    def come_to_front(self):
        """Minimised, it comes back for whoever wants a window."""
        self.desktop.x("windowminimize", "--sync", self.window)
        wait_for("it is minimised", lambda: not self.desktop.has_focus(self.window), 10)
        self.hands_over()
        wait_for("it comes to the front", lambda: self.desktop.has_focus(self.window), 10)
        self.picture("in-front")

    def from_a_shell(self):
        (first, *_) = self.listed()
        self.shell("suspend", first)
        self.is_kept("first.bin", suspended=True)
        self.desktop.key("ctrl+q")
        self.ends("Ctrl+Q")

    def steer_serve(self):
        self.serves()
        self.open()
        self.picture("over-serve")
        self.desktop.click(self.window, 500, 94)
        self.desktop.key("space")
        self.is_kept("first.bin", suspended=False)
        self.desktop.key("f")  # before the others, which have all connections to the host
        self.is_kept("first.bin", priority="foreground")
        self.grows("first.bin")
        self.desktop.key("ctrl+i")
        wait_for("the details open", self.shows_details, 10)
        self.picture("over-serve-details")
        self.desktop.key("ctrl+i")

    def leave(self):
        """The window goes, the downloads do not."""
        self.desktop.key("ctrl+q")
        self.ends("Ctrl+Q over serve")
        self.grows("first.bin")
        if self.serve.poll() is not None:
            raise Failed("serve has ended with the window")

    def lose_serve(self):
        self.open()
        self.desktop.settle(self.window)
        calm = self.banner()
        self.serve.send_signal(signal.SIGKILL)
        self.serve.wait()
        self.desktop.started.remove(self.serve)
        wait_for("the loss is said", lambda: self.banner() != calm, 5)
        self.picture("serve-lost")
        self.serves()
        wait_for("it is there again", lambda: self.banner() == calm, 10)
        self.grows("first.bin")
        self.picture("serve-back")

    def end(self):
        self.desktop.key("alt+F4")
        self.ends("closed by the window manager")
        end(self.serve)
        if self.serve.returncode != 0:
            raise Failed(f"serve ended with {self.serve.returncode}")


CHAPTERS = [
    Remote.hand_over,
    Remote.hand_over_a_list,
    Remote.come_to_front,
    Remote.from_a_shell,
    Remote.steer_serve,
    Remote.leave,
    Remote.lose_serve,
    Remote.end,
]


if __name__ == "__main__":
    sys.exit(main(__doc__, Remote, CHAPTERS))
