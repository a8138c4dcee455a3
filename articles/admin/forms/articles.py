"""Forms of acts on articles."""

import re
from collections import defaultdict

from django import forms

from ...corrections import NEW_PERSON
from ...models import Article, Category, Column, Credit, Person
from .base import ActForm, FromDesk, Hidden, ToState, number_in

SPARE_CREDITS = 2
BETWEEN_WORDS = re.compile(r"[\s,，、;；]+")


class OnArticle(ActForm):
    subject = "article"
    article = Hidden("article_choices")


class Merge(ActForm):
    """`first` comes before `second`; where the form stands decides which of them is chosen."""

    either = {"first": "并上另一篇（接在后面）", "second": "并入另一篇（接在它后面）"}
    first = FromDesk("issue_article_choices", label="在前的文章")
    second = FromDesk("issue_article_choices", label="在后的文章")


class LinkJump(ActForm):
    either = {"head": "连接转版：接上它的续文", "continuation": "连接转版：它是另一篇的续文"}
    head = FromDesk("issue_article_choices", label="在前的文章")
    continuation = FromDesk("issue_article_choices", label="转版续文")


class LinkJumpToPage(OnArticle):
    from_page = forms.CharField(label="上接第几版", required=False, max_length=10)
    on_page = forms.CharField(label="下转第几版", required=False, max_length=10)

    def prepare(self):
        if article := self.named("article"):
            self.initial.setdefault("from_page", article.continued_from)
            self.initial.setdefault("on_page", article.continued_on)


class UnlinkJump(OnArticle):
    page = FromDesk("page_choices", label="断开它在这一版的部分")

    def prepare(self):
        article = self.named("article")
        others = self.desk.elsewhere.get(article.pk, []) if article else []
        on = {str(page.pk) for page in (self.desk.page, *others)} if others else set()
        field = self.fields["page"]
        field.choices = [c for c in field.choices if not c[0] or str(c[0]) in on]
        self.useless = not others


class Reorder(OnArticle):
    """A number for each passage of the article; the passages are read in the order of their numbers."""

    def prepare(self):
        article = self.named("article")
        self.passages = self.all_passages(article) if article else []
        for number, p in enumerate(self.passages, 1):
            where = "" if p.page.pk == self.desk.page.pk else f"（{p.page.label}）"
            label = f"{where}{p.block.get_role_display()} {' '.join(p.text.split())[:20]}"
            self.fields[f"place_{p.block.pk}"] = forms.IntegerField(
                label=label, initial=number, min_value=0, max_value=9999, widget=forms.NumberInput(attrs={"size": 3})
            )

    def all_passages(self, article):
        if not self.desk.elsewhere.get(article.pk):
            return self.desk.parts[article.pk]
        from ...assembly import read_passages

        return read_passages([article]).get(article.pk, [])

    def arguments(self):
        data = self.cleaned_data
        order = sorted(self.passages, key=lambda p: data[f"place_{p.block.pk}"])
        return {"article": data["article"], "order": [p.block for p in order]}


class SupplyHeadline(OnArticle):
    text = forms.CharField(label="拟标题", required=False, help_text="报上没有标题时用，显示时加方括号；留空则取消。")

    def prepare(self):
        if article := self.named("article"):
            self.initial.setdefault("text", article.supplied_headline)


class SetKind(OnArticle):
    kind = forms.ChoiceField(label="体裁", choices=Article.Kind.choices)

    def prepare(self):
        if article := self.named("article"):
            self.initial.setdefault("kind", article.kind)


class SetCategory(OnArticle):
    category = forms.ModelChoiceField(Category.objects.living(), label="类别", required=False, empty_label="（未归类）")

    def prepare(self):
        if article := self.named("article"):
            self.initial.setdefault("category", article.category_id)


class SetColumn(OnArticle):
    column = forms.ModelChoiceField(Column.objects.none(), label="栏目", required=False, empty_label="（无栏目）")
    new_column = forms.CharField(label="或新栏目", required=False, max_length=100, help_text="填了就以它为准。")

    def prepare(self):
        self.fields["column"].queryset = Column.objects.living().filter(newspaper=self.desk.page.newspaper_id)
        if article := self.named("article"):
            self.initial.setdefault("column", article.column_id)

    def arguments(self):
        data = self.cleaned_data
        return {"article": data["article"], "column": data["new_column"] or data["column"]}


