// What every page does: keys, copying, focus on errors, kept drafts, previews. Each part waits for its data- attribute.
import { askAnew } from "./asks.js";
import { listenToKeys } from "./keys.js";
import { keepDrafts } from "./offline-draft.js";
import { previewPhotos } from "./photo-preview.js";
import { suggestPlaces } from "./places.js";

// Django reads the token in a header; htmx sends it with every request that changes something.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers, elt } = event.detail;
  if (verb === "get") return;
  const field = elt.closest("form")?.elements.csrfmiddlewaretoken ?? document.querySelector("[name=csrfmiddlewaretoken]");
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const token = field?.value ?? cookie?.[1];
  if (token) headers["X-CSRFToken"] = token;
});

function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}

// A link of the error summary goes to the input itself, not only near it.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
});

function offerCopy(root) {
  if (!navigator.clipboard) return;
  for (const code of root.querySelectorAll("[data-copy]:not([data-copy-ready])")) {
    code.dataset.copyReady = "";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary copy-button no-print" });
    const words = document.documentElement.lang === "fr" ? ["Copier", "Copié"] : ["Copy", "Copied"];
    button.textContent = words[0];
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.dataset.copy);
      button.textContent = words[1];
    });
    code.after(button);
  }
}

// A form is sent once: a second press while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending) return event.preventDefault();
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  form.dataset.sending = "1";
  setTimeout(() => delete form.dataset.sending, 8000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending));

function prepare(root) {
  focusErrors(root);
  offerCopy(root);
  keepDrafts(root);
  previewPhotos(root);
  suggestPlaces(root);
  askAnew(root);
  if (root.querySelector("[data-map]")) import("./map.js").then((maps) => maps.drawMaps(root));
}

listenToKeys();
prepare(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) prepare(event.detail.elt.parentElement ?? document);
});
