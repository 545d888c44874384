"""The supervisor: starts the parts of the service, restarts what dies, and stops all of it in order."""

import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from trackmycrime.kit.tether import tethered

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_STEADY_SECONDS = 10.0
_TICK_SECONDS = 0.05


class Part(msgspec.Struct, frozen=True):
    """Something that must be running: how it is begun, and the signal that asks it to end."""

    name: str
    begin: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM


class Stopped(Exception):
    """Somebody asked the service to stop while it was still starting."""


def program(name: str, command: Sequence[str], log: Path) -> Part:
    """Return a part that runs a command, writing to its log; it is killed when the supervisor dies."""
    return Part(name, lambda: begin(command, log))


def begin(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """Start a command in our own process group, tethered to us."""
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603  our own program
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            preexec_fn=tethered(),  # noqa: PLW1509  one prctl, no lock, from the main thread
        )


class _Kept:
    """A part under the supervisor's care: its process now, and when to try again after it died."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process = part.begin()
        self.began = time.monotonic()
        self.pause = _FIRST_PAUSE
        self.again_at: float | None = None

    def died(self) -> bool:
        return self.again_at is None and self.process.poll() is not None

    def postpone(self) -> None:
        """Plan the next start: soon for a part that ran steadily, ever later for one that keeps dying."""
        self.pause = _FIRST_PAUSE if time.monotonic() - self.began > _STEADY_SECONDS else self.pause
        self.again_at = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, _LONGEST_PAUSE)

    def begin_again(self) -> None:
        self.process, self.began, self.again_at = self.part.begin(), time.monotonic(), None


class Supervisor:
    """Keeps parts running, in one thread: the kernel ties each child to the thread that started it."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._kept: list[_Kept] = []
        self._stopping = False

    def listen(self) -> None:
        """Let SIGINT, SIGTERM and SIGHUP stop the service from now on, however often they come.

        A shell starts what it puts in the background with SIGINT ignored, and our parts end by it all the same: so we
        end too. A hang-up that somebody ignored on purpose (nohup) stays ignored.
        """
        hang_up = [] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else [signal.SIGHUP]
        for sign in (signal.SIGINT, signal.SIGTERM, *hang_up):
            signal.signal(sign, self.ask_to_stop)

    def ask_to_stop(self, *_: object) -> None:
        """Make `tend` and `until` return soon."""
        self._stopping = True

    def keep(self, part: Part) -> None:
        """Start a part, and start it again whenever it ends, until the supervisor stops."""
        self._kept.append(_Kept(part))

    def tend(self) -> None:
        """Look after the parts until somebody asks to stop."""
        while not self._stopping:
            self._look_round()

    def until(self, condition: Callable[[], bool], within: float) -> bool:
        """Look after the parts until a condition holds; False after `within` seconds. Raises Stopped."""
        deadline = time.monotonic() + within
        while not condition():
            if self._stopping:
                raise Stopped
            if time.monotonic() > deadline:
                return False
            self._look_round()
        return True

    def run_once(self, command: Sequence[str], log: Path, within: float) -> int | None:
        """Run a command to its end beside the parts and return its exit code; None when it was stopped for its time.

        Raises Stopped.
        """
        process = begin(command, log)
        try:
            self.until(lambda: process.poll() is not None, within)
            return process.poll()
        finally:
            process.kill()
            process.wait()

    def stop(self, within: float = 9.0) -> None:
        """End the parts in the opposite order, all of them in `within` seconds; what does not end is killed."""
        deadline = time.monotonic() + within
        for kept in reversed(self._kept):
            if kept.process.poll() is None:
                kept.process.send_signal(kept.part.stop_signal)
            remaining = max(deadline - time.monotonic(), 0.0)
            _end(kept.process, remaining * 0.6)
        self._kept.clear()

    def _look_round(self) -> None:
        for kept in self._kept:
            if kept.died():
                kept.postpone()
                self._say(f"{kept.part.name} ended ({_ending(kept.process.returncode)}): starting it again")
            if kept.again_at is not None and time.monotonic() >= kept.again_at:
                kept.begin_again()
        time.sleep(_TICK_SECONDS)


def _end(process: subprocess.Popen[bytes], within: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(within)
    process.kill()
    process.wait()


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
