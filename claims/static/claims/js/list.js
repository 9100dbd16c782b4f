// The claims of the text as a list beside it: each by its number, label and words, in reading order.

import { styled } from "./styles.js";

export async function open(desk) {
  await styled("keys");
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "list-title");
  const title = document.createElement("h2");
  title.id = "list-title";
  title.textContent = "Claims of this text";
  const list = document.createElement("ol");
  list.className = "claims";
  const entries = desk.marks.tags.map((tag, index) => [entry(desk, tag, index, dialog), index]);
  for (const [item] of entries) list.append(item);
  const close = document.createElement("form");
  close.method = "dialog";
  const button = document.createElement("button");
  button.className = "second";
  button.textContent = "Close";
  close.append(button);
  dialog.append(title, list, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  list.querySelector("[aria-current]")?.focus();
}

function entry(desk, tag, index, dialog) {
  const item = document.createElement("li");
  item.value = index + 1;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  const words = document.createElement("bdi");
  words.textContent = desk.marks.words(index);
  const label = document.createElement("small");
  label.textContent = ` ${tag.getAttribute("aria-label").replace(/^[^:]+: /, "")}`;
  button.append(words, label);
  if (index === desk.at) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => {
    dialog.close();
    desk.go(index);
  });
  item.append(button);
  return item;
}
