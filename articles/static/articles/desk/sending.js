// Sends the acts that wait, one after the other, and says why it stopped: a refusal, a lost line, a session that ended.

const PATIENCE = 20_000;

export class Sender {
  #busy = false;

  constructor(store, addresses) {
    this.store = store;
    this.addresses = addresses;
    store.addEventListener("change", () => this.run());
  }

  async run() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.store.acts.length && !this.store.held) await this.#send(this.store.acts[0]);
    this.#busy = false;
  }

  async #send(act) {
    act.status = "sending";
    const basis = this.store.basisOf(act);
    const body = new URLSearchParams(act.fields);
    body.append("_versions", Object.entries(basis.versions).map((pair) => pair.join(":")).join(" "));
    body.append("_seen", basis.seen);
    body.append("_key", act.key);
    body.append("_me", this.store.me);
    let response, answer;
    try {
      response = await post(this.addresses.act.replace("NAME", act.name), body);
      answer = await read(response);
    } catch {
      return this.store.hold("lost");
    }
    if (answer?.done) return this.store.done(act, answer);
    const refused = answer?.refused;
    if (refused?.why === "signed_out") return this.store.hold("signed_out", refused);
    if (response.status >= 500 || (!refused && response.ok)) return this.store.hold("lost");
    return this.store.refuse(act, refused ?? { why: "forbidden", words: "服务器没有接受这一步。" }, answer?.state);
  }
}

/** POST a form as the desk's own script; rejects when no answer comes. */
export function post(address, body) {
  return fetch(address, { method: "POST", body, headers: { ...ASKS, "X-CSRFToken": csrfToken() }, signal: AbortSignal.timeout(PATIENCE) });
}

export async function getJson(address) {
  const response = await fetch(address, { headers: ASKS, signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

/** The JSON of an answer, or null where it is something else (a proxy's page of error). */
export async function read(response) {
  return response.headers.get("content-type")?.startsWith("application/json") ? response.json() : null;
}

const ASKS = { Accept: "application/json" };

/** Read anew each time: signing in again in another tab changes it. */
export function csrfToken() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie ? decodeURIComponent(cookie.slice("csrftoken=".length)) : (document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
}
