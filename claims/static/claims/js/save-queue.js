// Sends changes in the order they were made, one at a time for each claim, each with its own key and the version that
// it expects. What could not be sent stays in the browser's store and is sent again when the page is opened.

const RETRY_AFTER = [1000, 2000, 5000, 10000, 30000];

export class SaveQueue {
  // `versions` maps a claim's id to the version of one's assessment; `listener(claimId, state, detail)` hears
  // "saving", "saved", "retrying" and "failed".
  constructor({ token, storeName, versions, listener }) {
    this.token = token;
    this.storeName = storeName;
    this.versions = versions;
    this.listener = listener;
    this.waiting = new Map();
    this.sending = new Set();
    window.addEventListener("online", () => this.waiting.forEach((_, claimId) => this.send(claimId)));
    window.addEventListener("beforeunload", (event) => { if (this.busy) event.preventDefault(); });
  }

  get busy() { return this.waiting.size > 0; }

  // Queue one change: {label, strength, reason, note}, or null to take one's label back.
  push(claimId, judgement, key = crypto.randomUUID()) {
    const queue = this.waiting.get(claimId) ?? [];
    queue.push({ judgement, key, tries: 0 });
    this.waiting.set(claimId, queue);
    this.keep();
    this.listener(claimId, "saving");
    this.send(claimId);
  }

  // What an earlier visit could not send; the same keys, so that nothing is stored twice.
  takeUp(known) {
    let left;
    try { left = JSON.parse(localStorage.getItem(this.storeName) ?? "[]"); } catch { left = []; }
    const here = left.filter(([claimId]) => known(claimId));
    here.forEach(([claimId, changes]) => changes.forEach(({ judgement, key }) => this.push(claimId, judgement, key)));
    return here;
  }

  // Drop what waits for a claim, for example because the reviewer chose what is stored.
  drop(claimId) {
    this.waiting.delete(claimId);
    this.keep();
  }

  async send(claimId) {
    const queue = this.waiting.get(claimId);
    if (!queue || this.sending.has(claimId)) return;
    this.sending.add(claimId);
    const change = queue[0];
    const outcome = await this.post(claimId, change);
    this.sending.delete(claimId);
    if (this.waiting.get(claimId) !== queue) return;
    if (outcome.stored) return this.arrived(claimId, queue, outcome.stored);
    if (outcome.refused) {
      this.drop(claimId);
      return this.listener(claimId, "failed", { ...outcome.refused, judgement: queue.at(-1).judgement });
    }
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

  async post(claimId, { judgement, key }) {
    const body = new URLSearchParams({ key, version: this.versions.get(claimId) ?? 0 });
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

  keep() {
    const left = [...this.waiting].map(([claimId, queue]) => [claimId, queue]);
    try {
      const others = JSON.parse(localStorage.getItem(this.storeName) ?? "[]")
        .filter(([claimId]) => !this.versions.has(claimId));
      const all = [...others, ...left];
      if (all.length) localStorage.setItem(this.storeName, JSON.stringify(all));
      else localStorage.removeItem(this.storeName);
    } catch { /* a browser without a store still saves to the server */ }
  }
}
