// The guide's definition of the label being chosen, with worked examples, beside the choice.

let page = null;

export async function open(desk, link) {
  const box = document.getElementById("guide-text");
  box.hidden = !box.hidden;
  link.setAttribute("aria-expanded", String(!box.hidden));
  if (box.hidden) return;
  page ??= fetch(link.href).then((answer) => answer.text())
    .then((text) => new DOMParser().parseFromString(text, "text/html"));
  const form = document.getElementById("judge");
  const show = async () => {
    const chosen = (await page).getElementById(`label-${form.elements.label.value || "SOURCED"}`);
    box.replaceChildren(document.importNode(chosen, true));
  };
  await show();
  if (box.dataset.follows) return;
  box.dataset.follows = "yes";
  form.addEventListener("change", show);
  document.addEventListener("claim-in-hand", show);
}
