// Areas: each drawn whole from one GeoJSON address, its name in a popup; the list or table twin says the same.
import { paintAlso } from "./map-ground.js";

function popupContent({ title, text }) {
  const content = document.createElement("div");
  const line = (tag, said) => content.appendChild(Object.assign(document.createElement(tag), { textContent: said }));
  line("p", title).classList.add("notice-title");
  if (text) line("p", text);
  return content;
}

export async function showShapes({ box, map, maplibregl }) {
  box.dataset.mapAsking = "1";
  box.dataset.mapState = "busy";
  try {
    const answer = await fetch(new URL(box.dataset.url, location.href), { headers: { Accept: "application/geo+json" } });
    if (!answer.ok) throw new Error(`${answer.status} ${box.dataset.url}`);
    map.addSource("shapes", { type: "geojson", data: await answer.json() });
    map.addLayer({ id: "shapes", type: "fill", source: "shapes", paint: { "fill-opacity": 0.28 } });
    map.addLayer({ id: "shape-lines", type: "line", source: "shapes", paint: { "line-width": 1.5 } });
    paintAlso(map, [["shapes", "fill-color", "--sea"], ["shape-lines", "line-color", "--sea"]]);
    map.on("click", "shapes", (event) => {
      new maplibregl.Popup({ maxWidth: "260px" }).setLngLat(event.lngLat).setDOMContent(popupContent(event.features[0].properties)).addTo(map);
    });
    map.on("mouseenter", "shapes", () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", "shapes", () => (map.getCanvas().style.cursor = ""));
  } catch (error) {
    console.warn(error);
  }
  delete box.dataset.mapAsking;
  map.triggerRepaint();
}
