"""How an article is cited: GB/T 7714-2015, a plain sentence, BibTeX, RIS. Pure.

GB/T 7714-2015, 4.4.2 (newspapers) and appendix A, for numbered references:

    主要责任者. 题名: 副题[N]. 报纸名, 年-月-日(版次).
    主要责任者. 题名: 副题[N/OL]. 报纸名, 年-月-日(版次)[引用日期]. 网址.

Of more than three authors the first three are named, then 等 (8.1.2); where nobody is named the reference begins with
the title (8.1.4); what is not printed but supplied stands in square brackets, a headline as well as an inferred day.
"""

import datetime
import re
from dataclasses import dataclass

NAMED_AUTHORS = 3
# TeX reads these otherwise than as themselves.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True)
class Cited:
    """What a reference says. `title` is in brackets where an editor supplied it; `pages` are labels: 2, A02."""

    key: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    newspaper: str
    date: datetime.date
    date_inferred: bool
    pages: tuple[str, ...]
    url: str
    seen_on: datetime.date
    keywords: tuple[str, ...] = ()


def cite_gbt(cited):
    """As printed: [N]."""
    return f"{_gbt_head(cited, 'N')}."


def cite_gbt_online(cited):
    """As read here: [N/OL]."""
    return f"{_gbt_head(cited, 'N/OL')}[{cited.seen_on}]. {cited.url}."


def _gbt_head(cited, kind):
    authors = ", ".join([*cited.authors[:NAMED_AUTHORS], *(["等"] if len(cited.authors) > NAMED_AUTHORS else [])])
    title = one_line(": ".join(filter(None, (cited.title, cited.subtitle))))
    day = f"[{cited.date}]" if cited.date_inferred else f"{cited.date}"
    pages = f"({', '.join(cited.pages)})" if cited.pages else ""
    return f"{authors + '. ' if authors else ''}{title}[{kind}]. {one_line(cited.newspaper)}, {day}{pages}"


def cite_plain(cited):
    """In a sentence, as a newspaper would."""
    authors = "、".join(cited.authors)
    title = one_line("——".join(filter(None, (cited.title, cited.subtitle))))
    day = f"{cited.date.year}年{cited.date.month}月{cited.date.day}日{'（推定）' if cited.date_inferred else ''}"
    pages = "、".join(f"第{page}版" if page.isdigit() else f"{page}版" for page in cited.pages)
    return f"{authors + '：' if authors else ''}《{title}》，《{one_line(cited.newspaper)}》{day}{pages}，{cited.url}"


def cite_bibtex(cited):
    """An @article whose journal is the newspaper; biblatex reads entrysubtype, gb7714 styles then write [N]."""
    title = ": ".join(filter(None, (cited.title, cited.subtitle)))
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in cited.authors),
        "title": f"{{{_tex(title)}}}",
        "journal": _tex(cited.newspaper),
        "entrysubtype": "newspaper",
        "year": f"{cited.date.year}",
        "month": MONTHS[cited.date.month - 1],
        "date": f"{cited.date}",
        "pages": _tex(", ".join(cited.pages)),
        "keywords": _tex(", ".join(cited.keywords)),
        "langid": "chinese",
        "note": "日期推定" if cited.date_inferred else "",
        "url": cited.url,
        "urldate": f"{cited.seen_on}",
    }
    # A month is one of BibTeX's own words, not text.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{cited.key},", *lines, "}"]) + "\n"


def _tex(text):
    return "".join(TEX.get(character, character) for character in one_line(text))


def cite_ris(cited):
    """RIS of type NEWS: a tag a line, lines end with CR LF."""
    tags = [
        ("TY", "NEWS"),
        *(("AU", name) for name in cited.authors),
        ("TI", ": ".join(filter(None, (cited.title, cited.subtitle)))),
        ("T2", cited.newspaper),
        ("PY", f"{cited.date.year}"),
        ("DA", f"{cited.date:%Y/%m/%d}/{'推定' if cited.date_inferred else ''}"),
        ("SP", ", ".join(cited.pages)),
        *(("KW", word) for word in cited.keywords),
        ("LA", "zh"),
        ("UR", cited.url),
        ("Y2", f"{cited.seen_on:%Y/%m/%d}/"),
        ("ID", cited.key),
        ("ER", ""),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in tags if value or tag == "ER"]
    return "\r\n".join(lines) + "\r\n"


def one_line(text):
    """Without line ends and control characters, which would begin another field."""
    return SPACE.sub(" ", text).strip()
