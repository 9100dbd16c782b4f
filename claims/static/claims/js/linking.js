// The page of candidates: one of them is at hand, one key relates it, its reason is typed, and the next one comes.

import { Drafts } from "./drafts.js";
import { LinkForm, isTyping, radioOf, same, wantsSaving } from "./link-form.js";
import { LinkQueue } from "./link-queue.js";
import { styled } from "./styles.js";

const data = JSON.parse(document.getElementById("link-data").textContent);
const finding = document.getElementById("finding");
const view = new LinkForm(document.getElementById("link-form"));
const rows = [...document.querySelectorAll(".candidate")];
const announce = document.getElementById("announce");
const dialog = document.getElementById("keys");
const back = document.getElementById("back");
const state = view.find("save-state");
const drafts = new Drafts(data.user);
const failed = new Map();
const origins = new Map();
const ids = data.pairs.map(({ other }) => `${data.claim}/${other}`);
let at = -1;

const queue = new LinkQueue({
  token: document.querySelector("[name=csrfmiddlewaretoken]").value,
  storeName: `unsent-links-${data.user}`,
  versions: new Map(data.pairs.map(({ fields }, index) => [ids[index], fields.version])),
  listener: heard,
});

document.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
document.addEventListener("keydown", pressed);
document.getElementById("keys-open").addEventListener("click", keys);
if (rows.length) start();

function start() {
  finding.hidden = false;
  for (const [index, row] of rows.entries()) {
    row.addEventListener("click", (event) => { if (!event.target.closest("a, #finding")) go(index); });
  }
  view.form.addEventListener("input", typed);
  view.form.addEventListener("change", typed);
  view.form.addEventListener("origin-asked", showOrigin);
  view.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.id === "instead") view.instead();
    save();
  });
  takeUp();
  const asked = rows.findIndex(({ id }) => `#${id}` === location.hash);
  go(Math.max(asked, 0), { scroll: asked >= 0, focus: asked >= 0 });
}

// What an earlier visit could not store is sent again under its key.
function takeUp() {
  for (const [id, version, changes] of queue.left()) {
    if (!ids.includes(id) || queue.isBusy(id)) continue;
    queue.versions.set(id, version);
    for (const { judgement, key } of changes) queue.add(id, judgement, key);
    Object.assign(data.pairs[ids.indexOf(id)].fields, changes.at(-1).judgement);
  }
}

function draftOf(id) { return `link ${id}`; }

function go(index, { scroll = true, focus = true } = {}) {
  if (!rows[index]) return;
  // A field that loses the focus says what it holds: now, while it is still this pair's, and not on the way.
  if (view.form.contains(document.activeElement)) document.activeElement.blur();
  rows[at]?.removeAttribute("aria-current");
  at = index;
  const row = rows[at];
  row.setAttribute("aria-current", "true");
  row.append(finding);
  const pair = data.pairs[at];
  const draft = drafts.of(draftOf(ids[at]))?.value;
  const isLeft = Boolean(draft) && !same(draft, pair.fields);
  view.form.action = `/pairs/${ids[at]}/link`;
  view.find("set-times").href = `/pairs/${ids[at]}/#times`;
  view.find("signs-found").replaceChildren();
  view.show(data.claim, pair, isLeft ? draft : pair.fields);
  view.form.hidden = Boolean(pair.closed);
  if (pair.closed) tell(at, pair.closed);
  if (failed.has(ids[at])) refuse(failed.get(ids[at]));
  else if (isLeft) say("none", "What you typed here earlier was not saved.");
  else said();
  if (focus) row.focus({ preventScroll: true });
  if (scroll) row.scrollIntoView({ block: "nearest", behavior: "instant" });
}

// What may show one origin is worked out of both articles when somebody asks.
async function showOrigin() {
  const id = ids[at];
  const box = view.find("signs-found");
  if (!origins.has(id)) {
    origins.set(id, fetch(`/pairs/${id}/?part=origin`).then((answer) => (answer.ok ? answer.text() : "")).catch(() => ""));
  }
  const page = new DOMParser().parseFromString(await origins.get(id), "text/html");
  if (id !== ids[at] || box.children.length) return;
  box.replaceChildren(...page.body.childNodes);
}

function typed() {
  drafts.keep(draftOf(ids[at]), view.read(), queue.versions.get(ids[at]));
  if (!failed.has(ids[at])) say("none", "Not saved yet");
}

