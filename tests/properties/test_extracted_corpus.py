"""Laws of `kg extract` over the whole corpus: neither the order of the sources nor the number of processes shows."""

import pytest

from kg.build.extracting import extract_to
from kg.build.progress import Silent

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.mark.timeout(900)
def test_order_and_number_of_processes_do_not_show(shared, tmp_path):
    corpus = shared / "corpus"
    sources = [str(corpus / name) for name in ("09BOGOTA335.txt", "cables.csv", "pages")]
    for name, order, jobs in (("a", sources, 1), ("b", sources[::-1], 3)):
        extract_to(order, tmp_path / name, jobs, Silent())
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(names) > 388
    for name in names:
        found = {(tmp_path / run / name).read_bytes() for run in ("a", "b")}
        assert len(found) == 1, name
    assert len(list((tmp_path / "b").iterdir())) == len(names)
