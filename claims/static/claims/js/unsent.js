// What an earlier visit could not store, or typed and never sent: a page that was closed, a browser that crashed, a
// connection that was lost.

import { judgementOf } from "./marks.js";

export function takeUp(desk) {
  takeUpChanges(desk);
  takeUpNotes(desk);
}

// Sent again with their keys, so that nothing is stored twice, and with the version that they were made on, so that a
// change made elsewhere since is shown rather than overwritten.
function takeUpChanges({ EMPTY, marks, queue, show }) {
  for (const [claimId, version, changes] of queue.left()) {
    if (!queue.versions.has(claimId) || queue.isBusy(claimId)) continue;
    queue.versions.set(claimId, version);
    changes.forEach(({ judgement, key, revision }) => queue.push(claimId, judgement, key, revision));
    show(marks.indexOf(claimId), changes.at(-1).judgement ?? EMPTY);
  }
}

// Notes: without a label they wait for it, with one they are sent now.
export function takeUpNotes({ apply, drafts, marks, queue }) {
  marks.claims.forEach((claim, index) => {
    const draft = claim.id && !claim.closed && drafts.of(claim.id);
    if (!draft || draft.value === (claim.note ?? "")) return;
    if (!claim.label) { claim.note = draft.value; return; }
    if (!queue.isBusy(claim.id)) queue.versions.set(claim.id, draft.version);
    apply(index, { ...judgementOf(claim), note: draft.value });
  });
}
