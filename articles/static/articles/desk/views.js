// Which side is on the screen: beside the articles the source or the picture; on a narrow screen one of the three.

import { h, renderInto } from "./dom.js";
import { Facsimile } from "./facsimile.js";

export class Views {
  #facsimile = null;

  constructor(app, desk) {
    this.app = app;
    this.desk = desk;
    this.tabs = desk.querySelector("#desk-tabs");
    this.tabs.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.show(button.dataset.view);
    });
    this.show("source");
  }

  show(view) {
    this.desk.dataset.view = view;
    const { page } = this.app.store.server;
    const views = [["source", "原文"], ["articles", "文章"], page.facsimile && ["facsimile", "版面图"]].filter(Boolean);
    this.tabs.classList.toggle("pictured", Boolean(page.facsimile));
    renderInto(this.tabs, views.map(([name, words]) =>
      h("button", { type: "button", key: name, class: `tab-${name}`, "data-view": name, "aria-pressed": String(name === view) }, words)));
    if (view === "facsimile") this.#facsimile ??= new Facsimile(this.desk.querySelector("#facsimile"), page.facsimile, page.title);
  }

  toggleFacsimile() {
    const view = this.desk.dataset.view === "facsimile" ? "source" : "facsimile";
    this.show(view);
    if (view === "facsimile") this.#facsimile.frame.focus();
    else this.app.focusPassage();
  }

  /** Bring the side with the source to the front where it is hidden behind another. */
  showSource() {
    const pane = this.desk.querySelector("#source-pane");
    if (!pane.offsetParent) this.show("source");
  }
}
