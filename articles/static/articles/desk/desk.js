// The correction desk: starts everything, draws the screen anew whenever the page or what is chosen has changed.

import { articleCards } from "./article_cards.js";
import { confirm } from "./act_dialogs.js";
import { runCommand } from "./commands.js";
import { Drafts } from "./dialogs.js";
import { h, isTyping, renderInto } from "./dom.js";
import { doubtsOf, tellDoubt } from "./doubts.js";
import { listenToDragging } from "./dragging.js";
import { journal } from "./journal.js";
import { listen as listenToKeys } from "./keyboard.js";
import { notices } from "./notices.js";
import { pageFacts, pageTools } from "./page_bar.js";
import { Presence } from "./presence.js";
import { showRefusal } from "./refusal.js";
import { Selection } from "./selection.js";
import { getJson, Sender } from "./sending.js";
import { sourcePassages } from "./source_pane.js";
import { Store } from "./store.js";
import { Tints } from "./tints.js";
import { toolbar } from "./toolbar.js";
import { asideCount, coverage, tray } from "./tray.js";
import { Views } from "./views.js";

const SAID_FOR = 8_000;

class App {
  news = [];
  doubt = null; // the id of the doubt gone to, while nothing else is chosen
  #silence;
  #later = null; // what to do once everything is sent
  #leaving = false; // with acts that wait for the next visit

  constructor(desk, state, choices) {
    this.desk = desk;
    this.choices = choices;
    this.addresses = addressesOf(desk);
    this.store = new Store(state, desk.dataset.me);
    this.drafts = new Drafts(desk.dataset.me, state.page.id);
    this.selection = new Selection(() => this.store.state.passages);
    this.tints = new Tints();
    this.views = new Views(this, desk);
    this.presence = new Presence(this.store, this.addresses.pulse);
  }

