// What acts ask for beyond a key or a press, one function for each. Each gets the context of its command.

import { chooser, field, openDialog, openForm, openMenu, select, textArea, textInput } from "./dialogs.js";
import { h } from "./dom.js";
import { excerpt, likeness } from "./text.js";

const ROLE_KEYS = { column: "l", kicker: "y", headline: "z", subheadline: "f", byline: "s", body: "w", subheading: "x", caption: "t", furniture: "b" };

export function chooseRole(context, done) {
  const { app, passages } = context;
  const current = passages.every(({ role }) => role === passages[0].role) ? passages[0].role : null;
  const choices = app.choices.roles.map(([code, words]) => [ROLE_KEYS[code], code, words]);
  openMenu({ title: "这段文字是", name: "set_role", choices, current, done: (role, words) => role !== current && done(context, role, words) });
}

export function editText({ app, passage }) {
  const printed = passage.source ?? passage.text;
  const restore = passage.source !== null && h("button", { type: "submit", name: "restore", value: "on" }, "恢复原文");
  const { form } = openForm({
    app,
    command: "edit",
    given: { passage: passage.id },
    title: `改第${passage.number}段的字`,
    wide: true,
    submit: "改好",
    extra: restore ? [restore] : [],
    build: (values) => [
      h("p", { class: "printed" }, h("span", { class: "tag" }, "原文"), " ", printed),
      field("改正为", textArea("text", values?.text ?? passage.text, { rows: Math.min(14, 3 + passage.text.length / 40), autofocus: true }), "回车改好，Shift＋回车换行。原文总是留着。"),
    ],
    done: (data, draft) => {
      const text = data.get("text");
      if (!data.get("restore") && !text.trim()) return "请写出这段文字；若它不该在文章里，请把它搁置。";
      const fields = [["block", passage.id], ["text", text], ...(data.get("restore") ? [["restore", "on"]] : [])];
      app.store.ask("edit_text", fields, { words: data.get("restore") ? `第${passage.number}段恢复原文` : `改正第${passage.number}段`, draft });
      return "";
    },
  });
  form.elements.text.setSelectionRange(0, 0);
}

/** Words that readers are not to get; what is selected on the screen stands there already. */
export function maskWords({ app, passage }) {
  const selected = document.getSelection()?.toString().trim() ?? "";
  openForm({
    app,
    command: "mask",
    given: { passage: passage.id },
    title: `遮盖第${passage.number}段的字句`,
    submit: "遮盖",
    build: (values) => [
      field("读者不该看到的字句", textInput("words", values?.words ?? (passage.text.includes(selected) ? selected : ""), { maxlength: 1000, required: true, autofocus: true, class: "long" }), "照这一段抄写。编辑仍看得到原文。"),
      field("本版各处都遮盖", h("input", { type: "checkbox", name: "everywhere", checked: values?.everywhere })),
    ],
    done: (data, draft) => {
      if (!passage.text.includes(data.get("words").trim())) return "这一段里没有这几个字，请照着抄写。";
      app.store.ask("hide_text", [["block", passage.id], ...data], { words: `遮盖第${passage.number}段的字句`, draft });
      return "";
    },
  });
}

/** Words that are masked and need not be. */
export function unmaskWords({ app, passage }) {
  const letters = [...passage.text];
  const choices = passage.masked.map(([start, end]) => [start, letters.slice(start, end).join("").replace(/\s+/gu, " ")]);
  openForm({
    app,
    command: "unmask",
    given: { passage: passage.id },
    title: `公开第${passage.number}段所遮盖的`,
    submit: "公开",
    build: (values) => [
      field("已遮盖的字句", select("words", choices, values?.words, { autofocus: true })),
      field("本版各处都公开", h("input", { type: "checkbox", name: "everywhere", checked: values?.everywhere })),
    ],
    done: (data, draft) => {
      app.store.ask("show_text", [["block", passage.id], ...data], { words: `公开第${passage.number}段所遮盖的`, draft });
      return "";
    },
  });
}

