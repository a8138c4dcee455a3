// What an editor can do here, each command once, whether it is called by a key, the toolbar or a button of a card.
// `not` says in words why a command does not fit what is chosen (empty: it does); `run` does it.

import * as ask from "./act_dialogs.js";
import { editCredits } from "./credits_dialog.js";
import { finish } from "./finishing.js";
import { showHelp } from "./help.js";
import { excerpt, lengthOf } from "./text.js";
import { articleOf, paragraphsOf, passageOf, TITLES } from "./optimism.js";

/** What a command is about: the chosen passages, the article at hand, a doubt. `given` comes from the button pressed. */
export function contextOf(app, given = {}) {
  const { state } = app.store;
  const named = state.passages.find((passage) => passage.id === given.passage);
  const ids = named ? [named.id] : (given.passages ?? app.selection.ids);
  const passages = state.passages.filter((passage) => ids.includes(passage.id));
  const passage = named ?? passages.find(({ id }) => id === app.selection.at) ?? passages[0] ?? null;
  const article = articleOf(state, given.article ?? passage?.article) ?? null;
  return { app, state, passages, passage, article, doubt: doubtOf(app, given, passage, article), given };
}

/** The doubt whose button was pressed, the one gone to, or the first about the passage at hand or its whole article. */
function doubtOf({ doubt, store: { state } }, given, passage, article) {
  const wanted = given.doubt ?? doubt;
  if (wanted) return state.doubts.find(({ id }) => id === wanted);
  return state.doubts.find(({ at }) => passage && at === passage.id) ?? state.doubts.find((other) => article && !other.at && other.article === article.id);
}

export function runCommand(app, name, given) {
  const command = COMMANDS[name];
  const context = contextOf(app, given);
  const why = command.not?.(context);
  if (why) return app.say(why);
  return command.run(context);
}

// Words for what is chosen.

const name = (passages) => (passages.length === 1 ? `第${passages[0].number}段` : `第${passages[0].number}段等${passages.length}段`);
const titled = (article) => `《${excerpt(article.title)}》`;
const numberOf = (state, article) => state.articles.indexOf(article) + 1;
const blocks = (passages) => passages.map(({ id }) => ["blocks", id]);

// Why not.

const first = (...reasons) => (context) => reasons.reduce((why, reason) => why || reason(context), "");
const mayMend = ({ state }) => (state.may.mend ? "" : "您没有校改的权限。");
const hasPassage = first(mayMend, ({ passages }) => (passages.length ? "" : "请先选择段落。"));
const hasOne = first(hasPassage, ({ passages }) => (passages.length > 1 ? "请只选一段。" : ""));
const hasText = first(hasOne, ({ passage }) => (passage.text ? "" : "这是空白。"));
const inArticle = first(hasOne, ({ article }) => (article ? "" : "这一段不在文章里。"));
const areOf = (article, passages) => article && passages.every((passage) => passage.article === article.id);
const inOneArticle = first(hasPassage, ({ passages, article }) => (areOf(article, passages) ? "" : "请选同一篇文章里的段落。"));
const notWhole = first(hasPassage, ({ passages, article }) =>
  areOf(article, passages) && !article.elsewhere.length && passages.length === article.passages.length ? "这已经是单独一篇。" : "");
const hasArticle = first(mayMend, ({ article }) => (article ? "" : "请先选择一篇文章。"));
const hasDoubt = first(mayMend, ({ doubt }) => (doubt ? "" : "这里没有疑问。"));
const maySign = ({ state }) => (state.may.sign_off ? "" : "您没有签发的权限。");
const beside = (step) =>
  first(hasArticle, ({ state, article }) => (state.articles[state.articles.indexOf(article) + step] ? "" : step < 0 ? "这是第一篇。" : "这是最后一篇。"));
const isOutOfOrder = ({ state, article }) =>
  article.elsewhere.length ? "这篇文章还有一部分在别的版，请逐段移动。" : article.passages.join() === pageOrder(state, article).join() ? "已按版面次序。" : "";
const mayCut = first(inArticle, ({ passage, article }) =>
  article.passages[0] === passage.id && !article.elsewhere.length ? "这是文章的开头，请选中间的一段。" : "");
const readsOn = first(inArticle, ({ passage }) => (TITLES.includes(passage.role) ? "标题不能接上段。" : ""));

const FAR = 10;

