// The picture of the page: zoomed by wheel, keys and buttons, dragged about.

import { h } from "./dom.js";

const [LEAST, MOST] = [1, 8];

export class Facsimile {
  #zoom = 1;
  #x = 0;
  #y = 0;

  /** Fill `place` with the picture at `address`; it is loaded when first shown. */
  constructor(place, address, name) {
    this.image = h("img", { alt: `${name}版面图`, draggable: "false", loading: "lazy", src: address });
    this.frame = h("div", { class: "frame", tabindex: "0", role: "group", "aria-label": "版面图：＋－ 放大缩小，方向键移动，0 还原" }, this.image);
    const press = (words, label, does) => {
      const button = h("button", { type: "button", "aria-label": label }, words);
      button.addEventListener("click", does);
      return button;
    };
    const presses = h("p", { class: "presses" }, press("＋", "放大", () => this.zoom(1.5)), press("－", "缩小", () => this.zoom(1 / 1.5)), press("还原", "还原", () => this.reset()), h("a", { href: address, target: "_blank", rel: "noopener" }, "原图"));
    place.append(presses, this.frame);
    this.#listen();
  }

  zoom(factor, x = this.frame.clientWidth / 2, y = this.frame.clientHeight / 2) {
    const zoom = Math.min(Math.max(this.#zoom * factor, LEAST), MOST);
    const ratio = zoom / this.#zoom;
    this.#zoom = zoom;
    this.#place(x - (x - this.#x) * ratio, y - (y - this.#y) * ratio);
  }

  reset() {
    this.#zoom = 1;
    this.#place(0, 0);
  }

  #place(x, y) {
    const [width, height] = [this.frame.clientWidth, this.frame.clientHeight];
    this.#x = Math.min(0, Math.max(x, width - this.image.offsetWidth * this.#zoom));
    this.#y = Math.min(0, Math.max(y, Math.min(0, height - this.image.offsetHeight * this.#zoom)));
    this.image.style.transform = `translate(${this.#x}px, ${this.#y}px) scale(${this.#zoom})`;
  }

  #listen() {
    const { frame } = this;
    frame.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = frame.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey || !event.shiftKey) this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - box.left, event.clientY - box.top);
      else this.#place(this.#x - event.deltaY, this.#y);
    }, { passive: false });
    frame.addEventListener("pointerdown", (event) => frame.setPointerCapture(event.pointerId));
    frame.addEventListener("pointermove", (event) => frame.hasPointerCapture(event.pointerId) && this.#place(this.#x + event.movementX, this.#y + event.movementY));
    frame.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      if (move) this.#place(this.#x + move[0], this.#y + move[1]);
      else if (event.key === "+" || event.key === "=") this.zoom(1.5);
      else if (event.key === "-") this.zoom(1 / 1.5);
      else if (event.key === "0") this.reset();
      else return;
      event.preventDefault();
    });
  }
}
