// A few numbers large, and a table by source beneath: for the chosen time, and for a box in it.
import { rowsOf } from "./api.js";
import { make } from "./element.js";
import { sayCount, sayDuration, sayMiles, sayMoney } from "./numbers.js";
import { hasFares, sourcesIn, sourceTitle } from "./switches.js";

const columns = [
  { measure: "trips", key: "trips", name: "Trips", say: sayCount },
  { measure: "mean:fare", key: "mean_fare", name: "Mean fare", short: "Fare", say: sayMoney },
  { measure: "mean:distance", key: "mean_distance", name: "Mean distance", short: "Distance", say: sayMiles },
  { measure: "mean:duration", key: "mean_duration", name: "Mean duration", short: "Duration", say: sayDuration },
];

/** Two requests: of all trips (a level of tiles that has one tile is one group), and by source where there are more. */
export function figureRequests(filters, info) {
  const measure = hasFares(info) ? columns.map((column) => column.measure) : ["trips"];
  const whole = { op: "aggregate", by: ["pickup_tile:0"], measure, ...filters };
  return sourcesIn(info).length > 1 ? [whole, { ...whole, by: ["source"] }] : [whole];
}

/** The exact value is in the title and, for programs, in data-value. */
function exact(tag, row, column) {
  const value = row[column.key];
  if (value === null || value === undefined) return make(tag, { "data-key": column.key, class: "quiet" }, "–");
  return make(tag, { "data-key": column.key, "data-value": value, title: String(value) }, column.say(value));
}

function tableOf(rows, shown) {
  return make("table", { class: "by-source" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Source"),
      ...shown.map(({ name, short }) => make("th", { scope: "col", title: name }, short ?? name)))),
    make("tbody", {}, ...rows.map((row) => make("tr", { "data-source": row.source },
      make("th", { scope: "row" }, sourceTitle(row.source)), ...shown.map((column) => exact("td", row, column))))));
}

/** Elements for the answers to figureRequests(). */
export function showFigures([whole, bySource]) {
  const total = rowsOf(whole)[0] ?? { trips: 0 };
  const shown = columns.filter(({ key }) => total[key] !== undefined && (key === "trips" || total[key] !== null));
  const list = make("dl", { class: "figures" }, ...shown.map((column) =>
    make("div", {}, make("dt", {}, column.name), exact("dd", total, column))));
  const rows = bySource ? rowsOf(bySource) : [];
  return { total, elements: rows.length > 1 ? [list, tableOf(rows, shown)] : [list] };
}
