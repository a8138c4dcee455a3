// 校完: the summary of what changed against the machine's split, then the act, then the next page of the queue.

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";

/** What the editor may do to be done with the page: {act, words}, or why nothing. */
export function finishOf({ page, may }) {
  if (page.state === "reviewed") return { why: "这一版已经签发。" };
  if (may.sign_off) {
    const words = page.needs_second && page.state !== "checking" ? "校毕，送审" : "签发";
    return { act: "sign_off", words };
  }
  if (may.mend && page.state === "pending") return { act: "send_to_review", words: "校完送审" };
  return { why: page.state === "checking" ? "这一版已送审，待有签发权限的同事签发。" : "您没有签发的权限。" };
}

export function finish({ app, state }) {
  const { act, words, why } = finishOf(state);
  if (why) return app.say(why);
  if (!app.store.isIdle) return app.onceSent(() => finish({ app, state: app.store.state }));
  const summary = h("div", { class: "summary", tabindex: "0", role: "region", "aria-label": "改动摘要" }, h("p", { class: "quiet" }, "正在取改动摘要……"));
  const next = state.queue.next;
  const agree = h("button", { type: "button", class: "default", autofocus: true }, words);
  const stay = h("button", { type: "button" }, `先不${words.slice(-2)}`);
  const then = h("span", { class: "quiet" }, next ? `之后到下一版：${next.title}` : "之后回队列。");
  const dialog = openDialog({ title: `${words}：${state.page.title}`, name: "finish", wide: true, body: h("div", {}, summary, h("p", { class: "press" }, agree, stay, then)) });
  stay.addEventListener("click", () => dialog.close());
  agree.addEventListener("click", () => {
    dialog.close();
    app.store.ask(act, [], { words, then: next?.url ?? app.addresses.queue });
  });
  summary.addEventListener("click", (event) => {
    const passage = event.target.closest("a[href*='#b']")?.hash.slice(2);
    if (!passage) return;
    event.preventDefault();
    dialog.close();
    app.choose(Number(passage));
  });
  return load(app.addresses.summary, summary);
}

async function load(address, summary) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    summary.replaceChildren(...page.body.childNodes);
  } catch {
    summary.replaceChildren(h("p", { class: "wrong" }, "改动摘要没有取到，可以照样办，也可以稍后再来。"));
  }
}
