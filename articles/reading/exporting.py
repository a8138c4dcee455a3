"""The hits of a search as a table or as JSON, line by line, so that a long list is sent as it is read.

A spreadsheet takes what begins with = + - @ for a formula; such cells get an apostrophe in front.
"""

import csv
import json
from itertools import chain, count

from django.utils import timezone

MOST = 5000  # hits
AT_ONCE = 250
COLUMNS = ("序号", "题名", "报纸", "日期", "版次", "署名", "栏目", "类别", "体裁", "字数", "审校", "摘句", "网址")
FORMULA = tuple("=+-@＝＋－＠\t\r\n")


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def guard(cell):
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def describe(query_text, explained, total, more, address):
    """What the list is of: its head."""
    return {
        "检索词": query_text,
        "含义": explained,
        "网址": address,
        "导出时间": timezone.localtime().isoformat(timespec="seconds"),
        "总数": f"{total}以上" if more else str(total),
        "收录": f"前{MOST}条" if more or total > MOST else "全部",
    }


def read_rows(results, absolute):
    """Each hit as {column: cell}; `absolute` makes a whole address of a path."""
    numbers = count(1)
    for start in range(0, MOST, AT_ONCE):
        hits = results[start : min(start + AT_ONCE, MOST)]
        yield from (read_row(next(numbers), hit, absolute) for hit in hits)
        if not hits:
            return


def read_row(number, hit, absolute):
    place = hit.article or hit.page
    passage = "……".join("".join(fragment.text for fragment in passage) for passage in hit.passages)
    row = dict.fromkeys(COLUMNS, "") | {
        "序号": number,
        "报纸": place.newspaper.name,
        "日期": place.issue.date.isoformat() if place.issue else "",
        "摘句": passage,
        "网址": absolute(place.get_absolute_url()),
    }
    if not hit.article:
        return row | {"题名": f"{hit.page} 其他文字", "版次": hit.page.number}
    article = hit.article
    return row | {
        "题名": article.title,
        "版次": article.page.number if article.page else "",
        "署名": "、".join(credit.name for credit in article.credits.all()) or article.byline,
        "栏目": article.column.name if article.column else article.column_label,
        "类别": article.category.name if article.category else "",
        "体裁": article.get_kind_display(),
        "字数": article.length,
        "审校": "已审" if article.reviewed else "未经校对",
    }


def csv_lines(rows):
    """Rows of cells, with the mark by which Excel knows UTF-8."""
    writer = csv.writer(Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([guard(cell) for cell in row])


def write_csv(head, rows):
    cells = ([row[name] for name in COLUMNS] for row in rows)
    return csv_lines(chain(head.items(), [(), COLUMNS], cells))


def write_json(head, rows):
    opening = json.dumps(head, ensure_ascii=False, indent=1)
    yield opening.removesuffix("\n}") + ',\n "条目": ['
    for place, row in enumerate(rows):
        yield (",\n  " if place else "\n  ") + json.dumps(row, ensure_ascii=False)
    yield "\n ]\n}\n"
