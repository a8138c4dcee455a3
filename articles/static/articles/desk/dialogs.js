// Native dialogs with a form. What is typed outlives a reload, a slip of Escape and a refusal: drafts are kept in the
// tab (sessionStorage) until their form is sent.

import { h } from "./dom.js";

const OPEN = "open";

export class Drafts {
  #keep;

  constructor(me, page) {
    this.#keep = `desk-drafts ${me} ${page}`;
  }

  get #all() {
    return JSON.parse(sessionStorage.getItem(this.#keep) ?? "{}");
  }

  /** The dialog that was open when the page was left: {command, given, values}, or nothing. */
  get open() {
    return this.#all[this.#all[OPEN]];
  }

  of(key) {
    return this.#all[key]?.values ?? null;
  }

  write(key, draft) {
    sessionStorage.setItem(this.#keep, JSON.stringify({ ...this.#all, [key]: draft, [OPEN]: key }));
  }

  shut() {
    const { [OPEN]: _, ...rest } = this.#all;
    sessionStorage.setItem(this.#keep, JSON.stringify(rest));
  }

  forget(key) {
    const { [key]: _, [OPEN]: __, ...rest } = this.#all;
    sessionStorage.setItem(this.#keep, JSON.stringify(rest));
  }
}

/** A modal dialog with `title` and what is in `body`; it is gone once closed, and focus is back where it was. */
export function openDialog({ title, body, wide = false, name = "", closed = () => {} }) {
  const back = document.activeElement;
  const heading = h("h2", { id: "dialog-title" }, title);
  const dialog = h("dialog", { class: `desk-dialog${wide ? " wide" : ""}`, "aria-labelledby": "dialog-title", "data-dialog": name }, heading, body);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
    closed();
  });
  document.getElementById("desk").append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * A dialog that asks for something. `build(values)` makes the fields, from a draft's values where there is one;
 * `done(data, draft)` takes the FormData and returns what is wrong with it in words, if anything is. `keeps`: whether
 * what is typed is kept for the next time.
 */
export function openForm({ app, command, given = {}, title, build, done, submit, wide, extra = [], keeps = true }) {
  const key = `${command} ${JSON.stringify(given)}`;
  const values = keeps ? app.drafts.of(key) : null;
  const wrong = h("p", { class: "wrong", role: "alert" });
  const note = values && h("p", { class: "quiet", role: "status" }, "已放回您上次没有提交的内容。");
  const cancel = h("button", { type: "button" }, "取消");
  const send = submit && h("button", { type: "submit", class: "default" }, submit);
  const form = h("form", { method: "dialog" }, note, build(values), wrong, h("p", { class: "press" }, send, extra, cancel));
  const dialog = openDialog({ title, body: form, wide, name: command, closed: () => app.drafts.shut() });
  const draft = () => ({ command, given, values: valuesOf(form) });
  if (values) app.drafts.write(key, draft());
  cancel.addEventListener("click", () => {
    app.drafts.forget(key);
    dialog.close();
  });
  form.addEventListener("input", () => keeps && app.drafts.write(key, draft()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = done(new FormData(form, event.submitter), draft());
    wrong.textContent = words ?? "";
    if (words) return;
    app.drafts.forget(key);
    dialog.close();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || !["TEXTAREA", "SELECT"].includes(event.target.nodeName)) return;
    event.preventDefault();
    form.requestSubmit(send);
  });
  return { dialog, form };
}

function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

// Fields.

export function field(label, input, help = "") {
  input.id ||= `field-${input.name}`;
  return h("p", { class: "field" }, h("label", { for: input.id }, label), input, help && h("span", { class: "quiet" }, help));
}

export function textInput(name, value, attributes = {}) {
  const input = h("input", { type: "text", name, autocomplete: "off", ...attributes });
  input.value = value ?? "";
  return input;
}

export function textArea(name, value, attributes = {}) {
  const input = h("textarea", { name, rows: 4, ...attributes });
  input.value = value ?? "";
  return input;
}

/** `choices`: [[value, words]…], or [group, [[value, words]…]]. */
export function select(name, choices, value, attributes = {}) {
  const option = ([code, words]) => h("option", { value: String(code) }, words);
  const made = choices.map((choice) => (Array.isArray(choice[1]) ? h("optgroup", { label: choice[0] }, choice[1].map(option)) : option(choice)));
  const input = h("select", { name, ...attributes }, made);
  input.value = String(value ?? "");
  if (input.selectedIndex < 0) input.selectedIndex = 0;
  return input;
}

/**
 * A long list with a line above it to narrow it by typing; arrows and Enter work from that line. `choices`:
 * [[value, words, all the words to look in]…]; a number that is typed is looked for at the beginning first.
 */
export function chooser(name, label, choices, value) {
  const filter = textInput(`${name}-words`, "", { placeholder: "键入几个字来找", "aria-label": `筛选${label}`, autofocus: true });
  const list = select(name, choices, value, { size: Math.min(9, Math.max(3, choices.length)), "aria-label": label, required: true });
  filter.removeAttribute("name"); // no part of what is sent
  filter.addEventListener("input", () => {
    const typed = filter.value.trim();
    const named = choices.filter(([, words]) => words.startsWith(`${typed} `));
    const fitting = [...named, ...choices.filter((choice) => !named.includes(choice) && (choice[2] ?? choice[1]).includes(typed))];
    list.replaceChildren(...fitting.map(([code, words]) => h("option", { value: String(code) }, words)));
    if (fitting.length) list.selectedIndex = 0;
  });
  filter.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    list.selectedIndex = Math.min(Math.max(list.selectedIndex + step, 0), list.length - 1);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.addEventListener("dblclick", () => list.form.requestSubmit());
  return h("div", { class: "chooser" }, filter, list);
}

/** A dialog of buttons, each pressed by its letter too. `choices`: [[letter, value, words]…] */
export function openMenu({ title, name, choices, current, done }) {
  const buttons = choices.map(([letter, value, words]) =>
    h("button", { type: "button", "data-value": value, "aria-pressed": String(value === current), autofocus: value === current }, h("kbd", {}, letter), " ", words));
  const cancel = h("button", { type: "button" }, "取消");
  const menu = h("div", { class: "menu" }, buttons);
  const dialog = openDialog({ title, name, body: h("div", {}, menu, h("p", { class: "press" }, cancel)) });
  const take = (value) => {
    dialog.close();
    done(value, choices.find(([, other]) => other === value)[2]);
  };
  cancel.addEventListener("click", () => dialog.close());
  menu.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) take(button.dataset.value);
  });
  dialog.addEventListener("keydown", (event) => {
    const chosen = choices.find(([letter]) => letter === event.key.toLowerCase());
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (chosen && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      take(chosen[1]);
    } else if (step) {
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement);
      buttons[(at + step + buttons.length) % buttons.length].focus();
    }
  });
  return dialog;
}
