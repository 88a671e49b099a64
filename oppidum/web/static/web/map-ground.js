// The quiet ground: sea behind, land around, communes, their names. Colours come from the page's tokens, so night is one repaint.
export const NAMES_SOURCE = "names";
const FONT = ["Atkinson Hyperlegible Next Variable"];
const COMMUNES = ["==", ["get", "kind"], "commune"];

export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// layer, property, token: read once when drawn and again when the scheme changes
const PAINT = [
  ["sea", "background-color", "--map-sea"],
  ["around", "fill-color", "--map-outside"],
  ["land", "fill-color", "--map-land"],
  ["zone-lines", "line-color", "--map-line"],
  ["land-lines", "line-color", "--map-line"],
  ["commune-names", "text-color", "--map-name"],
  ["commune-names", "text-halo-color", "--map-land"],
  ["zone-names", "text-color", "--map-name"],
  ["zone-names", "text-halo-color", "--map-land"],
];
const paintOf = (layer) => Object.fromEntries(PAINT.filter(([name]) => name === layer).map(([, key, name]) => [key, token(name)]));
const repainted = new WeakMap();

/** Lets a mode name the tokens of its own layers, so that they follow the scheme too. */
export function paintAlso(map, entries) {
  repainted.set(map, [...(repainted.get(map) ?? []), ...entries]);
  paintGround(map);
}

export function paintGround(map) {
  for (const [layer, property, name] of [...PAINT, ...(repainted.get(map) ?? [])])
    if (map.getLayer(layer)) map.setPaintProperty(layer, property, typeof name === "function" ? name() : token(name));
}

export function placesOfNames(outlines) {
  const features = outlines.features
    .filter((one) => one.properties.name && one.properties.lon != null)
    .map(({ properties }) => ({
      type: "Feature",
      properties,
      geometry: { type: "Point", coordinates: [properties.lon, properties.lat] },
    }));
  return { type: "FeatureCollection", features };
}

export function ground(outlines, tiles) {
  const empty = { type: "FeatureCollection", features: [] };
  const sources = {
    ground: { type: "geojson", data: outlines, attribution: "IGN, Admin Express" },
    [NAMES_SOURCE]: { type: "geojson", data: empty },
  };
  const layers = [
    { id: "sea", type: "background", paint: paintOf("sea") },
    { id: "around", type: "fill", source: "ground", filter: ["==", ["get", "kind"], "around"], paint: { ...paintOf("around"), "fill-antialias": false } },
    { id: "land", type: "fill", source: "ground", filter: COMMUNES, paint: paintOf("land") },
  ];
  if (tiles) {
    sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256 };
    layers.push({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-saturation": -0.6, "raster-opacity": 0.8 } });
  }
  layers.push(
    { id: "zone-lines", type: "line", source: "ground", filter: ["==", ["get", "kind"], "zone"], minzoom: 9.5, paint: { ...paintOf("zone-lines"), "line-width": 0.8, "line-dasharray": [3, 2] } },
    { id: "land-lines", type: "line", source: "ground", filter: COMMUNES, layout: { "line-join": "round" }, paint: { ...paintOf("land-lines"), "line-width": ["interpolate", ["linear"], ["zoom"], 7, 0.6, 12, 1.6] } },
    nameLayer("commune-names", COMMUNES, ["get", "name"], {}),
    nameLayer("zone-names", ["==", ["get", "kind"], "zone"], ["get", "name"], { minzoom: 11.5 }),
  );
  return { version: 8, sources, layers };
}

function nameLayer(id, filter, field, more) {
  const people = ["coalesce", ["get", "population"], 0];
  const size = ["interpolate", ["linear"], ["zoom"], 7, ["step", people, 10, 40000, 12, 400000, 15], 12, ["step", people, 14, 40000, 17, 400000, 20]];
  return {
    id,
    type: "symbol",
    source: NAMES_SOURCE,
    filter,
    ...more,
    layout: {
      "text-field": field,
      "text-font": FONT,
      "text-size": size,
      "text-max-width": 7,
      "text-padding": 4,
      "symbol-sort-key": ["-", 0, people],
    },
    paint: { ...paintOf(id), "text-halo-width": 1.4, "text-halo-blur": 0.4 },
  };
}
