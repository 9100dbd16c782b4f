// The reading page: moving from claim to claim, labelling with one key, saving behind the reader's back.

import { Drafts } from "./drafts.js";
import { History } from "./history.js";
import { Marks, judgementOf } from "./marks.js";
import { Panel, nameOf } from "./panel.js";
import { SaveQueue } from "./save-queue.js";

const KEYS = { 1: "SOURCED", 2: "UNSOURCED", 3: "OPINION", 0: "NOT_A_CLAIM" };
const EMPTY = { label: "", strength: null, reason: "", note: "" };
const NOTE_PAUSE = 800;

const marks = new Marks();
const data = marks.take();
const announce = document.getElementById("announce");
const bar = document.querySelector(".queued");
const dialog = document.getElementById("keys");
const drafts = new Drafts(data.user);
let at = -1;
let noteTimer;
let panel;
let queue;
let history;

const here = () => marks.claims[at];
// What modules need that are only loaded when somebody uses them.
const desk = {
  // Keys that came before the marking cursor did.
  early: [],
  EMPTY, marks, drafts, announce, here, go, change, apply, show,
  get panel() { return panel; }, get queue() { return queue; }, get history() { return history; },
  get at() { return at; },
  say: (words) => { announce.textContent = words; panel.state("none", words); },
  // The page was filled anew.
  forget: () => { at = -1; },
};

const keys = async () => {
  await (await import("./styles.js")).styled("keys");
  dialog.showModal();
};

const BUTTONS = {
  // As one's own judgement, like any other label.
  accept: () => {
    const [label, strength, reason] = here().proposed;
    if (label) change({ ...judgementOf(here()), label, strength, reason });
    else desk.say("There is no proposal here to accept.");
  },
  undo: () => history.undo(),
  redo: () => history.redo(),
  onward: () => step(1),
  "take-back": () => {
    change(EMPTY);
    marks.tags[at].focus({ preventScroll: true });
  },
};

if (marks.tags.length) start();

function start() {
  panel = new Panel(document.getElementById("here"), data.fitting);
  history = new History(desk.say);
  queue = new SaveQueue({
    token: document.querySelector("[name=csrfmiddlewaretoken]").value,
    storeName: `unsent-${data.user}`,
    versions: new Map(marks.claims.map((claim) => [claim.id, claim.version ?? 0])),
    listener: heard,
  });
  document.body.classList.add("scripted");
  document.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
  const first = marks.claims.findIndex(({ id }) => panel.form.action.includes(id));
  at = first < 0 ? marks.tags.findIndex(Boolean) : first;
  go(at, { scroll: location.search.includes("claim="), focus: false, anew: true });
  listen();
  if (drafts.any() || queue.left().length) {
    import("./unsent.js").then(({ takeUp }) => { takeUp(desk); panel.fill(here()); stateOf(); });
  }
}

function listen() {
  document.addEventListener("keydown", pressed);
  const article = document.querySelector("article");
  article.addEventListener("click", (event) => {
    const found = event.target.closest("[data-claim]");
    if (!found || event.ctrlKey || event.metaKey || document.body.classList.contains("marking")) return;
    if (getSelection()?.toString()) return;
    event.preventDefault();
    if (found.dataset.within) import("./chooser.js").then(({ choose }) => choose(desk, found, event));
    else go(found.dataset.claim - 1, { scroll: !found.matches(".s, .tag") });
  });
  // Words selected by mouse or finger can become a claim, or a part of its attribution.
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection?.isCollapsed === false && article.contains(selection.anchorNode)) import("./marking.js").then(({ offer }) => offer(desk));
  });
  panel.form.addEventListener("change", (event) => {
    if (event.target === panel.note) return;
    if (event.target.name === "label") panel.fit(event.target.value);
    if (panel.read().label) change(panel.read());
    else panel.state("none", "Choose a label first.");
  });
  panel.note.addEventListener("input", () => {
    clearTimeout(noteTimer);
    drafts.keep(here().id, panel.note.value, queue.versions.get(here().id));
    if (!panel.read().label) return panel.state("none", "The note is saved with the label: choose one.");
    panel.state("saving", "Typing…");
    noteTimer = setTimeout(saveNote, NOTE_PAUSE);
  });
  for (const [id, act] of Object.entries(BUTTONS)) panel.find(id)?.addEventListener("click", act);
  panel.root.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-module]");
    if (!link) return;
    event.preventDefault();
    if (link.id === "mark") document.body.classList.add("marking");
    (await import(`./${link.dataset.module}.js`)).open(desk, link);
  });
  // What is being saved arrives before the page goes.
  bar?.addEventListener("submit", (event) => {
    if (!queue.waiting.size) return;
    event.preventDefault();
    setTimeout(() => event.target.requestSubmit(), 50);
  });
  panel.note.addEventListener("blur", saveNote);
  panel.form.addEventListener("submit", (event) => { event.preventDefault(); saveNote(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveNote(); });
  document.getElementById("keys-open").addEventListener("click", keys);
}

