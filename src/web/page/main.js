// Puts the page together: the map at once, all else as soon as the store has said what is in it.
import { fail, succeed } from "./activity.js";
import { fetchInfo, Refused } from "./api.js";
import { showBox } from "./box.js";
import { createBoxTool } from "./box_tool.js";
import { day_s, parseTime, sayWindow } from "./civil_time.js";
import { find } from "./element.js";
import { followAddress, readFragment } from "./fragment.js";
import { basemapLayer, createMap } from "./map.js";
import { showNearest } from "./nearest.js";
import { sayTrips } from "./numbers.js";
import { showPlaceNames } from "./place_names.js";
import { createPlay } from "./play.js";
import { askByPointing } from "./pointing.js";
import { showShare } from "./share.js";
import { createSheet } from "./sheet.js";
import { createState } from "./state.js";
import { showSummary } from "./summary.js";
import { hasFares, showLegend, showSwitches, sourcesIn, sourceTitle } from "./switches.js";
import { showTime } from "./time_panel.js";
import { showTripTiles } from "./trip_tiles.js";

/** The whole days of a store, half-open; of an empty one, any day. */
function spanOf(info) {
  const first = parseTime(info.first_pickup) ?? 0, last = parseTime(info.last_pickup) ?? first;
  return { from: Math.floor(first / day_s) * day_s, to: (Math.floor(last / day_s) + 1) * day_s };
}

function showGround(map, info) {
  const { basemap } = info.serve;
  document.documentElement.classList.toggle("has-basemap", Boolean(basemap));
  if (basemap) basemapLayer(basemap).addTo(map);
  else showPlaceNames(map);
}

function showStore(map, state, info) {
  const span = spanOf(info);
  const names = sourcesIn(info).map(sourceTitle).join(", ");
  find("store").textContent = info.trips > 0 ? `${names} · ${sayTrips(info.trips)} · ${sayWindow(span.from, span.to)}` : "This store is empty.";
  find("store").title = `${info.serve.version}, ${info.serve.ranks} × ${info.serve.threads}`;
  showGround(map, info);
  // A shared address may ask for what this store does not know.
  if (!hasFares(info)) state.set({ on: "pickup", measure: "trips" });
  showSwitches(state, info);
  const time = showTime(state, span);
  time.addControls(createPlay(map, state, info, span, time.mark));
  showSummary(state, info, span);
  showBox(map, state, info);
  document.documentElement.dataset.ready = "true";
}

async function openStore(map, state) {
  try {
    const info = await fetchInfo();
    succeed("info");
    showStore(map, state, info);
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    fail("info", problem.message, () => openStore(map, state));
  }
}

const state = createState(readFragment(location.hash));
const map = createMap(state);
showTripTiles(map, state);
askByPointing(map, state, createBoxTool(map, state));
showLegend(state);
showNearest(map, state);
createSheet(map, state);
showShare(state);
followAddress(state);
openStore(map, state);
