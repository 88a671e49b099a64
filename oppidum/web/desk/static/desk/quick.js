// The key of a subject leads on to the commune, so that letters and Enter can follow at once.
const form = document.querySelector("[data-quick]");
const commune = form?.elements.namedItem("commune");
form?.addEventListener("click", (event) => {
  if (event.target.matches?.("input[name=about]") && event.detail === 0) commune.focus();
});
form?.addEventListener("keydown", (event) => {
  // A radio button has the focus after Tab and arrows: Enter logs, and digits still choose.
  if (!event.target.matches("input[type=radio]") || event.ctrlKey || event.altKey || event.metaKey) return;
  const chosen = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!chosen) return;
  event.preventDefault();
  chosen.click();
});
