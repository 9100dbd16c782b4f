// The side panel as a view of one claim: shows it, and reads back what was chosen.

export const letterOf = (label) => label?.[0] ?? "·";
export const nameOf = (label) => label?.toLowerCase().replaceAll("_", " ") || "no label";

export class Panel {
  constructor(root, fitting) {
    this.root = root;
    this.fitting = fitting;
    this.form = root.querySelector("#judge");
    this.find = (id) => root.querySelector(`#${id}`);
    this.note = this.find("note");
  }

  // Show a claim as the page knows it; `text` is its words.
  show(claim, text) {
    this.claim = claim;
    this.find("quote").textContent = text;
    this.form.action = `/claims/${claim.id}/assess`;
    for (const [id, page] of Object.entries({ "claim-page": "", more: "details", links: "links" })) {
      this.find(id).href = `/claims/${claim.id}/${page}`;
    }
    this.showProposal(claim);
    this.showSettled(claim);
    this.find("changed").hidden = !claim.changed;
    this.find("refusal").hidden = true;
    this.fill(claim);
  }

  showSettled({ settled, closed }) {
    this.find("settled").hidden = !settled;
    this.find("settled-label").textContent = nameOf(settled);
    this.find("closed").hidden = !closed;
  }

  showProposal({ proposed: [label, , , ...words], closed }) {
    const why = this.find("why");
    why.className = `why ${letterOf(label)}`;
    words.forEach((text, index) => { why.children[index].textContent = text; });
    this.find("accept").hidden = !label || closed;
  }

  // Put a judgement into the controls.
  fill({ label = "", strength = null, reason = "", note = "" }) {
    this.choose("label", label);
    this.choose("strength", strength === null ? "" : String(strength));
    this.choose("reason", reason);
    if (this.note.value !== note) this.note.value = note;
    this.fit(label);
  }

  choose(name, value) {
    for (const radio of this.form.elements[name]) radio.checked = radio.value === value;
  }

  // Only what matters for the label is asked: the strengths and reasons that it can have.
  fit(label) {
    const strengths = this.fitting[label] ?? [];
    const closed = Boolean(this.claim.closed);
    this.find("strengths").hidden = strengths.length === 0;
    this.find("reasons").hidden = label !== "UNSOURCED";
    for (const radio of this.form.elements.strength) {
      radio.disabled = closed || !strengths.includes(Number(radio.value));
      if (radio.disabled) radio.checked = false;
    }
    for (const radio of this.form.elements.reason) {
      radio.disabled = closed || label !== "UNSOURCED";
      if (radio.disabled) radio.checked = false;
    }
    for (const radio of this.form.elements.label) radio.disabled = closed;
    this.note.disabled = closed;
    const chosen = this.form.querySelector("[name=strength]:checked");
    this.find("strength-meaning").textContent = chosen ? `: ${chosen.dataset.meaning}` : "";
  }

  // What the controls hold: the whole judgement.
  read() {
    const { label, strength, reason } = this.form.elements;
    return {
      label: label.value,
      strength: strength.value === "" ? null : Number(strength.value),
      reason: reason.value,
      note: this.note.value,
    };
  }

  state(kind, ...words) {
    const state = this.find("save-state");
    state.dataset.state = kind;
    const strong = document.createElement("b");
    strong.textContent = words.shift();
    state.replaceChildren(strong, words.join(""));
  }

  refuse(sentence) {
    const box = this.find("refusal");
    box.hidden = false;
    const said = document.createElement("p");
    said.textContent = sentence;
    box.replaceChildren(said);
    if (sentence.startsWith("You are not logged in")) import("./conflict.js").then(({ logIn }) => logIn(said));
  }
}
