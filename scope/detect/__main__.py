"""Detection as a process: `python -m scope.detect [--json] [PORT ...]`; exit code 0 when a mount was found, else 1."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from scope.detect.found import What
from scope.detect.look import look_at
from scope.detect.ports import ports
from scope.line.port import SYSTEM, Roots


def main(argv: Sequence[str] | None = None, roots: Roots = SYSTEM) -> int:
    given = _arguments(argv)
    names = given.ports or ports(roots)
    seen = []
    for found in look_at(names, roots):
        seen.append(found)
        if not given.json:
            print(found, flush=True)
    if given.json:
        print(json.dumps([found.as_json() for found in seen]))
    elif not names:
        print("There is no serial port; is the cable in?")
    return 0 if any(found.what is What.MOUNT for found in seen) else 1


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="clubscope detect",
        description="Which mount is on which port. It asks harmless questions only, for three seconds a port.",
        epilog="A board that restarts when its port is opened may miss the questions: run it once more.",
    )
    parser.add_argument("ports", nargs="*", metavar="PORT", help="a device or socket://HOST:PORT (default: all)")
    parser.add_argument("--json", action="store_true", help="one list, for programs")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
