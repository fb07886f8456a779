"""How often Python looks for cycles among its values: seldom, where values come by the hundred thousand."""

import gc
from typing import Final

# New values between two looks. The values of a cable hold no cycles, and a long text has some hundred thousand of them:
# with the 700 that Python starts from, a third of the time of such a text goes into looking through them.
BETWEEN_LOOKS: Final = 50_000


def collect_seldom() -> None:
    """Leave what is loaded now out of every look, and look seldom from now on; it holds for the whole process."""
    gc.freeze()
    gc.set_threshold(BETWEEN_LOOKS, *gc.get_threshold()[1:])