class SetKeywords(OnArticle):
    keywords = forms.CharField(label="关键词", required=False, help_text="用空格或顿号隔开。")

    def prepare(self):
        if article := self.named("article"):
            self.initial.setdefault("keywords", " ".join(article.keywords))

    def arguments(self):
        data = self.cleaned_data
        return {**data, "keywords": [word for word in BETWEEN_WORDS.split(data["keywords"]) if word]}


class SetCredits(OnArticle):
    """A line of fields for each credit and some to spare; a line without a name is left out."""

    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=60, required=False)

    def prepare(self):
        article = self.named("article")
        credits = list(article.credits.all()) if article else []
        count = len(credits) + SPARE_CREDITS
        if self.is_bound and (sent := number_in(str(self.data.get("rows", "")))) is not None:
            count = min(sent, 60)
        self.initial["rows"] = self.count = count
        for i in range(count):
            credit = credits[i] if i < len(credits) else None
            self.fields[f"name_{i}"] = forms.CharField(
                label=f"姓名{i + 1}", required=False, max_length=60, initial=credit and credit.name
            )
            self.fields[f"role_{i}"] = forms.ChoiceField(
                label="身份", choices=Credit.Role.choices, initial=credit.role if credit else "reporter"
            )
            self.fields[f"unit_{i}"] = forms.CharField(
                label="单位", required=False, max_length=100, initial=credit and credit.unit
            )
        self._ask_for_people(credits)

    def _ask_for_people(self, credits):
        """Offer the namesakes of each name, and one more who is new."""
        names = [credit.name for credit in credits[: self.count]]
        if self.is_bound:
            names = [self.data.get(f"name_{i}", "").strip() for i in range(self.count)]
        people = defaultdict(dict)
        for person in Person.objects.living().filter(name__in={name for name in names if name}):
            people[person.name][str(person.pk)] = person
        self.people = [people.get(name, {}) for name in names]
        linked = {credit.name: credit.person_id for credit in credits}
        for i, found in enumerate(self.people):
            if found:
                self.fields[f"person_{i}"] = forms.ChoiceField(
                    label="人物",
                    required=False,
                    initial=linked.get(names[i]),
                    choices=[*self._told_apart(found), (NEW_PERSON, f"另一位{names[i]}（新建）")],
                )
        order = [f"{field}_{i}" for i in range(self.count) for field in ("name", "role", "unit", "person")]
        self.order_fields(["article", "rows", *order])

    def _told_apart(self, found):
        named = [(pk, f"{person.name}（{person.note or f'编号{pk}'}）") for pk, person in found.items()]
        if len(named) > 1 and self.is_bound:
            named.insert(0, ("", "有同名者，请选择"))
        return named if len(found) > 1 else [("", next(iter(found.values())).name)]

    def clean(self):
        data = super().clean()
        for i, found in enumerate(self.people):
            if len(found) > 1 and not data.get(f"person_{i}") and f"person_{i}" not in self.errors:
                self.add_error(f"person_{i}", "有几位同名的人物，请选择是哪一位。")
        return data

    def arguments(self):
        data = self.cleaned_data
        rows = [(data[f"name_{i}"], data[f"role_{i}"], data[f"unit_{i}"], self._person(i)) for i in range(self.count)]
        return {"article": data["article"], "credits": [row for row in rows if row[0].strip()]}

    def _person(self, i):
        chosen = self.cleaned_data.get(f"person_{i}")
        return NEW_PERSON if chosen == NEW_PERSON else self.people[i].get(chosen) if i < len(self.people) else None


class Withdraw(OnArticle):
    reason = forms.CharField(
        label="撤下原因",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="读者会看到。",
    )


class SetCorrects(OnArticle):
    corrects = forms.CharField(
        label="所更正的文章", required=False, help_text="填那一篇的编号或网址，如 /articles/12/；留空则取消。"
    )

    def prepare(self):
        if (article := self.named("article")) and article.corrects_id:
            self.initial.setdefault("corrects", article.corrects.get_absolute_url())

    def clean_corrects(self):
        typed = self.cleaned_data["corrects"].strip()
        if not typed:
            return None
        found = re.search(r"(?:^|/articles/|/article/)(\d{1,15})(?:/|$)", typed)
        article = Article.objects.filter(pk=found[1]).first() if found else None
        if article is None:
            raise forms.ValidationError("没有这篇文章，请填它的编号或网址。")
        return article


class RestoreArticle(ToState, OnArticle):
    """Chosen on the screen of the article, in its history."""
