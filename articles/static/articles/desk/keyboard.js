// One table of keys and what they do; the help dialog shows the same table. Keys pressed in a text field are the field's.

import { openDialog } from "./dialogs.js";
import { h, isTyping } from "./dom.js";
import { COMMANDS, moveToNumber, runCommand } from "./commands.js";

const KEYS = {
  选段落: {
    previous: ["ArrowUp", "k"],
    next: ["ArrowDown", "j"],
    extend_up: ["Shift+ArrowUp", "K"],
    extend_down: ["Shift+ArrowDown", "J"],
    toggle: [" "],
    pick_article: ["a"],
    unpick: ["Escape"],
    previous_article: ["ArrowLeft"],
    next_article: ["ArrowRight"],
    first: ["Home"],
    last: ["End"],
    next_doubt: ["."],
    previous_doubt: [","],
  },
  段落: {
    move_to_new: ["n"],
    move_to: ["g"],
    set_role: ["r"],
    edit: ["e", "Enter"],
    cut: ["x"],
    join: ["p"],
    split_here: ["s"],
    split_titled: ["S"],
    earlier: ["Alt+ArrowUp"],
    later: ["Alt+ArrowDown"],
    fold: ["f"],
    set_aside: ["d", "Delete"],
  },
  文章: {
    merge_previous: ["m"],
    merge_next: ["M"],
    merge_any: ["w"],
    headline: ["h"],
    kind: ["t"],
    category: ["c"],
    column: ["l"],
    credits: ["b"],
    keywords: ["q"],
    jump: ["v"],
    withdraw: ["W"],
  },
  疑问: { accept: ["y"], dismiss: ["i"] },
  这一版: {
    undo: ["u", "Ctrl+z"],
    redo: ["U", "Ctrl+Shift+z", "Ctrl+y"],
    finish: ["Ctrl+Enter"],
    previous_page: ["["],
    next_page: ["]"],
    claim: ["C"],
    facsimile: ["o"],
    help: ["?"],
  },
};

const COMMAND_OF = new Map(Object.values(KEYS).flatMap((group) => Object.entries(group).flatMap(([command, keys]) => keys.map((key) => [key, command]))));
const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", " ": "空格", Enter: "回车", Escape: "Esc", Delete: "Del", "Ctrl+z": "Ctrl+Z", "Ctrl+y": "Ctrl+Y" };
const WAIT = 900; // for the second digit of an article's number
const OFF = "desk-single-keys-off";

/** The first key of a command, for hints on buttons. */
export function keyOf(command) {
  const keys = Object.values(KEYS).map((group) => group[command]).find(Boolean);
  return keys ? nameOf(keys[0]) : "";
}

function nameOf(key) {
  const shown = key.split("+").map((part) => NAMES[part] ?? part).join("+");
  return NAMES[key] ?? (key.length === 1 && key !== key.toLowerCase() ? `Shift+${key}` : shown);
}

/** Listen for keys on the whole screen. */
export function listen(app) {
  const digits = new Digits(app);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const chord = chordOf(event);
    if (isPress(event, chord) || (chord.length === 1 && chord !== " " && localStorage.getItem(OFF))) return;
    if (digits.take(chord)) return event.preventDefault();
    const command = COMMAND_OF.get(chord);
    if (!command) return;
    event.preventDefault();
    runCommand(app, command);
  });
}

/** Space and Enter on a button or a link press it. */
function isPress(event, chord) {
  return (chord === " " || chord === "Enter") && Boolean(event.target.closest("button, a, summary"));
}

function chordOf(event) {
  const key = letterOf(event);
  const isShifted = event.shiftKey && (key.length > 1 || event.ctrlKey || event.metaKey);
  return [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", isShifted && "Shift", isShifted ? key.replace(/^[A-Z]$/, (letter) => letter.toLowerCase()) : key].filter(Boolean).join("+");
}

/** The key as it is printed on it, whatever an input method or Caps Lock make of it. */
function letterOf(event) {
  const { key, code, shiftKey } = event;
  if (key === "？") return "?";
  const letter = key === "Process" ? code.replace(/^(Key|Digit)/, "") : key;
  if (!/^[a-z]$/i.test(letter) || (key !== "Process" && !event.getModifierState("CapsLock"))) return letter;
  return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}
/** The number of an article, of one or two digits: waits for a second one only where the page has that many. */
class Digits {
  #typed = "";
  #timer;

  constructor(app) {
    this.app = app;
  }

  take(chord) {
    if (this.#typed && (chord === "Escape" || chord === "Enter")) {
      if (chord === "Enter") this.#send();
      else this.#clear("不移了。");
      return true;
    }
    if (!/^\d$/.test(chord) || (!this.#typed && chord === "0")) return false;
    clearTimeout(this.#timer);
    this.#typed += chord;
    const count = this.app.store.state.articles.length;
    if (this.#typed.length === 2 || Number(this.#typed) * 10 > count) this.#send();
    else {
      this.app.say(`移到第${this.#typed}_篇……`);
      this.#timer = setTimeout(() => this.#send(), WAIT);
    }
    return true;
  }

  #send() {
    const number = Number(this.#typed);
    this.#clear("");
    moveToNumber(this.app, number);
  }

  #clear(words) {
    clearTimeout(this.#timer);
    this.#typed = "";
    if (words) this.app.say(words);
  }
}

export function showHelp(app) {
  const row = (keys, words) => h("tr", {}, h("td", {}, keys.map((key) => [h("kbd", {}, key), " "])), h("td", {}, words));
  const digits = row(["1", "…", "99"], "移到第几篇（两位数连按）");
  const table = ([group, commands]) =>
    h("table", {}, h("caption", {}, group), h("tbody", {}, group === "段落" && digits, Object.entries(commands).map(([name, keys]) => row(keys.map(nameOf), COMMANDS[name].words))));
  const off = h("input", { type: "checkbox", id: "single-keys", checked: Boolean(localStorage.getItem(OFF)) });
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
  const shut = h("button", { type: "button", class: "default", autofocus: true }, "知道了");
  const body = h("div", {}, h("div", { class: "keys", tabindex: "0", role: "region", "aria-label": "按键" }, Object.entries(KEYS).map(table)), h("p", { class: "field" }, off, " ", h("label", { for: "single-keys" }, "关掉单键（只用 Ctrl、Alt 组合键和方向键）")), h("p", { class: "press" }, shut));
  const dialog = openDialog({ title: "键盘一览", name: "help", wide: true, body });
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.key === "?" && dialog.close());
  return app;
}
