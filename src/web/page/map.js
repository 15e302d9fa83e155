// The map itself: its view is part of the state, in both directions.
import { likesStillness } from "./theme.js";

const digits = 5; // of a view's centre, as addresses have it

const viewOf = (map) => {
  const { lat, lng } = map.getCenter();
  return { lat: Number(lat.toFixed(digits)), lon: Number(lng.toFixed(digits)), zoom: map.getZoom() };
};

export function createMap(state) {
  const moving = !likesStillness();
  const { lat, lon, zoom } = state.values;
  const map = L.map("map", {
    center: [lat, lon], zoom, minZoom: 8, maxZoom: 20, boxZoom: false, tap: false, zoomControl: false,
    fadeAnimation: false, zoomAnimation: moving, inertia: moving, worldCopyJump: false, maxBoundsViscosity: 1,
  });
  L.control.zoom({ position: "topleft" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 90 }).addTo(map);
  map.attributionControl.setPrefix(false);

  map.on("moveend", () => state.set(viewOf(map)));
  state.watch(["lat", "lon", "zoom"], (values) => {
    const shown = viewOf(map);
    if (shown.zoom === values.zoom && shown.lat === values.lat && shown.lon === values.lon) return;
    map.setView([values.lat, values.lon], values.zoom, { animate: false });
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  return map;
}

/** Brings a place into view unless it is there already. */
export function showPlace(map, [lon, lat]) {
  if (!map.getBounds().pad(-0.05).contains([lat, lon])) map.panTo([lat, lon]);
}

export function basemapLayer(url) {
  return L.tileLayer(url, { className: "basemap", zIndex: 0, maxZoom: 20, maxNativeZoom: 19 });
}
