"""Invented page texts, page files, and everything that an import writes as plain values."""

import zipfile
from pathlib import Path

from articles.importing import Import, Options
from articles.models import (
    Article,
    Block,
    Category,
    Column,
    Credit,
    Doubt,
    FormerAddress,
    Issue,
    Newspaper,
    Original,
    Page,
    PageRevision,
    Person,
    SearchDocument,
)

BRIDGE = (
    "青杨渡石桥修缮完工\n\n□本报记者 柳青禾\n\n青杨渡老石桥的修缮工程日前全部完工，桥面新铺了六百块青石板。\n\n"
    "住在桥头的居民说，夜里过桥再也不用打着手电看脚下的坑洼。"
)
SCHOOL = (
    "苇塘小学木工课堂开课\n\n□本报记者 江小溪\n\n苇塘小学的木工课堂开课已满一月，三十名学生每人做成了一张小板凳。\n\n"
    "老师说，孩子们学会了量尺寸，也学会了等胶水慢慢变干。"
)
MARKET = (
    "南塘菜市启用新顶棚\n\n□本报记者 陆小舟\n\n南塘菜市场的新顶棚本周启用，下雨天买菜不用再撑伞。\n\n"
    "摊主们商量好，把靠门的两个摊位留给自产自销的菜农。"
)
BUS = (
    "环湖公交延长末班时间\n\n□本报记者 沈一帆\n\n环湖公交线的末班车推迟到晚上十点半，晚自习的学生可以坐车回家。\n\n"
    "司机们为此排出了新的轮班表，车厢里也添了夜灯。"
)
JUMP_FROM_1 = "河道清淤见成效\n\n□本报记者 柳青禾\n\n入冬以来，清波河分段清淤，两岸居民自发清理河滩上的(下转第三版)"
JUMP_ON_3 = "(上接第一版)杂草和碎石，水面重新露出原来的宽度。巡河员每天早晚各走一趟，把看到的问题写进河长的本子。"
CHAIN_ON_3 = "(上接第一版)杂草和碎石，水面重新露出原来的宽度，巡河员每天早晚各走一趟，把看到的(下转第四版)"
CHAIN_ON_4 = "(上接第三版)问题写进河长的本子，月底由街道逐条答复，答复贴在桥头的公告栏里。"


def write_pages(folder, pages, encoding="utf-8"):
    """Write {relative path: text or bytes} below `folder`."""
    folder = Path(folder)
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return folder


def write_zip(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def jumping_issue(folder):
    """An issue of four pages of which three are one story."""
    pages = {
        "2024-12-06/01.txt": f"{JUMP_FROM_1}\n\n{SCHOOL}",
        "2024-12-06/02.txt": BRIDGE,
        "2024-12-06/03.txt": f"{CHAIN_ON_3}\n\n{MARKET}",
        "2024-12-06/04.txt": f"{CHAIN_ON_4}\n\n{BUS}",
    }
    return write_pages(folder, pages)


def import_files(newspaper, *paths, **options):
    """[(last part of the path, result, reason, page)] of an import."""
    job = Import([Path(p) for p in paths], newspaper, Options(**options))
    return [(o.path.rpartition("/")[2], str(o.result), o.reason, o.page) for o in job]


def results(outcomes):
    return [(name, result) for name, result, *_ in outcomes]


def dump(*, ids=True):
    """Every row that an import writes, run records aside; without ids, rows say what they refer to in words."""
    models = (Newspaper, Issue, Page, PageRevision, Block, Article, Credit, Doubt, Person, Column, Category, Original)
    rows = {}
    for model in (*models, FormerAddress, SearchDocument):
        skipped = {"imported_at", "changed_at", "created_at", "replaced_at"}
        if not ids:
            skipped |= {f.name for f in model._meta.concrete_fields if f.is_relation or f.primary_key}
            skipped |= {"sort_key", "key", "version"} if model is not Page else {"version"}
            skipped |= {"proposal", "source_path"}
        fields = [f.attname for f in model._meta.concrete_fields if f.name not in skipped]
        rows[model.__name__] = sorted(
            repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
            for row in model.objects.values_list(*fields)
        )
    rows["read"] = [
        (str(page.issue), page.number, [(str(b.article), b.start) for b in page.blocks.order_by("start")])
        for page in Page.objects.order_by("issue__date", "sort_key", "text_sha256")
    ]
    return rows