function save() {
  const missing = view.missing();
  if (missing || data.pairs[at].closed) { say("failed", missing); announce.textContent = missing; return; }
  const fields = view.read();
  failed.delete(ids[at]);
  // What is sent is the draft until it is stored.
  drafts.keep(draftOf(ids[at]), fields, queue.versions.get(ids[at]));
  Object.assign(data.pairs[at].fields, fields);
  queue.add(ids[at], fields);
  step(1, "That was the last candidate.");
}

function step(by, atEnd = "") {
  if (rows[at + by]) { go(at + by); return; }
  rows[at].focus({ preventScroll: true });
  said();
  if (atEnd) announce.textContent = atEnd;
}

function heard(id, kind, detail) {
  const index = ids.indexOf(id);
  if (index < 0) return;
  if (kind === "saving") tell(index, "Saving…");
  if (kind === "retrying") tell(index, `Not saved yet. No answer from the server; trying again in ${detail.seconds} s.`);
  if (kind === "saved") {
    const { fields } = data.pairs[index];
    fields.version = detail.version;
    const draft = drafts.of(draftOf(id))?.value;
    if (!draft || same(draft, fields)) drafts.drop(draftOf(id));
    tell(index, `Saved: ${detail.relation_name.toLowerCase()}.${detail.time_rule ? ` ${data.pairs[index].time}` : ""}`);
    announce.textContent = `Saved: ${detail.relation_name.toLowerCase()}`;
  }
  if (kind === "failed") {
    failed.set(id, detail);
    drafts.keep(draftOf(id), detail.judgement, queue.versions.get(id));
    tell(index, `Not saved. ${detail.error}`, () => go(index));
    announce.textContent = `Not saved: ${detail.error}`;
  }
  if (index === at) {
    if (kind === "failed") refuse(detail);
    else said();
  }
}

// In the candidate's own line, also when another one is at hand by now.
function tell(index, words, toIt = null) {
  const line = rows[index].querySelector(".state");
  line.textContent = words;
  line.classList.toggle("failed", Boolean(toIt));
  if (!toIt || index === at) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = "Back to it";
  button.addEventListener("click", toIt);
  line.append(" ", button);
}

function said() {
  const { fields } = data.pairs[at];
  if (queue.waiting.has(ids[at])) say("saving", "Saving…");
  else if (fields.version) say("saved", `Saved, version ${fields.version}`);
  else say("none", "No finding by you yet");
}

function say(kind, words) {
  state.dataset.state = kind;
  state.textContent = words;
}

// The sentence, and for a conflict both ways out; what was typed stands in the form.
function refuse({ error, current }) {
  say("failed", `Not saved. ${error}`);
  if (!current?.version && current?.version !== 0) return;
  queue.versions.set(ids[at], current.version);
  if (!current.relation) return;
  const theirs = document.createElement("button");
  theirs.type = "button";
  theirs.className = "plain";
  theirs.textContent = `Take what is stored: ${current.relation_name.toLowerCase()}, “${current.reason}”`;
  const id = ids[at];
  theirs.addEventListener("click", () => {
    queue.letGo(id, current.version);
    failed.delete(id);
    drafts.drop(draftOf(id));
    Object.assign(data.pairs[ids.indexOf(id)].fields, current);
    go(ids.indexOf(id));
  });
  state.append(" Save again to keep yours, or ", theirs);
}

// What is being saved arrives before the page goes.
function leave() {
  if (queue.waiting.size && navigator.onLine) setTimeout(leave, 50);
  else location.assign(back.href);
}

async function keys() {
  await styled("keys");
  dialog.showModal();
}

function pressed(event) {
  if (dialog.open) return;
  const inForm = view.form.contains(event.target);
  if (inForm && wantsSaving(event)) { event.preventDefault(); save(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    event.preventDefault();
    if (inForm || isTyping(event)) (rows[at] ?? back).focus();
    else leave();
    return;
  }
  if (isTyping(event)) return;
  const radio = rows[at] && !data.pairs[at].closed && radioOf(view.form, event.key);
  const act = radio ? () => view.relate(radio) : actions(inForm)[event.key];
  if (!act || (radio && event.repeat)) return;
  event.preventDefault();
  act();
  if (!radio) return;
  typed();
  // The words that are judged stay in view, above the reason that is typed.
  rows[at].scrollIntoView({ block: "start", behavior: "instant" });
  document.activeElement.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function actions(inForm) {
  const moves = {
    "/": () => document.getElementById("q").focus(), "?": keys,
    ...(rows.length && {
      j: () => step(1), k: () => step(-1), s: () => view.swap(), c: () => rows[at].querySelector(".compare").click(),
    }),
  };
  // Within a group of choices the arrows are the group's own.
  return inForm ? moves : { ...moves, ArrowDown: moves.j, ArrowUp: moves.k };
}
