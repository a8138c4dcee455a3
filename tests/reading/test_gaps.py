"""Which days and pages an archive lacks."""

from datetime import date, timedelta

import pytest

from articles.reading.gaps import missing_days, missing_pages, read_number

MONDAY = date(2024, 5, 6)


def day(n):
    return MONDAY + timedelta(days=n)


def held(*days, numbers=()):
    return dict(zip(map(day, days), [*numbers, *[""] * len(days)], strict=False))


def test_a_daily_lacks_the_day_that_is_not_held():
    daily = held(*(n for n in range(60) if n != 30))
    assert missing_days(daily, map(day, range(-30, 90))) == {day(30)}


def test_a_weekly_lacks_only_its_own_weekdays():
    weekly = held(*(7 * n for n in range(12) if n != 5))
    assert missing_days(weekly, map(day, range(90))) == {day(35)}


def test_two_issues_far_apart_lack_nothing_that_one_can_tell():
    assert missing_days(held(0, 30), map(day, range(40))) == set()


def test_running_numbers_tell_that_the_paper_came_out_every_day():
    assert missing_days(held(0, 30, numbers=["9126", "第9156期"]), map(day, range(40))) == set(map(day, range(1, 30)))


def test_running_numbers_without_a_gap_tell_of_a_holiday():
    days = [n for n in range(60) if not 30 <= n < 33]
    numbers = [f"第{100 + i}期" for i in range(len(days))]
    assert missing_days(held(*days, numbers=numbers), map(day, range(60))) == set()


def test_numbers_that_are_neither_leave_it_to_the_weekday():
    days = [n for n in range(60) if n not in (29, 30)]
    numbers = [str(n if n < 29 else n - 1) for n in days]
    assert missing_days(held(*days, numbers=numbers), map(day, range(60))) == {day(29), day(30)}


def test_an_empty_archive_lacks_nothing():
    assert missing_days({}, [MONDAY]) == set()


@pytest.mark.parametrize(
    ("printed", "number"), [("第9126期", 9126), ("9126", 9126), ("总第12号", 12), ("", None), ("第3期（总12期）", None)]
)
def test_a_running_number_is_read(printed, number):
    assert read_number(printed) == number


@pytest.mark.parametrize(
    ("numbers", "lacking"),
    [
        (["1", "2", "3", "4"], []),
        (["1", "4"], ["2", "3"]),
        (["2"], ["1"]),
        (["A01", "A03", "B02"], ["A02", "B01"]),
        (["1", "3", ""], []),
        (["1", "4", ""], ["2", "3"]),
        (["特刊", "1", "2"], []),
        ([], []),
    ],
)
def test_pages_are_lacking_where_their_numbers_have_gaps(numbers, lacking):
    assert missing_pages(numbers) == lacking
