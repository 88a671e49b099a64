"""A small supervisor: a few child processes that live and end together.

A child that dies comes back, at once the first time and later with growing pauses. On Ctrl-C or SIGTERM all end in
seconds. Each child leads a process group of its own, so that its own children go with it, however it ends; and the
kernel ends the children if the supervisor itself is killed. Standard library only.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Patience:
    """How long the supervisor waits, in seconds."""

    end: float = 10  # for a child to end by itself before it is killed
    longest_pause: float = 30  # between two tries to start a child that keeps dying
    settled: float = 60  # a child that lived so long is well again
    beat: float = 0.2
    watch: float = 5  # between two looks at what else must be alive


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    deaths: int = 0
    started_at: float = 0
    due_at: float = 0


@dataclass
class Supervisor:
    """Runs `children` until it is told to stop. `watch` is called now and then, to mend what isn't a child."""

    children: list[Child]
    say: Callable[[str], None]
    is_answering: Callable[[], bool]
    on_answer: Callable[[], None]
    watch: Callable[[], None] = lambda: None
    patience: Patience = Patience()
    stops: list[int] = field(default_factory=list)
    _has_answered: bool = False
    _watched_at: float = 0

    def run(self) -> int:
        """Start all, keep them alive, and end them all; 0 when asked to stop, 1 when the first never answered."""
        handlers = {name: signal.signal(name, self._note) for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
        try:
            while not self.stops:
                if not self._turn():
                    return 1
                time.sleep(self.patience.beat)
            return 0
        finally:
            self._end_all()
            for name, handler in handlers.items():
                signal.signal(name, handler)

    def _note(self, number, frame) -> None:
        self.stops.append(number)

    def _turn(self) -> bool:
        now = time.monotonic()
        for child in self.children:
            if child.process and child.process.poll() is not None and not self._bury(child, now):
                return False
            if child.process is None and now >= child.due_at:
                self._start(child, now)
        if not self._has_answered and self.is_answering():
            self._has_answered = True
            self.on_answer()
        if now - self._watched_at > self.patience.watch:
            self._watched_at = now
            self.watch()
        return True

    def _start(self, child: Child, now: float) -> None:
        child.started_at = now
        child.process = subprocess.Popen(
            child.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
        )

    def _bury(self, child: Child, now: float) -> bool:
        """Note a death and when to try again; False when there is no point in trying again."""
        code, child.process = _end(child.process, 0), None
        if self.stops:
            return True
        if child is self.children[0] and not self._has_answered:
            self.say(f"{child.name} ended with code {code} before it ever answered; its last words are above.")
            return False
        child.deaths = 1 if now - child.started_at > self.patience.settled else child.deaths + 1
        pause = min(self.patience.longest_pause, 0 if child.deaths == 1 else 0.5 * 2**child.deaths)
        child.due_at = now + pause
        self.say(f"{child.name} ended with code {code}; starting it again{f' in {pause:.0f} s' if pause else ''}")
        return True

    def _end_all(self) -> None:
        living = [child for child in self.children if child.process]
        for child in living:
            _signal_group(child.process, signal.SIGTERM)
        until = time.monotonic() + self.patience.end
        asked = len(self.stops)
        while any(child.process.poll() is None for child in living) and time.monotonic() < until:
            if len(self.stops) > max(asked, 1):  # a second Ctrl-C
                break
            time.sleep(0.05)
        for child in living:
            _end(child.process, 0)
            child.process = None


def _end(process: subprocess.Popen, wait: float) -> int:
    """Kill what is left of the process and its group; return its exit code."""
    _signal_group(process, signal.SIGKILL)
    return process.wait(timeout=wait or 5)


def _signal_group(process: subprocess.Popen, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _end_with_parent() -> None:
    """Runs in the child before its program: ask Linux for a SIGTERM when the supervisor is no more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
