"""The API as it describes itself, tried by schemathesis against the WSGI application: no answer is other than said.

Bounded and the same each time: a few requests for each address, half of them for rows that exist.
"""

from contextlib import nullcontext, suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from newsroom.wsgi import application
from tests.views.conftest import dyke, issue, paper  # noqa: F401  (fixtures)
from tests.views.test_json import filed  # noqa: F401

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=6,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def real(filed):  # noqa: F811
    """By path, parameters that lead somewhere."""
    person = filed.credits.get().person
    paper_of = {"slug": "linjiang", "year": 2024, "label": "2024-12-06", "address": "1", "word": "河堤"}
    return {
        "articles": {"pk": filed.pk},
        "categories": {"slug": "life"},
        "columns": {"pk": filed.column.pk, "name": filed.column.name},
        "people": {"pk": person.pk, "name": person.name},
    }, paper_of


def test_every_answer_is_what_the_description_says(connected, real, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    by_kind, others = real
    seen = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        known = {**others, **by_kind.get(operation.path.split("/")[1], {})}
        names = [parameter.name for parameter in operation.path_parameters]
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for path in [{}, {name: known[name] for name in names}] if names else [{}]:
                # Of an address whose every parameter is a text there is nothing that it does not allow.
                with suppress(Unsatisfiable) if mode == GenerationMode.NEGATIVE else nullcontext():
                    try_out(operation, mode, path, seen.setdefault(operation.path, set()))
    assert len(seen) > 15 and all(200 in statuses for statuses in seen.values()), seen
    assert {404, 400} <= set().union(*seen.values())


def try_out(operation, mode, path, statuses):
    @BOUNDED
    @given(operation.as_strategy(generation_mode=mode, path_parameters=path or None))
    def send(case):
        response = case.call(headers={"Accept-Encoding": "identity"})
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    send()