export const COMMANDS = {
  // Passages.
  move_to_new: {
    words: "另成一篇",
    not: notWhole,
    run: ({ app, passages }) =>
      app.store.ask("move_blocks", [...blocks(passages), ["to", ""], ["before", ""]], { words: `${name(passages)}另成一篇`, makes: true }),
  },
  move_to: { words: "移到……", not: hasPassage, run: (context) => ask.moveTo(context, moveInto) },
  set_role: { words: "角色", not: hasPassage, run: (context) => ask.chooseRole(context, setRole) },
  join: { words: "接上段／断开", not: readsOn, run: toggleJoin },
  unjoin: { words: "断开", not: inArticle, run: toggleJoin },
  split_here: { words: "从此另起一篇", not: mayCut, run: (context) => splitArticle(context, false) },
  split_titled: { words: "另起，以此为标题", not: mayCut, run: (context) => splitArticle(context, true) },
  edit: { words: "改字", not: hasText, run: ask.editText },
  cut: { words: "切开", not: first(hasText, ({ passage }) => (passage.source === null ? "" : "这一段改正过，请先恢复原文再切开。")), run: (context) => ask.cutPassage(context, cutAt) },
  fold: { words: "标为重复／放回", not: first(hasText), run: fold },
  mask: { words: "遮盖", not: hasText, run: ask.maskWords },
  unmask: { words: "公开", not: first(hasOne, ({ passage }) => (passage.masked?.length ? "" : "这一段没有遮盖的字句。")), run: ask.unmaskWords },
  set_aside: { words: "搁置", not: hasPassage, run: ask.setAside },
  earlier: { words: "在文中前移", not: inOneArticle, run: (context) => shift(context, -1) },
  later: { words: "在文中后移", not: inOneArticle, run: (context) => shift(context, 1) },

  // Articles.
  merge_previous: { words: "并入上一篇", not: beside(-1), run: (context) => mergeNext(context, -1) },
  merge_next: { words: "并上下一篇", not: beside(1), run: (context) => mergeNext(context, 0) },
  merge_any: { words: "与另一篇合并……", not: hasArticle, run: ask.mergeAny },
  headline: { words: "拟标题", not: first(hasArticle, ({ article }) => (article.headline ? "这篇文章印有标题；如有错字，请改标题那一段的字。" : "")), run: ask.supplyHeadline },
  kind: { words: "体裁", not: hasArticle, run: ask.setKind },
  category: { words: "类别", not: hasArticle, run: ask.setCategory },
  column: { words: "栏目", not: hasArticle, run: ask.setColumn },
  keywords: { words: "关键词", not: hasArticle, run: ask.setKeywords },
  credits: { words: "署名", not: hasArticle, run: editCredits },
  in_page_order: { words: "按版面次序重排", not: first(hasArticle, isOutOfOrder), run: inPageOrder },
  jump: { words: "转版", not: hasArticle, run: ask.linkJump },
  withdraw: {
    words: "撤下／恢复",
    not: first(({ state }) => (state.may.withdraw ? "" : "您没有撤下文章的权限。"), ({ article }) => (article ? "" : "请先选择一篇文章。")),
    run: ask.withdraw,
  },

  // Doubts.
  accept: { words: "采纳疑问", not: hasDoubt, run: ({ app, doubt }) => app.store.ask("accept_doubt", [["doubt", doubt.id]], { words: `采纳“${excerpt(doubt.text)}”` }) },
  dismiss: { words: "忽略疑问", not: hasDoubt, run: ({ app, doubt }) => app.store.ask("dismiss_doubt", [["doubt", doubt.id]], { words: `忽略“${excerpt(doubt.text)}”` }) },
  next_doubt: { words: "下一处疑问", run: (context) => goToDoubt(context, 1) },
  previous_doubt: { words: "上一处疑问", run: (context) => goToDoubt(context, -1) },

  // The page.
  undo: { words: "撤销", not: ({ state }) => (state.undo ? "" : "没有可以撤销的。"), run: (context) => stepBack(context, "undo", "撤销") },
  redo: { words: "重做", not: ({ state }) => (state.redo ? "" : "没有可以重做的。"), run: (context) => stepBack(context, "redo", "重做") },
  undo_entry: {
    words: "撤销这一步",
    run: ({ app, state, given }) => {
      const entry = state.journal.find(({ id }) => id === given.entry);
      app.store.ask("undo", [["entry", given.entry]], { words: `${entry.undo_words}“${entry.name}”` });
    },
  },
  claim: {
    words: "我来校／放下",
    not: first(mayMend, ({ state }) => (state.page.mine || state.page.may_claim ? "" : "这一版不在待校，或已分派给别的同事。")),
    run: ({ app, state }) =>
      state.page.mine ? app.store.ask("release_page", [], { words: "放下这一版" }) : app.store.ask("claim_page", [], { words: "我来校这一版" }),
  },
  finish: { words: "校完／签发", not: first(({ state }) => (state.may.sign_off || state.may.mend ? "" : "您没有校改的权限。")), run: finish },
  reopen: { words: "重开", not: first(maySign, ({ state }) => (state.page.state === "pending" ? "这一版还没有送审或签发。" : "")), run: ({ app }) => app.store.ask("reopen", [], { words: "重开这一版" }) },
  unfixable: { words: "无法处理……", not: first(maySign, ({ state }) => (state.page.state === "unfixable" ? "已记为无法处理。" : "")), run: ask.markUnfixable },
  assign: { words: "分派……", not: ({ state }) => (state.may.assign ? "" : "您没有分派的权限。"), run: ask.assignPage },
  previous_page: { words: "队列上一版", not: ({ state }) => (state.queue.previous ? "" : "这是队列的第一版。"), run: ({ app, state }) => app.leaveFor(state.queue.previous.url) },
  next_page: { words: "队列下一版", not: ({ state }) => (state.queue.next ? "" : "这是队列的最后一版。"), run: ({ app, state }) => app.leaveFor(state.queue.next.url) },
  facsimile: { words: "原文／版面图", not: ({ state }) => (state.page.facsimile ? "" : "这一版没有版面图。"), run: ({ app }) => app.views.toggleFacsimile() },
  help: { words: "键盘一览", run: () => showHelp(COMMANDS) },

  // What is chosen.
  previous: { words: "上一段", run: ({ app }) => app.choose(app.selection.neighbour(-1)) },
  next: { words: "下一段", run: ({ app }) => app.choose(app.selection.neighbour(1)) },
  extend_up: { words: "连选上一段", run: ({ app }) => app.selection.extend(app.selection.neighbour(-1)) },
  extend_down: { words: "连选下一段", run: ({ app }) => app.selection.extend(app.selection.neighbour(1)) },
  walk_up: { words: "上一段，已选的不变", run: ({ app }) => app.selection.point(app.selection.neighbour(-1)) },
  walk_down: { words: "下一段，已选的不变", run: ({ app }) => app.selection.point(app.selection.neighbour(1)) },
  far_up: { words: `往上${FAR}段`, run: ({ app }) => app.choose(app.selection.neighbour(-FAR)) },
  far_down: { words: `往下${FAR}段`, run: ({ app }) => app.choose(app.selection.neighbour(FAR)) },
  find: { words: "找一段（段号或字句）", run: ask.findPassage },
  first: { words: "第一段", run: ({ app }) => app.choose(app.selection.neighbour(-Infinity)) },
  last: { words: "最后一段", run: ({ app }) => app.choose(app.selection.neighbour(Infinity)) },
  toggle: { words: "加选／去选", run: ({ app, given }) => app.selection.toggle(given.passage ?? app.selection.at) },
  previous_article: { words: "上一篇", run: (context) => goToArticle(context, -1) },
  next_article: { words: "下一篇", run: (context) => goToArticle(context, 1) },
  pick_paragraph: { words: "选中相接的各段", not: ({ article }) => (article ? "" : "这一段不在文章里。"), run: pickParagraph },
  pick_article: { words: "选中整篇", not: ({ article }) => (article ? "" : "这一段不在文章里。"), run: ({ app, article }) => app.choose(...article.passages) },
  unpick: { words: "只留一段", run: ({ app }) => app.choose(app.selection.at) },
};