/** The text with a caret that can be moved but not type. */
export function cutPassage(context, done) {
  const { app, passage } = context;
  const text = textArea("text", passage.text, { rows: Math.min(14, 3 + passage.text.length / 40), autofocus: true, class: "cutting", "aria-describedby": "cut-preview" });
  const preview = h("p", { id: "cut-preview", class: "preview", "aria-live": "polite" });
  const { form } = openForm({
    app,
    command: "cut",
    given: { passage: passage.id },
    title: `切开第${passage.number}段`,
    wide: true,
    submit: "在光标处切开",
    build: () => [field("把光标移到要切开的地方，按回车", text, "← → 移一字，Ctrl＋→ 移到下一句。"), preview],
    done: () => {
      const caret = text.selectionStart;
      if (!passage.text.slice(0, caret).trim() || !passage.text.slice(caret).trim()) return "请在文字中间选一个切开的位置，两边都要有字。";
      queueMicrotask(() => done(context, caret)); // once the dialog has given the focus back
      return "";
    },
  });
  const show = () => {
    const at = text.selectionStart;
    preview.textContent = `…${excerpt(passage.text.slice(Math.max(0, at - 16), at), 16)} ✂ ${excerpt(passage.text.slice(at, at + 16), 16)}…`;
  };
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.altKey) || !["ArrowRight", "ArrowLeft"].includes(event.key)) return;
    event.preventDefault();
    const at = sentenceEnd(passage.text, text.selectionStart, event.key === "ArrowRight");
    text.setSelectionRange(at, at);
    show();
  });
  document.addEventListener("selectionchange", show, { signal: whenClosed(form) });
  const end = sentenceEnd(passage.text, 0, true);
  const first = end < passage.text.length ? end : Math.floor(end / 2);
  text.setSelectionRange(first, first);
  show();
}

function whenClosed(form) {
  const ended = new AbortController();
  form.closest("dialog").addEventListener("close", () => ended.abort());
  return ended.signal;
}

function sentenceEnd(text, from, forward) {
  const ends = [...text.matchAll(/[。！？；…：，、][”’」』）)]*|\n/gu)].map((match) => match.index + match[0].length);
  const found = forward ? ends.find((end) => end > from) : ends.findLast((end) => end < from);
  return found ?? (forward ? text.length : 0);
}

export function moveTo(context, done) {
  const { app, state, passages } = context;
  const onPage = state.articles.map((article, i) => [article.id, `${i + 1} 《${excerpt(article.title, 24)}》`]);
  const elsewhere = app.choices.articles.filter((article) => !article.on_this_page).map((article) => [article.id, `${article.page_label} 《${excerpt(article.title, 24)}》`]);
  const places = h("select", { name: "before", id: "field-before" });
  const { form } = openForm({
    app,
    command: "move_to",
    given: { passages: passages.map(({ id }) => id) },
    title: "移到哪一篇",
    submit: "移动",
    build: (values) => [chooser("to", "文章", [...onPage, ...elsewhere], values?.to ?? nearestOther(state, passages)?.id), field("位置", places)],
    done: (data, draft) => {
      if (!data.get("to")) return "请选一篇文章。";
      const id = Number(data.get("to"));
      const article = state.articles.find((other) => other.id === id) ?? app.choices.articles.find((other) => other.id === id);
      done(context, article, data.get("before"), draft);
      return "";
    },
  });
  const layOut = (event) => {
    if (event?.target === places) return;
    const article = state.articles.find(({ id }) => String(id) === form.elements.to.value);
    const inside = article?.passages.map((id) => state.passages.find((passage) => passage.id === id)).filter((passage) => !passages.includes(passage)) ?? [];
    const before = inside.map((passage) => [passage.id, `第${passage.number}段 ${excerpt(passage.text, 14)} 之前`]);
    places.replaceChildren(...select("before", [["", "按版面次序"], ["end", "文末"], ...before], "").children);
    places.value = "";
  };
  form.addEventListener("input", layOut);
  form.addEventListener("change", layOut);
  layOut();
}

