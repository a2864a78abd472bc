"""`python -m tests.bench [stop] [reads] [start] [--samples N]`: measure, and print tables in markdown."""

import argparse

from tests.bench import reads, start, stop
from tests.bench.figures import table

parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
parser.add_argument("what", nargs="*", choices=[[], "stop", "reads", "start"])
parser.add_argument("--samples", type=int, default=100)
given = parser.parse_args()
wanted = given.what or ["stop", "reads", "start"]
if "stop" in wanted:
    print(table(stop.measure(given.samples)), end="\n\n", flush=True)
if "reads" in wanted:
    print(reads.measure(seconds=5.0), end="\n\n", flush=True)
if "start" in wanted:
    print(table(start.measure(max(3, given.samples // 20))), flush=True)
