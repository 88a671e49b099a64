// One place, and the pin that shows it.
export function pinElement() {
  const pin = document.createElement("div");
  pin.className = "pin";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 34 44");
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML =
    '<path fill="currentColor" stroke="#fff" stroke-width="2" d="M17 42C11 33 2 26 2 16.5a15 15 0 0 1 30 0C32 26 23 33 17 42z"/><circle cx="17" cy="16.5" r="5.5" fill="#fff"/>';
  pin.append(svg);
  return pin;
}

export function showOne({ box, map, maplibregl, words }) {
  const lon = Number(box.dataset.lon), lat = Number(box.dataset.lat);
  if (!box.dataset.lon || Number.isNaN(lon + lat)) return;
  const element = pinElement();
  element.setAttribute("aria-label", words.place);
  element.setAttribute("role", "img");
  new maplibregl.Marker({ element, anchor: "bottom" }).setLngLat([lon, lat]).addTo(map);
  map.jumpTo({ center: [lon, lat], zoom: Number(box.dataset.zoom ?? 13.5) });
}