function saveNote() {
  clearTimeout(noteTimer);
  const typed = panel.read();
  if (here().failed?.current) return amend(typed);
  if (typed.label && typed.note !== (here().note ?? "")) change(typed);
}

function pressed(event) {
  const typing = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const again = (event.ctrlKey || event.metaKey) && !typing && { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
  if (again) { event.preventDefault(); history[again](); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  if (document.body.classList.contains("marking")) { desk.early?.push(event); return; }
  if (event.key === "Escape") { marks.tags[at]?.focus(); return; }
  if (typing) return;
  const choosing = event.target.matches("input");
  // On the row of strengths a digit is a strength.
  const strength = event.target.name === "strength" && panel.form.querySelector(`[name=strength][value="${event.key}"]`);
  if (strength) { strength.click(); strength.focus(); return; }
  const act = actions(choosing)[event.key];
  if (!act || (event.repeat && /[0-3a]/.test(event.key))) return;
  event.preventDefault();
  act();
}

function actions(choosing) {
  const moves = {
    j: () => step(1), k: () => step(-1),
    n: () => go(marks.waiting(at)), q: () => bar?.querySelector("form").requestSubmit(),
    u: BUTTONS.undo, U: BUTTONS.redo, "?": keys,
    l: () => (queue.waiting.size ? setTimeout(moves.l, 50) : panel.find("links").click()),
  };
  for (const [key, id] of Object.entries({ a: "accept", m: "mark", M: "merge", d: "more" })) moves[key] = () => panel.find(id).click();
  for (const [key, name] of Object.entries(KEYS)) {
    moves[key] = () => change({ ...judgementOf(here()), ...fitted(name) });
  }
  // Within a group of choices the arrows and Enter are the group's own.
  if (choosing || document.activeElement?.matches("button, summary, a:not(.tag)")) return moves;
  return {
    ...moves, ArrowDown: moves.j, ArrowUp: moves.k,
    Enter: () => (panel.form.querySelector("[name=label]:checked") ?? panel.form.elements.label[0]).focus(),
  };
}

// A label by key keeps what fits it of strength and reason.
function fitted(label) {
  const { strength = null, reason = "" } = here();
  return {
    label,
    strength: (data.fitting[label] ?? []).includes(strength) ? strength : null,
    reason: label === "UNSOURCED" ? reason : "",
  };
}

// A claim that the page does not show is passed over.
function step(by) {
  let to = at + by;
  while (marks.claims[to] && !marks.tags[to]) to += by;
  go(to);
}

function go(index, { scroll = true, focus = true, anew = false } = {}) {
  if (!marks.tags[index] || (index === at && !scroll && !anew)) return;
  if (at >= 0 && !anew) {
    saveNoteOf();
    marks.point(at, false);
  }
  at = index;
  marks.point(at, true);
  panel.show(here(), marks.words(at));
  stateOf();
  if (focus) marks.tags[at].focus({ preventScroll: true });
  if (scroll) marks.pieces[at][0]?.scrollIntoView({ block: "nearest", behavior: "instant" });
  document.dispatchEvent(new CustomEvent("claim-in-hand"));
}

// Moving on takes a half-typed note along.
function saveNoteOf() {
  panel.note.dispatchEvent(new Event("blur"));
  if (!here().label) here().note = panel.note.value;
}

// One change by the reviewer: painted at once, sent in order, and remembered for undo.
function change(judgement) {
  const claim = here();
  if (claim.closed) return panel.refuse("This claim takes no labels: it is settled, or its article is locked.");
  if (claim.failed?.current) return amend(judgement);
  const before = judgementOf(claim);
  // The same again only sends what waits.
  if (`${Object.values(before)}` !== `${Object.values(judgement)}`) {
    history.add({ undo: () => put(claim.id, before), redo: () => put(claim.id, judgement) });
  } else if (!claim.failed) return queue.send(claim.id);
  apply(at, judgement);
}

// Put a judgement back that the claim had before.
function put(claimId, judgement) {
  const index = marks.indexOf(claimId);
  if (index < 0) throw new Error("This claim is not in the text any more, so its label stays as it was.");
  go(index);
  apply(index, judgement);
  marks.tags[at].focus({ preventScroll: true });
}

// While two texts stand side by side, what is typed belongs to one's own; it is sent when the reviewer has chosen.
function amend(judgement) {
  here().failed.judgement = judgement;
  queue.amend(here().id, judgement);
  show(at, judgement);
  panel.fit(judgement.label);
  panel.state("failed", "Not saved.", " Choose above which text to keep.");
}

function apply(index, judgement) {
  show(index, judgement);
  if (index === at) { panel.fill(here()); panel.find("refusal").hidden = true; }
  queue.push(marks.claims[index].id, judgement.label ? judgement : null);
  announce.textContent = `Claim ${index + 1}: ${nameOf(judgement.label)}`;
}

function show(index, judgement) {
  if (marks.show(index, judgement, at)) announce.textContent = `All done here. ${marks.nextArticle.textContent}`;
}

function stateOf() {
  const { label, version, failed, saving, closed } = here();
  panel.find("take-back").hidden = Boolean(!label || closed || failed);
  if (failed) {
    panel.refuse(failed.error);
    panel.state("failed", "Not saved.");
    if (failed.current) import("./conflict.js").then(({ sideBySide }) => sideBySide(desk, here().id));
  }
  else if (saving) panel.state("saving", "Saving…");
  else if (label && version) panel.state("saved", "Saved", `, version ${version}`);
  else panel.state("none", "No label by you yet");
}

function heard(claimId, state, detail) {
  const index = marks.indexOf(claimId);
  const claim = marks.claims[index];
  if (!claim) { if (state === "failed") desk.say(`A claim that is not on the page any more was not saved: ${detail.error}`); return; }
  claim.saving = state === "saving" || state === "retrying";
  claim.failed = null;
  marks.tags[index]?.classList.toggle("saving", claim.saving);
  marks.tags[index]?.classList.toggle("failed", state === "failed");
  if (state === "saved") {
    Object.assign(claim, { version: detail.version, settled: detail.settled, closed: detail.closed });
    // What was typed since is still to come.
    if ((drafts.of(claimId)?.value ?? "") === (claim.note ?? "")) drafts.drop(claimId);
    if (index === at) panel.showSettled(claim);
  }
  if (state === "failed") claim.failed = detail;
  if (index === at) stateOf();
  if (state === "retrying" && index === at) {
    panel.state("failed", "Not saved yet.", ` No answer from the server; trying again in ${detail.seconds} s.`);
  }
  if (state === "saved") announce.textContent = `Claim ${index + 1} saved: ${nameOf(claim.label)}`;
  if (state === "failed") announce.textContent = `Claim ${index + 1} not saved: ${detail.error}`;
}
