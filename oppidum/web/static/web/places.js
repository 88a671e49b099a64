// Suggestions of places as one types (the ARIA combobox pattern). The place chosen goes into the hidden lon and lat,
// and is told to the form as the event `oppidum:place`, which a map and a list of neighbours listen to.
const WAIT = 180;

function attach(box) {
  const input = box.querySelector("[data-place-search]");
  const list = box.querySelector("[role=listbox]");
  const count = box.querySelector("[data-place-count]");
  let timer, asked = 0, places = [], active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = (index + places.length) % places.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const choose = (place) => {
    input.value = place.address ?? place.label;
    box.querySelector("[data-lon]").value = place.lon;
    box.querySelector("[data-lat]").value = place.lat;
    close();
    input.dispatchEvent(new CustomEvent("oppidum:place", { bubbles: true, detail: place }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (found, words) => {
    places = found;
    count.textContent = words;
    count.className = found.length ? "sr-only" : "hint"; // what a list shows by itself is told only to who can't see it
    list.replaceChildren(...found.map((place, index) => {
      const item = Object.assign(document.createElement("li"), { id: `${list.id}-${index}`, role: "option" });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const kind = Object.assign(document.createElement("span"), { className: "kind", textContent: place.kind_label });
      item.append(place.label, " ", kind);
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => choose(place));
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    active = -1;
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words.length < 2) return close();
    const mine = ++asked;
    const address = new URL(input.dataset.placeSearch, location.href);
    address.searchParams.set("q", words);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const { places: found, count_in_words } = await answer.json();
    if (document.activeElement === input) show(found, count_in_words);
  };

  input.addEventListener("input", () => {
    box.querySelector("[data-lon]").value = box.querySelector("[data-lat]").value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(active === -1 && event.key === "ArrowUp" ? places.length - 1 : active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(places[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
}

export function suggestPlaces(root) {
  root.querySelectorAll("[data-place-field]:not([data-ready])").forEach((box) => {
    box.dataset.ready = "";
    attach(box);
  });
}
