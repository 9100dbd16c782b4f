// Changes of a claim's details taken back and made again: each is one more change, with its own key and the version that
// is in force then, so that the history keeps them all.

// Send a form; sent again with the same key when no answer came. Throws what was refused, with what is stored.
export async function again(action, fields) {
  const body = new URLSearchParams(fields);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  for (const pause of [500, 1500, 4000, null]) {
    const answer = await fetch(action, { method: "POST", body, headers, redirect: "error" }).catch(() => null);
    if (answer?.ok) return answer.json();
    if (answer && answer.status < 500) {
      const { error, current } = await answer.json();
      throw Object.assign(new Error(error), { current });
    }
    if (pause === null) throw new Error("No answer from the server. What you typed is kept here; send it again.");
    await new Promise((resume) => { setTimeout(resume, pause); });
  }
  return null;
}

// How a change that was just stored is taken back, and made again. What was added is removed, what was removed is
// restored, what was stated anew is stated as it was before. `before` and `after` are the entries of the form.
export function undoOf(details, { claim, section, action, before, after, stored }) {
  const root = `/claims/${claim}/`;
  const deed = action.slice(root.length);
  let { version } = stored;
  const send = (to, fields) => async () => {
    const said = [...fields, ["version", version], ["key", crypto.randomUUID()]];
    ({ version } = await details.repeat({ claim, section, action: root + to, fields: said }));
  };
  const which = [["evidence", stored.evidence ?? ""]];
  const [remove, restore] = [send("evidence/remove", which), send("evidence/restore", which)];
  const takeBack = send("verdict/take-back", []);
  const ways = {
    "evidence/add": [remove, restore],
    "evidence/remove": [restore, remove],
    "evidence/restore": [remove, restore],
    // A verdict that was the first is taken back; one that replaced another is given as it was.
    verdict: [entry(before, "value") ? send("verdict", before) : takeBack, send("verdict", after)],
    "verdict/take-back": [send("verdict", before), takeBack],
  };
  const [undo, redo] = ways[deed] ?? [send(deed, before), send(deed, after)];
  return { undo, redo };
}

const entry = (entries, name) => entries.find(([key]) => key === name)?.[1] ?? "";
