// The contact centre's screen: one key for each thing, the clock of the call, a draft that outlives the session, and a word of
// warning before a call is left without having been ended. The columns are asked for anew by htmx; nothing typed is replaced.
const form = document.getElementById("call");
const find = (what) => form.querySelector(what);

// --- keys: digits by their place on the keyboard (on a French one they are written with Shift), letters by what they write
function pressed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return "enter";
  if (event.ctrlKey || event.metaKey || (!event.altKey && isTyping(event.target))) return "";
  const digit = event.code.match(/^(?:Digit|Numpad)([1-9])$/);
  if (digit) return digit[1];
  return !event.altKey ? "" : /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.match(/^Key([A-Z])$/)?.[1].toLowerCase() ?? "";
}

// Some browsers keep Alt with a digit for their tabs: Escape leaves a box with its words in it, and then the digit alone is enough.
const isTyping = (target) => target.matches("textarea, select, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=submit])");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && form?.contains(event.target) && isTyping(event.target)) {
    event.preventDefault();
    event.target.blur();
  }
  const key = pressed(event);
  const target = key && form && find(`[data-call-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  if (!event.repeat) target.click();
});

// --- the draft: everything typed, by officer, in this tab; with the screen's own key, so that nothing is ever filed twice
const PREFIX = "call:", HOURS_KEPT = 4, UNKEPT = ["csrfmiddlewaretoken", "look"];
const TELLING = ["phone", "name", "email", "words", "place", "category", "find", "opened"];

function store(action) {
  try { return action(sessionStorage); } catch { return null; }
}
const draftName = (officer) => `${PREFIX}${officer}`;

function dropOthers(officer) {
  store((kept) => Object.keys(kept).filter((name) => name.startsWith(PREFIX) && name !== draftName(officer)).forEach((name) => kept.removeItem(name)));
}

function typed() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !UNKEPT.includes(name));
}
const isTelling = (pairs) => pairs.some(([name, value]) => TELLING.includes(name) && value.trim());

function keep() {
  const pairs = typed();
  store((kept) => kept.setItem(draftName(form.dataset.officer), JSON.stringify({ at: Date.now(), pairs })));
}

function readDraft() {
  const draft = store((kept) => JSON.parse(kept.getItem(draftName(form.dataset.officer)) ?? "null"));
  const ended = draft?.pairs.some(([name, value]) => name === "key" && value === form.dataset.ended);
  return draft && !ended && Date.now() - draft.at < HOURS_KEPT * 3600e3 && isTelling(draft.pairs) ? draft.pairs : null;
}

// Boxes that are there take their text back; what the server draws (category, answers) is asked for with hidden fields.
function restore(pairs) {
  const held = document.createElement("div");
  held.hidden = true;
  for (const [name, value] of pairs) {
    const box = form.elements[name];
    if (box instanceof HTMLElement && !["radio", "checkbox", "submit"].includes(box.type)) box.value = value;
    else held.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.append(held);
  form.elements.questions_of.value = "";
  find("#call-found").addEventListener("htmx:afterRequest", () => held.remove(), { once: true });
  form.dispatchEvent(new Event("oppidum:look"));
  window.htmx.trigger("#id_phone", "input");
  tick.begun = Date.now() - sinceOpened();
}

// --- the clock
const tick = { begun: 0 };
const loaded = Date.now();

function sinceOpened() {
  const opened = Date.parse(form.elements.opened_at.value), waited = Number(form.elements.waited.value || 0) * 1000;
  return Math.max(0, Date.now() - opened - waited);
}

function begin() {
  if (tick.begun) return;
  tick.begun = Date.now();
  if (!form.elements.waited.value) form.elements.waited.value = Math.round((tick.begun - loaded) / 1000);
}

function showClock() {
  if (!tick.begun) return;
  const seconds = Math.floor((Date.now() - tick.begun) / 1000);
  find("[data-clock]").hidden = false;
  find("[data-clock-time]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// --- a question that depends on an answer comes when the answer calls for it
const given = (name) => [...form.elements]
  .filter((one) => one.name === name && !one.closest("fieldset[disabled]"))
  .flatMap((one) => (["radio", "checkbox"].includes(one.type) ? (one.checked ? [one.value] : []) : [one.value]));

function ask() {
  for (const one of form.querySelectorAll("fieldset[data-when]")) {
    const off = !given(one.dataset.when).some((value) => one.dataset.values.split(" ").includes(value));
    one.disabled = one.hidden = off;
  }
}

// --- who is recognised: what is known fills the boxes that are still empty, or that the last number had filled
let filled = {};
function recognise() {
  const known = find("[data-known]")?.dataset ?? {};
  for (const name of ["name", "email", "language"]) {
    const box = form.elements[name], value = known[name] ?? "";
    if (value && (!box.value || box.value === filled[name] || (name === "language" && !filled.touched))) box.value = filled[name] = value;
    else if (!value && filled[name] && box.value === filled[name] && name !== "language") box.value = filled[name] = "";
  }
}

// --- together
function listen() {
  let ending = false;
  form.addEventListener("input", () => { begin(); keep(); });
  form.addEventListener("keydown", begin, { once: true });
  form.addEventListener("change", (event) => {
    if (event.target.name === "language") filled.touched = true;
    ask();
    keep();
  });
  for (const told of ["oppidum:place", "oppidum:pin"]) {
    form.addEventListener(told, () => { form.elements.place_was.value = form.elements.place.value; });
  }
  form.addEventListener("submit", () => { ending = true; keep(); });
  window.addEventListener("pageshow", () => { ending = false; });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-leave]")) ending = true;
    const opens = event.target.closest("button[name=open]");
    if (!opens) return;
    // Said at once, so that whatever else is asked meanwhile keeps the report open.
    form.elements.opened.value = opens.value;
    form.elements.found_by.value = form.elements.find.value;
  }, true);
  window.addEventListener("beforeunload", (event) => { if (!ending && isTelling(typed())) event.preventDefault(); });
  document.addEventListener("htmx:afterSettle", ({ detail }) => { if (detail.target.id === "call-caller") recognise(); ask(); keep(); });
  document.addEventListener("htmx:responseError", ({ detail }) => { if ([401, 403].includes(detail.xhr.status)) find("[data-old]").hidden = false; });
  document.addEventListener("htmx:sendError", () => { find("[data-cut]").hidden = false; });
  document.addEventListener("htmx:afterOnLoad", () => { find("[data-cut]").hidden = true; });
  find("[data-forget]").addEventListener("click", () => {
    ending = true;
    store((kept) => kept.removeItem(draftName(form.dataset.officer)));
    location.assign(form.action);
  });
  setInterval(showClock, 1000);
}

function takeUp() {
  const draft = "fresh" in form.dataset && readDraft();
  if (!draft) return;
  const number = (text) => text.replace(/\D/g, "").slice(-9);
  const before = draft.find(([name]) => name === "phone")?.[1] ?? "", now = form.elements.phone.value;
  if (!now || !before || number(before) === number(now)) {
    restore(draft);
    find("[data-kept]").hidden = false;
  } else {
    find("[data-left]").hidden = false;
    find("[data-resume]").addEventListener("click", () => { restore(draft); find("[data-left]").hidden = true; });
  }
}

if (form) {
  dropOthers(form.dataset.officer);
  if (!("fresh" in form.dataset)) tick.begun = Date.now() - sinceOpened();
  if ("ringing" in form.dataset) begin();
  showClock();
  listen();
  ask();
  // htmx listens from here on.
  document.addEventListener("DOMContentLoaded", takeUp);
} else {
  const done = document.querySelector("[data-call-done]");
  if (done) store((kept) => kept.removeItem(draftName(done.dataset.callDone)));
  dropOthers(done?.dataset.callDone);
}
