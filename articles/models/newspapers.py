"""Newspapers and their issues."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from ..querysets import IssueQuerySet, NewspaperQuerySet

# Newspapers in Chinese begin in the nineteenth century; addresses hold years of four figures.
FIRST_YEAR, LAST_YEAR = 1800, 2999

# First path segments that the site itself uses, now or later; a newspaper's slug is a first path segment too.
RESERVED_SLUGS = frozenset(
    (
        "about accounts admin api archive articles assets categories columns corrections export favicon.ico feed feeds "
        "files healthz help index issues keywords login logout media metrics newspapers opensearch.xml pages people "
        "reports robots.txt rss search sitemap sitemap.xml static suggest tags upload "
    ).split()
)


def refuse_reserved_slug(slug):
    if slug.lower() in RESERVED_SLUGS:
        raise ValidationError("“%(slug)s”是网站自用的地址，请换一个。", params={"slug": slug}, code="reserved")


class Newspaper(models.Model):
    name = models.CharField("报名", max_length=100, unique=True)
    slug = models.CharField(
        "网址代号",
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[\w-]+\Z", "只能用文字、数字、下划线和连字符。"), refuse_reserved_slug],
        help_text="用在网址里，如 /ribao/2024-12-06/。",
    )
    publisher = models.CharField("主办单位", max_length=200, blank=True)
    shows_unreviewed = models.BooleanField(
        "读者可看未校版面", default=True, help_text="未校的版面公开时注明“未经校对”。"
    )
    needs_second_person = models.BooleanField("签发须经第二人", default=False)

    objects = NewspaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报纸"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug="") & ~models.Q(name=""), name="newspaper_is_named"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("newspaper", args=[self.slug])


class Issue(models.Model):
    class DateKnown(models.TextChoices):
        GIVEN = "given", "指定"
        PATH = "path", "文件名"
        MASTHEAD = "masthead", "报头"
        INFERRED = "inferred", "推定"

    newspaper = models.ForeignKey(Newspaper, models.PROTECT, verbose_name="报纸", related_name="issues")
    date = models.DateField("日期")
    edition = models.PositiveSmallIntegerField("版次序号", default=1, help_text="同日另出的一期（号外、增刊）为2、3……")
    number = models.CharField("期号", max_length=30, blank=True)
    date_known = models.CharField("日期来源", max_length=10, choices=DateKnown, default=DateKnown.GIVEN)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期"
        ordering = ["-date", "newspaper", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["newspaper", "date", "edition"], name="one_issue_a_day_and_edition"),
            models.CheckConstraint(condition=models.Q(edition__gte=1), name="issue_edition_from_1"),
            models.CheckConstraint(
                condition=models.Q(date_known__in=["given", "path", "masthead", "inferred"]), name="issue_date_known"
            ),
        ]
        indexes = [models.Index(fields=["-date", "newspaper"], name="issue_by_date")]

    def __str__(self):
        return f"{self.newspaper} {self.label}"

    def get_absolute_url(self):
        return reverse("issue", args=[self.newspaper.slug, self.label])

    @property
    def label(self):
        """The day as addresses spell it; further editions of a day carry their number."""
        day = self.date.isoformat()
        return day if self.edition == 1 else f"{day}_{self.edition}"

    @property
    def date_inferred(self):
        return self.date_known == self.DateKnown.INFERRED


class FormerAddress(models.Model):
    """A public address that a page once had; it redirects to where the page is now."""

    path = models.CharField("旧地址", max_length=200, unique=True)
    page = models.ForeignKey("articles.Page", models.CASCADE, verbose_name="版面", related_name="former_addresses")

    class Meta:
        verbose_name = verbose_name_plural = "旧地址"

    def __str__(self):
        return self.path
