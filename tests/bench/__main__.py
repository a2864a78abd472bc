"""`python -m tests.bench [stop] [hard] [reads] [live] [start] [--samples N]`: measure, and print tables in markdown.

With a hundred samples it all takes some twenty minutes, most of them waiting for a mute mount to be heard again.
"""

import argparse

from tests.bench import hard_stop, live, reads, start, stop
from tests.bench.figures import table

MEASUREMENTS = {
    "stop": lambda samples: table(stop.measure(samples)),
    "hard": lambda samples: table(list(hard_stop.measure(samples))),
    "reads": lambda samples: reads.measure(seconds=5.0),
    "live": lambda samples: table(live.measure(seconds=10.0)),
    "start": lambda samples: table(start.measure(max(3, samples // 20))),
}

parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
parser.add_argument("what", nargs="*", choices=[[], *MEASUREMENTS])
parser.add_argument("--samples", type=int, default=100)
given = parser.parse_args()
for name in given.what or MEASUREMENTS:
    print(MEASUREMENTS[name](given.samples), end="\n\n", flush=True)
