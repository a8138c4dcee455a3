"""Forms of acts on passages."""

import re

from django import forms

from ...corrections import BY_LAYOUT
from ...models import Block
from .base import ActForm, FromDesk, Hidden, SeveralFromDesk, number_in

SENTENCE = re.compile(r"[。！？；…：，、][”’」』）)]*|\n")
CARET = "|"


class OnBlock(ActForm):
    subject = "block"
    block = Hidden("block_choices")


class SetRole(OnBlock):
    role = forms.ChoiceField(label="这段文字是", choices=Block.Role.choices)

    def prepare(self):
        if block := self.named("block"):
            self.initial.setdefault("role", block.role)


class SetRoles(ActForm):
    """A role for all passages ticked, and one for each passage of its own: `role_12`; empty where it stays."""

    subject = "blocks"
    blocks = SeveralFromDesk("block_choices", label="段落", required=False, widget=forms.CheckboxSelectMultiple)
    role = forms.ChoiceField(label="所勾选的改为", required=False, choices=[("", "请选择"), *Block.Role.choices])

    def prepare(self):
        self.of_one = {}
        for pk, choice in self.desk.block_choices.items():
            name, block = f"role_{pk}", choice.thing
            if self.is_bound and not self.data.get(name):
                continue
            label = f"第{self.desk.numbers[pk]}段的角色"
            others = [each for each in Block.Role.choices if each[0] != block.role]
            field = forms.ChoiceField(label=label, required=False, choices=[("", block.get_role_display()), *others])
            if not self.is_bound:
                field.widget.attrs.update({"form": "moving", "class": "role", "aria-label": label})
            self.fields[name] = self.of_one[block] = field

    def arguments(self):
        data = self.cleaned_data
        roles = {block: data["role"] for block in data["blocks"] if data["role"]}
        return {"roles": roles | {b: role for b in self.of_one if (role := data[f"role_{b.pk}"])}}

    def clean(self):
        data = super().clean()
        if data.get("blocks") and not data.get("role") and not self.of_one:
            self.add_error("role", "请选定角色。")
        elif not data.get("blocks") and not self.of_one and not self.errors:
            raise forms.ValidationError("请先改选段落的角色，或勾选段落并选定角色。")
        return data


class SplitArticle(ActForm):
    subject = "at"
    at = Hidden("block_choices")
    as_headline = forms.BooleanField(label="这一段就是新文章的主题（标题）", required=False)

    def arguments(self):
        at = self.cleaned_data["at"]
        return {"article": self.desk.articles[at.article_id], **self.cleaned_data}

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at.article_id not in self.desk.articles:
            raise forms.ValidationError("这段文字不在任何文章里，不能从它拆分。")
        return at


class CutField(forms.TypedChoiceField):
    """After one of the sentences that it offers, or, where a script says so, anywhere in the passage."""

    span = range(0)

    def valid_value(self, value):
        return number_in(value) in self.span


class SplitBlock(OnBlock):
    offset = CutField(label="切在这一处之后", required=False, coerce=int, empty_value=None)
    text = forms.CharField(
        label=f"或在要切开的地方键入一个 {CARET}",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="只添这一个符号，别的字不要动。两处都填时以这里为准。",
    )

    def prepare(self):
        block = self.named("block")
        passage = self.desk.passage_of.get(block.pk) if block else None
        self.source = passage.source if passage else ""
        raw = self.desk.page.source_text[passage.start : passage.end] if passage else ""
        self.start = passage.start + len(raw) - len(raw.lstrip()) if passage else 0
        self.fields["offset"].span = range(self.start + 1, self.start + len(self.source))
        self.fields["offset"].choices = [("", "请选择"), *self.places()]
        self.fields["offset"].error_messages["invalid_choice"] = "没有这个切开的位置，请重新选择。"
        self.initial.setdefault("text", self.source)

    def places(self):
        ends = [m.end() for m in SENTENCE.finditer(self.source) if m.end() < len(self.source)]
        return [
            (
                self.start + at,
                "…"
                + " ".join(self.source[max(0, at - 14) : at].split())
                + " ✂ "
                + " ".join(self.source[at : at + 8].split()),
            )
            for at in ends
        ]

    def clean(self):
        data = super().clean()
        typed = (data.get("text") or "").replace("\r\n", "\n").strip()
        if typed and typed != self.source:
            data["offset"] = self.start + self.caret(typed)
        elif data.get("offset") is None and "offset" not in self.errors:
            raise forms.ValidationError(f"请选择切在哪一处，或在文字中间键入一个 {CARET} 。")
        return data

    def caret(self, typed):
        """Where the caret stands in the source; the source may hold bars of its own."""
        for at in (i for i, c in enumerate(typed) if c in "|｜"):
            if typed[:at] + typed[at + 1 :] == self.source:
                return at
        raise forms.ValidationError(f"除了添一个 {CARET} 以外，请不要改动文字。")

    def arguments(self):
        return {"block": self.cleaned_data["block"], "offset": self.cleaned_data["offset"]}


