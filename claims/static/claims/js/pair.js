// The page of two claims: the form fitted to the relation, one key for each, and what is typed kept until it is stored.

import { Drafts } from "./drafts.js";
import { LinkForm, isTyping, radioOf, same, wantsSaving } from "./link-form.js";
import { styled } from "./styles.js";

const data = JSON.parse(document.getElementById("link-data").textContent);
const form = document.getElementById("link-form");
const dialog = document.getElementById("keys");
const back = document.getElementById("back");
const drafts = new Drafts(data.user);
const [pair] = data.pairs;
const name = `link ${data.claim}/${pair.other}`;
let view = null;

document.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
document.addEventListener("keydown", pressed);
document.getElementById("keys-open").addEventListener("click", keys);
if (form) start();

function start() {
  view = new LinkForm(form);
  view.pair = pair;
  const wasRefused = Boolean(document.querySelector(".refused"));
  const draft = drafts.of(name);
  if (draft && same(draft.value, view.read())) drafts.drop(name);
  else if (draft && !wasRefused) {
    view.show(data.claim, pair, draft.value);
    document.getElementById("save-state").textContent = "What you typed here earlier was not saved.";
  }
  view.fit();
  if (pair.fields.relation && !pair.fields.version) form.querySelector("[name=relation]:checked")?.focus();
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", (event) => {
    if (form.sending) { event.preventDefault(); return; }
    form.sending = true;
  });
}

function typed() { drafts.keep(name, view.read(), pair.fields.version); }

async function keys() {
  await styled("keys");
  dialog.showModal();
}

function pressed(event) {
  if (dialog.open) return;
  if (form?.contains(event.target) && wantsSaving(event)) { event.preventDefault(); save(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    event.preventDefault();
    if (event.target.closest("form")) event.target.blur();
    else location.assign(back.href);
    return;
  }
  if (isTyping(event)) return;
  if (event.key === "?") { event.preventDefault(); keys(); return; }
  if (!view) return;
  const radio = radioOf(form, event.key);
  if (!radio && event.key !== "s") return;
  event.preventDefault();
  if (radio) view.relate(radio);
  else view.swap();
  typed();
}

function save() {
  const missing = view.missing();
  if (!missing) { form.requestSubmit(form.querySelector("button.go")); return; }
  document.getElementById("save-state").textContent = missing;
  document.getElementById("announce").textContent = missing;
}
