// Draws the borders of claims anew: sends it, and takes up the page as it is then.

import { again } from "./details-undo.js";
import { exactOf, lines, paint, rangeOf, spanOf } from "./positions.js";
import { styled } from "./styles.js";
import { takeUpNotes } from "./unsent.js";

const PATIENCE = 10000;

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
  const held = desk.here().id;
  const place = bordersOf(desk.marks, desk.at)[0];
  await stored(desk, old);
  const outcome = await send(old, spans);
  await refresh();
  retake(desk, outcome.claims[0]?.id ?? held, place);
  desk.say(outcome.sentence);
  if (remember && outcome.undo.old.length + outcome.undo.spans.length) desk.history.add(step(desk, outcome));
  return outcome;
}

// What was said of the claims that are to go has to be there first: it goes along with the words.
async function stored({ panel, queue }, old) {
  panel.note.dispatchEvent(new Event("blur"));
  const end = Date.now() + PATIENCE;
  while (old.some((id) => queue.waiting.has(id))) {
    if (Date.now() > end) throw new Error("Your last label is not saved yet, so the borders are as they were. Try again when it is.");
    await new Promise((resume) => { setTimeout(resume, 50); });
  }
}

// The page after other borders were drawn: what waits to be saved is shown as before.
function retake(desk, claimId, place) {
  const { marks, queue } = desk;
  marks.take();
  desk.forget();
  for (const { id, version = 0 } of marks.claims) if (!queue.isBusy(id)) queue.versions.set(id, version);
  for (const [id, judgement] of queue.last()) if (marks.indexOf(id) >= 0) desk.show(marks.indexOf(id), judgement ?? desk.EMPTY);
  takeUpNotes(desk);
  // The claim itself, else the one where the reader was.
  const there = rangeOf([place, place + 1])?.startContainer.parentElement.closest(".s[data-claim]");
  const index = marks.indexOf(claimId);
  desk.go(index >= 0 ? index : Math.max(there ? marks.at(there)[0] : 0, 0), { scroll: false, anew: true });
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
  return again(address, body);
}

// The text with its claims as the server has them now. What is typed in the panel stays where it is.
async function refresh() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error("The borders are stored. Reload the page to see them.");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  fresh.querySelectorAll(".at").forEach((piece) => piece.classList.remove("at"));
  await styled("parts");
  for (const part of ["header.head", "#text", ".map", "#reading-data"]) {
    document.querySelector(part).replaceWith(document.adoptNode(fresh.querySelector(part)));
  }
  const served = document.querySelector(".queued [data-claim]");
  if (served) served.dataset.claim = fresh.querySelector(".queued [data-claim]")?.dataset.claim ?? "";
  paint("marking", []);
}
