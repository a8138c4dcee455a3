"""404, 410 and 500 pages."""

import sys
from itertools import pairwise

from django.test import RequestFactory

from articles.views import server_error


def test_a_missing_page_is_a_page_of_the_site(client, db, read):
    response = client.get("/linjiang/nothing/at/all/")
    page = read(response)
    assert response.status_code == 404
    assert "没有这一页" in page.text
    assert ("html", {"lang": "zh-Hans"}) in page.tags
    assert ("input", "q") in [(tag, attrs.get("name")) for tag, attrs in page.tags]


def test_a_failure_is_told_without_asking_the_database(read):
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "网站出了故障" in read(response).text


def test_a_view_that_fails_answers_with_the_500_page(client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(sys.modules["articles.views.home"], "list_pages", lambda *args: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert "网站出了故障" in response.content.decode()


def test_a_failure_while_the_disk_is_full_says_so(settings, read):
    settings.DISK_FREE_MB = 10**12
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 503 and "磁盘写不进去了" in read(response).text


def test_every_page_has_one_heading_landmarks_and_a_way_to_skip(client, dyke, read):
    addresses = ["/", "/linjiang/", "/linjiang/2024-12-06/", "/linjiang/2024-12-06/1/", dyke.get_absolute_url()]
    addresses += ["/articles/", "/categories/", "/columns/", "/people/", "/search/", "/none/"]
    for address in addresses:
        page = read(client.get(address))
        tags = [tag for tag, _ in page.tags]
        assert tags.count("h1") == 1, address
        assert tags.count("main") == 1 and "header" in tags and "nav" in tags and "footer" in tags
        assert ("a", {"class": "skip", "href": "#main"}) in page.tags
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), address
        assert "main" in ids
        levels = [int(tag[1]) for tag in tags if tag in ("h1", "h2", "h3", "h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), address


def test_a_request_too_large_or_for_another_host_is_told_what_to_do(client, db, settings, read):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = client.post("/admin/login/", {str(n): "1" for n in range(5)})
    assert response.status_code == 400 and "分几次提交" in read(response).text
    response = client.get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400 and "主机名" in read(response).text


def test_who_may_not_see_a_page_is_told_so(client, django_user_model, read):
    client.force_login(django_user_model.objects.create_user("lin", is_staff=True))
    response = client.get("/admin/reports/")
    page = read(response)
    assert response.status_code == 403 and "没有权限" in page.text and "Forbidden" not in page.text
    assert ("a", "/admin/") in [(tag, attrs.get("href")) for tag, attrs in page.tags]
