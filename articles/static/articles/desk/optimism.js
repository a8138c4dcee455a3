// What an act will make of the page: pure, from a state and an act. The server's answer replaces the guess, so what is
// not known here (other pages, what is read out of the text anew) stays as it was.

import { cleanTitle, lengthOf, solidLength } from "./text.js";

export const TITLES = ["column", "kicker", "headline", "subheadline"];
const TEXTS = ["body", "subheading", "caption"];

/** The state after `act`: {name, fields: [[name, value]…], made, hint}. One that does not fit changes nothing. */
export function guess(state, act) {
  const change = CHANGES[act.name];
  if (!change) return state;
  const draft = structuredClone(state);
  const one = (name) => act.fields.find(([field]) => field === name)?.[1] ?? "";
  const all = (name) => act.fields.filter(([field]) => field === name).map(([, value]) => value);
  change(draft, { one, all, act, hint: act.hint ?? {} });
  tidy(draft);
  return draft;
}

export function passageOf(state, id) {
  return state.passages.find((passage) => String(passage.id) === String(id));
}

export function articleOf(state, id) {
  return state.articles.find((article) => String(article.id) === String(id));
}

/** [[role, passages]…]: what of an article stands on the page, as its readers get it. */
export function paragraphsOf(state, article) {
  const found = [];
  for (const id of article.passages) {
    const passage = passageOf(state, id);
    if (!passage || TITLES.includes(passage.role)) continue;
    const before = passage.joins && TEXTS.includes(passage.role) && found.findLast(([role]) => TEXTS.includes(role));
    if (before && before[0] === passage.role) before[1].push(passage);
    else found.push([passage.role, [passage]]);
  }
  return found;
}

const CHANGES = {
  move_blocks(draft, { one, all, act, hint }) {
    place(draft, all("blocks"), target(draft, one("to"), act, hint), one("before"));
  },
  unfold_block(draft, { one, act, hint }) {
    place(draft, [one("block")], target(draft, one("to"), act, hint), one("before"));
  },
  set_aside(draft, { all, hint }) {
    for (const passage of chosen(draft, all("blocks"))) setAside(draft, passage, { reason: hint.reason ?? "editor", place_words: hint.place_words });
  },
  fold_block(draft, { one }) {
    for (const passage of chosen(draft, [one("block")])) setAside(draft, passage, { repeats: Number(one("repeats")), place_words: "重复" });
  },
  reorder_blocks(draft, { one }) {
    const article = articleOf(draft, one("article"));
    if (article) article.passages.sort((a, b) => one(`place_${a}`) - one(`place_${b}`));
  },
  merge_articles(draft, { one }) {
    const [first, second] = [articleOf(draft, one("first")), articleOf(draft, one("second"))];
    if (first && second && first !== second) merge(draft, first, second);
  },
  split_article(draft, { one, act }) {
    splitArticle(draft, passageOf(draft, one("at")), one("as_headline") === "on", act.made);
  },
  set_role(draft, { one }) {
    for (const passage of chosen(draft, [one("block")])) passage.role = one("role");
  },
  set_roles(draft, { one, all }) {
    for (const passage of chosen(draft, all("blocks"))) passage.role = one("role");
  },
  join_block(draft, { one }) {
    for (const passage of chosen(draft, [one("block")])) passage.joins = true;
  },
  unjoin_block(draft, { one }) {
    for (const passage of chosen(draft, [one("block")])) passage.joins = false;
  },
  split_block(draft, { one, act, hint }) {
    const passage = passageOf(draft, one("block"));
    if (passage) splitPassage(draft, passage, hint.caret, act.made);
  },
  edit_text(draft, { one }) {
    const passage = passageOf(draft, one("block"));
    if (!passage) return;
    const printed = passage.source ?? passage.text;
    const text = one("restore") ? printed : one("text").trim();
    passage.text = text;
    passage.source = text === printed ? null : printed;
  },
  supply_headline: filed((article, { one }) => (article.supplied = one("text"))),
  set_kind: filed((article, { one }) => (article.kind = one("kind"))),
  set_category: filed((article, { hint }) => (article.category = hint.category)),
  set_column: filed((article, { hint }) => (article.column = hint.column)),
  set_keywords: filed((article, { one }) => (article.keywords = one("keywords").split(/[\s,，、;；]+/).filter(Boolean))),
  set_credits: filed((article, { hint }) => (article.credits = hint.credits)),
  link_jump_to_page: filed((article, { one }) => Object.assign(article, { continued_from: one("from_page"), continued_on: one("on_page") })),
  withdraw_article: filed((article, { one }) => Object.assign(article, { withdrawn: true, withdrawn_reason: one("reason") })),
  bring_back_article: filed((article) => Object.assign(article, { withdrawn: false, withdrawn_reason: "" })),
  accept_doubt: settle,
  dismiss_doubt: settle,
  claim_page: (draft) => Object.assign(draft.page, { mine: true, may_claim: false }),
  release_page: (draft) => Object.assign(draft.page, { mine: false, assigned_to: null, may_claim: true }),
};

