// Tells the server every now and then that the editor is here; hears who else is, and whether the page has changed.

import { csrfToken, post, read } from "./sending.js";

const EVERY = 10_000;
const EVERY_WHILE_LOST = 2_500;

export class Presence extends EventTarget {
  others = [];
  lost = !navigator.onLine;
  #timer;
  #asking = false;

  constructor(store, address) {
    super();
    this.store = store;
    this.address = address;
    window.addEventListener("offline", () => this.#line(false));
    window.addEventListener("online", () => this.pulse());
    window.addEventListener("focus", () => this.pulse());
    window.addEventListener("pageshow", (event) => event.persisted && this.pulse());
    window.addEventListener("pagehide", () => this.#leave());
    store.addEventListener("change", ({ detail }) => {
      if (detail.what === "held" && store.held === "lost") this.#line(false);
      if (detail.what === "done") this.#line(true);
    });
    this.pulse();
  }

  async pulse() {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    const [version, acts] = [this.store.server.page.version, this.store.acts];
    try {
      const response = await post(this.address, new URLSearchParams({ version, _me: this.store.me }));
      const answer = await read(response);
      if (response.status === 401) this.store.hold("signed_out", answer?.refused);
      else if (!answer) throw new Error("no answer");
      else this.#hear(answer, acts === this.store.acts && (this.store.isIdle || this.store.held));
      if (response.ok) this.#resume();
      this.#line(true);
    } catch {
      this.#line(false);
    }
    this.#asking = false;
    this.#timer = setTimeout(() => this.pulse(), this.lost ? EVERY_WHILE_LOST : EVERY);
  }

  #hear({ others = this.others, state }, quiet) {
    const changed = others.join() !== this.others.join();
    this.others = others;
    if (state && quiet) this.store.take(state);
    else if (changed) this.dispatchEvent(new Event("change"));
  }

  /** Nothing waits: there is nothing to offer again. */
  #resume() {
    if (["lost", "signed_out"].includes(this.store.held) && this.store.isIdle) this.store.resume();
  }

  #line(up) {
    if (this.lost === !up) return;
    this.lost = !up;
    if (this.lost) this.store.hold("lost");
    this.dispatchEvent(new Event("change"));
    if (this.lost) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.pulse(), EVERY_WHILE_LOST);
    }
  }

  #leave() {
    navigator.sendBeacon(this.address, new URLSearchParams({ gone: "1", _me: this.store.me, csrfmiddlewaretoken: csrfToken() }));
  }
}
