"""How often Python looks for cycles among its values."""

import subprocess
import sys

SEEN = (
    "import gc; from kg.collecting import collect_seldom; collect_seldom(); print(gc.get_threshold(), gc.isenabled())"
)


def test_collect_seldom_raises_the_first_threshold_alone() -> None:
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, check=True, text=True)
    assert done.stdout == "(50000, 10, 10) True\n"
