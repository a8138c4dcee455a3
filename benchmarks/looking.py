"""`python -m benchmarks.looking NEWSPAPER`: what lies in an archive, as JSON, to compare with what should.

`pages`: a digest of what an import has made of the newspaper's pages, ids aside, `bare`: its pages without blocks;
`keys`: the keys of acts in the journal, each as often as it is there.
"""

import hashlib
import json
import os
import sys


def main(slug):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from articles.models import Correction, Page

    pages = Page.objects.filter(newspaper__slug=slug)
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
    blocks = page.blocks.order_by("start").select_related("article__page__issue", "article__category")
    return [str(page), page.text_sha256, [tell_block(block) for block in blocks], sorted(map(str, page.doubts.all()))]


def tell_block(block):
    fields = ("start", "role", "position", "joins", "reason", "duplicate_start", "duplicate_end", "corrected_text")
    return [getattr(block, name) for name in fields] + [block.article and tell_article(block.article)]


def tell_article(article):
    words = (article.page, article.category, article.column, article.state, article.kind, article.merged_into)
    credits = [[credit.name, credit.role, str(credit.person)] for credit in article.credits.order_by("position")]
    return [article.headline, article.byline, article.body, article.keywords, *map(str, words), credits]


if __name__ == "__main__":
    main(sys.argv[1])