/** Move what is chosen into the article with that number on the desk. */
export function moveToNumber(app, number) {
  const context = contextOf(app);
  const article = context.state.articles[number - 1];
  const why = hasPassage(context) || (article ? "" : `这一版没有第${number}篇。`);
  return why ? app.say(why) : moveInto(context, article);
}

/** `before`: the id of a passage, "end", or "" for where the page has them. */
export function moveInto({ app, state, passages }, article, before = "", draft = null) {
  const number = numberOf(state, article);
  const words = `${name(passages)}移到${number ? `第${number}篇` : ""}${titled(article)}`;
  app.store.ask("move_blocks", [...blocks(passages), ["to", article.id], ["before", before]], { words, hint: { title: article.title }, draft });
}

function setRole({ app, passages }, role, words) {
  const told = { words: `${name(passages)}改为${words}` };
  if (passages.length === 1) app.store.ask("set_role", [["block", passages[0].id], ["role", role]], told);
  else app.store.ask("set_roles", [...blocks(passages), ["role", role]], told);
}

function toggleJoin({ app, passage }) {
  if (passage.joins) app.store.ask("unjoin_block", [["block", passage.id]], { words: `第${passage.number}段断开` });
  else app.store.ask("join_block", [["block", passage.id]], { words: `第${passage.number}段接上段` });
}

function splitArticle({ app, passage }, asHeadline) {
  const fields = [["at", passage.id], ...(asHeadline ? [["as_headline", "on"]] : [])];
  app.store.ask("split_article", fields, { words: `从第${passage.number}段另起一篇${asHeadline ? "，以此为标题" : ""}`, makes: true });
}

