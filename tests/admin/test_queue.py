"""The queue: the most doubtful first, filtered, paged, with what was done today."""

import pytest

from articles import corrections
from articles.assembly import weigh_pages
from articles.models import Doubt, Page
from tests.desk import lay_page
from tests.factories import make_issue, make_newspaper

QUEUE = "/admin/articles/page/queue/"


def lay(issue, number, doubts=0, *, code="cut", origin="machine", words="河堤加高工程昨日完工。", **fields):
    page = lay_page(issue, [(0, "headline", f"第{number}号"), (0, "body", words)], number=str(number), **fields)
    for _ in range(doubts):
        Doubt.objects.create(page=page, code=code, text="请核对", origin=origin)
    weigh_pages([page.pk])
    page.refresh_from_db()
    return page


@pytest.fixture
def issue(db):
    return make_issue(date="2024-05-06")


def listed(client, **query):
    return [page.pk for page in client.get(QUEUE, query).context["rows"]]


def test_doubts_times_length_decide_the_order(desk, issue):
    none, two = lay(issue, 1), lay(issue, 2, 2)
    long = lay(issue, 3, 1, words="长" * 400)
    assert listed(desk.client) == [long.pk, two.pk, none.pk]


def test_the_first_screen_shows_the_queue_above_the_lists(desk, issue):
    page = lay(issue, 1, 1)
    html = desk.client.get("/admin/").content.decode()
    assert html.index(f"/admin/articles/page/{page.pk}/desk/") < html.index('id="content-main"')
    assert "段落断开" in html and "队列还有" in html


def test_who_may_not_see_pages_gets_no_queue(client, django_user_model, issue):
    lay(issue, 1, 1)
    client.force_login(django_user_model.objects.create_user("new", is_staff=True))
    assert "待校队列" not in client.get("/admin/").content.decode()
    assert client.get(QUEUE).status_code == 403
    client.logout()
    assert client.get(QUEUE).status_code == 302


def test_filters(desk, editor, issue):
    cut, reader = lay(issue, 1, 3), lay(issue, 2, 1, origin="reader", code="report")
    other = lay(make_issue(make_newspaper(), date="2024-05-09"), 1)
    done = lay(issue, 3)
    corrections.sign_off(page=done, user=editor)
    corrections.assign_page(page=reader, to=editor, user=editor)
    client = desk.client
    assert listed(client) == [cut.pk, reader.pk, other.pk]
    assert listed(client, newspaper=other.newspaper_id) == [other.pk]
    assert listed(client, since="2024-05-07") == [other.pk]
    assert listed(client, until="2024-05-07") == [cut.pk, reader.pk]
    assert listed(client, state="reviewed") == [done.pk]
    assert set(listed(client, state="all")) == {cut.pk, reader.pk, other.pk, done.pk}
    assert listed(client, kind="cut") == [cut.pk]
    assert listed(client, kind="reader") == [reader.pk]
    assert listed(client, kind="any") == [cut.pk, reader.pk]
    assert listed(client, kind="none") == [other.pk]
    assert listed(client, mine="on") == [reader.pk]
    assert len(listed(client, newspaper="x", since="nonsense", kind="nonsense")) == 3


def test_kinds_of_doubt_are_told_in_words_with_their_counts(desk, issue):
    lay(issue, 1, 2)
    lay(issue, 2, 1, origin="reader", code="report")
    lay(issue, 3, 1, code="something_new")
    html = desk.client.get(QUEUE).content.decode()
    assert "段落断开 2" in html and "读者指误" in html and "其他疑问" in html


def test_from_a_page_to_the_next_and_back_with_the_filters_kept(desk, issue):
    first, second, third = lay(issue, 1, 3), lay(issue, 2, 2, origin="reader"), lay(issue, 3, 1)
    html = desk.look(second, kind="any")
    assert f"/admin/articles/page/{first.pk}/change/?kind=any" in html
    assert f"/admin/articles/page/{third.pk}/change/?kind=any" in html
    assert f"{QUEUE}?kind=any" in html
    assert "队列上一版" not in desk.look(second, kind="reader")


def test_the_next_page_is_known_also_after_this_one_left_the_queue(desk, editor, issue):
    first, second = lay(issue, 1, 3), lay(issue, 2, 2)
    corrections.sign_off(page=first, user=editor)
    assert f"/admin/articles/page/{second.pk}/change/" in desk.look(first)


def test_todays_progress_counts_mine_and_all(desk, editor, django_user_model, issue):
    pages = [lay(issue, n) for n in range(1, 5)]
    corrections.sign_off(page=pages[0], user=editor)
    corrections.sign_off(page=pages[1], user=django_user_model.objects.create_user("li", is_staff=True))
    old = pages[2]
    corrections.sign_off(page=old, user=editor)
    Page.objects.filter(pk=old.pk).update(signed_off_at="2020-01-01T00:00Z")
    progress = desk.client.get(QUEUE).context["progress"]
    assert (progress["all"], progress["mine"], progress["left"]) == (2, 1, 1)


def test_pages_of_the_queue(desk, issue):
    for number in range(1, 31):
        lay(issue, number)
    assert len(listed(desk.client)) == 25 and len(listed(desk.client, p=2)) == 5
    html = desk.client.get(QUEUE, {"kind": "none"}).content.decode()
    assert "kind=none&amp;p=2" in html


@pytest.mark.parametrize("count", [3, 30])
def test_the_queue_costs_the_same_queries_however_long(desk, issue, count, django_assert_max_num_queries):
    for number in range(1, count + 1):
        lay(issue, number, 2)
    with django_assert_max_num_queries(12):
        desk.client.get(QUEUE)


@pytest.mark.parametrize("count", [20, 200])
def test_a_page_costs_the_same_queries_however_many_passages(desk, issue, count, django_assert_max_num_queries):
    passages = [(i // 5, "headline" if i % 5 == 0 else "body", f"第{i}段。") for i in range(count)]
    page = lay_page(issue, passages, number="1")
    for i in range(8):
        corrections.set_name(page=page, name=f"名{i}", user=None)
    with django_assert_max_num_queries(24):
        desk.look(page)
