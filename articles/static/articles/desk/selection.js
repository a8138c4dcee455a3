// Which passages are chosen: the one at hand (`at`), and all that an act is about (`picked`, in page order).

export class Selection extends EventTarget {
  #anchor = null;
  #picked = new Set();

  constructor(passages) {
    super();
    this.passages = passages; // () => the passages on the screen
    this.at = passages()[0]?.id ?? null;
    this.#anchor = this.at;
    if (this.at !== null) this.#picked.add(this.at);
  }

  get ids() {
    return this.passages().map((passage) => passage.id).filter((id) => this.has(id));
  }

  has(id) {
    return this.#picked.has(id);
  }

  choose(...ids) {
    this.#picked = new Set(ids);
    this.at = this.#anchor = ids[0] ?? this.at;
    this.#tell();
  }

  /** Go to `id`, and leave chosen what is. */
  point(id) {
    this.at = this.#anchor = id;
    this.#tell();
  }

  toggle(id) {
    if (!this.#picked.delete(id)) this.#picked.add(id);
    this.at = this.#anchor = id;
    this.#tell();
  }

  /** From the anchor to `id`. */
  extend(id) {
    const order = this.passages().map((passage) => passage.id);
    const [from, to] = [order.indexOf(this.#anchor), order.indexOf(id)].sort((a, b) => a - b);
    this.#picked = new Set(order.slice(Math.max(from, 0), to + 1));
    this.at = id;
    this.#tell();
  }

  /** The passage `step` before or after the one at hand. */
  neighbour(step) {
    const order = this.passages().map((passage) => passage.id);
    const at = Math.max(order.indexOf(this.at), 0) + step;
    return order[Math.min(Math.max(at, 0), order.length - 1)];
  }

  rename(old, now) {
    const swap = (id) => (id === old ? now : id);
    this.#picked = new Set([...this.#picked].map(swap));
    this.at = swap(this.at);
    this.#anchor = swap(this.#anchor);
  }

  /** Forget what is no longer on the page. */
  prune() {
    const order = this.passages().map((passage) => passage.id);
    this.#picked = new Set(order.filter((id) => this.#picked.has(id)));
    if (!order.includes(this.at)) this.at = this.#anchor = [...this.#picked][0] ?? order[0] ?? null;
    if (!this.#picked.size && this.at !== null) this.#picked.add(this.at);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
