// Doubts in words, each with one press to accept and one to dismiss it.

import { h } from "./dom.js";
import { keyOf } from "./keys.js";

export function doubtsOf(state, isMeant) {
  return state.doubts.filter(isMeant);
}

export function tellDoubt(app, doubt) {
  const { state } = app.store;
  const at = state.passages.find((passage) => passage.id === doubt.at);
  const origin = { reader: "读者", resplit: "重新拆分" }[doubt.origin];
  return h("div", { key: `d${doubt.id}`, id: `d${doubt.id}`, class: `doubt from-${doubt.origin}${doubt.id === app.doubt ? " at" : ""}`, tabindex: "-1", role: "group", "aria-label": `疑问：${doubt.kind}` },
    h("p", {},
      h("strong", {}, doubt.kind), " ",
      at && [h("button", { type: "button", class: "to", "data-command": "show", "data-passage": at.id }, `第${at.number}段`), " "],
      doubt.text, origin && h("span", { class: "quiet" }, `（${origin}）`)),
    state.may.mend && h("p", { class: "presses" },
      press(doubt, "accept", doubt.does ? `采纳：${doubt.does}` : "已处理"),
      press(doubt, "dismiss", "忽略")));
}

function press(doubt, command, words) {
  return h("button", { type: "button", "data-command": command, "data-doubt": doubt.id }, words, " ", h("kbd", { "aria-hidden": "true" }, keyOf(command)));
}
