// Does an import step by step and shows how far it is. What was done stays done: when the connection is lost it tries
// again, and whoever opens the page later goes on where it stopped.

const place = document.getElementById("progress");
const bar = place.querySelector("progress");
const form = document.getElementById("step");
const words = document.getElementById("progress-words");
const trouble = document.getElementById("trouble");
const announce = document.getElementById("announce");
// In milliseconds: how long to wait while somebody else has it in hand, after a lost connection, between two words
// for those who listen.
const ELSEWHERE = 1500, LOST = [1000, 2000, 5000, 10_000], SPOKEN = 8000;
let lost = 0, spoken = Date.now(), stopped = false;

for (const element of document.querySelectorAll("[data-unscripted]")) element.hidden = true;
document.getElementById("cancel").addEventListener("submit", () => { stopped = true; });
addEventListener("pagehide", () => { stopped = true; });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
step();

async function step() {
  if (stopped) return;
  let answer, told;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    told = await answer.json();
  } catch {
    later(`The connection was lost. Trying again; what was stored stays stored.`, LOST[Math.min(lost++, LOST.length - 1)]);
    return;
  }
  if (!answer.ok) {
    if (answer.status >= 500) later("The workbench did not answer. Trying again.", LOST[Math.min(lost++, LOST.length - 1)]);
    else say(told.error);
    return;
  }
  lost = 0;
  say("");
  show(told);
  if (told.ended) { if (!stopped) location.reload(); return; }
  setTimeout(step, told.moved ? 0 : ELSEWHERE);
}

function later(sentence, pause) {
  say(sentence);
  setTimeout(step, pause);
}

function say(sentence) {
  trouble.hidden = !sentence;
  trouble.textContent = sentence;
}

function show({ done, total, said, became }) {
  bar.max = Math.max(total, 1);
  bar.value = done;
  words.textContent = said;
  for (const cell of place.querySelectorAll("[data-became]")) {
    cell.textContent = became[cell.dataset.became] ?? 0;
  }
  if (Date.now() - spoken < SPOKEN) return;
  spoken = Date.now();
  announce.textContent = said;
}
