"""A tether between a process and the one that started it: when the parent dies, however it dies, the child goes too."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def die_with_parent(with_signal: signal.Signals = signal.SIGKILL, *, parent: int | None = None) -> None:
    """Ask the kernel to send this process `with_signal` when its parent's starting thread ends.

    Give the parent's process id where it is known: a parent that died before the call is then noticed as well.
    Elsewhere than on Linux nothing happens.
    """
    if sys.platform != "linux":
        return
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "cannot be tethered to the parent")
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), with_signal)


def tethered(with_signal: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """Return a `preexec_fn` that tethers the child about to be started to this process.

    Start the child from the main thread: the kernel counts the end of the starting thread as the parent's death.
    """
    parent = os.getpid()
    return lambda: die_with_parent(with_signal, parent=parent)


def help_quietly(parent: int, politeness: int) -> None:
    """Begin a helper's process: tethered to `parent`, and behind everybody in the queue for a processor (nice(2))."""
    die_with_parent(parent=parent)
    os.nice(politeness)
