// The desk's own moves: the case beside its list, j and k that open as they go, selections counted, standard answers where the cursor is.
const wide = matchMedia("(min-width: 1180px)");
const pane = document.getElementById("case-pane");

// --- the case at the right of the list; opened there, it says so (list=1), and acting comes back beside the list
let opening = 0;

function open(link) {
  const rows = document.querySelectorAll("[data-key-item]");
  for (const row of rows) row.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const address = new URL(location.href);
  address.searchParams.set("case", link.dataset.case);
  history.replaceState(null, "", address);
  window.htmx.ajax("GET", `${link.href}&list=1`, { target: "#case-pane", swap: "innerHTML" }).then(() => { pane.scrollTop = 0; });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-key-item]");
  if (!link || !pane || !wide.matches || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  document.querySelector("[data-key-current]")?.removeAttribute("data-key-current");
  link.setAttribute("data-key-current", "");
  open(link);
});

let byKey = false;
document.addEventListener("keydown", (event) => {
  byKey = (event.key === "j" || event.key === "k") && !event.target.closest("input, textarea, select");
  if (event.key === "x" && !event.target.closest("input:not([type=checkbox]), textarea, select")) {
    const row = document.querySelector("[data-key-current], a[data-key-item][aria-current]")?.closest(".case-line");
    row?.querySelector("input[type=checkbox]")?.click();
  }
}, true);

document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.("a[data-key-item]");
  if (!byKey || !link || !pane || !wide.matches || !window.htmx) return;
  clearTimeout(opening);
  opening = setTimeout(() => open(link), 140);
});

// --- the form of an action, opened in its place; without script the link leads to the page with the form open
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open-form], .near-act");
  const panel = document.getElementById("act-panel");
  if (link && panel && window.htmx && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    window.htmx.ajax("GET", link.href, { target: "#act-panel", swap: "innerHTML" }).then(() => {
      panel.querySelector("textarea, select, input:not([type=hidden])")?.focus();
      panel.scrollIntoView({ block: "nearest" });
    });
  }
  if (event.target.closest("[data-close-form]") && panel && !panel.querySelector(".conflict")) {
    event.preventDefault();
    panel.replaceChildren();
  }
});

// --- standard answers go in at the cursor; what was typed stays
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-insert]");
  const text = chip?.form?.elements[chip.dataset.into];
  if (!text) return;
  event.preventDefault();
  const before = text.value.slice(0, text.selectionStart).trimEnd();
  const after = text.value.slice(text.selectionEnd).trimStart();
  text.value = [before, chip.dataset.insert, after].filter(Boolean).join("\n\n");
  const end = (before ? before.length + 2 : 0) + chip.dataset.insert.length;
  text.focus();
  text.setSelectionRange(end, end);
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

// --- selections
const bulk = document.querySelector("[data-bulk]");
if (bulk) {
  const form = bulk.closest("form");
  const boxes = [...form.querySelectorAll("input[name=case]")];
  const every = bulk.querySelector("[data-bulk-every]");
  const whole = bulk.querySelector("[data-bulk-filter]");
  const said = bulk.querySelector("[data-bulk-count]");
  const french = document.documentElement.lang === "fr";
  bulk.querySelector("[data-bulk-page]").hidden = false;
  bulk.classList.add("bulk-live");
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    every.checked = count === boxes.length;
    bulk.classList.toggle("has-selection", count > 0 || whole.checked);
    every.indeterminate = count > 0 && count < boxes.length;
    said.textContent = whole.checked || !count ? "" : french ? `${count} choisi${count > 1 ? "s" : ""}` : `${count} selected`;
  };
  every.addEventListener("change", () => { boxes.forEach((box) => { box.checked = every.checked; }); whole.checked = false; tell(); });
  whole.addEventListener("change", () => { boxes.forEach((box) => { box.checked = whole.checked; }); tell(); });
  form.addEventListener("change", (event) => { if (event.target.name === "case") { whole.checked = false; tell(); } });
  tell();
}
