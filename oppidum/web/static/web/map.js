// Maps: a quiet ground (outlines, sea, names) and one of four modes on it (one, pick, points, shapes). The list twin stays in every case.
import * as maplibregl from "../vendor/maplibre-gl/dist/maplibre-gl.mjs";
import { ground, NAMES_SOURCE, paintGround, placesOfNames } from "./map-ground.js";
import { showOne } from "./map-one.js";
import { pickPlace } from "./map-pick.js";
import { showPoints } from "./map-points.js";
import { showShapes } from "./map-shapes.js";
import { controlWords, words } from "./map-words.js";

const MODES = { one: showOne, pick: pickPlace, points: showPoints, shapes: showShapes };
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

let grounds;
function loadOutlines(url) {
  return (grounds ??= fetch(url).then((answer) => (answer.ok ? answer.json() : { type: "FeatureCollection", features: [] })));
}

function boundsOf(outlines) {
  const bounds = new maplibregl.LngLatBounds();
  const walk = (numbers) => (typeof numbers[0] === "number" ? bounds.extend(numbers) : numbers.forEach(walk));
  for (const one of outlines.features) if (one.properties.kind === "commune") walk(one.geometry.coordinates);
  return bounds.isEmpty() ? new maplibregl.LngLatBounds([-5, 41], [10, 51.2]) : bounds;
}

function padded(bounds, share) {
  const [west, south, east, north] = bounds.toArray().flat();
  const wide = (east - west) * share, high = (north - south) * share;
  return [[west - wide, south - high], [east + wide, north + high]];
}

function missing(box) {
  box.hidden = true;
  box.classList.add("map-without");
  box.dataset.mapState = "missing";
  box.closest(".map-block").querySelector("[data-map-missing]").hidden = false;
}

function loadSheet(name) {
  const href = new URL(name, import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

function tell(box, map) {
  map.on("movestart", () => (box.dataset.mapState = "busy"));
  map.on("dataloading", () => (box.dataset.mapState = "busy"));
  map.on("idle", () => (box.dataset.mapState = box.dataset.mapAsking ? "busy" : "idle"));
}

async function draw(box) {
  box.dataset.mapState = "loading";
  const [outlines] = await Promise.all([
    loadOutlines(box.dataset.outlines),
    loadSheet("../vendor/maplibre-gl/dist/maplibre-gl.css"),
    document.fonts.load("600 16px 'Atkinson Hyperlegible Next Variable'"),
  ]);
  await loadSheet("./map.css");
  const bounds = boundsOf(outlines);
  const touch = matchMedia("(pointer: coarse)").matches && box.dataset.gestures !== "free";
  let map;
  try {
    map = new maplibregl.Map({
      container: box,
      style: ground(outlines, box.dataset.tiles),
      bounds,
      fitBoundsOptions: { padding: 16 },
      maxZoom: 19,
      fadeDuration: 0,
      attributionControl: { compact: true },
      cooperativeGestures: touch,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      locale: { ...controlWords(), "Map.Title": box.getAttribute("aria-label") },
    });
  } catch {
    return missing(box);
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  if (box.dataset.map === "one") map.scrollZoom.disable();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paintGround(map));
  await new Promise((done) => map.once("load", done));
  map.getSource(NAMES_SOURCE).setData(placesOfNames(outlines));
  map.getContainer().querySelector(".maplibregl-ctrl-attrib")?.removeAttribute("open");
  map.getContainer().querySelector(".maplibregl-ctrl-attrib")?.classList.remove("maplibregl-compact-show");
  const context = { box, map, maplibregl, outlines, words: words(), still: still(), block: box.closest(".map-block") };
  // What the whole territory takes in this box may be shown, however unlike the two are in shape; then nothing much beyond.
  map.setMaxBounds(padded(map.getBounds().extend(bounds), 0.3));
  MODES[box.dataset.map]?.(context);
  box.oppidumMap = map; // for the page's own module, and for tests
  tell(box, map);
  box.dispatchEvent(new CustomEvent("oppidum:map", { bubbles: true, detail: { map } }));
}

function webglWorks() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

export function drawMaps(root) {
  const able = webglWorks();
  for (const box of root.querySelectorAll("[data-map]:not([data-map-state])")) {
    box.classList.add("map-live");
    if (able) draw(box).catch((error) => { console.error(error); missing(box); });
    else missing(box);
  }
}
