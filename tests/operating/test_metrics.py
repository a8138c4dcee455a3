"""/metrics: who may read it, and that Prometheus can."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from articles.models import ImportOutcome, ImportRun
from tests.factories import make_page


def read(client, **headers):
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    families = text_string_to_metric_families(response.content.decode())
    return {(s.name, *sorted(s.labels.values())): s.value for family in families for s in family.samples}


def test_the_archive_in_figures(client, newspaper):
    page = make_page("河堤加固", newspaper=newspaper)
    run = ImportRun.objects.create(newspaper=newspaper)
    ImportOutcome.objects.create(run=run, path="a.txt", result="failed", reason="空的")
    found = read(client)
    assert found["newsroom_pages", page.state] == 1
    assert found["newsroom_import_failures_today",] == 1
    assert found["newsroom_healthy", "index"] == 1
    assert found["newsroom_database_bytes",] > 100_000
    assert found["newsroom_doubts_open",] == 0


def test_requests_are_counted_by_view_and_not_by_address(client, db):
    seen = ("newsroom_requests_total", "2xx", "GET", "search")
    before = read(client).get(seen, 0)
    client.get("/search/?q=秘密的词")
    after = read(client)
    assert after[seen] == before + 1 and not any("秘密" in str(key) for key in after)


def test_a_method_of_somebodys_own_making_makes_no_figure_of_its_own(client, db):
    client.generic("BREW", "/")
    assert not any("BREW" in key for key in read(client))


@pytest.mark.parametrize(
    "meta",
    [{"REMOTE_ADDR": "203.0.113.5"}, {"headers": {"X-Forwarded-For": "127.0.0.1"}}],
    ids=["another machine", "through a proxy"],
)
def test_others_may_not_read_it(client, db, meta):
    assert client.get("/metrics", **meta).status_code == 403


def test_with_a_token_who_has_it_may(client, db, settings):
    settings.METRICS_TOKEN = "令牌-0123456789"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    response = client.get("/metrics", REMOTE_ADDR="203.0.113.5", headers={"Authorization": "Bearer 令牌-0123456789"})
    assert response.status_code == 200