/** The article that the passages most likely belong to: the nearest above them that is not theirs, or else below. */
function nearestOther({ articles, passages }, moving) {
  const at = passages.indexOf(moving[0]);
  const around = [...passages.slice(0, at).reverse(), ...passages.slice(at)];
  const found = around.find(({ article }) => article !== null && article !== moving[0].article);
  return articles.find(({ id }) => id === found?.article);
}

/** A passage for a chooser, to be found by its number or any of its words. */
function nameWithWords({ id, number, text }) {
  return [id, `${number} ${excerpt(text, 26)}`, text];
}

/** Go to a passage by its number or some of its words. */
export function findPassage({ app, state }) {
  const choices = state.passages.map(nameWithWords);
  openForm({
    app,
    command: "find",
    keeps: false,
    title: "找一段",
    submit: "到这一段",
    build: () => chooser("passage", "段落", choices, app.selection.at),
    done: (data) => {
      if (!data.get("passage")) return "没有这样的一段。";
      queueMicrotask(() => app.choose(Number(data.get("passage")))); // once the dialog has given the focus back
      return "";
    },
  });
}

export function setAside(context) {
  const { app, passages } = context;
  const which = passages.length > 1 ? `${passages.length}段` : `第${passages[0].number}段`;
  openForm({
    app,
    command: "set_aside",
    given: { passages: passages.map(({ id }) => id) },
    title: `搁置${which}`,
    submit: "搁置",
    build: (values) => [
      field("原因", select("reason", app.choices.reasons, values?.reason ?? "editor", { autofocus: true })),
      field("说明", textInput("note", values?.note, { maxlength: 200 }), "可以不填。"),
    ],
    done: (data, draft) => {
      const words = app.choices.reasons.find(([code]) => code === data.get("reason"))[1];
      const hint = { reason: data.get("reason"), place_words: words + (data.get("note") ? `：${data.get("note")}` : "") };
      const fields = [...passages.map(({ id }) => ["blocks", id]), ["reason", data.get("reason")], ["note", data.get("note")]];
      app.store.ask("set_aside", fields, { words: `搁置${which}（${words}）`, hint, draft });
      return "";
    },
  });
}

export function foldPassage({ app, state, passage }) {
  const others = state.passages.filter((other) => other !== passage && other.text && other.repeats === null);
  const alike = new Map(others.map((other) => [other, likeness(passage.text, other.text)]));
  const choices = others.toSorted((a, b) => alike.get(b) - alike.get(a)).map(nameWithWords);
  openForm({
    app,
    command: "fold",
    given: { passage: passage.id },
    title: `第${passage.number}段重复的是`,
    submit: "标为重复",
    build: (values) => chooser("repeats", "它重复的一段", choices, values?.repeats ?? choices[0]?.[0]),
    done: (data, draft) => {
      if (!data.get("repeats")) return "请选一段。";
      app.store.ask("fold_block", [["block", passage.id], ["repeats", data.get("repeats")]], { words: `第${passage.number}段标为重复`, draft });
      return "";
    },
  });
}

export function merge(app, first, second, draft = null) {
  const words = `《${excerpt(first.title)}》与《${excerpt(second.title)}》合并`;
  app.store.ask("merge_articles", [["first", first.id], ["second", second.id]], { words, draft });
}

export function mergeAny({ app, state, article }) {
  pickArticle({ app, state, article, command: "merge_any", title: `《${excerpt(article.title)}》与哪一篇合并`, submit: "合并", orders: [["after", "那一篇接在后面"], ["before", "那一篇接在前面"]] }, (other, order, draft) =>
    order === "before" ? merge(app, other, article, draft) : merge(app, article, other, draft));
}

