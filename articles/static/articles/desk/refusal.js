// An act that the server refused: what was asked, why not, what came between, and how things are now, side by side.

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { articleOf, passageOf } from "./optimism.js";
import { difference, excerpt } from "./text.js";

/** Show the refusal that the store holds; shut without an answer it waits in the notice above the page. */
export function showRefusal(app) {
  const { act, refused } = app.store.refusal;
  const behind = app.store.acts.filter((other) => other !== act);
  const button = (words, does, attributes = {}) => {
    const made = h("button", { type: "button", ...attributes }, words);
    made.addEventListener("click", () => {
      dialog.close();
      does();
    });
    return made;
  };
  const retry = refused.why !== "forbidden" && button("再试一次", () => app.store.resume({ fresh: true }), { class: "default", autofocus: true });
  const mend = act.draft && button("改一改再提交", () => reopen(app, act));
  const drop = button("放弃", () => app.store.drop([act]), { autofocus: !retry });
  const dropAll = behind.length > 0 && button("全部放弃", () => app.store.drop([act, ...behind]));
  const body = h("div", {},
    h("p", { class: "wrong", role: "alert" }, refused.words),
    h("div", { class: "both" },
      h("section", {}, h("h3", {}, "您要做的"), h("p", {}, act.words), typed(act)),
      h("section", {}, h("h3", {}, "现在的样子"), now(app.store.server, act))),
    refused.between?.length > 0 && h("section", {}, h("h3", {}, "其间的改动"), h("ol", { class: "between" }, refused.between.map(tellEntry))),
    behind.length > 0 && h("section", {}, h("h3", {}, `后面还有${behind.length}步等着`), h("ol", { class: "behind" }, behind.map((other) => h("li", {}, other.words)))),
    h("p", { class: "press" }, retry, mend, drop, dropAll));
  const dialog = openDialog({ title: "没有做成", name: "refusal", wide: true, body });
}

function reopen(app, act) {
  app.store.drop([act]);
  app.drafts.write(`${act.draft.command} ${JSON.stringify(act.draft.given)}`, act.draft);
  app.run(act.draft.command, act.draft.given);
}

function tellEntry(entry) {
  return h("li", {}, h("span", { class: "quiet" }, entry.when), " ", h("strong", {}, entry.who), " ", entry.name, entry.words && `：${entry.words}`);
}

function typed(act) {
  return Object.entries(act.draft?.values ?? {}).filter(([name, value]) => ["text", "reason", "note", "keywords", "name"].includes(name) && value).map(([, value]) => h("p", { class: "typed" }, value));
}

/** The passages and articles that an act was about, as they are. */
function now(state, act) {
  const found = [];
  for (const [name, value] of act.fields) {
    const passage = ["block", "blocks", "at"].includes(name) && passageOf(state, value);
    const article = ["article", "first", "second", "to", "head", "continuation"].includes(name) && articleOf(state, value);
    if (passage) found.push(tellPassage(state, passage, name === "block" && act.name === "edit_text" ? act.draft?.values.text : undefined));
    if (article) found.push(h("p", {}, `第${state.articles.indexOf(article) + 1}篇《${article.title}》`));
  }
  return found.length ? found : h("p", { class: "quiet" }, `${state.page.title}，${state.page.state_words}`);
}

function tellPassage(state, passage, wanted) {
  const article = articleOf(state, passage.article);
  const where = article ? `《${excerpt(article.title)}》` : passage.place_words;
  const parts = wanted !== undefined && difference(passage.text, wanted);
  return [
    h("p", { class: "quiet" }, `第${passage.number}段 · ${where}${passage.joins ? " · 接上段" : ""}`),
    h("p", { class: "typed" }, passage.text),
    parts && [h("p", { class: "quiet" }, "与您所写的差别"), h("p", { class: "typed" }, excerpt(parts.before, 12), parts.gone && h("del", {}, parts.gone), parts.come && h("ins", {}, parts.come), excerpt(parts.after, 12))],
  ];
}