  start() {
    this.store.addEventListener("change", ({ detail }) => this.#hear(detail));
    this.selection.addEventListener("change", () => this.#follow());
    this.presence.addEventListener("change", () => this.render());
    this.desk.addEventListener("click", (event) => this.#click(event));
    this.desk.addEventListener("dblclick", (event) => event.target.closest(".passage, .run") && this.run("edit"));
    window.addEventListener("beforeunload", (event) => !this.store.isIdle && !this.#leaving && event.preventDefault());
    window.addEventListener("hashchange", () => this.#goToHash());
    document.addEventListener("copy", (event) => this.#copy(event));
    listenToKeys(this);
    listenToDragging(this, this.desk);
    this.sender = new Sender(this.store, this.addresses);
    this.render();
    this.desk.dataset.ready = "";
    const { open } = this.drafts;
    if (location.hash) this.#goToHash();
    else this.focusPassage();
    if (open) this.#openAgain(open);
  }

  /** A dialog that was open when the page was left. */
  #openAgain({ command, given }) {
    const at = given.passage ?? this.store.state.articles.find(({ id }) => id === given.article)?.passages[0];
    const chosen = given.passages ?? (at === undefined ? [] : [at]);
    if (chosen.length) this.choose(...chosen);
    this.run(command, given);
  }

  run(command, given) {
    return runCommand(this, command, given);
  }

  /** Choose passages, the first of them at hand and in focus. */
  choose(...ids) {
    this.views.showSource();
    this.selection.choose(...ids);
  }

  focusPassage() {
    document.getElementById(`b${this.selection.at}`)?.focus({ preventScroll: true });
  }

  showDoubt(doubt) {
    const article = this.store.state.articles.find(({ id }) => id === doubt.article);
    if (doubt.at ?? article) this.choose(doubt.at ?? article.passages[0]);
    this.doubt = doubt.id;
    this.render();
    const shown = document.getElementById(`d${doubt.id}`);
    shown?.scrollIntoView({ block: "nearest" });
    this.say(`${doubt.kind}：${doubt.text}`, { isSeen: Boolean(shown?.offsetParent) });
  }

  /** Tell what was done, aloud and on the screen; only aloud what is seen there anyway. */
  say(words, { isSeen = false } = {}) {
    const said = this.desk.querySelector("#desk-said");
    said.classList.toggle("visually-hidden", isSeen);
    said.textContent = said.textContent === words ? `${words}\u200b` : words;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => (said.textContent = ""), SAID_FOR);
  }

  roleWords(role) {
    return this.choices.roles.find(([code]) => code === role)?.[1] ?? role;
  }

  /** Do something once all acts have been answered. */
  onceSent(does) {
    if (this.store.held) this.say("前面的改动还没有送到。");
    else if (this.store.isIdle) does();
    else this.#later = this.#later ? followedBy(this.#later, () => this.onceSent(does)) : does;
  }

  /** Go to another page once all is sent. */
  leaveFor(address) {
    const go = () => location.assign(address);
    if (!this.store.held || this.store.isIdle) return this.onceSent(go);
    return confirm({ title: "还有改动没有送到", words: "它们留在这个标签页里，回到这一版时再送。", yes: "离开", done: () => this.#leaveAnyway(go) });
  }

  #leaveAnyway(go) {
    this.#leaving = true;
    go();
  }

  render() {
    const { state } = this.store;
    this.tints.learn(state);
    this.selection.prune();
    const share = coverage(state.coverage);
    const parts = {
      "#desk-facts": pageFacts(this),
      "#desk-tools": pageTools(this),
      "#desk-notices": notices(this),
      "#coverage-words": share.words,
      "#page-doubts": doubtsOf(state, ({ at, article }) => !at && !article).map((doubt) => tellDoubt(this, doubt)),
      "#passages": sourcePassages(this),
      "#toolbar": state.may.mend ? toolbar(this) : [],
      "#cards": articleCards(this),
      "#aside-count": `${asideCount(state)} 段`,
      "#tray": tray(this),
      "#journal": journal(this),
    };
    const hadFocus = document.activeElement;
    for (const [place, fresh] of Object.entries(parts)) renderInto(this.desk.querySelector(place), fresh);
    this.desk.querySelector("#coverage-share").style.width = `${100 * share.share}%`;
    if (hadFocus !== document.body && !hadFocus.isConnected) this.focusPassage();
  }

  #hear({ what, act, done, renamed, news, acts }) {
    if (renamed) (renamed.isPassage ? this.selection : this.tints).rename(renamed.old, renamed.now);
    if (what === "news") this.news = news;
    if (what === "asked") this.news = [];
    this.render();
    if (what === "asked") {
      this.#showArticle();
      this.say(act.words);
    }
    if (what === "done") this.#tellDone(act, done);
    if (what === "dropped") this.say(`放弃了：${acts.map((dropped) => dropped.words).join("；")}`);
    if (what === "refused") this.#whenFree(() => this.store.refusal && showRefusal(this));
    if (what === "done" && this.store.isIdle && this.#later) {
      const does = this.#later;
      this.#later = null;
      does();
    }
  }

  #tellDone(act, done) {
    if (act.then) return this.leaveFor(act.then);
    const undone = act.name === "undo" && /^b(\d+)$/.exec(done.place);
    if (undone && this.store.isIdle) this.choose(Number(undone[1]));
    if (act.name === "accept_doubt") this.#showArticle(); // what accepting did is not guessed
    const reopened = done.reopened ? "原已送审或签发的版面因这次改动重新打开。" : "";
    return this.say(`已做：${act.words}。${done.entry === null ? done.words : ""}${reopened}`);
  }

  /** Not over a dialog in which somebody is typing. */
  #whenFree(does) {
    const open = document.querySelector("dialog[open]");
    if (open) open.addEventListener("close", () => setTimeout(() => this.#whenFree(does)), { once: true });
    else does();
  }

  /** What is chosen has changed: show it on both sides, and keep the focus on it. */
  #follow() {
    this.doubt = null;
    this.render();
    const { at } = this.selection;
    const passage = document.getElementById(`b${at}`);
    passage?.scrollIntoView({ block: "nearest" });
    this.#showArticle();
    if (passage?.offsetParent) passage.focus({ preventScroll: true });
  }

  /** Bring the passage at hand into view where it stands in its article, or in the tray. */
  #showArticle() {
    const { at } = this.selection;
    const run = this.desk.querySelector(`.run[data-passage="${at}"]`) ?? this.desk.querySelector(`.aside-passage[data-passage="${at}"]`);
    if (run && isWide() && !this.desk.classList.contains("dragging")) run.scrollIntoView({ block: "nearest" });
  }

  #click(event) {
    const { target } = event;
    const button = target.closest("[data-command], [data-notice]");
    if (button) return button.dataset.notice ? this.#answer(button.dataset.notice) : this.#press(button);
    const place = target.closest("[data-passage]");
    if (!place || target.closest("dialog")) return null;
    const id = Number(place.dataset.passage);
    if (event.shiftKey) return this.selection.extend(id);
    return event.ctrlKey || event.metaKey ? this.selection.toggle(id) : this.selection.choose(id);
  }

  /** The chosen passages, where no words are marked. */
  #copy(event) {
    if (isTyping(event.target) || String(getSelection()) || document.querySelector("dialog[open]")) return;
    const chosen = this.store.state.passages.filter(({ id }) => this.selection.has(id));
    event.clipboardData.setData("text/plain", chosen.map(({ text }) => text).join("\n"));
    event.preventDefault();
    this.say(`已复制${chosen.length}段。`);
  }