/** Choose another article of the page or its issue, and how it stands to this one. */
function pickArticle({ app, state, article, command, title, submit, orders }, done) {
  const onPage = state.articles.filter((other) => other !== article).map((other) => [other.id, `${state.articles.indexOf(other) + 1} 《${excerpt(other.title, 24)}》`]);
  const elsewhere = app.choices.articles.filter((other) => !other.on_this_page).map((other) => [other.id, `${other.page_label} 《${excerpt(other.title, 24)}》`]);
  const choices = command === "jump" ? [...elsewhere, ...onPage] : [...onPage, ...elsewhere];
  openForm({
    app,
    command,
    given: { article: article.id },
    title,
    submit,
    build: (values) => [chooser("other", "文章", choices, values?.other ?? choices[0]?.[0]), field("次序", select("order", orders, values?.order))],
    done: (data, draft) => {
      const id = Number(data.get("other"));
      const other = state.articles.find((known) => known.id === id) ?? app.choices.articles.find((known) => known.id === id);
      if (!other) return "请选一篇文章。";
      done(other, data.get("order"), draft);
      return "";
    },
  });
}

/** Where an article goes on: an article of another page, a page that is named, or nowhere. */
export function linkJump(context) {
  const { app, state, article } = context;
  const link = h("button", { type: "button" }, "接上另一版的文章……");
  const parts = article.elsewhere.length ? [{ page: state.page.id, label: state.page.label }, ...article.elsewhere] : [];
  const cuts = parts.map((part) => h("button", { type: "button", "data-page": part.page }, `断开它在${part.label}的部分`));
  const { dialog } = openForm({
    app,
    command: "jump",
    given: { article: article.id },
    title: `《${excerpt(article.title)}》转版`,
    submit: "注明版次",
    extra: [link, ...cuts],
    build: (values) => [
      field("上接第几版", textInput("from_page", values?.from_page ?? article.continued_from, { maxlength: 10, size: 6, autofocus: true })),
      field("下转第几版", textInput("on_page", values?.on_page ?? article.continued_on, { maxlength: 10, size: 6 }), "只知道版次、还没有接上时填；留空则取消。"),
    ],
    done: (data, draft) => {
      const fields = [["article", article.id], ["from_page", data.get("from_page")], ["on_page", data.get("on_page")]];
      app.store.ask("link_jump_to_page", fields, { words: `注明《${excerpt(article.title)}》的转版`, draft });
      return "";
    },
  });
  link.addEventListener("click", () => {
    dialog.close();
    linkToArticle(context);
  });
  for (const cut of cuts) {
    cut.addEventListener("click", () => {
      dialog.close();
      app.store.ask("unlink_jump", [["article", article.id], ["page", cut.dataset.page]], { words: `断开《${excerpt(article.title)}》的转版` });
    });
  }
}

function linkToArticle({ app, state, article }) {
  const orders = [["after", "那一篇是它的续文"], ["before", "它是那一篇的续文"]];
  pickArticle({ app, state, article, command: "jump", title: `《${excerpt(article.title)}》接哪一篇`, submit: "接上", orders }, (other, order, draft) => {
    const [head, continuation] = order === "before" ? [other, article] : [article, other];
    app.store.ask("link_jump", [["head", head.id], ["continuation", continuation.id]], { words: `《${excerpt(head.title)}》接《${excerpt(continuation.title)}》`, draft });
  });
}

// How an article is filed.

/** A dialog with one field about an article. */
function fileArticle({ app, article }, { command, act, words, build, read }) {
  openForm({
    app,
    command,
    given: { article: article.id },
    title: `《${excerpt(article.title)}》${words}`,
    submit: "改好",
    build,
    done: (data, draft) => {
      const { fields, hint } = read(data);
      app.store.ask(act, [["article", article.id], ...fields], { words: `改《${excerpt(article.title)}》的${words}`, hint, draft });
      return "";
    },
  });
}

const plainField = (name) => (data) => ({ fields: [[name, data.get(name)]] });

export function supplyHeadline(context) {
  const build = (values) => field("拟标题", textInput("text", values?.text ?? context.article.supplied, { maxlength: 200, autofocus: true, class: "long" }), "报上没有标题时用，显示时加方括号；留空则取消。");
  fileArticle(context, { command: "headline", act: "supply_headline", words: "标题", build, read: plainField("text") });
}

