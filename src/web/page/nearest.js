// The rides nearest to a place: points on the map and a table.
import { askAndShow, stopAsking } from "./api.js";
import { makeDownloads } from "./download.js";
import { find, make, makeButton, makeChoice } from "./element.js";
import { showPlace } from "./map.js";
import { makeRidesTable } from "./nearest_table.js";
import { sayPoint } from "./numbers.js";
import { createRidePoints } from "./ride_points.js";
import { filtersOf } from "./state.js";

const subject = "nearest";
const choices = [5, 10, 25, 50, 100];

function makeHead(state) {
  const { at, k } = state.values;
  const options = [...new Set([...choices, k])].sort((a, b) => a - b).map((count) => [String(count), `${count} rides`]);
  return make("header", {}, make("h2", {}, "Nearest rides"),
    makeChoice("How many rides", options, String(k), (count) => state.set({ k: Number(count) }), { id: "k" }),
    makeButton("×", () => state.set({ at: null }), { class: "close", "aria-label": "Close the nearest rides" }),
    make("p", { class: "quiet" }, `to ${sayPoint(at)}`));
}

export function showNearest(map, state) {
  const place = find("nearest");
  const points = createRidePoints(map);
  const show = (rides, request) => {
    const { on } = state.values;
    const focused = place.contains(document.activeElement) ? document.activeElement.id : null;
    points.show(state.values.at, rides, on, (i) => table.light(i));
    const table = makeRidesTable(rides, { light: points.light, visit: (i) => showPlace(map, rides[i][on]) });
    const none = make("p", { class: "quiet" }, "No ride at this time. Choose a longer time or more sources.");
    const { op, ...query } = request;
    place.replaceChildren(makeHead(state), rides.length > 0 ? table.element : none,
      ...(rides.length > 0 ? [makeDownloads("nearest", rides, op, query)] : []));
    place.dataset.rides = rides.length;
    place.hidden = false;
    if (focused) find(focused)?.focus();
  };
  const ask = ({ at, k }, changed = []) => {
    if (at === null) {
      stopAsking(subject);
      points.clear();
      place.hidden = true;
      place.replaceChildren();
      return;
    }
    if (changed.includes("at")) points.show(at, [], state.values.on, () => {}); // at once where one clicked
    const request = { op: "nearest", at, k, ...filtersOf(state.values) };
    askAndShow(subject, [request], "Looking for the nearest rides", ([answer]) => show(answer.rides, request));
  };
  state.watch(["at", "k", "from", "to", "sources", "on"], ask);
  ask(state.values, ["at"]);
}
