// Keyboard shortcuts, declared in the page: data-key="e" on a link or a button is pressed by that key,
// data-key on a field focuses it. On a <dialog> the key opens and shuts it.
// In a list (data-key-list), j and k move between its rows (data-key-item).
const typing = (target) => target.closest("input, textarea, select, [contenteditable=true]");

function move(step) {
  const items = [...document.querySelectorAll("[data-key-list] [data-key-item]")];
  if (!items.length) return;
  const here = items.findIndex((item) => item.hasAttribute("data-key-current"));
  const next = items[Math.min(items.length - 1, Math.max(0, here + step))] ?? items[0];
  items[here]?.removeAttribute("data-key-current");
  next.setAttribute("data-key-current", "");
  (next.matches("a, button, [tabindex]") ? next : next.querySelector("a, button"))?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function act(target) {
  if (target.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) {
    target.focus();
    target.select?.();
  } else if (target.matches("dialog")) target.open ? target.close() : target.showModal();
  else target.click();
}

function pressed(event) {
  const name = event.key.length === 1 ? event.key : event.key.toLowerCase();
  return (event.ctrlKey || event.metaKey ? "ctrl+" : "") + (event.altKey ? "alt+" : "") + name;
}

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const name = pressed(event);
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.defaultPrevented || (typing(event.target) && !modified && name !== "escape")) return;
    const target = [...document.querySelectorAll("[data-key]")].find(
      (one) => one.dataset.key === name && !one.disabled && one.getClientRects().length,
    ) ?? document.querySelector(`dialog[data-key="${CSS.escape(name)}"]`);
    if (target) {
      event.preventDefault();
      act(target);
    } else if (name === "j" || name === "k") {
      event.preventDefault();
      move(name === "j" ? 1 : -1);
    }
  });
}
