// Files that are dropped or chosen: shown with their sizes, and refused before they are sent where they are too large.
// Without this script the field takes files by itself, and the server refuses.

const form = document.getElementById("files-form");
const field = document.getElementById("files");
const drop = document.getElementById("drop");
const chosen = document.getElementById("chosen");
const most = { bytes: Number(form.dataset.most), files: Number(form.dataset.mostFiles) };
const MOST_SHOWN = 12;

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
document.body.classList.add("scripted");

// A file that misses the field must not take the place of the page.
for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => carries(event) && event.preventDefault());
drop.addEventListener("dragover", (event) => over(carries(event)));
drop.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) over(false); });
drop.addEventListener("drop", (event) => {
  over(false);
  if (!event.dataTransfer?.files.length) return;
  // What was chosen before stays: the field holds one list.
  const all = new DataTransfer();
  for (const file of [...field.files, ...event.dataTransfer.files]) if (!holds(all, file)) all.items.add(file);
  field.files = all.files;
  show();
});
field.addEventListener("change", show);
form.addEventListener("submit", (event) => {
  if (fault()) { event.preventDefault(); show(); field.focus(); return; }
  form.querySelector("button.go").textContent = "Reading …";
});
// Back from the next page, the browser may have kept the field.
addEventListener("pageshow", () => {
  form.querySelector("button.go").textContent = "Look at the files";
  if (field.files.length) show();
});

function carries(event) { return event.dataTransfer?.types.includes("Files") ?? false; }

function over(is) { drop.classList.toggle("over", is); }

function holds(all, file) {
  return [...all.files].some((one) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified);
}

function show() {
  const files = [...field.files];
  chosen.replaceChildren();
  if (!files.length) return;
  const list = document.createElement("ul");
  for (const file of files.slice(0, MOST_SHOWN)) list.append(line(file.name, size(file.size)));
  if (files.length > MOST_SHOWN) list.append(line(`and ${files.length - MOST_SHOWN} more`, ""));
  const sum = document.createElement("p");
  sum.textContent = `${files.length} ${files.length === 1 ? "file" : "files"}, ${size(total())} `;
  sum.append(button("Choose none", () => { field.value = ""; show(); field.focus(); }));
  chosen.append(list, sum);
  const wrong = fault();
  if (!wrong) return;
  const told = document.createElement("p");
  told.className = "notice refused";
  told.textContent = wrong;
  chosen.append(told);
}

function line(name, words) {
  const item = document.createElement("li");
  const file = document.createElement("bdi");
  file.textContent = name;
  const small = document.createElement("small");
  small.textContent = ` ${words}`;
  item.append(file, small);
  return item;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function total() { return [...field.files].reduce((sum, file) => sum + file.size, 0); }

function fault() {
  if (total() > most.bytes) return `These files have ${size(total())} together, and the most at one time is ${size(most.bytes)}. Send them in parts, or put them into a ZIP.`;
  if (field.files.length > most.files) return `These are ${field.files.length} files, and the most at one time is ${most.files}. Send them in parts, or put them into a ZIP.`;
  return "";
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