/** Cut a passage at `caret`, a place in its text; what is behind it becomes the passage at hand. */
function cutAt({ app, passage }, caret) {
  const [head, tail] = [passage.text.slice(0, caret), passage.text.slice(caret)];
  if (!head.trim() || !tail.trim()) return app.say("请在这段文字中间选一个切开的位置，两边都要有字。");
  const blank = tail.length - tail.trimStart().length;
  const start = passage.text_start + lengthOf(passage.text.slice(0, caret + blank));
  const fields = [["block", passage.id], ["text", `${head}|${tail}`]];
  const act = app.store.ask("split_block", fields, { words: `切开第${passage.number}段`, hint: { caret, start }, makes: true });
  return app.choose(act.made);
}

function fold(context) {
  const { app, passage } = context;
  if (passage.repeats === null) return ask.foldPassage(context);
  const original = context.state.passages.find(({ id }) => id === passage.repeats);
  const to = original?.article ?? "";
  const fields = [["block", passage.id], ["to", to], ["before", ""]];
  return app.store.ask("unfold_block", fields, { words: `第${passage.number}段放回文章`, makes: to === "" });
}

function shift({ app, passages, article }, step) {
  const order = [...article.passages];
  const moving = order.filter((id) => passages.some((passage) => passage.id === id));
  const at = order.indexOf(moving[0]);
  if (order[at + moving.length - 1] !== moving.at(-1)) return app.say("请选文中相连的段落。");
  const to = at + step;
  if (to < 0 || to + moving.length > order.length) return app.say(step < 0 ? "已在文章最前面。" : "已在文章最后面。");
  order.splice(to, 0, ...order.splice(at, moving.length));
  return reorder(app, article, order, moving, `${name(passages)}在文中${step < 0 ? "前移" : "后移"}`);
}

/** The titles of an article and then the rest of it, each as they follow one another on the page. */
function pageOrder(state, article) {
  const parts = state.passages.filter(({ id }) => article.passages.includes(id));
  const isTitle = ({ role }) => TITLES.includes(role);
  return [...parts.filter(isTitle), ...parts.filter((passage) => !isTitle(passage))].map(({ id }) => id);
}

function inPageOrder({ app, state, article }) {
  const places = pageOrder(state, article).map((id, i) => [`place_${id}`, i + 1]);
  app.store.ask("reorder_blocks", [["article", article.id], ...places], { words: `${titled(article)}按版面次序重排` });
}

/** Read the article in this order. Of one that goes on elsewhere, only those that move are put in their place. */
export function reorder(app, article, order, moving, words) {
  if (article.elsewhere.length) {
    const before = order[order.indexOf(moving.at(-1)) + 1] ?? "end";
    return app.store.ask("move_blocks", [...moving.map((id) => ["blocks", id]), ["to", article.id], ["before", before]], { words });
  }
  const places = order.map((id, i) => [`place_${id}`, i + 1]);
  return app.store.ask("reorder_blocks", [["article", article.id], ...places], { words });
}

function mergeNext({ app, state, article }, step) {
  const at = state.articles.indexOf(article) + step;
  ask.merge(app, state.articles[at], state.articles[at + 1]);
}

function stepBack({ app, state }, which, words) {
  if (!app.store.isIdle) return app.onceSent(() => runCommand(app, which));
  return app.store.ask("undo", [["entry", state[which].entry]], { words: `${words}“${excerpt(state[which].words, 30)}”` });
}

/** All passages that read as one paragraph with the one at hand. */
function pickParagraph({ app, state, passage, article }) {
  const paragraph = paragraphsOf(state, article).find(([, passages]) => passages.includes(passage));
  app.choose(...(paragraph ? paragraph[1].map(({ id }) => id) : [passage.id]));
}

function goToArticle({ app, state, passage, article }, step) {
  const number = (id) => state.passages.find((other) => other.id === id).number;
  const here = passage?.number ?? 0;
  const beside = () => (step < 0 ? state.articles.findLastIndex((other) => number(other.passages[0]) < here) : state.articles.findIndex((other) => number(other.passages[0]) > here));
  const next = state.articles[article ? state.articles.indexOf(article) + step : beside()];
  if (next) app.choose(next.passages[0]);
  else app.say(step < 0 ? "这是第一篇。" : "这是最后一篇。");
}

/** From a doubt to the one beside it, from elsewhere to the nearest; round the page and on. */
function goToDoubt({ app, state, passage, doubt }, step) {
  const { doubts } = state;
  if (!doubts.length) return app.say("没有疑问了。");
  const place = ({ at, article }) => passageOf(state, at ?? articleOf(state, article)?.passages[0])?.start ?? 0;
  const here = passage?.start ?? 0;
  const nearest = () => (step > 0 ? Math.max(doubts.findIndex((other) => place(other) > here), 0) : doubts.findLastIndex((other) => place(other) < here));
  return app.showDoubt(doubts.at(doubt ? (doubts.indexOf(doubt) + step) % doubts.length : nearest()));
}
