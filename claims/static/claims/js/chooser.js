// Where several claims lie over a word, each is offered.

import { styled } from "./styles.js";

export async function choose(desk, piece, event) {
  await styled("marking");
  document.getElementById("chooser")?.remove();
  const menu = document.createElement("div");
  menu.id = "chooser";
  menu.className = "chooser";
  menu.popover = "auto";
  menu.setAttribute("role", "group");
  menu.setAttribute("aria-label", "Claims at this place");
  for (const index of desk.marks.at(piece)) menu.append(entry(desk, index, menu));
  document.getElementById("main").append(menu);
  menu.showPopover();
  place(menu, event);
  menu.querySelector("button").focus();
  menu.addEventListener("keydown", (key) => walk(menu, key));
  menu.addEventListener("toggle", ({ newState }) => { if (newState === "closed") menu.remove(); });
}

function entry(desk, index, menu) {
  const button = document.createElement("button");
  button.type = "button";
  const tag = desk.marks.tags[index];
  const letter = document.createElement("span");
  letter.className = tag.className.replace("tag", "letter");
  letter.textContent = getComputedStyle(tag, "::before").content.replaceAll('"', "");
  const words = document.createElement("bdi");
  words.textContent = desk.marks.words(index);
  button.append(letter, words);
  button.setAttribute("aria-label", `${tag.getAttribute("aria-label")}: ${words.textContent}`);
  if (index === desk.at) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => {
    menu.hidePopover();
    desk.go(index, { scroll: false });
  });
  return button;
}

// By the place that was clicked, within the window.
function place(menu, { clientX, clientY }) {
  const { width, height } = menu.getBoundingClientRect();
  menu.style.setProperty("left", `${Math.max(8, Math.min(clientX, innerWidth - width - 8))}px`);
  const below = clientY + 14;
  menu.style.setProperty("top", `${below + height > innerHeight - 8 ? Math.max(8, clientY - height - 14) : below}px`);
}

function walk(menu, event) {
  const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  const buttons = [...menu.querySelectorAll("button")];
  buttons.at((buttons.indexOf(document.activeElement) + by) % buttons.length).focus();
}