function filed(change) {
  return (draft, asked) => {
    const article = articleOf(draft, asked.one("article"));
    if (article) change(article, asked);
  };
}

function settle(draft, { one }) {
  draft.doubts = draft.doubts.filter((doubt) => String(doubt.id) !== one("doubt"));
}

function chosen(draft, ids) {
  return draft.passages.filter((passage) => ids.includes(String(passage.id)));
}

/** The article that passages go to: one of the page, one of another page, or a new one. */
function target(draft, to, act, hint) {
  return articleOf(draft, to) ?? makeArticle(draft, to ? Number(to) : act.made, hint.title);
}

function makeArticle(draft, id, title = "") {
  const texts = { title, headline: title, supplied: "", column_label: "", kicker: "", subheadline: "", withdrawn_reason: "" };
  const facts = { kind: "news", category: null, column: null, keywords: [], credits: [], confidence: null, withdrawn: false };
  const places = { continued_from: "", continued_on: "", elsewhere: [], admin_url: "", public_url: "", length: 0, passages: [] };
  const article = { id, ...texts, ...facts, ...places };
  draft.articles.push(article);
  return article;
}

function takeOut(draft, passage) {
  const article = articleOf(draft, passage.article);
  if (article) article.passages = article.passages.filter((id) => id !== passage.id);
  passage.article = null;
}

function setAside(draft, passage, where) {
  takeOut(draft, passage);
  Object.assign(passage, { joins: false, repeats: null, reason: null, place_words: "搁置" }, where);
}

/** Give passages places in an article: before one of its own, at its end ("end"), or as the page has them (""). */
function place(draft, ids, article, before) {
  const moving = chosen(draft, ids);
  for (const passage of moving) {
    if (passage.role === "furniture" && passage.article === null) passage.role = "body";
    takeOut(draft, passage);
  }
  const at = article.passages.findIndex((id) => String(id) === before);
  if (at >= 0) article.passages.splice(at, 0, ...moving.map((passage) => passage.id));
  else if (before) article.passages.push(...moving.map((passage) => passage.id));
  else for (const passage of moving) article.passages.splice(placeByLayout(draft, article, passage), 0, passage.id);
  for (const passage of moving) Object.assign(passage, { article: article.id, repeats: null, reason: null, place_words: "" });
}

function placeByLayout(draft, article, passage) {
  const isTitle = TITLES.includes(passage.role);
  const order = article.passages.map((id) => passageOf(draft, id));
  const alike = order.filter((other) => TITLES.includes(other.role) === isTitle);
  const above = alike.filter((other) => other.start < passage.start);
  const byStart = (a, b) => a.start - b.start;
  if (above.length) return order.indexOf(above.toSorted(byStart).at(-1)) + 1;
  if (alike.length) return order.indexOf(alike.toSorted(byStart)[0]);
  return isTitle ? 0 : order.length;
}

