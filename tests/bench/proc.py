"""What processes use, as the kernel counts it: CPU time of whole trees, and memory with shared pages counted once."""

import os
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
# Of /proc/<pid>/stat, counted from the state that follows the name: own and ended children's time, in user and kernel.
_PARENT, _TIMES = 1, slice(11, 15)


def tree(root: int) -> list[int]:
    """Return a process and everything it started that lives."""
    children: dict[int, list[int]] = {}
    for pid, fields in _all():
        children.setdefault(int(fields[_PARENT]), []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def children(root: int) -> list[int]:
    """Return the processes that a process started itself, oldest first."""
    return sorted(pid for pid, fields in _all() if int(fields[_PARENT]) == root)


def cpu_seconds(root: int) -> float:
    """Return the CPU time that a tree has used so far, with that of children that ended."""
    return sum(int(time) for pid in tree(root) for time in _fields(pid)[_TIMES]) / _TICKS


def memory_mib(pid: int) -> float:
    """Return the memory of one process; a page that several processes share counts in parts (Pss)."""
    for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise LookupError(pid)


def worker_mib(server: int) -> float:
    """Return the memory of a server's only worker: the largest process that it started, or itself if it works alone."""
    return max(memory_mib(pid) for pid in children(server) or [server])


def _all() -> Iterator[tuple[int, list[str]]]:
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            yield int(folder.name), fields


def _fields(pid: int) -> list[str]:
    """Return what the kernel says of a process, after its name; nothing for one that has ended."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
