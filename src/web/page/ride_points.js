// Rides as points, the place that was asked about, and a line to the other end of the ride that is pointed at.

const latLng = ([lon, lat]) => [lat, lon];

export function createRidePoints(map) {
  const layer = L.layerGroup().addTo(map);
  let points = [], ends = [], line = null;

  function light(chosen) {
    line?.remove();
    line = null;
    points.forEach((point, i) => point.getElement()?.classList.toggle("lit", i === chosen));
    if (chosen === null) return;
    points[chosen].bringToFront();
    const [from, to] = ends[chosen];
    if (from && to) line = L.polyline([latLng(from), latLng(to)], { className: "ride-line", interactive: false }).addTo(layer);
  }

  return {
    light,
    clear() {
      layer.clearLayers();
      [points, ends, line] = [[], [], null];
    },
    /** `onPoint` is called with the number of the ride that the mouse is over, or null. */
    show(at, rides, on, onPoint) {
      this.clear();
      L.circleMarker(latLng(at), { radius: 13, className: "asked-ring", interactive: false }).addTo(layer);
      L.circleMarker(latLng(at), { radius: 2.5, className: "asked", interactive: false }).addTo(layer);
      ends = rides.map((ride) => [ride.pickup, ride.dropoff]);
      points = rides.map((ride, i) => L.circleMarker(latLng(ride[on]), { radius: 5, className: "ride" })
        .on("mouseover", () => { light(i); onPoint(i); })
        .on("mouseout", () => { light(null); onPoint(null); })
        .addTo(layer));
    },
  };
}
