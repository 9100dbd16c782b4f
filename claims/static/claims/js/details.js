// The details of the claim at hand, in the panel: loaded when they are opened, sent without leaving the page. What is
// typed and not stored yet is kept in the browser, field by field.

import { dressAttribution, fillSpan, paintSpans } from "./attribution.js";
import { again, undoOf } from "./details-undo.js";
import { styled } from "./styles.js";

const PAUSE = 250;
let made = null;

export async function detailsOn(desk) {
  // What is stored of source, cue and content is painted in the text.
  await Promise.all([styled("details"), styled("marking")]);
  made ??= new Details(desk);
  return made;
}

export async function open(desk) { await (await detailsOn(desk)).toggle(); }

class Details {
  constructor(desk) {
    this.desk = desk;
    this.box = document.getElementById("details");
    this.box.addEventListener("input", (event) => this.typed(event.target.form));
    this.box.addEventListener("change", (event) => this.typed(event.target.form));
    this.box.addEventListener("submit", (event) => this.submitted(event));
    // Links to the details as they would be, filled from a suggestion, open in their section.
    this.box.addEventListener("click", (event) => {
      const link = event.target.closest("a[href*='/details?']");
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.takeOver(link);
    });
    // Another label asks for other parts of the attribution.
    new MutationObserver(() => {
      const { id, label } = this.desk.here();
      if (this.isOpen && this.shown === id && this.label !== label && label) this.load(["attribution"]);
    }).observe(document.getElementById("save-state"), { attributeFilter: ["data-state"] });
    document.addEventListener("claim-in-hand", () => this.follow());
  }

  get isOpen() { return !this.box.hidden; }

  async toggle() {
    if (this.isOpen) { this.close(); return; }
    await this.open();
    this.arrive(this.box.querySelector("h2"));
  }

