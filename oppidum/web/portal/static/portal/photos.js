// Once a photo is chosen there is one way on: "without a photo" goes, and the button says that it is sending.
const form = document.querySelector("form[data-upload]");
const input = form?.querySelector("input[type=file]");
const without = form?.querySelector("[data-without]");

input?.addEventListener("change", () => {
  if (without) without.hidden = input.files.length > 0;
});
form?.addEventListener("submit", () => {
  if (input?.files.length) form.setAttribute("aria-busy", "true");
});