function merge(draft, first, second) {
  const survives = second.headline && !first.headline ? second : first;
  const other = survives === first ? second : first;
  const of = (article) => article.passages.map((id) => passageOf(draft, id)).filter(Boolean);
  const [mine, theirs] = [of(survives), of(other)];
  const roles = new Set(mine.map((passage) => passage.role));
  const leading = mine.filter((passage) => TITLES.includes(passage.role));
  const adopted = theirs.filter((passage) => TITLES.includes(passage.role) && !roles.has(passage.role));
  for (const passage of theirs) {
    passage.article = survives.id;
    if (TITLES.includes(passage.role) && !adopted.includes(passage)) passage.role = "subheading";
  }
  const front = [...leading, ...adopted];
  const rest = (survives === first ? [...mine, ...theirs] : [...theirs, ...mine]).filter((passage) => !front.includes(passage));
  survives.passages = [...front, ...rest].map((passage) => passage.id);
  other.passages = [];
}

function splitArticle(draft, at, asHeadline, made) {
  const article = at && articleOf(draft, at.article);
  const index = article ? article.passages.indexOf(at.id) : 0;
  if (index <= 0) return;
  const [head, tail] = [article.passages.slice(0, index), article.passages.slice(index)].map((ids) => ids.map((id) => passageOf(draft, id)));
  const hasHeadline = (part) => part.some((passage) => passage.role === "headline");
  const headlineMoves = !asHeadline && hasHeadline(tail) && !hasHeadline(head);
  if (asHeadline) at.role = "headline";
  const leaving = headlineMoves ? head : tail;
  const opened = makeArticle(draft, made);
  opened.passages = leaving.map((passage) => passage.id);
  for (const passage of leaving) passage.article = made;
  article.passages = article.passages.filter((id) => !opened.passages.includes(id));
  const opening = tail.find((passage) => !TITLES.includes(passage.role));
  if (opening) opening.joins = false;
}

function splitPassage(draft, passage, caret, made) {
  const [head, tail] = [passage.text.slice(0, caret).trimEnd(), passage.text.slice(caret)];
  const blank = tail.length - tail.trimStart().length;
  const start = passage.text_start + lengthOf(passage.text.slice(0, caret + blank));
  const second = { ...passage, id: made, start, text_start: start, text: tail.trimStart(), joins: passage.article !== null && ["body", "caption"].includes(passage.role) };
  Object.assign(passage, { text: head, end: start });
  draft.passages.splice(draft.passages.indexOf(passage) + 1, 0, second);
  const article = articleOf(draft, passage.article);
  if (article) article.passages.splice(article.passages.indexOf(passage.id) + 1, 0, made);
}

/** Bring numbers, titles, the order of articles and the coverage in line with the passages. */
function tidy(draft) {
  draft.passages.forEach((passage, i) => (passage.number = i + 1));
  draft.articles = draft.articles.filter((article) => article.passages.length);
  for (const article of draft.articles) retitle(draft, article);
  const first = new Map(draft.articles.map((article) => [article.id, firstOf(draft, article)]));
  draft.articles.sort((a, b) => first.get(a.id) - first.get(b.id));
  const inArticles = draft.passages.filter((passage) => passage.article !== null);
  const count = (passages) => passages.reduce((sum, passage) => sum + solidLength(passage.source ?? passage.text), 0);
  const total = count(draft.passages);
  const articles = count(inArticles);
  draft.coverage = { articles, aside: total - articles, total };
}

/** Where an article stands on the page: where its text begins or, of one without text, its titles. */
function firstOf(draft, article) {
  const parts = article.passages.map((id) => passageOf(draft, id));
  const texts = parts.filter((p) => ["body", "caption"].includes(p.role));
  return Math.min(...(texts.length ? texts : parts).map((p) => p.start));
}

function retitle(draft, article) {
  if (article.elsewhere.length) return; // its titles may stand on another page
  const parts = article.passages.map((id) => passageOf(draft, id)).filter(Boolean);
  const titled = (role) => parts.filter((p) => p.role === role).map((p) => cleanTitle(p.text)).filter(Boolean).join(" ");
  const body = parts.filter((p) => TEXTS.includes(p.role));
  Object.assign(article, {
    column_label: titled("column"),
    kicker: titled("kicker"),
    headline: titled("headline"),
    subheadline: titled("subheadline"),
    length: body.reduce((sum, p) => sum + solidLength(p.text), 0),
  });
  const opening = body[0]?.text.split("\n")[0].slice(0, 24);
  article.title = article.headline || (article.supplied && `[${article.supplied}]`) || article.kicker || article.subheadline || (opening ? `${opening}……` : "（无标题）");
}
