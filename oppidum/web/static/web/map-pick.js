// Placing a pin: by a tap, by dragging it, by the arrow keys and Enter, or from the device's position.
import { pinElement } from "./map-one.js";

const NEAR = 16;
const NEAR_COMMUNE = 11;

function inputFor(form, name) {
  const found = form?.elements[name];
  if (found || !form) return found;
  const made = Object.assign(document.createElement("input"), { type: "hidden", name });
  form.append(made);
  return made;
}

export function pickPlace({ box, map, maplibregl, outlines, words, still, block }) {
  const form = box.closest("form");
  const lon = inputFor(form, box.dataset.lon ?? "lon"), lat = inputFor(form, box.dataset.lat ?? "lat");
  const hint = block.querySelector("[data-map-hint]");
  const element = pinElement();
  element.setAttribute("aria-label", words.pin);
  element.setAttribute("role", "img");
  const marker = new maplibregl.Marker({ element, anchor: "bottom", draggable: true });

  const place = (at, { tell = true, look = false } = {}) => {
    const [x, y] = [at.lng ?? at.lon, at.lat].map((number) => Number(number).toFixed(6));
    marker.setLngLat([Number(x), Number(y)]).addTo(map);
    if (look) map.easeTo({ center: [Number(x), Number(y)], zoom: Math.max(map.getZoom(), NEAR), animate: !still });
    if (!tell) return;
    if (lon) lon.value = x;
    if (lat) lat.value = y;
    hint.textContent = words.placed;
    (form ?? box).dispatchEvent(new CustomEvent("oppidum:pin", { bubbles: true, detail: { lon: Number(x), lat: Number(y) } }));
  };

  map.on("click", (event) => place(event.lngLat));
  marker.on("dragend", () => place(marker.getLngLat()));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    place(map.getCenter());
  });
  const group = box.closest("[data-question]");
  form?.addEventListener("oppidum:place", ({ detail, target }) => {
    if (group && !group.contains(target)) return; // another place is asked for in the same form
    place(detail, { tell: false, look: true });
    hint.textContent = words.placed;
  });
  if (lon?.value && lat?.value) {
    place({ lon: lon.value, lat: lat.value }, { tell: false });
    map.jumpTo({ center: [Number(lon.value), Number(lat.value)], zoom: NEAR });
  }

  const commune = form?.elements.commune;
  const lookAtCommune = () => {
    const found = outlines.features.find(({ properties: p }) => p.kind === "commune" && p.code === commune.value);
    if (found && !lon?.value) map.jumpTo({ center: [found.properties.lon, found.properties.lat], zoom: NEAR_COMMUNE });
  };
  if (commune) {
    commune.addEventListener("change", lookAtCommune);
    lookAtCommune();
  }

  const tools = block.querySelector("[data-map-tools]");
  const locate = tools.querySelector("[data-locate]");
  tools.hidden = false;
  locate.hidden = !navigator.geolocation;
  locate.addEventListener("click", () => {
    hint.textContent = words.locating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => place({ lon: coords.longitude, lat: coords.latitude }, { look: true }),
      () => (hint.textContent = words.unlocated),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 },
    );
  });
}
