// Draws the borders of claims anew: sends it, and takes up the page as it is then.

import { exactOf, lines, paint, spanOf } from "./positions.js";
import { takeUpNotes } from "./unsent.js";

// The borders of a claim on the page.
export function bordersOf(marks, index) {
  const pieces = marks.pieces[index];
  const range = document.createRange();
  range.setStartBefore(pieces[0]);
  range.setEndAfter(pieces.at(-1));
  return spanOf(range);
}

// Let the claims at `spans` take the place of the claims `old` (ids); a step back is the same the other way round.
export async function redraw(desk, old, spans, { remember = true } = {}) {
  const held = desk.here()?.id;
  const outcome = await send(old, spans);
  await refresh();
  retake(desk, outcome.claims[0]?.id ?? (desk.marks.indexOf(held) >= 0 ? held : outcome.restored?.[0]));
  desk.say(outcome.sentence);
  if (remember && outcome.undo.old.length + outcome.undo.spans.length) desk.history.add(step(desk, outcome));
  return outcome;
}

// The page after other borders were drawn: what waits to be saved is shown as before.
function retake(desk, claimId) {
  const { marks, queue } = desk;
  marks.take();
  desk.forget();
  for (const { id, version = 0 } of marks.claims) if (!queue.isBusy(id)) queue.versions.set(id, version);
  for (const [id, judgement] of queue.last()) if (marks.indexOf(id) >= 0) desk.show(marks.indexOf(id), judgement ?? desk.EMPTY);
  takeUpNotes(desk);
  desk.go(Math.max(marks.indexOf(claimId), 0), { scroll: false, anew: true });
}

// Taking it back is the same verb the other way round, and its outcome says how to make it again.
function step(desk, outcome) {
  let way = outcome.undo;
  const turn = async () => {
    const spans = way.spans.map(({ start, end }) => [start, end]);
    ({ undo: way } = await redraw(desk, way.old, spans, { remember: false }));
  };
  return { undo: turn, redo: turn };
}

async function send(old, spans) {
  const { revision, redraw: address } = document.getElementById("text").dataset;
  const known = lines();
  const body = new URLSearchParams({ revision, key: crypto.randomUUID() });
  for (const id of old) body.append("old", id);
  body.set("spans", JSON.stringify(spans.map(([start, end]) => ({ start, end, exact: exactOf([start, end], known) }))));
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  // Sent again with the same key when no answer came: it is done once, however often it arrives.
  for (const pause of [500, 1500, 4000, null]) {
    const answer = await post(address, body, token);
    if (answer?.ok) return answer.json();
    if (answer && answer.status < 500) throw new Error((await answer.json()).error);
    if (pause === null) throw new Error("No answer from the server, so the borders are as they were. Try it again.");
    await new Promise((resume) => { setTimeout(resume, pause); });
  }
  return null;
}

async function post(address, body, token) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  try { return await fetch(address, { method: "POST", body, headers, redirect: "error" }); } catch { return null; }
}

// The text with its claims as the server has them now. What is typed in the panel stays where it is.
async function refresh() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error("The borders are stored. Reload the page to see them.");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of ["header.head", "#text", ".map", "#reading-data"]) {
    document.querySelector(part).replaceWith(document.adoptNode(fresh.querySelector(part)));
  }
  const served = document.querySelector(".queued [data-claim]");
  if (served) served.dataset.claim = fresh.querySelector(".queued [data-claim]")?.dataset.claim ?? "";
  paint("marking", []);
}
