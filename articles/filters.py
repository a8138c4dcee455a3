"""What lists and search can be narrowed by."""

import django_filters as df
from django import forms
from django.db.models import Q

from .models import Article, Block, Category, Column, Credit, Newspaper, Page


def visible(model):
    return lambda request: model.objects.visible_to(request.user)


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
    newspaper = df.ModelChoiceFilter(
        label="报纸", queryset=visible(Newspaper), to_field_name="slug", empty_label="全部报纸"
    )
    since = df.DateFilter(
        label="起始日期", field_name="issue__date", lookup_expr="gte", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = df.DateFilter(
        label="结束日期", field_name="issue__date", lookup_expr="lte", widget=forms.DateInput(attrs={"type": "date"})
    )
    number = df.CharFilter(label="版次", method="on_page", max_length=12)
    category = df.ModelChoiceFilter(
        label="类别", queryset=visible(Category), to_field_name="slug", empty_label="全部类别"
    )
    column = df.ModelChoiceFilter(label="栏目", queryset=visible(Column), empty_label="全部栏目")
    kind = df.ChoiceFilter(label="体裁", choices=Article.Kind.choices, empty_label="全部体裁")
    person = df.CharFilter(label="人物", method="by_person", max_length=60)

    class Meta:
        model = Article
        fields = ()
        form = FilterForm

    def on_page(self, articles, name, value):
        blocks = Block.objects.filter(page__number=bare_label(value), article__isnull=False)
        return articles.filter(Q(page__number=bare_label(value)) | Q(pk__in=blocks.values("article")))

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
