"""Schemathesis asks for what /openapi.json allows, and for what it does not: the answers are as it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.faults.servers import Server, running
from tests.waiting import wait_until

LIMIT = 2
EXAMPLES = 25
TIMEOUT = 504
# What a schema cannot say: which text is a query. So a text that it allows may be refused, and one that it does not
# may be a parameter that nobody looks at.
NOT_ASKED = [positive_data_acceptance, negative_data_rejection]

load_all_checks()


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with running(data, KG_TIMEOUT=str(LIMIT), KG_UPDATE_TOKEN="a-token", KG_ADMIN_TOKEN="another") as found:
        yield found
        assert len(found.web()) == 1
        assert wait_until(found.is_at_rest)
        assert found.answers()


@pytest.fixture(scope="module")
def api(server: Server) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{server.port}/openapi.json")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "not-allowed"])
def test_answers_are_as_described(server: Server, api: schemathesis.BaseSchema, mode: GenerationMode):
    operations = [result.ok() for result in api.get_all_operations()]
    assert operations
    address = f"http://127.0.0.1:{server.port}"
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def answers(case: schemathesis.Case) -> None:
            response = case.call(base_url=address, timeout=2 * LIMIT)
            # Who gives a time of his own may be told that it has passed.
            is_late = response.status_code == TIMEOUT and "timeout" in (case.query or {})
            excluded = [*NOT_ASKED, not_a_server_error] if is_late else NOT_ASKED
            case.validate_response(response, excluded_checks=excluded)

        try:
            answers()
        except Unsatisfiable:
            # There is nothing that an operation without parameters does not allow.
            assert mode is GenerationMode.NEGATIVE
