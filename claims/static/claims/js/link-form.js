// The form of one finding as a view: filled for a pair, fitted to the relation that is chosen, read back.

const BOUND = ["CORROBORATES", "CONTRADICTS"];
const SINGLE = ["relation", "origin", "independence"];

export class LinkForm {
  constructor(form) {
    this.form = form;
    this.find = (id) => form.querySelector(`#${id}`);
    this.reason = this.find("link-reason");
    form.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
    this.find("swap").addEventListener("click", () => this.swap());
    this.find("instead-here").addEventListener("click", () => this.find("instead").click());
    form.addEventListener("change", (event) => this.changed(event.target));
  }

  get relation() { return this.form.elements.relation.value; }
  get isDirected() { return this.form.querySelector("[name=relation]:checked")?.dataset.directed !== undefined; }

  // Fill the form for a pair with these fields: what is stored, or what was typed and is not.
  show(claim, pair, fields) {
    this.pair = pair;
    const { elements } = this.form;
    const [ours, theirs] = elements.origin;
    [ours.value, theirs.value] = [claim, pair.other];
    for (const name of SINGLE) this.choose(name, fields[name]);
    if (!fields.origin && pair.newer) this.choose("origin", pair.newer);
    for (const name of ["subtype", "basis", "reason"]) elements[name].value = fields[name] ?? "";
    for (const box of elements.signs) box.checked = (fields.signs ?? []).includes(box.value);
    this.find("subtype-why").hidden = true;
    this.find("why-newer").textContent = pair.whyNewer ? `The newer one is suggested, ${pair.whyNewer}. ` : "";
    this.fit();
  }

  choose(name, value) {
    for (const radio of this.form.elements[name]) radio.checked = Boolean(value) && radio.value === value;
  }

  // One key: the relation, and on to what it asks next.
  relate(radio) {
    radio.checked = true;
    this.changed(radio);
    const open = this.isDirected && !this.form.elements.origin.value;
    (open ? this.form.elements.origin[0] : this.reason).focus({ preventScroll: true });
  }

  changed(target) {
    if (target.name === "relation") this.suggest();
    if (target.name === "independence" && target.value === "shared_origin") this.tickFound();
    this.fit();
  }

  // What differs in the words suggests the kind of contradiction; a choice that was made stays.
  suggest() {
    const { subtype } = this.form.elements;
    if (this.relation !== "CONTRADICTS" || subtype.value || !this.pair.subtype) return;
    subtype.value = this.pair.subtype;
    this.find("subtype-why").hidden = false;
  }

  tickFound() {
    const boxes = [...this.form.elements.signs];
    this.form.querySelector("#independence details").open = true;
    if (boxes.some((box) => box.checked)) return;
    const found = [...this.find("signs-found").querySelectorAll("[data-sign]")].map(({ dataset }) => dataset.sign);
    for (const box of boxes) box.checked = found.includes(box.value);
  }

  // Only what the relation asks is shown.
  fit() {
    const { relation, pair } = this;
    const chosen = this.form.querySelector("[name=relation]:checked");
    const isBound = BOUND.includes(relation);
    this.find("relation-test").textContent = chosen?.dataset.test ?? "";
    this.find("directions").hidden = !this.isDirected;
    for (const verb of this.form.querySelectorAll(".verb")) verb.textContent = chosen?.dataset.verb ?? "";
    this.find("subtypes").hidden = relation !== "CONTRADICTS";
    this.find("independence").hidden = !isBound;
    this.find("time-rule").hidden = !isBound || !pair.time;
    this.find("time-rule").querySelector("span").textContent = pair.time;
    for (const id of ["instead", "instead-here"]) this.find(id).hidden = !isBound || !pair.apart || !pair.newer;
    if (isBound) this.form.dispatchEvent(new CustomEvent("origin-asked"));
  }

  // The other way round; where no direction is chosen yet, the first.
  swap() {
    if (!this.isDirected) return;
    const [ours, theirs] = this.form.elements.origin;
    const next = ours.checked ? theirs : ours;
    next.checked = true;
    next.focus();
    next.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The update that the times allow, with the newer one as its origin.
  instead() {
    this.choose("relation", "UPDATES");
    this.choose("origin", this.pair.newer);
    this.fit();
    const { signs, basis } = this.form.elements;
    for (const box of signs) box.checked = false;
    basis.value = "";
  }

  // What the form holds, as fields that a draft keeps.
  read() {
    const { relation, subtype, origin, independence, basis, reason, signs } = this.form.elements;
    return {
      relation: relation.value, subtype: relation.value === "CONTRADICTS" ? subtype.value : "",
      origin: this.isDirected ? origin.value : "",
      independence: BOUND.includes(relation.value) ? independence.value : "unknown",
      basis: basis.value, reason: reason.value, signs: [...signs].filter((box) => box.checked).map((box) => box.value),
    };
  }

  // What is missing before it can be sent, as a sentence; "" for nothing. The place that asks gets the focus.
  missing() {
    if (!this.relation) return "Choose how the two relate first: a digit does it.";
    if (!this.isDirected || this.form.elements.origin.value) return "";
    this.form.elements.origin[0].focus();
    return "Say which of the two it goes from: s swaps.";
  }
}

// The same finding, whatever the order of its signs and the spaces around its words.
export function same(one, other) {
  const said = (value) => (Array.isArray(value) ? [...value].sort().join() : String(value ?? "").trim());
  return Object.keys(one).every((name) => said(one[name]) === said(other[name]));
}

// The relation that a key chooses.
export const radioOf = (form, key) => [...form.querySelectorAll("[name=relation]")]
  .find((radio) => radio.parentElement.querySelector("kbd")?.textContent === key && radio.type === "radio");

export const isTyping = ({ target }) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

export const wantsSaving = (event) => event.key === "Enter" && !event.isComposing
  && (event.ctrlKey || event.metaKey || (event.target.id === "link-reason" && !event.shiftKey));
