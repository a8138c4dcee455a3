"""What lists and search can be narrowed by."""

import django_filters as df
from django import forms
from django.db.models import Q

from .models import Article, Category, Column, Credit, Newspaper, Page

BAD_DATE = {"invalid": "没有这一天。日期写作 2024-12-06。"}


def choice(model, label, **options):
    """A list of what the user may see of a model."""
    return df.ModelChoiceFilter(
        label=label,
        queryset=lambda request: offered(model).visible_to(request.user),
        empty_label=f"全部{label}",
        error_messages={"invalid_choice": f"没有这个{label}。"},
        **options,
    )


def offered(model):
    return model.objects.living() if hasattr(model.objects, "living") else model.objects


def date_input():
    return forms.DateInput(attrs={"type": "date"})


def bare_label(text):
    """`第2版`, `2版`, `a02` -> `2`, `2`, `A02`."""
    return text.strip().removeprefix("第").removesuffix("版").strip().upper()


class FilterForm(forms.Form):
    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", "结束日期早于起始日期。")
        return data


class ArticleFilterSet(df.FilterSet):
    newspaper = choice(Newspaper, "报纸", to_field_name="slug")
    since = df.DateFilter(
        label="起始日期", field_name="issue__date", lookup_expr="gte", widget=date_input(), error_messages=BAD_DATE
    )
    until = df.DateFilter(
        label="结束日期", field_name="issue__date", lookup_expr="lte", widget=date_input(), error_messages=BAD_DATE
    )
    number = df.CharFilter(label="版次", method="on_page", max_length=12)
    category = choice(Category, "类别", to_field_name="slug")
    column = choice(Column, "栏目")
    kind = df.ChoiceFilter(
        label="体裁",
        choices=Article.Kind.choices,
        empty_label="全部体裁",
        error_messages={"invalid_choice": "没有这个体裁。"},
    )
    person = df.CharFilter(label="人物", method="by_person", max_length=60)

    class Meta:
        model = Article
        fields = ()
        form = FilterForm

    def on_page(self, articles, name, value):
        return articles.on_editions([bare_label(value)])

    def by_person(self, articles, name, value):
        named = Credit.objects.filter(Q(person__name=value) | Q(name=value))
        return articles.filter(pk__in=named.values("article"))

    def found(self):
        """The articles that pass; none while something typed makes no sense, rather than all of them."""
        return self.qs if self.is_valid() else self.queryset.none()

    @property
    def narrows(self):
        """Is anything asked for?"""
        return any(self.data.get(name) for name in self.filters)


class SearchFilterSet(ArticleFilterSet):
    """The same for search, where passages that stand in no article are found too."""

    def pages(self):
        """The pages whose unplaced passages are searched; none where a filter speaks of articles."""
        data = self.form.cleaned_data
        pages = Page.objects.visible_to(self.request.user).filter(issue__isnull=False)
        if any(data.get(name) for name in ("category", "column", "kind", "person")):
            return None
        wanted = {
            "newspaper": data.get("newspaper"),
            "issue__date__gte": data.get("since"),
            "issue__date__lte": data.get("until"),
            "number": bare_label(data.get("number") or ""),
        }
        return pages.filter(**{lookup: value for lookup, value in wanted.items() if value})
