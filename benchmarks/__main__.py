"""Measure the budgets, each beside its floor in the same run: ``make bench``.

Times are the best of several rounds. A ratio holds while the machine's speed drifts; a single time
does not.
"""

import sys

from benchmarks import vault

if __name__ == "__main__":
    if not vault.main():
        sys.exit("a budget was not kept")
