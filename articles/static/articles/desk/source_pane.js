// The page's source in reading order: a list of passages, each in the colour of its article and with its number.

import { h } from "./dom.js";
import { articleOf } from "./optimism.js";
import { difference, excerpt } from "./text.js";

export function sourcePassages(app) {
  const { state } = app.store;
  const doubted = new Set(state.doubts.map((doubt) => doubt.at));
  let owner;
  return state.passages.map((passage) => {
    const begins = passage.article !== null && passage.article !== owner;
    owner = passage.article;
    return tellPassage(app, passage, { begins, isDoubted: doubted.has(passage.id) });
  });
}

function tellPassage(app, passage, { begins, isDoubted }) {
  const { state } = app.store;
  const article = articleOf(state, passage.article);
  const number = article && state.articles.indexOf(article) + 1;
  const isAt = passage.id === app.selection.at;
  const classes = ["passage", `role-${passage.role}`, article ? app.tints.of(article.id) : "apart", isAt && "at"];
  return h("div", {
    key: `b${passage.id}`, id: `b${passage.id}`, class: classes.filter(Boolean).join(" "), role: "option", "data-passage": passage.id,
    tabindex: isAt ? "0" : "-1", "aria-selected": String(app.selection.has(passage.id)), draggable: state.may.mend ? "true" : null,
  },
  h("span", { class: "margin" },
    h("span", { class: "article-number" }, article ? [h("span", { class: "visually-hidden" }, "第"), String(number), h("span", { class: "visually-hidden" }, "篇")] : "·"),
    h("span", { class: "number" }, String(passage.number))),
  h("span", { class: "words" },
    begins && h("span", { class: "belongs" }, excerpt(article.title, 30)),
    h("span", { class: "tag" }, article ? app.roleWords(passage.role) : passage.place_words),
    passage.joins && h("span", { class: "tag join" }, "接上段"),
    isDoubted && h("span", { class: "tag doubtful" }, "疑"),
    passage.source !== null && passage.masked?.length > 0 && h("span", { class: "tag masked" }, "有遮盖"),
    passage.source === null ? h("span", { class: "text" }, passage.text ? marked(passage) : "（空白）") : corrected(passage)));
}

/** The text, with what readers do not get marked. */
function marked({ text, masked }) {
  if (!masked?.length) return text;
  const letters = [...text];
  const parts = [];
  let at = 0;
  for (const [start, end] of masked) {
    parts.push(letters.slice(at, start).join(""), h("span", { class: "masked", title: "已遮盖，读者看不到" }, letters.slice(start, end).join("")));
    at = end;
  }
  return [...parts, letters.slice(at).join("")];
}

function corrected({ source, text }) {
  const { before, gone, come, after } = difference(source, text);
  return h("span", { class: "text" }, before, gone && h("del", {}, gone), come && h("ins", {}, come), after);
}
