"""Write variants.txt, the table of one-character forms that folding treats as the same. Development only.

    pip install opencc==1.4.2 && python -m articles.search.make_variants

A form of another script is taken for its simplified one where a single character stands for a single character. Forms
of Taiwan, Hong Kong and Japan count only when GB 2312 lacks them: 芸 and 予 are Chinese characters of their own.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from .folding import VARIANTS

# Unicode has no compatibility mapping for these radicals, and PDF text is full of them.
RADICALS = (
    "⺌小⺎兀⺒巳⺓幺⺝月⺟母⺠民⺬示⺮竹⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻲龟⻳龟"
)
# Traditional print has 著 where simplified has 着; OpenCC decides by the phrase, a table of characters cannot.
BY_HAND = RADICALS + "著着"


def ideographs() -> Iterator[str]:
    blocks = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
    return map(chr, chain.from_iterable(blocks))


def in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def variants() -> dict[str, str]:
    """Form -> the form that folding keeps, followed to its end."""
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    regional = [OpenCC(name).convert for name in ("tw2t", "hk2t", "jp2t")]
    table = {}
    for char in ideographs():
        forms = [simplify(char)] + [simplify(convert(char)) for convert in regional if not in_gb2312(char)]
        form = next((form for form in forms if form != char and len(form) == 1), None)
        if form:
            table[char] = form
    table |= dict(zip(BY_HAND[::2], BY_HAND[1::2], strict=True))
    return {char: end for char in table if (end := last(table, char)) != char}


def last(table: dict[str, str], char: str) -> str:
    seen = {char}
    while (following := table.get(char)) and following not in seen:
        seen.add(char := following)
    return char


def main() -> None:
    from importlib.metadata import version

    table = sorted(variants().items())
    head = (
        f"# OpenCC {version('opencc')} (Apache-2.0): t2s, tw2t, hk2t, jp2t; see make_variants.py. {len(table)} forms."
    )
    lines = (head, "".join(form for form, _ in table), "".join(kept for _, kept in table))
    Path(VARIANTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
