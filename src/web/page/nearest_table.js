// Rides as a table. A row that is pointed at, or has the focus, lights its point on the map.
import { parseTime, sayClock, sayDay } from "./civil_time.js";
import { make, makeButton } from "./element.js";
import { sayDuration, sayMetres, sayMiles, sayMoney } from "./numbers.js";
import { sourceTitle } from "./switches.js";

function sayRide({ dropoff_time: end, pickup_time: begin, distance }) {
  const parts = [];
  if (distance !== undefined) parts.push(sayMiles(distance));
  if (end !== undefined) parts.push(sayDuration(parseTime(end) - parseTime(begin)));
  return parts.join(", ");
}

/** A cell for each; `of` gives text, or "" where the ride has none. A column that is empty everywhere is left out. */
const columns = [
  { name: "Away", of: (ride) => sayMetres(ride.metres), exact: (ride) => `${ride.metres} m`, data: (ride) => ride.metres },
  { name: "Picked up", of: (ride) => `${sayDay(parseTime(ride.pickup_time))} ${sayClock(parseTime(ride.pickup_time))}`,
    exact: (ride) => ride.pickup_time, data: (ride) => ride.pickup_time },
  { name: "Ride", of: sayRide, exact: (ride) => (ride.dropoff_time ? `until ${ride.dropoff_time}` : null), data: (ride) => ride.dropoff_time },
  { name: "Fare", of: (ride) => (ride.fare === undefined ? "" : sayMoney(ride.fare)), exact: (ride) => ride.fare, data: (ride) => ride.fare },
  { name: "Source", of: (ride) => sourceTitle(ride.source), exact: (ride) => `${ride.file}, line ${ride.line}`, data: (ride) => ride.source },
];

function makeRow(ride, i, shown, act) {
  const number = makeButton(String(i + 1), () => act.visit(i), { class: "plain", "aria-label": `Show ride ${i + 1} on the map` });
  const row = make("tr", { "data-file": ride.file, "data-line": ride.line }, make("th", { scope: "row" }, number),
    ...shown.map((column) => make("td", { "data-key": column.name, "data-value": column.data(ride), title: column.exact(ride) }, column.of(ride))));
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
  const rows = rides.map((ride, i) => makeRow(ride, i, shown, act));
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
