// What stands in no article: the passages set aside, by their reason; and how much of the page is in its place.

import { h } from "./dom.js";
import { tellDoubt } from "./doubts.js";
import { excerpt } from "./text.js";

export function tray(app) {
  const { state } = app.store;
  const aside = state.passages.filter((passage) => passage.article === null);
  const ids = new Set(aside.map((passage) => passage.id));
  const doubts = state.doubts.filter((doubt) => ids.has(doubt.at));
  return [
    doubts.map((doubt) => tellDoubt(app, doubt)),
    h("ul", { class: "aside" }, aside.map((passage) =>
      h("li", { key: `x${passage.id}` },
        h("button", { type: "button", class: `aside-passage${app.selection.has(passage.id) ? " picked" : ""}`, "data-command": "show", "data-passage": passage.id, draggable: state.may.mend ? "true" : null },
          h("span", { class: "number" }, String(passage.number)), h("span", { class: "tag" }, passage.place_words), h("span", { class: "text" }, excerpt(passage.text, 60) || "（空白）"))))),
    !aside.length && h("p", { class: "quiet", key: "none" }, "没有搁置的文字。"),
  ];
}

export function asideCount(state) {
  return state.passages.filter((passage) => passage.article === null).length;
}

/** [words, share in articles]: every printed character is in an article or set aside. */
export function coverage({ articles, aside, total }) {
  const percent = (part) => (total ? Math.round((100 * part) / total) : 0);
  const whole = articles + aside === total ? 100 : percent(articles + aside);
  return { words: `文字 ${whole}% 有着落：文章 ${percent(articles)}%，搁置 ${100 - percent(articles)}%`, share: total ? articles / total : 0 };
}
