// The section of an attribution: its words marked in the text, its sources found while typing their names.

import { lines, paint } from "./positions.js";

const PARTS = ["source", "cue", "content"];
const PAUSE = 150;

// Fill one part's borders from words that were marked; the form, or null where this label takes no such part.
export function fillSpan(box, name, [start, end], exact) {
  const part = box.querySelector(`[data-span="${name}"]`);
  if (!part) return null;
  const { form } = part.querySelector("select");
  choose(form.elements[`${name}_start`], start, exact?.split(/\s+/)[0]);
  choose(form.elements[`${name}_end`], end, exact?.split(/\s+/).at(-1));
  form.elements[`${name}_exact`].value = exact ?? "";
  part.querySelector("[data-words]").textContent = exact ?? "";
  part.querySelector(".marked").hidden = !exact;
  return form;
}

function choose(select, place, word) {
  if (![...select.options].some(({ value }) => Number(value) === place && value !== "")) {
    select.prepend(new Option(word ?? String(place), place));
  }
  select.value = place;
}

// Show in the text what the form says, or nothing any more.
export function paintSpans(box, isOver = false) {
  const form = box.querySelector("#attribution-form");
  const known = lines();
  for (const name of PARTS) {
    const start = form?.elements[`${name}_start`]?.value;
    const end = form?.elements[`${name}_end`]?.value;
    paint(name, !isOver && start && end ? [[Number(start), Number(end)]] : [], known);
  }
}

export function dressAttribution(box, desk, typed) {
  const section = box.querySelector("#attribution");
  if (!section || section.dressed) return;
  section.dressed = true;
  for (const part of section.querySelectorAll("[data-span]")) {
    // Borders chosen by hand are no longer the words that were marked.
    part.addEventListener("change", () => {
      const { form } = part.querySelector("select");
      form.elements[`${part.dataset.span}_exact`].value = "";
      part.querySelector(".marked").hidden = true;
    });
  }
  section.querySelector("[data-use-proposal]")?.addEventListener("click", (event) => {
    event.preventDefault();
    let form = null;
    for (const { dataset, textContent } of section.querySelectorAll("[data-found]")) {
      const span = [Number(dataset.start), Number(dataset.end)];
      // The words may be shortened on the page; the server has them whole.
      form = fillSpan(box, dataset.found, span, textContent.includes("…") ? null : textContent) ?? form;
    }
    form = fillRoute(section, event.currentTarget.dataset) ?? form;
    if (form) typed(form);
  });
  section.querySelector("[data-apply-strength]")?.addEventListener("click", (event) => {
    event.preventDefault();
    applyStrength(section, desk);
  });
  for (const input of section.querySelectorAll("[name=hop_name]")) offerSources(input, typed);
}

// Fill in how it was said and by which route, as the first reading found them; a route that is there stays.
function fillRoute(section, { mode, scope }) {
  const form = section.querySelector("#attribution-form");
  if (!form) return null;
  if (mode && form.elements.mode) form.elements.mode.value = mode;
  if (scope && form.elements.scope) form.elements.scope.value = scope;
  const rows = [...section.querySelectorAll(".hop")];
  if (rows.some((row) => row.querySelector("[name=hop_name]").value)) return form;
  [...section.querySelectorAll("[data-step]")].slice(0, rows.length).forEach(({ dataset }, at) => {
    rows[at].querySelector("[name=hop_name]").value = dataset.step;
    rows[at].querySelector("[name=hop_kind]").value = dataset.kind;
  });
  return form;
}

// The strength that follows from what was entered, on the reviewer's word.
function applyStrength({ dataset }, desk) {
  const strength = dataset.suggestedStrength === "" ? null : Number(dataset.suggestedStrength);
  const { reason = "", note = "" } = desk.here();
  const label = dataset.suggestedLabel || desk.here().label;
  desk.change({ label, strength, reason: label === "UNSOURCED" ? reason : "", note });
  desk.marks.tags[desk.at].focus({ preventScroll: true });
}

// A combobox over the registry: what is typed finds sources by the beginning of any word of their names.
function offerSources(input, typed) {
  const row = input.closest(".hop");
  const list = document.createElement("ul");
  list.id = `sources-${crypto.randomUUID()}`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Sources of the registry");
  list.hidden = true;
  input.after(list);
  const set = (name, value) => input.setAttribute(name, value);
  set("role", "combobox");
  set("aria-controls", list.id);
  set("aria-expanded", "false");
  set("aria-autocomplete", "list");
  let timer;
  const close = () => { list.hidden = true; set("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const take = ({ source }) => {
    row.querySelector("[name=hop_source]").value = source.id;
    input.value = source.name;
    row.querySelector("[name=hop_kind]").value = "";
    close();
    typed(input.form);
  };
  input.addEventListener("input", () => {
    row.querySelector("[name=hop_source]").value = "";
    clearTimeout(timer);
    if (input.value.trim().length < 2) { close(); return; }
    timer = setTimeout(async () => {
      const address = `${input.closest("[data-suggest]").dataset.suggest}?q=${encodeURIComponent(input.value.trim())}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer?.ok || document.activeElement !== input) return;
      const found = await answer.json();
      list.replaceChildren(...(found.sources ?? found).map((source) => option(source, take)));
      list.hidden = !list.children.length;
      set("aria-expanded", String(!list.hidden));
    }, PAUSE);
  });
  input.addEventListener("keydown", (event) => walk(event, list, set, take, close));
  input.addEventListener("blur", () => setTimeout(close, 200));
}

function option(source, take) {
  const item = document.createElement("li");
  item.id = `source-${source.id}`;
  item.setAttribute("role", "option");
  item.source = source;
  const about = [source.kind_name ?? source.kind?.replaceAll("_", " "), source.role].filter(Boolean).join(", ");
  const name = document.createElement("bdi");
  name.textContent = source.name;
  const small = document.createElement("small");
  small.textContent = ` ${about}`;
  item.append(name, small);
  item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(item); });
  return item;
}

function walk(event, list, set, take, close) {
  if (list.hidden) return;
  const items = [...list.children];
  const chosen = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") { event.stopPropagation(); close(); return; }
  if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(items[chosen]); return; }
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  items[chosen]?.removeAttribute("aria-selected");
  const next = items.at((chosen + by + items.length) % items.length) ?? items[0];
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  set("aria-activedescendant", next.id);
}
