// A form whose questions depend on answers: after an answer that decides, the server draws the form anew, and only what changed is
// put into the page. What is being typed elsewhere is never touched. Without this file the server asks on the next page.
const inputs = (question) => [...question.querySelectorAll("[name]:not([name=shown])")].map(({ name, type }) => `${name}:${type}`).join();
const ALWAYS = "[data-always]";

function merge(form, drawn) {
  const there = new Map([...form.querySelectorAll(":scope [data-question]")].map((one) => [one.dataset.question, one]));
  let last = null;
  const place = form.querySelector("[data-questions]");
  for (const fresh of drawn.querySelectorAll("[data-question]")) {
    const kept = there.get(fresh.dataset.question);
    there.delete(fresh.dataset.question);
    let now = kept;
    if (!kept || kept.matches(ALWAYS) || inputs(kept) !== inputs(fresh)) {
      now = document.importNode(fresh, true);
      const focused = kept?.contains(document.activeElement) ? document.activeElement.id : "";
      kept ? kept.replaceWith(now) : last ? last.after(now) : place.prepend(now);
      if (focused) document.getElementById(focused)?.focus();
      now.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: now } })); // maps, suggestions, previews
    }
    else for (const output of fresh.querySelectorAll("[data-output]")) {
      kept.querySelector(`[data-output="${output.dataset.output}"]`)?.replaceWith(document.importNode(output, true));
    }
    last = now;
  }
  for (const gone of there.values()) gone.remove();
}

// What is drawn while a finger is on a button would move the button away, and the press would be lost: it waits until it is lifted.
let lifted = Promise.resolve();

function press() {
  lifted = new Promise((done) => {
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(done), { once: true, capture: true });
  });
}

async function ask(form) {
  const mine = (form.dataset.asked = Number(form.dataset.asked ?? 0) + 1);
  form.setAttribute("aria-busy", "true");
  const body = new FormData(form);
  const token = form.elements.csrfmiddlewaretoken?.value ?? "";
  const answer = await fetch(form.dataset.look, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  await lifted;
  if (mine !== Number(form.dataset.asked)) return; // answered anew meanwhile: that answer draws the form
  form.removeAttribute("aria-busy");
  if (!text) return;
  const drawn = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-look]");
  if (drawn) merge(form, drawn);
  else location.reload(); // the form is over: the page says why
}

addEventListener("pointerdown", press, { capture: true });

export function askAnew(root) {
  for (const form of root.querySelectorAll("form[data-look]:not([data-ready])")) {
    form.dataset.ready = "";
    form.addEventListener("change", ({ target }) => target.closest("[data-decides]") && ask(form));
  }
}
