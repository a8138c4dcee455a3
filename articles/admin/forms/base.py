"""What the forms of all acts have in common: they choose among the things on the desk."""

from itertools import groupby

from django import forms

from ...models import Correction

GONE = "所指的一项已不在这一版上，可能刚被别人改动。请对照现在的样子重新选择。"


def number_in(text):
    """A number as it stands in a form; None for what is none, or longer than any there is."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def grouped(things):
    """Choices of a select; those of other pages under the name of their page."""
    for group, members in groupby(things.items(), key=lambda item: item[1].group):
        choices = [(pk, choice.label) for pk, choice in members]
        yield from [(group, choices)] if group else choices


class FromDesk(forms.TypedChoiceField):
    """One of the things on the desk, by id; `source` is the desk's attribute that lists them."""

    default_error_messages = {"invalid_choice": GONE, "required": "请选择一项。"}

    def __init__(self, source, *, empty=None, **options):
        self.source, self.empty = source, empty
        super().__init__(**{"required": empty is None, "empty_value": None, **options})

    def lay(self, desk):
        things = getattr(desk, self.source)
        self.choices = [("", self.empty or "请选择"), *grouped(things)]
        self.coerce = lambda pk: things[int(pk)].thing


class SeveralFromDesk(forms.TypedMultipleChoiceField):
    """Some of the things on the desk, in the desk's order."""

    default_error_messages = {"invalid_choice": GONE, "required": "请先勾选段落。"}

    def __init__(self, source, **options):
        self.source = source
        super().__init__(**options)

    def lay(self, desk):
        self.things = getattr(desk, self.source)
        self.choices = [(pk, choice.label) for pk, choice in self.things.items()]

    def clean(self, value):
        chosen = {str(pk) for pk in super().clean(value)}
        return [choice.thing for pk, choice in self.things.items() if str(pk) in chosen]


def Hidden(source):
    """What the form is about, chosen by where it stands on the screen."""
    return FromDesk(source, widget=forms.HiddenInput)


class ActForm(forms.Form):
    """The form of one act. `arguments` gives what its function in corrections takes."""

    subject = ""  # the field that says what the act is about
    either: dict[str, str] = {}  # where the thing may stand in one of two fields: field -> words for the act then

    def __init__(self, *args, desk, **options):
        super().__init__(*args, label_suffix="", **options)
        self.desk = desk
        for field in self.fields.values():
            if hasattr(field, "lay"):
                field.lay(desk)
        self._show_chosen_first()
        self.prepare()

    def _show_chosen_first(self):
        """What was ticked stands above the rest of a long list when the form is shown again."""
        for name, field in self.fields.items():
            if self.is_bound and isinstance(field, SeveralFromDesk):
                chosen = set(self.data.getlist(name))
                field.choices = sorted(field.choices, key=lambda choice: str(choice[0]) not in chosen)

    def prepare(self):
        """Lay out fields that depend on what the form is about."""

    def named(self, name):
        """The thing on the desk that a field names, also before the form is checked."""
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        choice = getattr(self.desk, self.fields[name].source).get(number_in(str(value)))
        return choice and choice.thing

    def hide(self, name):
        """Leave out of sight the field that says what the form is about."""
        if field := self.fields.get(name):
            choices, field.widget = field.choices, forms.HiddenInput()
            field.choices = choices

    def arguments(self):
        return dict(self.cleaned_data)

    @property
    def has_fields(self):
        return bool(self.visible_fields())


class JustPage(ActForm):
    """An act that needs no more than its page."""

    subject = "page"

    def arguments(self):
        return {"page": self.desk.page, **self.cleaned_data}


class ToState(forms.Form):
    """A state of a history: the entry that led to it, 0 for how it was at first."""

    entry = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def clean_entry(self):
        pk = self.cleaned_data["entry"]
        found = Correction.objects.filter(pk=pk).first()
        if pk and found is None:
            raise forms.ValidationError("没有这一稿，请刷新后再选。")
        return found
