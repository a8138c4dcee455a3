"""Small invented pages for the tests of extraction, and a reader of what became of them."""

from articles.extraction import Article, PageSplit, split_page

STREET = (
    "本报讯(记者林小满)日前,青石县城东老街的路灯全部换新,居民夜里出门不再打手电。",
    "城东老街建成四十年,路灯年久失修。县住建局组织工人连续施工半个月,更换路灯一百二十盏。",
    "“路灯亮了,心里也亮堂。”住在城东老街的赵一舟说,路灯换新以后,街坊夜里又在巷口下棋了。",
)
RESERVOIR = (
    "本报讯(记者周禾)12月3日,白马水库除险加固工程完工,大坝防渗墙和溢洪道通过验收。",
    "白马水库下游有三万亩稻田。除险加固工程更换了放水闸,汛期水库可以提前腾出库容。",
    "县水利局负责人说,白马水库除险加固以后,下游稻田的灌溉用水就有了保证。",
)


def page(*lines: str) -> str:
    """Lines as an OCR model leaves them: a blank line between."""
    return "\n\n".join(lines) + "\n"


def split(*lines: str) -> PageSplit:
    return split_page(page(*lines))


def paragraphs(article: Article) -> list[str]:
    return [p.text for p in article.paragraphs if p.role != "subheading"]


def headlines(result: PageSplit) -> list[str | None]:
    return [article.headline for article in result.articles]