class EditText(OnBlock):
    text = forms.CharField(label="改正为", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6}))
    restore = forms.BooleanField(label="恢复原文（取消改正）", required=False)

    def prepare(self):
        block = self.named("block")
        passage = self.desk.passage_of.get(block.pk) if block else None
        self.source = passage.source if passage else ""
        self.now = passage.text if passage else ""
        self.initial.setdefault("text", self.now)

    def clean(self):
        data = super().clean()
        if not data.get("restore") and not (data.get("text") or "").strip():
            self.add_error("text", "请写出这段文字；若它不该在文章里，请把它搁置。")
        return data

    def arguments(self):
        data = self.cleaned_data
        return {"block": data["block"], "text": None if data["restore"] else data["text"]}


class FoldBlock(OnBlock):
    repeats = FromDesk("block_choices", label="它重复的是")

    def arguments(self):
        passage = self.desk.passage_of[self.cleaned_data["repeats"].pk]
        return {"block": self.cleaned_data["block"], "duplicate_of": (passage.start, passage.end)}


class HideText(OnBlock):
    words = forms.CharField(label="读者不该看到的字句", max_length=1000, strip=False, help_text="照这一段抄写。")
    everywhere = forms.BooleanField(label="本版各处都遮盖", required=False)


class ShowText(OnBlock):
    words = forms.TypedChoiceField(label="已遮盖的字句")
    everywhere = forms.BooleanField(label="本版各处都公开", required=False)

    def prepare(self):
        """Offers what is covered in the passage."""
        block = self.named("block")
        passage = self.desk.passage_of.get(block.pk) if block else None
        # By where they stand: a line that ends inside would not come back as it was sent.
        found = {start: passage.text[start:end] for start, end in self.desk.masked(passage)} if passage else {}
        self.fields["words"].choices = [(start, " ".join(words.split())) for start, words in found.items()]
        self.fields["words"].coerce = lambda start: found[int(start)]
        self.useless = not found


class PlaceField(FromDesk):
    """Where in an article: by layout unless said otherwise, at its end, or before one of the passages."""

    END = "end"

    def __init__(self):
        super().__init__("place_choices", label="位置", empty="按版面次序")
        self.empty_value = BY_LAYOUT

    def lay(self, desk):
        super().lay(desk)
        places, block_of = self.choices, self.coerce
        self.choices = [places[0], (self.END, "文末"), *((pk, f"{label} 之前") for pk, label in places[1:])]
        self.coerce = lambda value: None if value == self.END else block_of(value)


class UnfoldBlock(OnBlock):
    to = FromDesk("article_choices", label="放回文章", empty="另成一篇")
    before = PlaceField()


class MoveBlocks(ActForm):
    blocks = SeveralFromDesk("block_choices", label="段落", widget=forms.CheckboxSelectMultiple)
    to = FromDesk("issue_article_choices", label="移到文章", empty="另成一篇新文章")
    before = PlaceField()


class SetAside(ActForm):
    blocks = SeveralFromDesk("block_choices", label="段落", widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(label="搁置原因", choices=Block.Reason.choices, initial=Block.Reason.EDITOR)
    note = forms.CharField(label="说明", required=False, max_length=200)
