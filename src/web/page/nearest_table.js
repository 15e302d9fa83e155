// Rides as a table. A row that is pointed at, or has the focus, lights its point on the map.
import { parseTime, sayClock, sayDay } from "./civil_time.js";
import { make, makeButton } from "./element.js";
import { sayDuration, sayMetres, sayMiles, sayMoney } from "./numbers.js";
import { sourceTitle } from "./switches.js";

const known = (value, say) => (value === undefined ? "" : say(value));
const sayLength = (ride) => known(ride.dropoff_time, (end) => sayDuration(parseTime(end) - parseTime(ride.pickup_time)));

const sayTip = (ride) => (ride.tip > 0 ? `tip ${sayMoney(ride.tip)}` : "");

/** `of` gives the text of a cell, "" where the ride has none, `under` what is beneath it, `data` the exact value. */
const columns = [
  { name: "Away", of: (ride) => sayMetres(ride.metres), under: (ride, mixed) => (mixed ? sourceTitle(ride.source) : ""),
    data: (ride) => ride.metres },
  { name: "Picked up", of: (ride) => sayClock(parseTime(ride.pickup_time)), under: (ride) => sayDay(parseTime(ride.pickup_time)),
    data: (ride) => ride.pickup_time },
  { name: "Ride", of: (ride) => known(ride.distance, sayMiles), under: sayLength,
    data: (ride) => ride.distance },
  { name: "Fare", of: (ride) => known(ride.fare, sayMoney), under: sayTip,
    data: (ride) => ride.fare },
];

function makeCell(column, ride, mixed) {
  const under = column.under?.(ride, mixed) ?? "";
  return make("td", { "data-key": column.name, "data-value": column.data(ride), title: column.data(ride) }, column.of(ride),
    under === "" ? null : make("small", {}, under));
}

function makeRow(ride, i, shown, mixed, act) {
  const number = makeButton(String(i + 1), () => act.visit(i), { class: "plain", "aria-label": `Show ride ${i + 1} on the map` });
  const row = make("tr", { "data-file": ride.file, "data-line": ride.line, title: `${ride.file}, line ${ride.line}` }, make("th", { scope: "row" }, number),
    ...shown.map((column) => makeCell(column, ride, mixed)));
  row.addEventListener("mouseenter", () => act.light(i));
  row.addEventListener("mouseleave", () => act.light(null));
  row.addEventListener("focusin", () => act.light(i));
  row.addEventListener("focusout", () => act.light(null));
  row.addEventListener("click", (event) => {
    if (event.target !== number) act.visit(i);
  });
  return row;
}

export function makeRidesTable(rides, act) {
  const shown = columns.filter((column) => rides.some((ride) => column.of(ride) !== ""));
  const mixed = new Set(rides.map((ride) => ride.source)).size > 1; // the source is said only where there are several
  const rows = rides.map((ride, i) => makeRow(ride, i, shown, mixed, act));
  const element = make("div", { class: "scrolling" }, make("table", { class: "rides" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, make("span", { class: "unseen" }, "Number")),
      ...shown.map(({ name }) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows)));
  const light = (chosen) => {
    rows.forEach((row, i) => row.classList.toggle("lit", i === chosen));
    if (chosen !== null) rows[chosen].scrollIntoView({ block: "nearest" });
  };
  return { element, light };
}
