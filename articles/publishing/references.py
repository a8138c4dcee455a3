"""An article as references and search engines want to know it."""

from django.utils import timezone

from ..models import Credit
from ..templatetags.reading import opening
from .citing import Cited, cite_bibtex, cite_gbt, cite_gbt_online, cite_plain, cite_ris

WRITERS = (Credit.Role.REPORTER, Credit.Role.TRAINEE, Credit.Role.CORRESPONDENT, Credit.Role.AUTHOR)
# What a page shows of a reference: its name and how it is written; what is handed out as a file.
SHOWN = (("GB/T 7714", cite_gbt), ("GB/T 7714 网络版", cite_gbt_online), ("一般写法", cite_plain))
FILES = {
    "bib": (cite_bibtex, "application/x-bibtex"),
    "ris": (cite_ris, "application/x-research-info-systems"),
    "txt": (lambda cited: "".join(f"{cite(cited)}\n" for _, cite in SHOWN), "text/plain"),
}


def writers_of(article):
    """Who is named as writing it; of pictures alone, who took them."""
    credits = article.credits.all()
    names = [credit.name for credit in credits if credit.role in WRITERS] or [credit.name for credit in credits]
    return tuple(dict.fromkeys(names))


def cite_article(article, pages, site):
    """`pages`: those that it stands on."""
    day, slug = article.issue.date, article.newspaper.slug
    return Cited(
        key=f"{slug if slug.isascii() else 'newspaper'}-{day:%Y%m%d}-{article.pk}",
        title=article.title,
        subtitle=article.subheadline if article.headline or article.supplied_headline else "",
        authors=writers_of(article),
        newspaper=article.newspaper.name,
        date=day,
        date_inferred=article.issue.date_inferred,
        pages=tuple(page.number for page in pages if page.number),
        url=site.absolute(article.get_absolute_url()),
        seen_on=timezone.localdate(),
        keywords=tuple(article.keywords),
    )


def describe_article(article, pages, site):
    """Schema.org's NewsArticle."""
    paper = {"@type": "Newspaper", "name": article.newspaper.name}
    paper["url"] = site.absolute(article.newspaper.get_absolute_url())
    publisher = {"@type": "Organization", "name": article.newspaper.publisher or article.newspaper.name}
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title[:110],
        "alternativeHeadline": article.subheadline,
        "description": opening(article.body),
        "datePublished": article.issue.date.isoformat(),
        "dateModified": timezone.localtime(article.changed_at).isoformat(timespec="seconds"),
        "author": [
            {"@type": "Person", "name": credit.name}
            | ({"url": site.absolute(credit.person.get_absolute_url())} if credit.person else {})
            for credit in article.credits.all()
        ],
        "publisher": publisher,
        "isPartOf": {
            "@type": "PublicationIssue",
            "datePublished": article.issue.date.isoformat(),
            "issueNumber": article.issue.number,
            "isPartOf": paper,
        },
        "printPage": "、".join(page.number for page in pages if page.number),
        "articleSection": article.category.name if article.category else "",
        "keywords": article.keywords,
        "wordCount": article.length,
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
        "url": site.absolute(article.get_absolute_url()),
        "mainEntityOfPage": site.absolute(article.get_absolute_url()),
    }
    return without_empty(facts)


def without_empty(facts):
    """What is unknown is not said."""
    if not isinstance(facts, dict):
        return facts
    return {name: without_empty(value) for name, value in facts.items() if value not in ("", None, [])}
