"""Time how records that are the same are found among many: no worse than the number of records times its logarithm."""

import math
import statistics
import time

from evidencebook.surveillance.watch.dedupe import groups
from found_records import made

_COUNTS = (5_000, 10_000, 20_000, 40_000)
_RUNS = 3


def report() -> None:
    """Print the median seconds for each number of records, and growth against n log n from the smallest number."""
    print(f"{'the same among so many records':34}{'seconds':>12}{'growth':>12}{'n log n':>8}")
    first = 0.0
    for count in _COUNTS:
        seconds = statistics.median(_once(count) for _ in range(_RUNS))
        first = first or seconds
        allowed = count * math.log(count) / (_COUNTS[0] * math.log(_COUNTS[0]))
        print(f"{count:<34}{seconds:12.2f}{seconds / first:12.2f}{allowed:8.2f}", flush=True)


def _once(count: int) -> float:
    """Time one run."""
    works, _ = made(count)
    begun = time.perf_counter()
    groups(works)
    return time.perf_counter() - begun


if __name__ == "__main__":
    report()
