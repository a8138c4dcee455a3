"""`python -m benchmarks.looking NEWSPAPER`: what lies in an archive, as JSON, to compare with what should.

`pages`: a digest of what an import has made of the newspaper's pages, ids aside, `bare`: its pages without blocks;
`keys`: the keys of acts in the journal, each as often as it is there.
"""

import hashlib
import json
import os
import sys

OF_ARTICLES = ("page__newspaper", "page__issue__newspaper", "category", "column", "merged_into")


def main(slug):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from articles.models import Correction, Page

    pages = Page.objects.filter(newspaper__slug=slug).select_related("newspaper", "issue__newspaper")
    told = json.dumps([tell_page(page) for page in pages.order_by("issue__date", "sort_key")], ensure_ascii=False)
    keys = Correction.objects.filter(arguments__has_key="key").order_by("pk").values_list("arguments__key", flat=True)
    found = {
        "pages": hashlib.sha256(told.encode()).hexdigest(),
        "count": pages.count(),
        "bare": Page.objects.filter(blocks=None).count(),
        "keys": list(keys),
    }
    print(json.dumps(found))


def tell_page(page):
    from articles.models import Article

    blocks = page.blocks.order_by("start")
    articles = (
        Article.objects.filter(blocks__page=page)
        .distinct()
        .select_related(*OF_ARTICLES)
        .prefetch_related("credits__person")
    )
    told = {article.pk: tell_article(article) for article in articles}
    doubts = sorted(page.doubts.values_list("code", "start", "text"))
    return [str(page), page.text_sha256, [[*tell_block(block), told.get(block.article_id)] for block in blocks], doubts]


def tell_block(block):
    fields = ("start", "role", "position", "joins", "reason", "duplicate_start", "duplicate_end", "corrected_text")
    return [getattr(block, name) for name in fields]


def tell_article(article):
    words = (article.page, article.category, article.column, article.state, article.kind, article.merged_into)
    credits = [[credit.position, credit.name, credit.role, str(credit.person)] for credit in article.credits.all()]
    return [article.headline, article.byline, article.body, article.keywords, *map(str, words), sorted(credits)]


if __name__ == "__main__":
    main(sys.argv[1])
