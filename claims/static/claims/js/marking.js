// Marking words: by selecting them with mouse or finger, by tapping the first and the last, or by keyboard with a cursor
// that moves from word to word. What is marked becomes a claim, new borders, or a part of the attribution.

import { exactOf, lines, paint, placeOf, rangeOf, snapped, spanOf, tokensOf } from "./positions.js";
import { detailsOn } from "./details.js";
import { bordersOf, redraw } from "./redraw.js";
import { styled } from "./styles.js";

const SNAP = "marking-snap";
let made = null;

async function markingOn(desk) {
  await styled("marking");
  made ??= new Marking(desk);
  return made;
}

// What the two buttons of the panel do.
export async function open(desk, { id }) {
  const marking = await markingOn(desk);
  if (id === "merge") { await marking.merge(); return; }
  marking.begin();
  desk.early?.forEach((event) => marking.pressed(event));
  desk.early = null;
}

// Words were selected.
export async function offer(desk) { (await markingOn(desk)).offer(); }


class Marking {
  constructor(desk) {
    this.desk = desk;
    this.toolbar = document.getElementById("marking");
    this.words = this.toolbar.querySelector("q");
    this.snap = this.toolbar.querySelector("[name=snap]");
    try { this.snap.checked = localStorage.getItem(SNAP) !== "off"; } catch { /* snapping stays on */ }
    this.snap.addEventListener("change", () => this.snapping());
    this.toolbar.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act) this.act(act);
    });
    // A selection lives until the finger or the mouse has let go of it.
    this.toolbar.addEventListener("pointerdown", (event) => { if (!event.target.matches("input")) event.preventDefault(); });
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.querySelector("article").addEventListener("click", (event) => this.tapped(event));
    // Who lets go of a selection wants nothing made of it.
    document.addEventListener("selectionchange", () => {
      if (this.isOn && !this.cursor && getSelection().isCollapsed) this.leave();
    });
  }

  get isOn() { return document.body.classList.contains("marking"); }

  // Words were selected: offer what can be made of them.
  offer() {
    const selection = getSelection();
    if (this.isOn && this.cursor) return;
    const span = selection.rangeCount ? spanOf(selection.getRangeAt(0)) : null;
    if (!span) return;
    this.takeToHand(selection.getRangeAt(0));
    this.show(span);
  }

  // What is done with the words is done with the claim that they lie in: the one at hand, else the innermost.
  takeToHand(range) {
    const { marks, at } = this.desk;
    const node = range.startContainer;
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".s[data-claim]");
    const around = piece ? marks.at(piece) : [];
    if (around.length && !around.includes(at)) this.desk.go(around[0], { scroll: false, focus: false });
  }

  // Begin with the cursor on the first word of the claim at hand.
  begin() {
    this.known = lines();
    const borders = bordersOf(this.desk.marks, this.desk.at);
    const index = this.known.findIndex(({ end }) => borders[0] < end);
    const token = Math.max(0, this.units(index).findIndex(([, end]) => end > borders[0]));
    this.cursor = { from: [index, token], to: [index, token] };
    getSelection().removeAllRanges();
    this.moved();
    this.desk.announce.textContent = "Marking. Arrows move by word, Shift and arrows extend and shrink, Enter makes a claim, Escape leaves.";
  }

  show(span) {
    this.known ??= lines();
    this.span = this.snap.checked ? snapped(span, this.known) ?? span : span;
    document.body.classList.add("marking");
    this.toolbar.hidden = false;
    [this.toolbar.dataset.start, this.toolbar.dataset.end] = this.span;
    this.words.textContent = exactOf(this.span, this.known) ?? rangeOf(this.span, this.known).toString();
    this.toolbar.querySelector("[data-number]").textContent = this.desk.at + 1;
    const { closed } = this.desk.here();
    this.toolbar.querySelectorAll("[data-of-claim]").forEach((button) => { button.disabled = Boolean(closed); });
    this.paint();
  }

  paint() { paint("marking", this.span ? [this.span] : [], this.known); }

  leave() {
    document.body.classList.remove("marking");
    this.toolbar.hidden = true;
    Object.assign(this, { span: null, cursor: null, known: null });
    paint("marking", []);
    getSelection().removeAllRanges();
  }

  snapping() {
    try { localStorage.setItem(SNAP, this.snap.checked ? "on" : "off"); } catch { /* for this page only */ }
    if (this.cursor) {
      const [start, end] = this.span;
      const index = this.known.findIndex((line) => start < line.end);
      const last = this.known.findLastIndex((line) => end > line.start);
      const at = (line, place) => Math.max(0, this.units(line).findIndex(([, to]) => to > place));
      this.cursor = { from: [index, at(index, start)], to: [last, at(last, end - 1)] };
      this.moved();
    } else if (this.span) this.offer();
    const said = this.snap.checked ? "Borders snap to words." : "Borders go by character.";
    this.desk.announce.textContent = `${said} ${this.words.textContent}`;
  }

  // What the cursor moves by in a line: words, or characters where snapping is off.
  units(index) {
    const entry = this.known[index];
    if (!entry?.isCoverage) return [];
    if (this.snap.checked) return tokensOf(entry);
    entry.characters ??= charactersOf(entry);
    return entry.characters;
  }

  pressed(event) {
    if (!this.isOn || event.target.matches("textarea, select, input:not([type=checkbox])") || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && event.target.closest("#marking button")) return;
    const act = { Enter: "claim", Escape: "leave", b: "borders", x: "split", s: "source", c: "cue", t: "content" }[event.key];
    if (event.ctrlKey || event.metaKey) return;
    if (act) this.act(act);
    else if (event.key === "w") { this.snap.checked = !this.snap.checked; this.snapping(); }
    else if (this.cursor ? !this.moves(event) : !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // Move the cursor or, with Shift, its far end. True when the key was one of the cursor's.
  moves({ key, shiftKey }) {
    const rtl = getComputedStyle(this.known[this.cursor.to[0]].line).direction === "rtl";
    const by = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[key];
    const to = by ? this.beside(this.cursor.to, by) : this.farther(key);
    if (!to) return by !== undefined || key in FARTHER;
    this.cursor = { from: shiftKey ? this.cursor.from : to, to };
    this.moved();
    return true;
  }

  beside([index, token], by) {
    if (this.units(index)[token + by]) return [index, token + by];
    const next = this.line(index, by);
    return next < 0 ? null : [next, by > 0 ? 0 : this.units(next).length - 1];
  }

  // The next line, this way, that can hold claims; -1 where there is none.
  line(index, by) {
    for (let next = index + by; this.known[next]; next += by) if (this.units(next).length) return next;
    return -1;
  }

  // To the border of the line, or of the sentence before or after.
  farther(key) {
    const [index, token] = this.cursor.to;
    if (key === "Home") return [index, 0];
    if (key === "End") return [index, this.units(index).length - 1];
    if (!(key in FARTHER)) return null;
    const claims = this.desk.marks.pieces.map((_, number) => number).filter((number) => this.desk.marks.tags[number]);
    const spans = claims.map((number) => bordersOf(this.desk.marks, number));
    const place = this.units(index)[token][0];
    const goal = FARTHER[key] > 0
      ? spans.find(([start]) => start > place)?.[0]
      : spans.findLast(([start]) => start < place)?.[0];
    if (goal === undefined) return null;
    const line = this.known.findIndex(({ end }) => goal < end);
    return [line, Math.max(0, this.units(line).findIndex(([, end]) => end > goal))];
  }

  moved() {
    const { from, to } = this.cursor;
    const [one, other] = [this.units(from[0])[from[1]], this.units(to[0])[to[1]]];
    this.show([Math.min(one[0], other[0]), Math.max(one[1], other[1])]);
    const words = this.words.textContent;
    this.desk.announce.textContent = words.length > 120 ? `${words.slice(0, 60)} … ${words.slice(-50)}` : words;
    // Scrolling waits until the mark is painted: measuring lays the page out anew.
    requestAnimationFrame(() => setTimeout(() => this.keepInView(other)));
  }

  keepInView(unit) {
    if (!this.known) return;
    const box = rangeOf(unit, this.known)?.getBoundingClientRect();
    const { top } = this.toolbar.getBoundingClientRect();
    const bottom = top > innerHeight / 2 ? top : innerHeight;
    if (box && (box.top < 60 || box.bottom > bottom - 20)) scrollBy(0, box.top - innerHeight / 3);
  }

  // With the cursor on, a tap on a word moves it there; a second tap marks as far as that word.
  tapped(event) {
    if (!this.isOn || !this.cursor) return;
    event.preventDefault();
    const place = caretAt(event);
    const index = place === null ? -1 : this.known.findIndex(({ start, end }) => start <= place && place < end);
    const token = index < 0 ? -1 : this.units(index).findIndex(([, end]) => end > place);
    if (token < 0) return;
    const to = [index, token];
    this.cursor = this.first ? { from: this.first, to } : { from: to, to };
    this.first = this.first ? null : to;
    this.moved();
  }

  async act(act) {
    const { desk, span } = this;
    if (act === "leave") { this.leave(); desk.marks.tags[desk.at].focus({ preventScroll: true }); return; }
    if (!span) return;
    if (["source", "cue", "content"].includes(act)) {
      const exact = exactOf(span, this.known);
      this.leave();
      await (await detailsOn(desk)).fillSpan(act, span, exact);
      return;
    }
    const { id } = desk.here();
    const [start, end] = bordersOf(desk.marks, desk.at);
    try {
      if (act === "claim") await redraw(desk, [], [span]);
      else if (act === "borders") await redraw(desk, [id], [span]);
      else if (act === "split") {
        const parts = [this.trimmed(start, span[0]), this.trimmed(span[0], end)];
        if (!parts.every(Boolean)) throw new Error("Put the cursor on a word within the claim, where its second part begins.");
        await redraw(desk, [id], parts);
      }
      this.leave();
    } catch (refusal) { desk.say(refusal.message); this.complain(refusal.message); }
  }

  // [start, end] without the spaces at its ends; null where nothing is left.
  trimmed(start, end) {
    const inside = this.known.flatMap(tokensOf).filter(([from, to]) => from >= start && to <= end);
    return inside.length ? [inside[0][0], inside.at(-1)[1]] : null;
  }

  complain(words) {
    const said = this.toolbar.querySelector("[role=alert]");
    said.textContent = words;
    said.hidden = false;
    setTimeout(() => { said.hidden = true; }, 8000);
  }

  // The claim at hand and the one after it become one.
  async merge() {
    const { desk } = this;
    let next = desk.at + 1;
    while (desk.marks.claims[next] && !desk.marks.tags[next]) next += 1;
    if (!desk.marks.tags[next]) { desk.say("There is no claim after this one to merge it with."); return; }
    const [one, other] = [desk.at, next].map((index) => bordersOf(desk.marks, index));
    const ids = [desk.at, next].map((index) => desk.marks.claims[index].id);
    try { await redraw(desk, ids, [[Math.min(one[0], other[0]), Math.max(one[1], other[1])]]); }
    catch (refusal) { desk.say(refusal.message); }
  }
}

const FARTHER = { ArrowDown: 1, ArrowUp: -1 };

function charactersOf(entry) {
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let position = entry.start;
  const found = [];
  for (const { segment } of graphemes.segment(entry.words)) {
    const next = position + [...segment].length;
    if (segment.trim()) found.push([position, next]);
    position = next;
  }
  return found;
}

function caretAt({ clientX, clientY }) {
  const caret = document.caretPositionFromPoint?.(clientX, clientY);
  const range = caret ? null : document.caretRangeFromPoint?.(clientX, clientY);
  const [node, offset] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
  return node ? placeOf(node, offset) : null;
}
