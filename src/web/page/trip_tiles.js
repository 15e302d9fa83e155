// Pictures of trips over the map. A new choice is drawn beside the old picture, which leaves when the new one is whole.
import { begin, fail, succeed } from "./activity.js";
import { fetchGood, queryOf, Refused } from "./api.js";
import { filtersOf } from "./state.js";

const subject = "tiles";
const size = window.devicePixelRatio > 1 ? 512 : 256;
const finest_zoom = 17; // a pixel is about a metre; beyond it pixels grow, as finer ones would be too small to see

function urlOf(values) {
  const query = queryOf({ ...filtersOf(values), measure: values.measure, size });
  return `/tiles/{z}/{x}/{y}.png?${query}`;
}

/** Asks for a picture that did not come again, as a question, to learn why. */
async function tellWhy(tile, layer) {
  const again = () => {
    succeed(subject);
    layer.redraw();
  };
  try {
    await fetchGood(subject, tile.src, {}, new AbortController().signal);
    again();
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    fail(subject, problem.message, again);
  }
}

function makeLayer(values) {
  const layer = L.tileLayer(urlOf(values), {
    className: "trips", tileSize: 256, minZoom: 0, maxZoom: 20, maxNativeZoom: finest_zoom, keepBuffer: 3, updateWhenZooming: false,
    opacity: 0,
  });
  let done = () => {};
  let failing = false;
  layer.on("loading", () => {
    done = begin(subject, "Drawing the map");
    failing = false;
  });
  layer.on("load remove", () => done());
  layer.on("tileerror", ({ tile }) => {
    if (failing) return; // one question is enough
    failing = true;
    tellWhy(tile, layer);
  });
  return layer;
}

export function showTripTiles(map, state) {
  let shown = null, coming = null;
  const show = () => {
    coming?.remove();
    const layer = makeLayer(state.values);
    coming = layer;
    layer.once("load", () => {
      if (coming !== layer) return;
      shown?.remove();
      layer.setOpacity(1);
      [shown, coming] = [layer, null];
    });
    layer.addTo(map);
    if (shown === null) layer.setOpacity(1); // the first picture comes tile by tile
  };
  state.watch(["from", "to", "sources", "on", "measure"], show);
  show();
}
