// One key for each thing that a moderator can do with a claim. Without this script everything is a button or a link.

const named = {
  e: () => document.getElementById("explanation")?.focus(),
  r: () => document.getElementById("label")?.focus(),
  n: () => document.getElementById("leave")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const action = named[event.key] ?? press(event.key);
  if (!action) return;
  event.preventDefault();
  action();
});

// The button that accepts the assessment of this number, or the part of the page that opens.
function press(key) {
  const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  return found && (() => {
    found.focus();
    found.click();
    found.closest("details[open]")?.querySelector("textarea").focus();
  });
}
