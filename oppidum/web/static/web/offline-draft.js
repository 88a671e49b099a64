// A form with data-draft="name" keeps what is typed in this tab (sessionStorage), and gives it back after a reload or an error.
// Nothing is kept of passwords, files and hidden fields; the draft is dropped by a page that holds data-draft-done="name".
const keyOf = (name) => `draft:${name}`;
const kept = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type);

function read(form) {
  const answers = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (answers[field.name] ??= []).push(field.value);
    } else if (field.value) answers[field.name] = [field.value];
  }
  return answers;
}

// What the server wrote into the page wins over the draft.
function restore(form, answers) {
  for (const field of form.elements) {
    const values = kept(field) && answers[field.name];
    if (!values) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      const answered = [...form.elements].some((one) => one.name === field.name && one.defaultChecked);
      if (!answered) field.checked = values.includes(field.value);
    } else if (!field.value) field.value = values[0];
  }
}

export function keepDrafts(root) {
  try {
    for (const done of root.querySelectorAll("[data-draft-done]")) sessionStorage.removeItem(keyOf(done.dataset.draftDone));
    for (const form of root.querySelectorAll("form[data-draft]")) {
      const key = keyOf(form.dataset.draft);
      restore(form, JSON.parse(sessionStorage.getItem(key) ?? "{}"));
      form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(read(form))));
    }
  } catch {
    // Storage may be shut (private window, full): the form works without it.
  }
}
