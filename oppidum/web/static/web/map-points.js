// Many places: asked for what is in view, gathered in clusters that say how many, opened in a popup with a link.
// The server may gather too: a feature with the property `gathers` stands for that many.
import { paintAlso, token } from "./map-ground.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const FONT = ["Atkinson Hyperlegible Next Variable"];
const WAIT = 200;
const GATHERS = ["coalesce", ["get", "gathers"], 1];
const IS_CLUSTER = ["any", ["has", "point_count"], [">", GATHERS, 1]];
const COUNT = ["coalesce", ["get", "total"], GATHERS];
const tones = () => ["match", ["get", "tone"], "late", token("--terracotta"), "soon", token("--ochre-mark"), "done", token("--pine"), token("--sea")];

function addLayers(map) {
  map.addSource("points", { type: "geojson", data: EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: 15, clusterProperties: { total: ["+", GATHERS] } });
  map.addLayer({
    id: "clusters", type: "circle", source: "points", filter: IS_CLUSTER,
    paint: { "circle-radius": ["step", COUNT, 15, 10, 19, 100, 24, 1000, 30], "circle-stroke-width": 2, "circle-opacity": 0.92 },
  });
  map.addLayer({
    id: "cluster-counts", type: "symbol", source: "points", filter: IS_CLUSTER,
    layout: { "text-field": ["number-format", COUNT, { locale: document.documentElement.lang }], "text-font": FONT, "text-size": 13, "text-allow-overlap": true },
  });
  map.addLayer({
    id: "halo", type: "circle", source: "points", filter: ["==", ["get", "id"], ""],
    paint: { "circle-radius": 17, "circle-opacity": 0.28 },
  });
  map.addLayer({
    id: "points", type: "circle", source: "points", filter: ["!", IS_CLUSTER],
    paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 5, 15, 8], "circle-stroke-width": 2 },
  });
  paintAlso(map, [
    ["clusters", "circle-color", "--sea"],
    ["clusters", "circle-stroke-color", "--stone-raised"],
    ["cluster-counts", "text-color", "--on-sea"],
    ["halo", "circle-color", "--sea-deep"],
    ["points", "circle-color", tones],
    ["points", "circle-stroke-color", "--stone-raised"],
  ]);
}

function popupContent({ title, text, href }, words) {
  const content = document.createElement("div");
  const line = (tag, words) => content.appendChild(Object.assign(document.createElement(tag), { textContent: words }));
  line("p", title).classList.add("notice-title");
  if (text) line("p", text);
  if (href) line("a", words.open).href = href;
  return content;
}

// A popup near the edge moves the map, so that its link is not cut off.
function bringIntoView(map, popup) {
  const inside = map.getContainer().getBoundingClientRect(), shown = popup.getElement().getBoundingClientRect();
  const over = (low, high, from, to) => Math.max(0, high - to + 8) || Math.min(0, low - from - 8);
  const x = over(shown.left, shown.right, inside.left, inside.right), y = over(shown.top, shown.bottom, inside.top, inside.bottom);
  if (x || y) map.panBy([x, y], { animate: false });
}

export function showPoints({ box, map, maplibregl, words, still, block }) {
  const form = box.dataset.filters && document.querySelector(box.dataset.filters);
  let timer, stop, fitted = box.dataset.fit !== "data", popup;
  addLayers(map);

  const ask = async () => {
    const address = new URL(box.dataset.url, location.href);
    if (form) for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) address.searchParams.append(name, value);
    const bbox = map.getBounds().toArray().flat().map((number) => number.toFixed(5)).join(",");
    address.searchParams.set("bbox", bbox);
    stop?.abort();
    stop = new AbortController();
    box.dataset.mapAsking = "1";
    box.dataset.mapState = "busy";
    try {
      const answer = await fetch(address, { signal: stop.signal, headers: { Accept: "application/geo+json, application/json" } });
      if (!answer.ok) throw new Error(`${answer.status} ${address.pathname}`);
      const found = await answer.json();
      map.getSource("points").setData(found);
      if (!fitted) fit(found);
      box.dispatchEvent(new CustomEvent("oppidum:moved", { bubbles: true, detail: { bbox, count: found.features.length } }));
    } catch (error) {
      if (error.name === "AbortError") return;
      console.warn(error);
    }
    delete box.dataset.mapAsking;
    map.triggerRepaint();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  const fit = (found) => {
    fitted = true;
    const bounds = new maplibregl.LngLatBounds();
    for (const one of found.features) if (one.geometry?.type === "Point") bounds.extend(one.geometry.coordinates);
    if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 48, maxZoom: 15, animate: false });
  };
  const select = (id) => {
    map.setFilter("halo", ["==", ["get", "id"], id ?? ""]);
    for (const row of document.querySelectorAll("[data-map-point]")) row.toggleAttribute("data-map-selected", row.dataset.mapPoint === String(id));
  };
  const open = (feature) => {
    const told = feature.properties;
    popup?.remove();
    popup = new maplibregl.Popup({ offset: 12, maxWidth: "260px" }).setLngLat(feature.geometry.coordinates).setDOMContent(popupContent(told, words)).addTo(map);
    select(told.id);
    bringIntoView(map, popup);
    box.dispatchEvent(new CustomEvent("oppidum:selected", { bubbles: true, detail: told }));
  };

  map.on("click", "points", (event) => open(event.features[0]));
  map.on("click", "clusters", async (event) => {
    const [cluster] = event.features;
    const id = cluster.properties.cluster_id;
    const zoom = id === undefined ? map.getZoom() + 2 : await map.getSource("points").getClusterExpansionZoom(id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom: zoom + 0.2, animate: !still });
  });
  for (const layer of ["points", "clusters"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  block.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-map-point]");
    if (row) select(row.dataset.mapPoint);
  });
  form?.addEventListener("change", soon);
  form?.addEventListener("input", soon);
  map.on("moveend", soon);
  if (box.dataset.url) ask();
}
