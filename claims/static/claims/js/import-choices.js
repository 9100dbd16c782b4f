// Leaving a document out, or taking it in again, is kept at once. Without this script a button below the list keeps it.

const form = document.getElementById("choices");
const count = document.getElementById("count");
const said = document.getElementById("announce");
const trouble = document.getElementById("trouble");
let turn = Promise.resolve(), underway = 0;

for (const element of document.querySelectorAll("[data-unscripted]")) element.hidden = true;
form.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name !== "take") return;
  box.closest("article").classList.toggle("out", !box.checked);
  const wanted = box.checked;
  underway += 1;
  turn = turn.then(() => keep(box, wanted)).finally(() => { underway -= 1; });
});
// What is being kept arrives before the page goes.
form.addEventListener("submit", (event) => {
  if (!underway) return;
  event.preventDefault();
  setTimeout(() => form.requestSubmit(event.submitter), 50);
});

async function keep(box, wanted) {
  const version = form.querySelector(`[name="version-${box.value}"]`);
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("shown", box.value);
  body.set(version.name, version.value);
  if (wanted) body.set("take", box.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    version.value = told.versions[box.value];
    count.textContent = said.textContent = told.store;
    count.disabled = !told.ready;
  } catch (wrong) {
    box.checked = !wanted;
    box.closest("article").classList.toggle("out", wanted);
    trouble.hidden = false;
    trouble.textContent = `That was not kept: ${wrong.message}`;
  }
}
