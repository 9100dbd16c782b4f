// Sends changes in the order they were made, one at a time for each claim, each with its own key and the version that
// it expects. What is not stored yet, or was refused, stays in the browser's store until it is stored or let go.

const shown = () => document.getElementById("text").dataset.revision;
const RETRY_AFTER = [1000, 2000, 5000, 10000, 30000];

export class SaveQueue {
  // `versions` maps a claim's id to the version of one's assessment; `listener(claimId, state, detail)` hears
  // "saving", "saved", "retrying", "failed".
  constructor({ token, storeName, versions, listener }) {
    this.token = token;
    this.storeName = storeName;
    this.versions = versions;
    this.listener = listener;
    this.waiting = new Map();
    this.refused = new Map();
    this.sending = new Set();
    window.addEventListener("online", () => this.waiting.forEach((_, claimId) => this.send(claimId)));
    // A page that closes in the instant between a press and its timer still leaves the press behind.
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("beforeunload", (event) => { if (this.waiting.size) event.preventDefault(); });
  }

  // Queue one change: {label, strength, reason, note}, or null to take one's label back.
  push(claimId, judgement, key = crypto.randomUUID(), revision = shown()) {
    this.refused.delete(claimId);
    const queue = this.waiting.get(claimId) ?? [];
    queue.push({ judgement, key, revision, tries: 0 });
    this.waiting.set(claimId, queue);
    this.listener(claimId, "saving");
    // After the key press is painted: writing to the store and sending would hold it up.
    setTimeout(() => { this.keep(); this.send(claimId); });
  }

  // Whether something about the claim is not stored yet.
  isBusy(claimId) { return this.waiting.has(claimId) || this.refused.has(claimId); }

  // The last change of each claim that has one on its way.
  last() { return [...this.waiting].map(([claimId, changes]) => [claimId, changes.at(-1).judgement]); }

  // What was refused is typed on.
  amend(claimId, judgement) {
    const [change] = this.refused.get(claimId) ?? [];
    if (change) Object.assign(change, { judgement, key: crypto.randomUUID() });
    this.keep();
  }

  // Let go of what was refused for a claim: the reviewer chose what is stored.
  letGo(claimId, version) {
    this.versions.set(claimId, version);
    this.refused.delete(claimId);
    this.keep();
  }

  async send(claimId) {
    const queue = this.waiting.get(claimId);
    if (!queue || this.sending.has(claimId)) return;
    this.sending.add(claimId);
    const change = queue[0];
    const outcome = await this.post(claimId, change);
    this.sending.delete(claimId);
    if (outcome.stored) return this.arrived(claimId, queue, outcome.stored);
    if (outcome.refused) return this.turnedDown(claimId, queue, outcome.refused);
    const pause = RETRY_AFTER[Math.min(change.tries++, RETRY_AFTER.length - 1)];
    this.listener(claimId, "retrying", { seconds: pause / 1000 });
    setTimeout(() => this.send(claimId), pause);
  }

  arrived(claimId, queue, stored) {
    this.versions.set(claimId, stored.version);
    queue.shift();
    if (queue.length === 0) this.waiting.delete(claimId);
    this.keep();
    if (queue.length) return this.send(claimId);
    this.listener(claimId, "saved", stored);
  }

  // The last change holds all that was typed; those before it were steps on the way to it.
  turnedDown(claimId, queue, refusal) {
    const last = queue.at(-1);
    this.waiting.delete(claimId);
    this.refused.set(claimId, [last]);
    this.keep();
    this.listener(claimId, "failed", { ...refusal, judgement: last.judgement });
  }

  async post(claimId, { judgement, key, revision }) {
    const body = new URLSearchParams({ key, revision, version: this.versions.get(claimId) ?? 0 });
    for (const [name, value] of Object.entries(judgement ?? {})) body.set(name, value ?? "");
    const address = `/claims/${claimId}/${judgement ? "assess" : "retract"}`;
    const headers = { Accept: "application/json", "X-CSRFToken": this.token };
    try {
      const response = await fetch(address, { method: "POST", body, headers, redirect: "error", keepalive: true });
      if (response.ok) return { stored: await response.json() };
      if (response.status >= 500) return {};
      return { refused: await response.json() };
    } catch { return {}; }
  }

  left() {
    try { return JSON.parse(localStorage.getItem(this.storeName) ?? "[]"); } catch { return []; }
  }

  keep() {
    const others = this.left().filter(([claimId]) => !this.versions.has(claimId));
    const here = [...this.refused, ...this.waiting]
      .map(([claimId, changes]) => [claimId, this.versions.get(claimId) ?? 0, changes]);
    try {
      if (others.length + here.length) localStorage.setItem(this.storeName, JSON.stringify([...others, ...here]));
      else localStorage.removeItem(this.storeName);
    } catch { /* a browser without a store still saves to the server */ }
  }
}