export function setKind(context) {
  const { app, article } = context;
  const choices = app.choices.kinds.map(([code, words], i) => [String(i + 1), code, words]);
  const done = (kind) => kind !== article.kind && app.store.ask("set_kind", [["article", article.id], ["kind", kind]], { words: `改《${excerpt(article.title)}》的体裁` });
  openMenu({ title: `《${excerpt(article.title)}》体裁`, name: "kind", choices, current: article.kind, done });
}

export function setCategory(context) {
  const { app, article } = context;
  const letters = "123456789abcdefghijklmnopqrstuvwxyz";
  const choices = [["0", "", "（未归类）"], ...app.choices.categories.map(([id, words], i) => [letters[i] ?? "", String(id), words])];
  const current = String(article.category ?? "");
  const done = (category) =>
    category !== current &&
    app.store.ask("set_category", [["article", article.id], ["category", category]], { words: `改《${excerpt(article.title)}》的类别`, hint: { category: category ? Number(category) : null } });
  openMenu({ title: `《${excerpt(article.title)}》类别`, name: "category", choices, current, done });
}

export function setColumn(context) {
  const { app, article } = context;
  const known = new Map(app.choices.columns.map(([id, words]) => [words, id]));
  const now = app.choices.columns.find(([id]) => id === article.column)?.[1] ?? "";
  const names = h("datalist", { id: "columns" }, [...known.keys()].map((words) => h("option", { value: words })));
  fileArticle(context, {
    command: "column",
    act: "set_column",
    words: "栏目",
    build: (values) => [field("栏目", textInput("name", values?.name ?? now, { list: "columns", maxlength: 100, autofocus: true, class: "long" }), "没有的栏目会新建；留空则无栏目。"), names],
    read: (data) => {
      const words = data.get("name").trim();
      const id = known.get(words);
      return { fields: [["column", id ?? ""], ["new_column", id ? "" : words]], hint: { column: id ?? (words || null) } };
    },
  });
}

export function setKeywords(context) {
  const build = (values) => field("关键词", textInput("keywords", values?.keywords ?? context.article.keywords.join(" "), { autofocus: true, class: "long" }), "用空格或顿号隔开。");
  fileArticle(context, { command: "keywords", act: "set_keywords", words: "关键词", build, read: plainField("keywords") });
}

export function withdraw(context) {
  const { app, article } = context;
  if (article.withdrawn) return app.store.ask("bring_back_article", [["article", article.id]], { words: `恢复《${excerpt(article.title)}》` });
  const build = (values) => field("撤下原因", textArea("reason", values?.reason, { maxlength: 500, rows: 3, required: true, autofocus: true }), "读者会看到。");
  return fileArticle(context, { command: "withdraw", act: "withdraw_article", words: "撤下", build, read: plainField("reason") });
}

// The page.

export function markUnfixable({ app }) {
  openForm({
    app,
    command: "unfixable",
    title: "这一版无法处理",
    submit: "记为无法处理",
    build: (values) => field("原因", textArea("reason", values?.reason, { maxlength: 500, rows: 3, required: true, autofocus: true })),
    done: (data, draft) => {
      app.store.ask("mark_unfixable", [["reason", data.get("reason")]], { words: "记为无法处理", draft });
      return "";
    },
  });
}

export function assignPage({ app }) {
  openForm({
    app,
    command: "assign",
    title: "这一版分派给",
    submit: "分派",
    build: (values) => field("编辑", select("to", [["", "（不分派）"], ...app.choices.editors], values?.to, { autofocus: true })),
    done: (data, draft) => {
      app.store.ask("assign_page", [["to", data.get("to")]], { words: "分派这一版", draft });
      return "";
    },
  });
}

/** A plain question; `done` when it is answered with yes. */
export function confirm({ title, words, yes, done }) {
  const [agree, cancel] = [h("button", { type: "button", class: "default", autofocus: true }, yes), h("button", { type: "button" }, "取消")];
  const dialog = openDialog({ title, body: h("div", {}, h("p", {}, words), h("p", { class: "press" }, agree, cancel)) });
  cancel.addEventListener("click", () => dialog.close());
  agree.addEventListener("click", () => {
    dialog.close();
    done();
  });
}
