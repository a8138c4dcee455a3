// The last acts on the page, each with a press to take it back.

import { h } from "./dom.js";

export function journal({ store: { state, isIdle } }) {
  if (!state.journal.length) return h("p", { class: "quiet", key: "none" }, "还没有人改过这一版。");
  return h("ol", { class: "journal", key: "journal" }, state.journal.map((entry) => tellEntry(entry, state.may.mend && isIdle)));
}

function tellEntry(entry, may) {
  return h("li", { key: `j${entry.id}`, class: entry.in_force ? null : "undone" },
    h("span", { class: "when" }, entry.when), " ", h("strong", {}, entry.who), " ", h("span", { class: "what" }, entry.name), entry.words && `：${entry.words}`,
    !entry.in_force && h("span", { class: "quiet" }, "（已撤销）"),
    may && entry.in_force && entry.may_undo && h("button", { type: "button", class: "quiet-press", "data-command": "undo_entry", "data-entry": entry.id, "aria-label": `${entry.undo_words}${entry.name}` }, entry.undo_words));
}
