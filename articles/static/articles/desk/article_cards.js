// The articles as cards, in page order: title block, paragraphs with their joins, how each is filed, its doubts.

import { COMMANDS } from "./commands.js";
import { h } from "./dom.js";
import { tellDoubt } from "./doubts.js";
import { keyOf } from "./keys.js";
import { paragraphsOf, passageOf, TITLES } from "./optimism.js";
import { cleanTitle, confidenceWords } from "./text.js";

export function articleCards(app) {
  const { state } = app.store;
  if (!state.articles.length) return h("p", { class: "quiet", key: "none" }, "这一版没有文章。选中左边的段落，按 n 另成一篇。");
  return state.articles.map((article, i) => tellArticle(app, article, i + 1));
}

function tellArticle(app, article, number) {
  const { state } = app.store;
  const isCurrent = article.passages.includes(app.selection.at);
  const doubts = state.doubts.filter((doubt) => (doubt.at ? article.passages.includes(doubt.at) : doubt.article === article.id));
  return h("article", { key: `a${article.id}`, id: `a${article.id}`, class: `card ${app.tints.of(article.id)}${isCurrent ? " current" : ""}`, "data-article": article.id, "aria-labelledby": `t${article.id}` },
    h("div", { class: "card-head" },
      h("button", { type: "button", class: "pick", "data-command": "pick_article", "data-article": article.id, "aria-label": `选中第${number}篇` }, String(number)),
      h("div", { class: "titles" }, titleBlock(app, article, number))),
    facts(app, article),
    doubts.map((doubt) => tellDoubt(app, doubt)),
    h("div", { class: "body" }, paragraphsOf(state, article).map(([role, passages]) => paragraph(app, role, passages))),
    state.may.mend && h("div", { class: "presses card-acts" }, acts(app, article, number)));
}

function titleBlock(app, article, number) {
  const { state } = app.store;
  const of = (role) => article.passages.map((id) => passageOf(state, id)).filter((passage) => passage?.role === role);
  const line = (role, tag, attributes = {}) => {
    const runs = of(role);
    return runs.length > 0 && h(tag, { class: role, key: role, ...attributes }, runs.map((passage, i) => [i > 0 && " ", run(app, passage, cleanTitle(passage.text))]));
  };
  const untitled = h("h3", { class: `headline${article.headline ? "" : " untitled"}`, key: "headline", id: `t${article.id}` }, article.title);
  const mend = !article.headline && state.may.mend && act("headline", article.supplied ? "改拟标题" : "拟标题", article, { class: "quiet-press" });
  const [column, kicker, headline, subheadline] = TITLES.map((role) => line(role, role === "headline" ? "h3" : "p", role === "headline" ? { id: `t${article.id}` } : {}));
  return [h("span", { class: "visually-hidden" }, `第${number}篇`), column, kicker, headline || untitled, mend, subheadline];
}

function run(app, passage, text = passage.text) {
  const isPicked = app.selection.has(passage.id);
  return h("span", { class: `run${isPicked ? " picked" : ""}`, key: `r${passage.id}`, "data-passage": passage.id, draggable: app.store.state.may.mend ? "true" : null }, text);
}

function paragraph(app, role, passages) {
  const key = `p${passages[0].id}`;
  const seam = (passage) =>
    app.store.state.may.mend
      ? h("button", { type: "button", class: "seam", key: `s${passage.id}`, tabindex: "-1", "data-command": "unjoin", "data-passage": passage.id, "aria-label": `在第${passage.number}段前断开`, title: "在此断开（p）" }, "⌇")
      : h("span", { class: "seam", key: `s${passage.id}` });
  return h(role === "subheading" ? "h4" : "p", { class: role, key }, passages.map((passage, i) => [i > 0 && seam(passage), run(app, passage, role === "subheading" ? cleanTitle(passage.text) : passage.text)]));
}

function facts(app, article) {
  const { choices } = app;
  const { state } = app.store;
  const named = (pairs, code) => pairs.find(([known]) => known === code)?.[1];
  const column = typeof article.column === "string" ? article.column : named(choices.columns, article.column);
  const credits = article.credits.map((credit) => `${named(choices.credit_roles, credit.role) ?? ""} ${credit.unit ? `${credit.unit} ` : ""}${credit.name}`.trim()).join("、");
  const may = state.may.mend;
  const fact = (command, label, words) => (may ? act(command, words, article, { class: "fact", "aria-label": `${label}：${words}，改……` }) : h("span", { class: "fact" }, words));
  return h("div", { class: "facts" },
    fact("kind", "体裁", named(choices.kinds, article.kind) ?? ""),
    fact("category", "类别", named(choices.categories, article.category) ?? "未归类"),
    fact("column", "栏目", column ?? "无栏目"),
    fact("credits", "署名", credits || "无署名"),
    fact("keywords", "关键词", article.keywords.length ? article.keywords.join(" ") : "无关键词"),
    h("span", { class: "quiet" }, `${article.length}字`, article.confidence !== null && ` · ${confidenceWords(article.confidence)}`),
    article.withdrawn && h("strong", { class: "wrong" }, `已撤下：${article.withdrawn_reason}`),
    article.elsewhere.map((other) => h("a", { href: other.desk_url }, `另有一部分在${other.label}`)),
    !article.elsewhere.length && article.continued_from && h("span", { class: "quiet" }, `上接第${article.continued_from}版（未接上）`),
    !article.elsewhere.length && article.continued_on && h("span", { class: "quiet" }, `下转第${article.continued_on}版（未接上）`));
}

function acts(app, article, number) {
  const { state } = app.store;
  const others = article.withdrawn ? "恢复" : "撤下……";
  return [
    number > 1 && act("merge_previous", "并入上一篇", article),
    number < state.articles.length && act("merge_next", "并上下一篇", article),
    act("merge_any", "合并……", article),
    !COMMANDS.in_page_order.not({ state, article }) && act("in_page_order", "按版面次序重排", article),
    act("jump", "转版……", article),
    state.may.withdraw && act("withdraw", others, article),
    article.admin_url && h("a", { href: article.admin_url }, "历史"),
  ];
}

function act(command, words, article, attributes = {}) {
  const key = keyOf(command);
  return h("button", { type: "button", key: `${command}${article.id}`, "data-command": command, "data-article": article.id, title: key && `按键 ${key}`, ...attributes }, words);
}
