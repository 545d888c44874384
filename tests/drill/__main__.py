"""All the drills, one after the other; what each found is one line of JSON at the end."""

import json
import subprocess
import sys

_DRILLS = ("isolation", "loss", "order", "throttle", "fairness", "publishing")


def _carried_out(name: str) -> tuple[object, bool]:
    """Carry out a drill, pass on what it prints, and return its figures and whether everything held."""
    sys.stdout.write(f"== {name}\n")
    line = ""
    with subprocess.Popen([sys.executable, "-m", f"tests.drill.{name}"], stdout=subprocess.PIPE, text=True) as drill:
        for line in drill.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
    try:
        return json.loads(line), drill.returncode == 0
    except json.JSONDecodeError:  # it ended before it came to its figures
        return None, False


def main() -> int:
    """Carry out every drill, whatever became of those before it."""
    found = {name: _carried_out(name) for name in _DRILLS}
    failed = [name for name, (_figures, held) in found.items() if not held]
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else "everything held\n")
    sys.stdout.write(json.dumps({name: figures for name, (figures, _held) in found.items()}) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