  #press(button) {
    const { command } = button.dataset;
    const given = Object.fromEntries(["passage", "article", "doubt", "entry"].filter((name) => button.dataset[name]).map((name) => [name, Number(button.dataset[name])]));
    button.closest("details.more")?.removeAttribute("open");
    if (command === "show") return this.choose(given.passage);
    if (given.article && !this.store.state.articles.find(({ id }) => id === given.article)?.passages.includes(this.selection.at)) this.#pointAt(given.article);
    return this.run(command, given);
  }

  /** What is done to an article by its card is done with its first passage at hand. */
  #pointAt(id) {
    const first = this.store.state.articles.find((article) => article.id === id)?.passages[0];
    if (first !== undefined) this.selection.choose(first);
  }

  #answer(notice) {
    const { store } = this;
    if (notice === "send") store.resume();
    if (notice === "drop") store.drop([...store.acts]);
    if (notice === "refusal") showRefusal(this);
    if (notice === "heard") this.news = [];
    this.render();
    if (document.activeElement === document.body) this.focusPassage();
  }

  #goToHash() {
    const [, kind, id] = /^#([ab])(\d+)$/.exec(location.hash) ?? [];
    const article = kind === "a" && this.store.state.articles.find((other) => other.id === Number(id));
    if (kind === "b" || article) this.choose(kind === "b" ? Number(id) : article.passages[0]);
  }
}

function followedBy(first, second) {
  return () => {
    first();
    second();
  };
}

function isWide() {
  return matchMedia("(min-width: 60em)").matches;
}

/** The addresses of the desk, with the queue's filters on. */
function addressesOf({ dataset }) {
  const here = (address) => address + location.search;
  const { actUrl, pulseUrl, choicesUrl, peopleUrl, summaryUrl, historyUrl, queueUrl } = dataset;
  return { act: here(actUrl), pulse: here(pulseUrl), choices: here(choicesUrl), people: peopleUrl, summary: here(summaryUrl), history: historyUrl, queue: here(queueUrl) };
}

const desk = document.getElementById("desk");
const state = JSON.parse(document.getElementById("desk-state").textContent);
try {
  const choices = await getJson(desk.dataset.choicesUrl + location.search);
  new App(desk, state, choices).start();
} catch (error) {
  renderInto(desk.querySelector("#desk-notices"), h("div", { class: "notice bad", role: "alert" },
    h("span", {}, "校样台没有打开，可能是连接断了或登录已过期。"),
    h("span", { class: "presses" }, h("a", { href: location.href }, "再试一次"), " ", h("a", { href: desk.dataset.plainUrl }, "用普通页面"))));
  throw error;
}
