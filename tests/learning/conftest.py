"""A newspaper of a dozen issues with columns and people of its own, as the machine splits it."""

import pytest

from articles import corrections
from articles.models import Page
from tests.importing.paper import import_files, write_pages

PLACES = ("青杨渡", "南塘", "苇塘", "柳湾", "石桥", "云坞", "白蓼", "双杼", "鹭汀", "樟埠", "稻溪", "青檀")


def report(place, n):
    return (
        f"## {place}的渠水放进了田里\n\n本报讯(记者柳青禾)昨日,{place}的渠水放进了田里,水渠两岸的人家都出来看。\n\n"
        f"{place}的老渠修了{n + 2}个月,渠底铺上了石板,水走得比从前快。放水闸换成了新的,一个人就能开。\n\n"
        f"“田里有水,心里就有底。”住在{place}渠边的老人说,往年这时候还要到河里去挑。"
    )


def talk(place, n):
    return (
        f"鹭汀夜话\n\n## {place}的灯下\n\n沈砚\n\n夜里走过{place},檐下的灯还亮着,灯下坐着补网的人。问他为什么不睡,"
        f"他说鱼汛还有{n + 1}天。\n\n补好的网挂在墙上,月光从网眼里漏下来。"
    )


@pytest.fixture
def archive(newspaper, tmp_path):
    files = {
        f"2024-03-{n + 1:02}/0{number}.txt": make(place, n)
        for n, place in enumerate(PLACES)
        for number, make in ((1, report), (2, talk))
    }
    import_files(newspaper, write_pages(tmp_path / "pages", files))
    return newspaper


@pytest.fixture
def signed_off(archive, editor):
    for page in Page.objects.all():
        corrections.sign_off(page=page, user=editor)
    return archive
