"""The process of one door: `python -m web.door operators|visitors --config clubscope.toml`.

The only place that patches sockets and threads for gevent, before anything else is imported. It ends when its standard
input, a pipe from whoever started it, is closed: no door outlives its program.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

SWITCH_SECONDS = 0.0005  # a stop waits this long, not 5 ms, for each thread that computes


def main(argv: Sequence[str] | None = None) -> int:
    """Open the door, and keep it open until told to close."""
    asked = _arguments().parse_args(argv)
    from gevent import monkey

    monkey.patch_all()
    sys.setswitchinterval(SWITCH_SECONDS)
    _log_in_utc(asked.audience)

    from scope.errors import SettingsError
    from scope.settings import read_settings
    from web.house import Audience
    from web.serving import serve

    try:
        settings = read_settings(asked.config)
    except SettingsError as reason:
        print(reason, file=sys.stderr)
        return 2
    serve(Audience(asked.audience), settings)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="web.door", description="Serve one door of clubscope.")
    parser.add_argument("audience", choices=("operators", "visitors"))
    parser.add_argument("--config", type=Path, required=True, help="clubscope.toml")
    return parser


def _log_in_utc(audience: str) -> None:
    logging.basicConfig(
        level=logging.INFO,
        format=f"%(asctime)s.%(msecs)03dZ {audience} %(levelname)s %(name)s: %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S",
    )
    logging.Formatter.converter = time.gmtime


if __name__ == "__main__":
    sys.exit(main())
