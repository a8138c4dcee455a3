// What stands above the page when something is the matter: the line, the session, acts not yet sent, others' changes.

import { h } from "./dom.js";
import { excerpt } from "./text.js";

export function notices(app) {
  return [warning(app), news(app)];
}

function warning({ store, presence }) {
  const { acts, held, login, who } = store;
  const waiting = acts.length > 0 && `${acts.length} 步（${acts.slice(0, 3).map((act) => excerpt(act.words, 24)).join("；")}${acts.length > 3 ? "……" : ""}）`;
  const bar = (words, ...presses) => h("div", { key: "warning", class: "notice bad", role: "alert" }, h("span", {}, words), h("span", { class: "presses" }, presses));
  const send = press("send", waiting ? "送出" : "再试一次", "default");
  const drop = waiting && press("drop", "放弃");
  if (held === "signed_out") {
    const way = h("a", { href: login, target: "_blank", rel: "noopener" }, "登录（新标签页）");
    const why = who ? `这个浏览器现在登录的是${who}，请退出，用原来的账号登录。` : "登录已过期。";
    return bar(`${why}${waiting ? `${waiting}还没有送到，都留着；登录后再试一次。` : "登录后可以接着做。"}`, way, press("send", "再试一次", "default"), drop);
  }
  if (presence.lost) return bar(`连接断了。${waiting ? `${waiting}留在这里，连上以后再送。` : "可以接着做，改动会留在这里。"}`);
  if (held === "lost" && waiting) return bar(`连接恢复了。${waiting}还没有送到。`, send, drop);
  if (held === "kept") return bar(`上次离开时有${waiting}没有送到。`, send, drop);
  if (held === "refused") return bar(`没有做成：${store.refusal.act.words}。`, press("refusal", "看看为什么", "default"));
  return null;
}

function news({ news: entries }) {
  if (!entries.length) return null;
  const words = entries.slice(0, 3).map((entry) => `${entry.who}刚改了：${entry.name}${entry.words ? `，${excerpt(entry.words, 40)}` : ""}`);
  return h("div", { key: "news", class: "notice", role: "status" },
    h("span", {}, words.join("；"), entries.length > 3 && `，等${entries.length}处`),
    h("span", { class: "presses" }, press("heard", "知道了")));
}

function press(does, words, kind = null) {
  return h("button", { type: "button", key: does, "data-notice": does, class: kind }, words);
}
