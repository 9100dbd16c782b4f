// The claims of the page as they are marked in it: what is known of each, and where it is painted.

import { letterOf, nameOf } from "./panel.js";

export const judgementOf = ({ label = "", strength = null, reason = "", note = "" }) => ({ label, strength, reason, note });

export class Marks {
  // Take up what the page holds now: at its start, and again when other borders were drawn.
  take() {
    const data = JSON.parse(document.getElementById("reading-data").textContent);
    this.claims = data.claims;
    this.pieces = this.claims.map(() => []);
    // Where claims overlap, a piece is painted as the innermost's and is among the words of those around it too.
    for (const piece of document.querySelectorAll(".s[data-claim]")) {
      for (const index of this.at(piece)) this.pieces[index]?.push(piece);
    }
    this.tags = [];
    for (const tag of document.querySelectorAll(".tag[data-claim]")) this.tags[tag.dataset.claim - 1] = tag;
    this.claims.forEach((claim, index) => {
      // A claim's id stands on the page once: in the link that is its tag.
      claim.id = this.tags[index] && new URL(this.tags[index].href).searchParams.get("claim");
      const [head, ...why] = data.proposals[claim.proposed];
      claim.proposed = [...data.heads[head], ...why];
    });
    this.bars = document.querySelectorAll(".map rect");
    this.progress = document.getElementById("progress");
    this.nextArticle = document.getElementById("next-article");
    return data;
  }

  // The claims that a piece of the text lies in, the innermost first.
  at({ dataset: { claim, within } }) {
    return [claim, ...(within ? within.split(" ") : [])].map((number) => number - 1);
  }

  indexOf(claimId) { return this.claims.findIndex(({ id }) => id === claimId); }

  words(index) {
    const line = (piece) => piece?.closest("[data-start]");
    return this.pieces[index].map((piece, at, all) => (at && line(piece) !== line(all[at - 1]) ? "\n" : "") + piece.textContent).join("");
  }

  // The first claim after this one that waits for a label, else the first on the page.
  waiting(from) {
    const open = (claim) => claim.id && !claim.label && !claim.settled;
    const after = this.claims.findIndex((claim, index) => index > from && open(claim));
    return after >= 0 ? after : this.claims.findIndex(open);
  }

  point(index, is) {
    this.pieces[index]?.forEach((piece) => piece.classList.toggle("at", is));
    this.bars[index]?.classList.toggle("here", is);
  }

  // Paint a judgement: text, tag, map and progress. True when it was the last that waited here.
  show(index, judgement, at) {
    const claim = this.claims[index];
    const had = Boolean(claim.label);
    Object.assign(claim, judgement);
    const has = Boolean(claim.label);
    const shown = claim.label || claim.settled || claim.proposed?.[0];
    const style = `${shown ? letterOf(shown) : "none"}${claim.label || claim.settled ? "" : " draft"}`;
    for (const piece of this.pieces[index]) {
      if (piece.dataset.claim - 1 === index) piece.className = `s ${style}${piece.matches(".at") ? " at" : ""}`;
      else if (this.at(piece)[1] === index) piece.dataset.outer = letterOf(shown);
    }
    const tag = this.tags[index];
    if (tag) {
      tag.className = `tag ${tag.matches(".part") ? "part " : ""}${style}${claim.saving ? " saving" : ""}`;
      tag.setAttribute("aria-label", `Claim ${index + 1}: ${has ? `${nameOf(claim.label)}, your label` : "no label yet"}`);
    }
    this.bars[index]?.setAttribute("class", `${style}${index === at ? " here" : ""}`);
    if (had === has) return false;
    this.progress.textContent = this.progress.dataset.done = Number(this.progress.dataset.done) + (has ? 1 : -1);
    const wasHidden = this.nextArticle.hidden;
    this.nextArticle.hidden = this.waiting(-1) >= 0;
    return wasHidden && !this.nextArticle.hidden;
  }
}
