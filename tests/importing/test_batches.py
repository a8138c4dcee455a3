"""Pages stored together come out as pages stored one by one, in fewer statements."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.importing import Import, Options
from articles.models import Article, Column, Page, Person
from articles.search.documents import check
from tests.desk import check_whole
from tests.importing.paper import BRIDGE, BUS, MARKET, SCHOOL, dump, import_files, jumping_issue, results, write_pages

SEEDS = Path(settings.BASE_DIR) / "seeds" / "weijiang-ribao"
DAMAGED = BUS.encode("gb18030")[:-1] + b"\xff"


@pytest.fixture
def folder(tmp_path):
    """Pages that have to do with each other in every way, all of one batch."""
    folder = jumping_issue(tmp_path / "in")
    shutil.copytree(SEEDS, folder / "seeds")  # columns, people and jumps
    return write_pages(
        folder,
        {
            "2024-12-07/01.txt": SCHOOL.replace("木工", "陶艺"),
            "2024-12-07/02.txt": BRIDGE.replace("石桥", "木桥"),
            "a/2024-12-07/02.txt": BRIDGE.replace("石桥", "木桥").replace("六百块", "七百块"),  # a better text
            "b/2024-12-07/02.txt": MARKET.replace("菜市", "鱼市"),  # another page of that number
            "c/2024-12-07/01.txt": SCHOOL.replace("木工", "陶艺"),  # the same file twice
            "d/copy.txt": SCHOOL.replace("木工", "陶艺"),
            "d/damaged.txt": DAMAGED,
            "d/damaged-again.txt": DAMAGED,
            "d/empty.txt": b"",
            "d/undated.txt": MARKET,
            "d/undated-2.txt": MARKET.replace("顶棚", "大顶棚"),
            "d/inferred.txt": f"{BUS}\n\n2024年12月8日，环湖公交换了新车。",
            "d/masthead.txt": f"青杨日报 2024年12月7日 星期六 第2版 要闻 总第123期\n\n{BUS}夜里也有。",
            "d/masthead-3.txt": f"青杨日报 2024年12月7日 星期六 第3版 副刊\n\n{BUS}早上也有。",
            "e/2024-12-08/01.txt": "，。！\n……",
            "e/2024-12-08/02.txt": f"{SCHOOL}\n\n□本报记者 柳青禾 陆小舟\n\n这一段是后来添的。",
        },
    )


def outcome_of(newspaper, folder, again=False, **options):
    """What an import into the archive as it is tells and leaves; the archive is put back."""
    batch = options.pop("batch", 50)
    with transaction.atomic():
        told = []
        for resplit in (False, True) if again else (False,):
            job = Import([folder], newspaper, Options(resplit=resplit, **options), batch=batch)
            told += (mine := [(o.path, str(o.result), o.reason, job.place) for o in job])
            assert list(job.run.outcomes.values_list("path", "result", "reason")) == [outcome[:3] for outcome in mine]
        rows = dump(ids=False)
        check_whole(Page.objects.all())
        assert not check().faults
        transaction.set_rollback(True)
    return told, rows


@pytest.fixture
def one_by_one(newspaper, folder):
    return outcome_of(newspaper, folder, again=True, batch=1)


@pytest.mark.parametrize("batch", [3, 50])
def test_whatever_the_batch_the_archive_is_the_same(newspaper, folder, one_by_one, batch):
    assert outcome_of(newspaper, folder, again=True, batch=batch) == one_by_one


def test_whatever_the_number_of_processes_the_archive_is_the_same(newspaper, folder, one_by_one):
    assert outcome_of(newspaper, folder, again=True, jobs=2) == one_by_one


def test_pages_stored_before_are_met_within_a_batch(newspaper, folder):
    write_pages(folder.parent / "before", {"2024-12-07/02.txt": BRIDGE.replace("石桥", "铁桥"), "x.txt": MARKET})
    import_files(newspaper, folder.parent / "before")
    assert outcome_of(newspaper, folder) == outcome_of(newspaper, folder, batch=1)


def test_the_cases_are_what_they_are_meant_to_be(newspaper, folder):
    told = {path.partition("/")[2]: (result, reason) for path, result, reason, _ in outcome_of(newspaper, folder)[0]}
    assert told["2024-12-07/02.txt"] == ("created", "") and told["d/empty.txt"][0] == "failed"
    assert "版次暂缺" in told["a/2024-12-07/02.txt"][1] and "版次暂缺" in told["b/2024-12-07/02.txt"][1]
    assert told["c/2024-12-07/01.txt"][0] == told["d/copy.txt"][0] == told["d/damaged.txt"][0] == "duplicate"
    assert "字节损坏" in told["d/damaged-again.txt"][1] and told["d/masthead-3.txt"] == ("created", "")
    import_files(newspaper, folder)
    assert Article.objects.filter(merged_into__isnull=False).count() > 4
    assert Column.objects.exists() and Person.objects.filter(name="柳青禾").count() == 1


def poison(headline):
    """Have the database refuse an article of this headline."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            refused = f"ADD CONSTRAINT poison CHECK (headline <> '{headline}')"
            cursor.execute(f"ALTER TABLE articles_article {refused}")
        else:
            cursor.execute(
                "CREATE TRIGGER poison BEFORE INSERT ON articles_article"
                f" WHEN new.headline = '{headline}' BEGIN SELECT RAISE(ABORT, 'poison'); END"
            )


def test_a_page_that_the_database_refuses_fails_alone(newspaper, tmp_path):
    folder = jumping_issue(tmp_path)
    poison("青杨渡石桥修缮完工")
    outcomes = import_files(newspaper, folder)
    assert results(outcomes) == [
        ("01.txt", "created"),
        ("02.txt", "failed"),
        ("03.txt", "created"),
        ("04.txt", "created"),
    ]
    assert "写入数据库失败" in outcomes[1][2] and "poison" in outcomes[1][2]
    check_whole(Page.objects.all())
    assert Page.objects.count() == 3 and not check().faults


def test_more_pages_of_a_batch_take_no_more_statements(newspaper, tmp_path):
    def count(day, pages):
        names = {f"2024-12-{day:02}/{n:02}.txt": f"{BRIDGE}\n\n第{day}{n}座桥也修好了。" for n in range(1, pages + 1)}
        folder = write_pages(tmp_path / str(day), names)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            import_files(newspaper, folder)
        return len(queries)

    count(1, 2)  # columns, people and categories are there
    assert count(2, 40) - count(3, 4) in range(7)  # many rows of a table take one more for the last of them
    assert Page.objects.count() == 46
