// Places in the text. The server counts code points from the text's start, the browser UTF-16 units in text nodes:
// this is the one file that knows both.

const LINES = "#main article [data-start]";
const pairs = (text) => text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0;

export const codePoints = (text) => text.length - pairs(text);

// The lines of the text, in order: {line, start, end, words}. Captions and the like are lines, too, and no coverage.
export function lines() {
  return [...document.querySelectorAll(LINES)].map((line) => {
    const words = line.textContent;
    const start = Number(line.dataset.start);
    return { line, start, end: start + codePoints(words), words, isCoverage: !line.closest(".aside") };
  });
}

const elementOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);

// The code point at a place of the DOM; null outside the text. Range.toString() gives the characters as they are,
// which Selection.toString() does not.
export function placeOf(node, offset) {
  const line = elementOf(node)?.closest(LINES);
  if (!line) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  const text = before.toString();
  // Half a pair counts for nothing: the place is before its character.
  return Number(line.dataset.start) + codePoints(/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);
}

// [start, end] of a range of the DOM; null where it does not lie in the text. Whole lines may be selected by their
// block, so borders outside of text go to the text nearest to them within the range.
export function spanOf(range) {
  const touched = lines().filter(({ line }) => range.intersectsNode(line));
  if (!touched.length) return null;
  const start = placeOf(range.startContainer, range.startOffset) ?? touched[0].start;
  const end = placeOf(range.endContainer, range.endOffset) ?? touched.at(-1).end;
  return start < end ? [start, end] : null;
}

// The text node and the offset in it of a code point of a line: as the place where something starts, or ends.
function nodeAt({ line, start }, place, isStart) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let position = start;
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = codePoints(node.data);
    if (place < position + length || (!isStart && place === position + length)) {
      return [node, unitsOf(node.data, place - position)];
    }
    position += length;
    last = node;
  }
  return last ? [last, last.data.length] : [line, 0];
}

function unitsOf(text, count) {
  if (pairs(text) === 0) return count;
  return [...text].slice(0, count).join("").length;
}

// The DOM's range of [start, end]; null where the text does not have it.
export function rangeOf([start, end], known = lines()) {
  const first = known.find((line) => start < line.end);
  const last = known.findLast((line) => end > line.start);
  if (!first || !last || start >= end) return null;
  const range = document.createRange();
  range.setStart(...nodeAt(first, Math.max(start, first.start), true));
  range.setEnd(...nodeAt(last, Math.min(end, last.end), false));
  return range;
}

// The characters of [start, end] as the page shows them, what parts lines included; null where it cannot know them:
// where something that is no coverage lies between. The server cuts its own text and compares.
export function exactOf([start, end], known = lines()) {
  let exact = "";
  let position = start;
  for (const { line, start: from, end: to, words, isCoverage } of known) {
    if (to <= start || from >= end) continue;
    if (!isCoverage) return null;
    if (from > position) exact += line.dataset.gap ?? "\n".repeat(from - position);
    const points = pairs(words) ? [...words] : words;
    const piece = points.slice(Math.max(start - from, 0), end - from);
    exact += typeof piece === "string" ? piece : piece.join("");
    position = to;
  }
  return exact || null;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

// The words and marks of a line: [start, end] each. Made when they are asked for, and kept with the line.
export function tokensOf(entry) {
  if (entry.tokens) return entry.tokens;
  let position = entry.start;
  entry.tokens = [];
  for (const { segment } of segmenter.segment(entry.words)) {
    const next = position + codePoints(segment);
    if (segment.trim()) entry.tokens.push([position, next]);
    position = next;
  }
  return entry.tokens;
}

// The smallest span of whole words around [start, end]; null where there are none.
export function snapped([start, end], known = lines()) {
  const inside = known.filter((line) => line.start < end && line.end > start)
    .flatMap(tokensOf).filter(([from, to]) => from < end && to > start);
  return inside.length ? [inside[0][0], inside.at(-1)[1]] : null;
}

// Paint spans without touching the text: where the browser cannot, its own selection shows the first of them.
export function paint(name, spans, known) {
  const ranges = spans.map((span) => rangeOf(span, known)).filter(Boolean);
  if (globalThis.Highlight) {
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  } else if (name === "marking" && ranges.length) {
    getSelection().removeAllRanges();
    getSelection().addRange(ranges[0]);
  }
}
