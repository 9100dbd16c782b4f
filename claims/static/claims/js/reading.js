// The reading page: moving from claim to claim, labelling with one key, saving behind the reader's back.

import { Panel, letterOf, nameOf } from "./panel.js";
import { Drafts } from "./drafts.js";
import { SaveQueue } from "./save-queue.js";

const data = JSON.parse(document.getElementById("reading-data").textContent);
const { claims } = data;
const KEYS = { 1: "SOURCED", 2: "UNSOURCED", 3: "OPINION", 0: "NOT_A_CLAIM" };
const EMPTY = { label: "", strength: null, reason: "", note: "" };
const NOTE_PAUSE = 800;

const pieces = claims.map(() => []);
// Where claims overlap, a piece is painted as the innermost's and is among the words of those around it too.
for (const piece of document.querySelectorAll(".s[data-claim]")) {
  const { claim, within = "" } = piece.dataset;
  for (const number of [claim, ...within.split(" ")]) pieces[number - 1]?.push(piece);
}
const tags = [];
for (const tag of document.querySelectorAll(".tag[data-claim]")) tags[tag.dataset.claim - 1] = tag;
claims.forEach((claim, index) => {
  // A claim's id stands on the page once: in the link that is its tag.
  claim.id = tags[index] && new URL(tags[index].href).searchParams.get("claim");
  claim.proposed = data.proposals[claim.proposed];
});
const bars = document.querySelectorAll(".map rect");
const progress = document.getElementById("progress");
const announce = document.getElementById("announce");
const bar = document.querySelector(".queued");
const nextArticle = document.getElementById("next-article");
const dialog = document.getElementById("keys");
const drafts = new Drafts(data.user);
const past = [];
let at = -1;
let noteTimer;

const judgementOf = ({ label = "", strength = null, reason = "", note = "" }) => ({ label, strength, reason, note });
const wordsOf = (index) => pieces[index].map((piece) => piece.textContent).join("");

if (tags.length) start();

function start() {
  const panel = new Panel(document.getElementById("here"), data.fitting);
  const queue = new SaveQueue({
    token: document.querySelector("[name=csrfmiddlewaretoken]").value,
    storeName: `unsent-${data.user}`,
    versions: new Map(claims.map((claim) => [claim.id, claim.version ?? 0])),
    listener: (claimId, state, detail) => heard(panel, queue, claimId, state, detail),
  });
  document.body.classList.add("scripted");
  for (const claim of claims) if (!claim.label) claim.note = drafts.of(claim.id);
  document.getElementById("keys-open").hidden = false;
  document.getElementById("keys-open").addEventListener("click", () => dialog.showModal());
  const first = claims.findIndex(({ id }) => panel.form.action.includes(id));
  go(panel, first < 0 ? tags.findIndex(Boolean) : first, { scroll: location.search.includes("claim="), focus: false });
  for (const [claimId, judgement] of queue.takeUp()) {
    show(claims.findIndex((claim) => claim.id === claimId), judgement ?? EMPTY);
  }
  panel.fill(claims[at]);
  listen(panel, queue);
}

