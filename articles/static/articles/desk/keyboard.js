// Keys pressed anywhere on the desk run their commands (keys.js); those pressed in a text field are the field's.

import { moveToNumber, runCommand } from "./commands.js";
import { isTyping } from "./dom.js";
import { areSingleKeysOff } from "./help.js";
import { KEYS } from "./keys.js";

const COMMAND_OF = new Map(Object.values(KEYS).flatMap((group) => Object.entries(group).flatMap(([command, keys]) => keys.map((key) => [key, command]))));
const WAIT = 900; // for the second digit of an article's number

/** Listen for keys on the whole screen. */
export function listen(app) {
  const digits = new Digits(app);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const chord = chordOf(event);
    if (isPress(event, chord) || (chord.length === 1 && chord !== " " && areSingleKeysOff())) return;
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
