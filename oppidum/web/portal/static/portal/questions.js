// A question that depends on another appears when the answer calls for it. Shut off, it sends nothing (a disabled fieldset).
// Without this file the server asks it on the next page.
const form = document.querySelector("form[data-questions]");
const dependent = [...form.querySelectorAll("fieldset[data-when]")];

const given = (name) => [...form.elements]
  .filter((field) => field.name === name && !field.closest("fieldset[disabled]"))
  .flatMap((field) => (["radio", "checkbox"].includes(field.type) ? (field.checked ? [field.value] : []) : [field.value]));

function ask() {
  // In the declaration's order, so that a question that closes closes those that depend on it.
  for (const one of dependent) {
    const values = one.dataset.values.split(" ");
    const off = !given(one.dataset.when).some((value) => values.includes(value));
    one.disabled = off;
    one.hidden = off;
  }
}

form.addEventListener("change", ask);
ask();
