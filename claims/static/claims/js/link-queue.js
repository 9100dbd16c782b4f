// Findings in the order they were made, one at a time for each pair: see save-queue.js for how.

import { SaveQueue } from "./save-queue.js";

export class LinkQueue extends SaveQueue {
  // A pair's id is "claim/other"; `fields` are those of its form.
  add(id, fields, key) { this.push(id, fields, key, ""); }

  async post(id, { judgement: { signs, ...fields }, key }) {
    const body = new URLSearchParams({ ...fields, key, version: this.versions.get(id) ?? 0 });
    for (const sign of signs) body.append("signs", sign);
    const headers = { Accept: "application/json", "X-CSRFToken": this.token };
    try {
      const response = await fetch(`/pairs/${id}/link`, { method: "POST", body, headers, redirect: "error", keepalive: true });
      if (response.ok) return { stored: await response.json() };
      if (response.status >= 500) return {};
      return { refused: await response.json() };
    } catch { return {}; }
  }
}
