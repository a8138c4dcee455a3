"""What an editor fills in to upload pages, and to settle what was found of each."""

from django import forms

from ..extraction.numbering import page_label
from ..importing.uploads import TAKEN
from ..models import Newspaper, UploadFile

FILES_A_SCREEN = 100  # five fields each, and Django takes a thousand fields
ENCODINGS = [
    ("", "自动识别"),
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030 / GBK"),
    ("big5", "Big5"),
    ("utf-16", "UTF-16"),
]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; a list of them."""

    def clean(self, data, initial=None):
        files = data or [None]
        return [super(FilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    newspaper = forms.ModelChoiceField(Newspaper.objects.all(), label="报纸", empty_label=None)
    files = FilesField(
        label="文件",
        allow_empty_file=True,
        widget=FilesInput(attrs={"accept": ",".join(TAKEN)}),
        error_messages={"required": "请选择文件。"},
        help_text="版面文字（.txt、.md、ALTO、hOCR）或装着它们的 ZIP，以及与文字主名相同的版面图。可一次选多个。",
    )
    encoding = forms.ChoiceField(
        choices=ENCODINGS, required=False, label="文字编码", help_text="认得出时不必选；预览里是乱码时再指定。"
    )


class UploadFileForm(forms.ModelForm):
    class Meta:
        model = UploadFile
        fields = ["chosen", "date", "number", "page_name"]
        widgets = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance.name} {field.label}"
        self.fields["number"].widget.attrs["size"] = 4
        self.fields["page_name"].widget.attrs["size"] = 10
        self.fields["date"].error_messages["invalid"] = "日期不对，请写成 2024-12-06 这样。"

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number.strip() and not page_label(number):
            raise forms.ValidationError("版次不对，请写成 2 或 A02 这样。")
        return page_label(number)

    def clean_page_name(self):
        return " ".join(self.cleaned_data["page_name"].split())

    def clean(self):
        if "date" in self.changed_data:
            self.instance.date_how = "given" if self.cleaned_data.get("date") else ""


FileFormSet = forms.modelformset_factory(UploadFile, form=UploadFileForm, extra=0, edit_only=True)


class FillForm(forms.Form):
    """One day for all files whose day is not known."""

    date = forms.DateField(
        label="给日期未定的文件填上",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    prefix = "all"
    use_required_attribute = False  # it stands in the form of the files, which is sent without it
