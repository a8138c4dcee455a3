"""The forms by which articles and pages are chosen for an act on many."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q

from ..models import Article, Category, Column, Newspaper, Page


def date_field(label):
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, error_messages={"invalid": "没有这一天。"})


class Dated(forms.Form):
    newspaper = forms.ModelChoiceField(Newspaper.objects.all(), label="报纸", required=False, empty_label="全部报纸")
    since = date_field("起始日期")
    until = date_field("结束日期")

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "结束日期早于起始日期。")
        return data

    def narrow(self, rows):
        """The rows (articles or pages) that the form's choices leave."""
        wanted = {
            "newspaper": self.cleaned_data["newspaper"],
            "issue__date__gte": self.cleaned_data["since"],
            "issue__date__lte": self.cleaned_data["until"],
        }
        return rows.filter(**{lookup: value for lookup, value in wanted.items() if value})


class ArticleChoice(Dated):
    column = forms.ModelChoiceField(
        Column.objects.living().select_related("newspaper"), label="栏目", required=False, empty_label="全部栏目"
    )
    category = forms.ModelChoiceField(Category.objects.living(), label="类别", required=False, empty_label="全部类别")
    kind = forms.ChoiceField(label="体裁", required=False, choices=[("", "全部体裁"), *Article.Kind.choices])
    words = forms.CharField(label="标题含", required=False, max_length=60)

    def narrow(self, rows):
        for name in ("column", "category", "kind"):
            if value := self.cleaned_data[name]:
                rows = rows.filter(**{name: value})
        if words := self.cleaned_data["words"]:
            rows = rows.filter(Q(headline__contains=words) | Q(supplied_headline__contains=words))
        return super().narrow(rows)

    def articles(self):
        return self.narrow(Article.objects.living())


class Replacing(ArticleChoice):
    find = forms.CharField(label="查找", max_length=50, strip=False)
    replacement = forms.CharField(label="替换为", max_length=200, strip=False, required=False)
    field_order = ["find", "replacement"]

    def clean(self):
        data = super().clean()
        if data.get("find") and data["find"] == data.get("replacement"):
            self.add_error("replacement", "与查找的文字相同。")
        return data


class Filing(ArticleChoice):
    to = forms.ModelChoiceField(Category.objects.living(), label="归入类别", empty_label="请选择")

    def articles(self):
        return super().articles().exclude(category=self.cleaned_data["to"])


class Assigning(Dated):
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *Page.State.choices])
    now = forms.ChoiceField(
        label="现在", required=False, choices=[("", "不论是否已分派"), ("nobody", "尚未分派"), ("somebody", "已分派")]
    )
    to = forms.ModelChoiceField(
        get_user_model().objects.none(), label="分派给", required=False, empty_label="（收回，不分派给谁）"
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        editors = get_user_model().objects.with_perm(
            "articles.mend_page", backend="django.contrib.auth.backends.ModelBackend"
        )
        self.fields["to"].queryset = editors.filter(is_staff=True, is_active=True).order_by("username")
        self.fields["to"].label_from_instance = lambda user: user.get_full_name() or user.get_username()

    def pages(self):
        rows, data = self.narrow(Page.objects.all()), self.cleaned_data
        if data["state"]:
            rows = rows.filter(state=data["state"])
        if data["now"]:
            rows = rows.filter(assigned_to__isnull=data["now"] == "nobody")
        to = data["to"]
        return rows.exclude(assigned_to=to) if to else rows.exclude(assigned_to=None)
