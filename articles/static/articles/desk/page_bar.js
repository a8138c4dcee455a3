// The line above the page: its state, who else is here, undo and redo, the way through the queue, the way to the end.

import { finishOf } from "./finishing.js";
import { h } from "./dom.js";
import { keyOf } from "./keys.js";

export function pageFacts(app) {
  const { page, doubts, articles } = app.store.state;
  const by = { checking: page.checked_by && `${page.checked_by} 已校，待签发`, reviewed: page.signed_off_by && `${page.signed_off_by} 签发`, unfixable: page.state_reason }[page.state];
  const others = app.presence.others;
  return [
    h("span", { class: `state state-${page.state}` }, page.state_words),
    by && h("span", {}, by),
    page.assigned_to && h("span", {}, `分派给 ${page.mine ? "我" : page.assigned_to}`),
    h("span", {}, `${articles.length} 篇`),
    doubts.length
      ? h("button", { type: "button", class: "fact", key: "doubts", "data-command": "next_doubt", title: `按键 ${keyOf("next_doubt")}` }, `${doubts.length} 处疑问`)
      : h("span", {}, "没有疑问"),
    others.length > 0 && h("span", { class: "others", key: "others" }, `${others.join("、")}正在此页`),
    h("span", { class: "saving", key: "saving" }, saving(app.store)),
  ];
}

function saving({ acts, held }) {
  if (!acts.length) return "都已存好";
  return held ? `${acts.length} 步还没有送到` : "正在存……";
}

export function pageTools(app) {
  const { state } = app.store;
  const { page, queue, undo, redo, may } = state;
  const finish = finishOf(state);
  const step = (command, words, about) => press(command, words, { disabled: !about, title: about && `${words}：${about.words}（${keyOf(command)}）` });
  return [
    may.mend && step("undo", "撤销", undo),
    may.mend && step("redo", "重做", redo),
    may.mend && (page.mine || page.may_claim) && press("claim", page.mine ? "放下" : "我来校"),
    h("details", { class: "more", key: "more" },
      h("summary", {}, "更多"),
      h("div", { class: "more-list" },
        may.assign && press("assign", "分派……"),
        may.sign_off && page.state !== "pending" && press("reopen", "重开"),
        may.sign_off && page.state !== "unfixable" && press("unfixable", "无法处理……"),
        h("a", { href: page.plain_url }, "日期、版次、版名（普通页面）"),
        h("a", { href: app.addresses.history }, "这一版的历史"),
        page.public_url && h("a", { href: page.public_url }, "公开页"))),
    press("help", "? 键盘", { "aria-label": "键盘一览" }),
    h("span", { class: "turn", key: "turn" },
      queue.previous && h("a", { href: queue.previous.url, title: `${queue.previous.title}（[）` }, "‹ 上一版"),
      h("a", { href: app.addresses.queue }, `队列 ${queue.left}`),
      queue.next && h("a", { href: queue.next.url, title: `${queue.next.title}（]）` }, "下一版 ›")),
    !finish.why && press("finish", `${finish.words}……`, { class: "default", title: `按键 ${keyOf("finish")}` }),
  ];
}

function press(command, words, attributes = {}) {
  return h("button", { type: "button", key: command, "data-command": command, title: `按键 ${keyOf(command)}`, ...attributes }, words);
}
