// A refused save, where something else is stored: both side by side, and both ways out. Neither loses what was typed
// before the reviewer chose.

import { judgementOf } from "./marks.js";
import { nameOf } from "./panel.js";

export function sideBySide(desk, claimId) {
  const index = desk.marks.indexOf(claimId);
  const { failed } = desk.marks.claims[index];
  if (!failed?.current || index !== desk.at) return;
  const { current } = failed;
  const box = desk.panel.find("refusal");
  box.querySelectorAll(".choice").forEach((choice) => choice.remove());
  const stored = document.createElement("p");
  stored.className = "choice";
  const parts = [nameOf(current.label)];
  if (current.strength !== null && current.strength !== undefined) parts.push(`strength ${current.strength}`);
  if (current.reason) parts.push(current.reason);
  if (current.note) parts.push(`note “${current.note}”`);
  stored.textContent = `Stored now: ${parts.join(", ")}. Below is what you sent.`;
  box.append(stored);
  if (!current.closed) box.append(button("Keep mine", () => keepMine(desk, claimId)), " ");
  box.append(button(current.closed ? "Let mine go" : "Take what is stored", () => takeTheirs(desk, claimId)));
}

// The way back for somebody whose session has ended.
export function logIn(said) {
  const login = document.createElement("a");
  login.href = `/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
  login.textContent = "Log in; what you typed is kept here.";
  said.append(" ", login);
}

function keepMine(desk, claimId) {
  const index = desk.marks.indexOf(claimId);
  const claim = desk.marks.claims[index];
  const { judgement, current } = claim.failed;
  claim.failed = null;
  desk.queue.letGo(claimId, current.version);
  desk.apply(index, judgement ?? desk.EMPTY);
}

function takeTheirs(desk, claimId) {
  const index = desk.marks.indexOf(claimId);
  const claim = desk.marks.claims[index];
  const { current } = claim.failed;
  desk.queue.letGo(claimId, current.version);
  desk.drafts.drop(claimId);
  const { version, settled, closed } = current;
  Object.assign(claim, { version, failed: null, settled, closed });
  desk.show(index, judgementOf(current));
  desk.go(index, { scroll: false, anew: true });
}

function button(name, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "second choice";
  made.textContent = name;
  made.addEventListener("click", action);
  return made;
}