function listen(panel, queue) {
  document.addEventListener("keydown", (event) => pressed(event, panel, queue));
  document.querySelector("article").addEventListener("click", (event) => {
    const found = event.target.closest("[data-claim]");
    if (!found || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(panel, found.dataset.claim - 1, { scroll: !found.matches(".s, .tag") });
  });
  panel.form.addEventListener("change", (event) => {
    if (event.target === panel.note) return;
    if (event.target.name === "label") panel.fit(event.target.value);
    if (panel.read().label) change(panel, queue, panel.read());
    else panel.state("none", "Choose a label first.");
  });
  panel.note.addEventListener("input", () => {
    clearTimeout(noteTimer);
    if (!panel.read().label) {
      drafts.keep(claims[at].id, panel.note.value);
      return panel.state("none", "The note is saved with the label: choose one.");
    }
    panel.state("saving", "Typing…");
    noteTimer = setTimeout(() => saveNote(panel, queue), NOTE_PAUSE);
  });
  panel.find("undo").addEventListener("click", () => undo(panel, queue));
  panel.find("onward").addEventListener("click", () => step(panel, 1));
  panel.find("take-back").addEventListener("click", () => {
    change(panel, queue, EMPTY);
    tags[at].focus({ preventScroll: true });
  });
  // What is being saved arrives before the page goes.
  bar?.addEventListener("submit", (event) => {
    if (!queue.waiting.size) return;
    event.preventDefault();
    setTimeout(() => event.target.requestSubmit(), 50);
  });
  panel.note.addEventListener("blur", () => saveNote(panel, queue));
  panel.form.addEventListener("submit", (event) => { event.preventDefault(); saveNote(panel, queue); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveNote(panel, queue); });
}

function saveNote(panel, queue) {
  clearTimeout(noteTimer);
  const typed = panel.read();
  if (claims[at].failed?.current) return amend(panel, queue, typed);
  if (typed.label && typed.note !== (claims[at].note ?? "")) change(panel, queue, typed);
}

function pressed(event, panel, queue) {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const typing = event.target.matches("textarea, input:not([type=radio])");
  if (event.key === "Escape") { tags[at]?.focus(); return; }
  if (typing) return;
  const choosing = event.target.matches("input[type=radio]");
  // On the row of strengths a digit is a strength.
  const strength = event.target.name === "strength" && panel.form.querySelector(`[name=strength][value="${event.key}"]`);
  if (strength) { strength.click(); strength.focus(); return; }
  const act = actions(panel, queue, choosing)[event.key];
  if (!act || (event.repeat && KEYS[event.key])) return;
  event.preventDefault();
  act();
}

function actions(panel, queue, choosing) {
  const label = (name) => () => change(panel, queue, { ...judgementOf(claims[at]), ...fitted(name) });
  const moves = {
    j: () => step(panel, 1), k: () => step(panel, -1),
    n: () => go(panel, unlabelled()), q: () => bar?.querySelector("form").requestSubmit(),
    u: () => undo(panel, queue), "?": () => dialog.showModal(),
  };
  for (const [key, name] of Object.entries(KEYS)) moves[key] = label(name);
  // Within a group of choices the arrows and Enter are the group's own.
  if (choosing) return moves;
  const onControl = document.activeElement?.matches("button, a:not(.tag)");
  if (onControl) return moves;
  return {
    ...moves, ArrowDown: moves.j, ArrowUp: moves.k,
    Enter: () => (panel.form.querySelector("[name=label]:checked") ?? panel.form.elements.label[0]).focus(),
  };
}

// A label by key keeps what fits it of strength and reason.
function fitted(label) {
  const { strength = null, reason = "" } = claims[at];
  return {
    label,
    strength: (data.fitting[label] ?? []).includes(strength) ? strength : null,
    reason: label === "UNSOURCED" ? reason : "",
  };
}

function unlabelled() {
  const open = (claim) => claim.id && !claim.label && !claim.settled;
  const after = claims.findIndex((claim, index) => index > at && open(claim));
  return after >= 0 ? after : claims.findIndex(open);
}

// A claim that the page does not show is passed over.
function step(panel, by) {
  let to = at + by;
  while (claims[to] && !tags[to]) to += by;
  go(panel, to);
}

function go(panel, index, { scroll = true, focus = true } = {}) {
  if (!tags[index] || (index === at && !scroll)) return;
  if (at >= 0) {
    saveNoteOf(panel);
    pieces[at].forEach((piece) => piece.classList.remove("at"));
    bars[at]?.classList.remove("here");
  }
  at = index;
  pieces[at].forEach((piece) => piece.classList.add("at"));
  bars[at]?.classList.add("here");
  panel.show(claims[at], wordsOf(at));
  stateOf(panel);
  if (focus) tags[at]?.focus({ preventScroll: true });
  if (scroll) pieces[at][0]?.scrollIntoView({ block: "nearest", behavior: "instant" });
}

// Moving on takes a half-typed note along; without a label it waits with its claim.
function saveNoteOf(panel) {
  panel.note.dispatchEvent(new Event("blur"));
  if (!claims[at].label) claims[at].note = panel.note.value;
}

// One change by the reviewer: painted at once, sent in order, and remembered for undo.
function change(panel, queue, judgement) {
  const claim = claims[at];
  if (claim.closed) return panel.refuse("This claim is settled and takes no further labels.", null, {});
  if (claim.failed?.current) return amend(panel, queue, judgement);
  past.push({ index: at, before: judgementOf(claim) });
  apply(panel, queue, at, judgement);
}

// While two texts stand side by side, what is typed belongs to one's own; it is sent when the reviewer has chosen.
function amend(panel, queue, judgement) {
  claims[at].failed.judgement = judgement;
  queue.amend(claims[at].id, judgement);
  show(at, judgement);
  panel.fit(judgement.label);
  panel.state("failed", "Not saved.", " Choose above which text to keep.");
}

function apply(panel, queue, index, judgement) {
  show(index, judgement);
  if (index === at) { panel.fill(claims[index]); panel.find("refusal").hidden = true; }
  drafts.drop(claims[index].id);
  queue.push(claims[index].id, judgement.label ? judgement : null);
  announce.textContent = `Claim ${index + 1}: ${nameOf(judgement.label)}`;
}

function undo(panel, queue) {
  const step = past.pop();
  if (!step) { panel.state("none", "Nothing to undo on this page."); return; }
  go(panel, step.index);
  apply(panel, queue, step.index, step.before);
  tags[at].focus({ preventScroll: true });
}

// Paint a judgement: text, tag, map and progress.
function show(index, judgement) {
  const claim = claims[index];
  const had = Boolean(claim.label);
  Object.assign(claim, judgement);
  const has = Boolean(claim.label);
  if (had !== has) {
    progress.dataset.done = Number(progress.dataset.done) + (has ? 1 : -1);
    progress.textContent = progress.dataset.done;
    const done = unlabelled() < 0;
    if (done && nextArticle.hidden) announce.textContent = `All done here. ${nextArticle.textContent}`;
    nextArticle.hidden = !done;
  }
  const shown = claim.label || claim.settled || claim.proposed?.[0];
  const draft = !(claim.label || claim.settled);
  const style = `${shown ? letterOf(shown) : "none"}${draft ? " draft" : ""}`;
  for (const piece of pieces[index]) {
    if (piece.dataset.claim - 1 === index) piece.className = `s ${style}${piece.matches(".at") ? " at" : ""}`;
  }
  const tag = tags[index];
  if (tag) {
    tag.className = `tag ${style}${claim.saving ? " saving" : ""}`;
    tag.setAttribute("aria-label", `Claim ${index + 1}: ${has ? `${nameOf(claim.label)}, your label` : "no label yet"}`);
  }
  bars[index]?.setAttribute("class", `${style}${index === at ? " here" : ""}`);
}

function stateOf(panel) {
  const { label, version, failed, saving, closed } = claims[at];
  panel.find("take-back").hidden = Boolean(!label || closed || failed);
  if (failed) panel.refuse(failed.error, failed.current, failed.choices);
  if (failed) panel.state("failed", "Not saved.");
  else if (saving) panel.state("saving", "Saving…");
  else if (label && version) panel.state("saved", "Saved", `, version ${version}`);
  else panel.state("none", "No label by you yet");
}

function heard(panel, queue, claimId, state, detail) {
  const index = claims.findIndex((claim) => claim.id === claimId);
  const claim = claims[index];
  claim.saving = state === "saving" || state === "retrying";
  claim.failed = null;
  tags[index]?.classList.toggle("saving", claim.saving);
  tags[index]?.classList.toggle("failed", state === "failed");
  if (state === "saved") {
    Object.assign(claim, { version: detail.version, settled: detail.settled, closed: detail.closed });
    if (index === at) panel.showSettled(claim);
  }
  if (state === "failed") claim.failed = { ...detail, choices: choices(panel, queue, index, detail) };
  if (index === at) stateOf(panel);
  if (state === "retrying" && index === at) {
    panel.state("failed", "Not saved yet.", ` No answer from the server; trying again in ${detail.seconds} s.`);
  }
  if (state === "saved") announce.textContent = `Claim ${index + 1} saved: ${nameOf(claim.label)}`;
  if (state === "failed") announce.textContent = `Claim ${index + 1} not saved: ${detail.error}`;
}

// Both ways out of a conflict; neither loses what was typed before the reviewer chose.
function choices(panel, queue, index, { current }) {
  return {
    keepMine: () => {
      const { judgement } = claims[index].failed;
      claims[index].failed = null;
      queue.letGo(claims[index].id, current.version);
      apply(panel, queue, index, judgement ?? EMPTY);
    },
    takeTheirs: () => {
      queue.letGo(claims[index].id, current.version);
      claims[index].version = current.version;
      Object.assign(claims[index], { failed: null, settled: current.settled, closed: current.closed });
      show(index, judgementOf(current));
      if (index === at) { panel.show(claims[at], wordsOf(at)); stateOf(panel); }
    },
  };
}
