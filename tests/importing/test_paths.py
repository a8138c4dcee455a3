"""What a path says of its page, and what it does not."""

import datetime

import pytest

from articles.importing.paths import PathFacts, path_to_read, read_path

DAY = datetime.date(2024, 12, 6)


@pytest.mark.parametrize(
    ("path", "number", "name"),
    [
        ("2024-12-06/02.txt", "2", ""),
        ("2024/12/06/A02.txt", "A02", ""),
        ("2024年12月6日/第二版.txt", "2", ""),
        ("20241206/p3.txt", "3", ""),
        ("20241206/page_03.txt", "3", ""),
        ("青杨日报-20241206-02版-要闻.txt", "2", "要闻"),
        ("青杨日报/2024.12.06/03版 民生.txt", "3", "民生"),
        ("20241206_A02.txt", "A02", ""),
        ("20241206_2.txt", "2", ""),
        ("A02_20241206.txt", "A02", ""),
        ("2024-12-06/第04版-综合新闻.md", "4", "综合新闻"),
        ("２０２４-１２-０６/０２.txt", "2", ""),
        ("pages.zip/2024-12-06/02.txt", "2", ""),
        ("2024-12-06.zip/02.txt", "2", ""),
        ("2024-12-06.txt", "", ""),
        ("2024-12-06/要闻.txt", "", ""),
    ],
)
def test_a_dated_path_says_day_number_and_name(path, number, name):
    assert read_path(path, ["青杨日报"]) == PathFacts(DAY, 1, number, name)


@pytest.mark.parametrize(
    "path",
    ["000_08d0c8ca87b91970.txt", "02.txt", "pages/2.txt", "20241206abcdef01.txt", "2024-13-40/x.txt", "a20241206.txt"],
)
def test_a_path_without_a_day_says_nothing(path):
    assert read_path(path) == PathFacts()


def test_a_number_that_says_it_is_a_page_needs_no_day():
    assert read_path("第3版.txt") == PathFacts(None, 1, "3", "")


def test_an_impossible_day_is_none():
    assert read_path("2023-02-29/02.txt").date is None


def test_the_day_nearest_the_file_counts():
    assert read_path("2020-01-01/2024-12-06/02.txt").date == DAY


def test_a_second_edition_of_a_day_is_told_by_its_folder():
    assert read_path("2024-12-06_2/02.txt") == PathFacts(DAY, 2, "2", "")


def test_the_name_of_the_newspaper_is_no_page_name():
    assert read_path("20241206/02版-青杨日报.txt", ["青杨日报"]).name == ""


@pytest.mark.parametrize(
    ("root", "name", "read"),
    [
        ("/data/2024-12-06", "02.txt", "2024-12-06/02.txt"),
        ("/data/2024/12/06", "02.txt", "2024/12/06/02.txt"),
        ("/data/backup-2024-12-06/scans", "02.txt", "02.txt"),
        ("/mnt/disk 20240101", "pages/000_ab.txt", "pages/000_ab.txt"),
        ("", "2024-12-06/02.txt", "2024-12-06/02.txt"),
    ],
)
def test_above_what_was_given_only_folders_that_are_a_date_are_read(root, name, read):
    assert path_to_read(root, name) == read
