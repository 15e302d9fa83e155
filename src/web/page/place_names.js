// A few names for those who have no base map: enough to know where one looks.
const places = [
  ["Manhattan", 40.7590, -74.0120, 10, 12], ["Brooklyn", 40.6450, -73.9500, 10, 13], ["Queens", 40.7100, -73.8350, 10, 13],
  ["The Bronx", 40.8500, -73.8850, 10, 13], ["Staten Island", 40.5830, -74.1490, 9, 13], ["Hoboken", 40.7453, -74.0330, 13, 15],
  ["LaGuardia", 40.7769, -73.8740, 11, 15], ["JFK", 40.6450, -73.7850, 10, 15], ["Newark Airport", 40.6900, -74.1770, 10, 15],
  ["Central Park", 40.7825, -73.9656, 13, 16], ["Harlem", 40.8116, -73.9465, 13, 15], ["Midtown", 40.7549, -73.9840, 14, 15],
  ["Lower East Side", 40.7150, -73.9843, 14, 16], ["Wall Street", 40.7060, -74.0090, 14, 16],
  ["Williamsburg", 40.7081, -73.9571, 13, 16], ["Long Island City", 40.7447, -73.9485, 14, 16],
  ["Prospect Park", 40.6602, -73.9690, 13, 16], ["Downtown Brooklyn", 40.6930, -73.9860, 14, 16],
];

export function showPlaceNames(map) {
  const layer = L.layerGroup().addTo(map);
  const labels = places.map(([name, lat, lon, least, most]) => {
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ className: "place-name", html: text, iconSize: null });
    return { least, most, marker: L.marker([lat, lon], { icon, interactive: false, keyboard: false }) };
  });
  const choose = () => {
    const zoom = map.getZoom();
    for (const { least, most, marker } of labels) {
      if (zoom >= least && zoom <= most) layer.addLayer(marker);
      else layer.removeLayer(marker);
    }
  };
  map.on("zoomend", choose);
  choose();
}
