"""Forms of acts on pages, doubts and entries of the journal."""

from django import forms
from django.contrib.auth import get_user_model

from ...models import Newspaper
from .base import ActForm, Hidden, JustPage, ToState


class SetNewspaper(JustPage):
    newspaper = forms.ModelChoiceField(Newspaper.objects.all(), label="报纸")

    def prepare(self):
        self.initial.setdefault("newspaper", self.desk.page.newspaper_id)


class SetDate(JustPage):
    date = forms.DateField(
        label="日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="留空则放回未定版面。",
        error_messages={"invalid": "没有这一天。日期写作 2024-12-06。"},
    )
    edition = forms.IntegerField(label="同日第几期", initial=1, min_value=1, max_value=99)

    def prepare(self):
        if issue := self.desk.page.issue:
            self.initial.setdefault("date", issue.date)
            self.initial.setdefault("edition", issue.edition)


class SetNumber(JustPage):
    number = forms.CharField(label="版次", required=False, max_length=10, help_text="如 2、A02；未知则空。")

    def prepare(self):
        self.initial.setdefault("number", self.desk.page.number)


class SetName(JustPage):
    name = forms.CharField(label="版名", required=False, max_length=50)

    def prepare(self):
        self.initial.setdefault("name", self.desk.page.name)


class MarkUnfixable(JustPage):
    reason = forms.CharField(
        label="无法处理的原因", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AssignPage(JustPage):
    to = forms.ModelChoiceField(
        get_user_model().objects.none(), label="分派给", required=False, empty_label="（不分派）"
    )

    def prepare(self):
        editors = get_user_model().objects.filter(is_active=True, is_staff=True).order_by("username")
        self.fields["to"].queryset = editors
        self.fields["to"].label_from_instance = lambda user: user.get_full_name() or user.get_username()
        self.initial.setdefault("to", self.desk.page.assigned_to_id)


class ChangesField(forms.JSONField):
    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class TakeNewSplit(JustPage):
    """What a doubt of a newer split proposes; never filled in by hand."""

    changes = ChangesField(label="改动", widget=forms.HiddenInput)


class OnDoubt(ActForm):
    subject = "doubt"
    doubt = Hidden("doubt_choices")


class Undo(ActForm):
    subject = "entry"
    entry = Hidden("entry_choices")


class RestorePage(ToState, JustPage):
    """Chosen on the screen of the page's history."""
