"""What lists and search can be narrowed by."""

from dataclasses import dataclass, replace
from datetime import date

import django_filters as df
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q

from .models import Article, Category, Column, Credit, Newspaper, Page
from .models.articles import YEAR
from .models.newspapers import FIRST_YEAR, LAST_YEAR
from .search.backends.base import any_of
from .search.query import Days

MOST_PICKED = 8  # values of one facet
validate_no_null_characters = ProhibitNullCharactersValidator()
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


@dataclass(frozen=True)
class Picked:
    """Of some values any, of others none. Values are rows, or what was typed."""

    included: tuple = ()
    excluded: tuple = ()

    def __bool__(self):
        return bool(self.included or self.excluded)


class FacetField(forms.Field):
    """A parameter that may be said several times: `law`, and `-law` for what is excluded."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"many": f"一项条件最多选{MOST_PICKED}个。"}

    def __init__(self, one, **options):
        self.one = one
        super().__init__(**options)

    def clean(self, said):
        said = list(dict.fromkeys(value for value in map(str.strip, said or ()) if value.removeprefix("-")))
        if len(said) > MOST_PICKED:
            raise forms.ValidationError(self.error_messages["many"], code="many")
        found = self.read({value.removeprefix("-") for value in said})
        included = tuple(found[value] for value in said if not value.startswith("-"))
        return Picked(included, tuple(found[value[1:]] for value in said if value.startswith("-")))

    def read(self, values):
        """value -> the row or what it says; one query for all."""
        if not isinstance(self.one, forms.ModelChoiceField) or not values:
            return {value: self.one.clean(value) for value in values}
        key = self.one.to_field_name or "pk"
        try:
            for value in values:
                validate_no_null_characters(value)
            rows = list(self.one.queryset.filter(**{f"{key}__in": values}))
        except (ValueError, TypeError, OverflowError):
            rows = []
        found = {str(getattr(row, key)): row for row in rows}
        if missing := values - found.keys():
            raise forms.ValidationError(self.one.error_messages["invalid_choice"], params={"value": min(missing)})
        return found


class Facet(df.Filter):
    """A filter that takes several values of another, and values to exclude. `condition`: values -> Q.

    Any of the values will do; of what an article has several of, `each` must be there.
    """

    def __init__(self, one, condition, each=False):
        super().__init__(label=one.label)
        self.one, self.condition, self.each = one, condition, each

    @property
    def field(self):
        if not hasattr(self, "_field"):
            self.one.parent, self.one.model = self.parent, self.model
            self._field = FacetField(self.one.field, label=self.label, required=False)
        return self._field

    def filter(self, rows, picked):
        if not picked:
            return rows
        wanted = [[value] for value in picked.included] if self.each else [picked.included]
        for values in filter(None, wanted):
            rows = rows.filter(self.condition(values))
        if picked.excluded:
            rows = rows.exclude(self.condition(picked.excluded))
        return rows


def in_years(years):
    return any_of(Q(sort_key__gte=int(year) * YEAR, sort_key__lt=(int(year) + 1) * YEAR) for year in years)


def on_editions(numbers):
    return Q(pk__in=Article.objects.on_editions([bare_label(number) for number in numbers]).order_by().values("pk"))


def by_people(names):
    return Q(pk__in=Credit.objects.filter(Q(person__name__in=names) | Q(name__in=names)).values("article"))


class SearchFilterSet(ArticleFilterSet):
    """The same for search: each of the facets may be said several times, and excluded by a minus sign."""

    OF_ARTICLES = ("category", "column", "kind", "person")

    newspaper = Facet(choice(Newspaper, "报纸", to_field_name="slug"), lambda rows: Q(newspaper__in=rows))
    year = Facet(
        df.ChoiceFilter(
            label="年份",
            choices=[(str(year), year) for year in range(FIRST_YEAR, LAST_YEAR + 1)],
            error_messages={"invalid_choice": "没有这个年份。"},
        ),
        in_years,
    )
    category = Facet(choice(Category, "类别", to_field_name="slug"), lambda rows: Q(category__in=rows))
    column = Facet(choice(Column, "栏目"), lambda rows: Q(column__in=rows))
    kind = Facet(ArticleFilterSet.base_filters["kind"], lambda kinds: Q(kind__in=kinds))
    person = Facet(df.CharFilter(label="人物", max_length=60), by_people, each=True)
    number = Facet(df.CharFilter(label="版次", max_length=12), on_editions)

    def pages(self):
        """The pages whose unplaced passages are searched; none where a filter asks for articles."""
        data = self.form.cleaned_data
        if any(data[name].included for name in self.OF_ARTICLES if data.get(name)):
            return None
        pages = Page.objects.visible_to(self.request.user).filter(issue__isnull=False)
        since, until = data.get("since"), data.get("until")
        if since:
            pages = pages.filter(issue__date__gte=since)
        if until:
            pages = pages.filter(issue__date__lte=until)
        for name, condition in self.OF_PAGES.items():
            picked = data.get(name) or Picked()
            if picked.included:
                pages = pages.filter(condition(picked.included))
            if picked.excluded:
                pages = pages.exclude(condition(picked.excluded))
        return pages

    OF_PAGES = {
        "newspaper": lambda rows: Q(newspaper__in=rows),
        "year": lambda years: any_of(Q(issue__date__range=year_ends(year)) for year in years),
        "number": lambda numbers: Q(number__in=[bare_label(number) for number in numbers]),
    }

    def narrow(self, query):
        """The query, asking for the days too: an engine then looks at no others."""
        data = self.form.cleaned_data
        years = data.get("year") or Picked()
        wanted = [tuple(Days(*year_ends(year)) for year in years.included)] if years.included else []
        if data.get("since") or data.get("until"):
            wanted.append((Days(data.get("since"), data.get("until")),))
        unwanted = tuple(Days(*year_ends(year)) for year in years.excluded)
        return replace(query, wanted=(*query.wanted, *wanted), unwanted=(*query.unwanted, *unwanted))


def year_ends(year):
    return date(int(year), 1, 1), date(int(year), 12, 31)
