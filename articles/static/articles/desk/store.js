// The page as the server last told it, the acts that are on their way, and what they will make of it together.
// Acts outlive a reload: they are kept in the tab (sessionStorage) until the server has answered them.

import { guess } from "./optimism.js";

// The fields that call passages and articles by their ids; others hold what was typed.
const NAMING = new Set(["block", "blocks", "at", "before", "repeats", "article", "to", "first", "second", "head", "continuation"]);

export class Store extends EventTarget {
  #guessed = null;
  #keep;

  /** `me`: the editor's id; what one leaves waiting in a tab is not another's to send. */
  constructor(server, me) {
    super();
    this.server = server;
    this.me = me;
    this.#keep = `desk-acts ${me} ${server.page.id}`;
    this.acts = JSON.parse(sessionStorage.getItem(this.#keep) ?? "[]").map((act) => ({ ...act, status: "waiting" }));
    this.held = this.acts.length ? "kept" : ""; // why nothing is sent: kept, lost, signed_out, refused
    this.refusal = null; // {act, refused}
    this.login = "";
    this.who = ""; // who is signed in, if it is somebody else
  }

  get state() {
    this.#guessed ??= this.acts.reduce(guess, this.server);
    return this.#guessed;
  }

  get isIdle() {
    return this.acts.length === 0;
  }

  /**
   * Take up an act: `words` say what it is, `hint` is for the guess, `draft` the form that it was typed in, `makes`
   * whether it makes something that is called by a passing id until the server answers, `then` where to go once done.
   */
  ask(name, fields, { words, hint = {}, draft = null, makes = false, then = "" }) {
    const { versions, seen } = this.server;
    const pairs = fields.map(([field, value]) => [field, String(value)]);
    const act = { key: newKey(), name, fields: pairs, words, hint, draft, then, versions, seen, status: "waiting" };
    if (makes) act.made = this.#temporary();
    this.acts.push(act);
    this.#tell("asked", { act });
    return act;
  }

  /** The versions to send an act with: the latest, unless somebody else has changed the page since it was asked for. */
  basisOf(act) {
    const others = this.server.journal.some((entry) => entry.id > act.seen && !entry.mine);
    return others ? act : this.server;
  }

  /** The server has done the first act. */
  done(act, { done, state }) {
    this.acts = this.acts.filter((other) => other !== act);
    const renamed = this.#rename(act, done, state);
    this.server = state;
    this.#tell("done", { act, done, renamed });
  }

  refuse(act, refused, state) {
    act.status = "refused";
    if (state) this.server = state;
    this.refusal = { act, refused };
    this.held = "refused";
    this.#tell("refused", this.refusal);
  }

  hold(why, { login = "", who = "" } = {}) {
    if (this.held === why || this.held === "refused") return; // a refusal is answered first
    this.held = why;
    Object.assign(this, { login, who });
    for (const act of this.acts) act.status = "waiting";
    this.#tell("held");
  }

  /** Go on sending. `fresh`: the editor has seen the page as it is now and wants the first act done to that. */
  resume({ fresh = false } = {}) {
    const first = this.acts[0];
    if (first && fresh) Object.assign(first, { versions: this.server.versions, seen: this.server.seen, key: newKey() });
    if (first) first.status = "waiting";
    this.held = "";
    this.refusal = null;
    this.#tell("resumed");
  }

  /** Give up acts; what was typed for them is told with the event. */
  drop(acts) {
    this.acts = this.acts.filter((act) => !acts.includes(act));
    this.held = "";
    this.refusal = null;
    this.#tell("dropped", { acts });
  }

  /** A state that came without an act of ours: somebody else has changed the page. */
  take(state) {
    const seen = this.server.seen;
    this.server = state;
    const news = state.journal.filter((entry) => entry.id > seen && !entry.mine);
    this.#tell("news", { news });
  }

  #tell(what, detail = {}) {
    this.#guessed = null;
    sessionStorage.setItem(this.#keep, JSON.stringify(this.acts));
    this.dispatchEvent(new CustomEvent("change", { detail: { what, ...detail } }));
  }

  /** An id for what an act will make, until the server gives it one. */
  #temporary() {
    return Math.min(0, ...this.acts.map((act) => act.made ?? 0)) - 1;
  }

  /** What the act has made is called by its real id from here on, also in the acts that wait. */
  #rename(act, done, state) {
    if (act.made === undefined) return null;
    const isPassage = act.name === "split_block";
    const real = isPassage ? state.passages.find((passage) => passage.start === act.hint.start)?.id : done.made;
    if (!real) return null;
    const [old, now] = [String(act.made), String(real)];
    for (const waiting of this.acts) {
      waiting.fields = waiting.fields.map(([name, value]) => [name === `place_${old}` ? `place_${now}` : name, NAMING.has(name) && value === old ? now : value]);
    }
    return { isPassage, old: act.made, now: real };
  }
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // a site without TLS has no randomUUID
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
