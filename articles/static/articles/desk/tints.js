// Each article keeps its colour while its number changes: tint-1 to tint-12, the least used one for a new article.

const COUNT = 12;

export class Tints {
  #given = new Map();

  /** Give every article of the state a tint. */
  learn(state) {
    for (const article of state.articles) if (!this.#given.has(article.id)) this.#given.set(article.id, this.#rarest(state));
  }

  of(article) {
    const tint = this.#given.get(article);
    return tint ? `tint-${tint}` : "tint-none";
  }

  rename(old, now) {
    if (this.#given.has(old)) this.#given.set(now, this.#given.get(old));
  }

  #rarest(state) {
    const used = Array(COUNT).fill(0);
    for (const { id } of state.articles) if (this.#given.has(id)) used[this.#given.get(id) - 1]++;
    return used.indexOf(Math.min(...used)) + 1;
  }
}