  // Where somebody is led: in sight, and with the focus.
  arrive(place) {
    if (!place) return;
    if (!place.matches("input, select, textarea, button")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start", behavior: "instant" });
  }

  async open() {
    this.box.hidden = false;
    document.getElementById("more").setAttribute("aria-expanded", "true");
    if (this.shown !== this.desk.here().id) await this.load();
  }

  close() {
    this.box.hidden = true;
    document.getElementById("more").setAttribute("aria-expanded", "false");
    paintSpans(this.box, true);
    this.desk.marks.tags[this.desk.at].focus({ preventScroll: true });
  }

  async takeOver(link) {
    const section = link.closest("section").id;
    await this.load([section], link.search.slice(1));
    this.desk.announce.textContent = "Filled in, and not stored yet. Look at it and save.";
    this.arrive(this.box.querySelector(`#${section} details[open] input:not([type=hidden])`));
  }

  // Another claim is at hand: its details come when the reader has come to rest.
  follow() {
    clearTimeout(this.timer);
    if (!this.isOpen || this.shown === this.desk.here().id) return;
    this.box.setAttribute("aria-busy", "true");
    this.timer = setTimeout(() => this.load(), PAUSE);
  }

  async load(sections = null, query = "") {
    const { id } = this.desk.here();
    const answer = await fetch(`/claims/${id}/details?part=1&${query}`, { headers: { Accept: "text/html" } }).catch(() => null);
    if (id !== this.desk.here().id) return;
    this.box.removeAttribute("aria-busy");
    if (!answer?.ok) { this.desk.say("The details could not be loaded. Press d again in a moment."); return; }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    // A form that comes filled from a suggestion still has stored what it had before.
    const stored = new Map(query ? this.forms(sections).map((form) => [this.draftName(form), form.stored]) : []);
    if (sections && this.shown === id) {
      for (const name of sections) {
        this.box.querySelector(`#${name}`)?.replaceWith(document.adoptNode(fresh.getElementById(name)));
      }
    } else this.box.replaceChildren(...[...fresh.body.childNodes].map((node) => document.adoptNode(node)));
    this.shown = id;
    this.label = this.desk.here().label;
    for (const form of this.forms(sections)) this.ready(form, stored.get(this.draftName(form)));
    dressAttribution(this.box, this.desk, (form) => this.typed(form));
    paintSpans(this.box);
  }

  forms(sections) {
    const all = [...this.box.querySelectorAll("form")];
    return sections ? all.filter((form) => sections.includes(form.closest("section")?.id)) : all;
  }

  // What was stored is remembered for undo; what was typed on an earlier visit is put back.
  ready(form, stored) {
    form.stored = stored ?? entries(form);
    if (stored && !same(stored, entries(form))) { this.typed(form); return; }
    const draft = this.desk.drafts.of(this.draftName(form));
    if (!draft || same(draft.value, form.stored)) return;
    fill(form, draft.value);
    const said = notice(form, "What you typed here earlier was not saved. Save it, or ");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "plain";
    drop.textContent = "take what is stored";
    drop.addEventListener("click", () => {
      this.desk.drafts.drop(this.draftName(form));
      this.load([form.closest("section").id]);
    });
    said.append(drop, ".");
    form.closest("details")?.setAttribute("open", "");
  }

  draftName(form) {
    const { evidence, which } = form.elements;
    return `${this.shown} ${form.getAttribute("action")} ${evidence?.value ?? ""}${which?.value ?? ""}`;
  }

  typed(form) {
    if (!form) return;
    const typed = entries(form);
    if (same(typed, form.stored)) this.desk.drafts.drop(this.draftName(form));
    else this.desk.drafts.keep(this.draftName(form), typed, form.elements.version?.value);
    if (form.closest("#attribution")) paintSpans(this.box);
  }

  async submitted(event) {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    if (form.sending) return;
    form.sending = true;
    this.desk.panel.state("saving", "Saving…");
    const claim = this.desk.here().id;
    const section = form.closest("section").id;
    // What is taken back was given by the form beside it.
    const giving = form.closest("section").querySelector("form[action$='/verdict']");
    const before = form.matches("[action$='/take-back']") ? giving?.stored ?? [] : form.stored;
    const action = form.getAttribute("action");
    try {
      const stored = await again(action, new FormData(form, event.submitter));
      this.desk.drafts.drop(this.draftName(form));
      this.desk.history.add(undoOf(this, { claim, section, action, before, after: entries(form), stored }));
      await this.load(section === "evidence" ? ["evidence", "verdict"] : [section]);
      this.desk.panel.state("saved", "Saved", `: ${section}`);
      const suggested = section === "attribution" ? this.box.querySelector(".suggested b")?.textContent ?? "" : "";
      this.desk.announce.textContent = `Saved: ${section}. ${suggested}`.trim();
      this.arrive(this.box.querySelector(`#${section} h2`));
    } catch (refusal) { this.refused(form, refusal); }
    form.sending = false;
  }

  // The sentence above the form, which keeps what was typed; after a conflict also the version to answer.
  refused(form, { message, current }) {
    this.desk.panel.state("failed", "Not saved.");
    this.desk.announce.textContent = `Not saved: ${message}`;
    const said = notice(form, message);
    if (!current || current.version === undefined || !form.elements.version) return;
    const mine = document.createElement("button");
    mine.type = "button";
    mine.className = "second";
    mine.textContent = "Keep mine";
    mine.addEventListener("click", () => {
      form.elements.version.value = current.version;
      form.elements.key.value = crypto.randomUUID();
      form.requestSubmit();
    });
    const theirs = document.createElement("button");
    theirs.type = "button";
    theirs.className = "second";
    theirs.textContent = "Take what is stored";
    theirs.addEventListener("click", () => {
      this.desk.drafts.drop(this.draftName(form));
      this.load([form.closest("section").id]);
    });
    said.append(document.createElement("br"), mine, " ", theirs);
  }

  // Undo and redo of a change of details: sent as any other, and shown.
  async repeat({ claim, section, action, fields }) {
    const stored = await again(action, fields);
    const index = this.desk.marks.indexOf(claim);
    if (index >= 0 && index !== this.desk.at) this.desk.go(index);
    await this.open();
    await this.load(section === "evidence" ? ["evidence", "verdict"] : [section]);
    this.desk.say(`Put back: ${section}`);
    return stored;
  }

  async fillSpan(name, span, exact) {
    await this.open();
    const form = fillSpan(this.box, name, span, exact);
    if (!form) { this.desk.say("This claim's label takes no such words: choose the label sourced or unsourced first."); return; }
    this.typed(form);
    this.desk.say(`Marked as the ${name}: ${exact ?? ""}. Save the attribution when it is whole.`);
    form.querySelector(`[data-span="${name}"]`).scrollIntoView({ block: "nearest" });
    form.querySelector("button.go").focus({ preventScroll: true });
  }
}

const OWN = new Set(["csrfmiddlewaretoken", "key", "version"]);

// What a form holds, without what the server put there for itself.
function entries(form) { return [...new FormData(form)].filter(([name]) => !OWN.has(name)); }

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Put entries back, the first of a name into the first field of that name.
function fill(form, value) {
  const left = new Map();
  for (const [name, text] of value) left.set(name, [...(left.get(name) ?? []), text]);
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.type === "submit") continue;
    const texts = left.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = texts.includes(field.value);
    else if (texts.length) put(field, texts.shift());
    else if (field.type !== "hidden") field.value = "";
  }
}

function put(field, text) {
  if (field.tagName === "SELECT" && ![...field.options].some(({ value }) => value === text)) field.append(new Option(text, text));
  field.value = text;
}

function notice(form, words) {
  form.querySelector(".notice.said")?.remove();
  const said = document.createElement("p");
  said.className = "notice refused said";
  said.setAttribute("role", "alert");
  said.textContent = words;
  form.prepend(said);
  said.scrollIntoView({ block: "nearest" });
  return said;
}
