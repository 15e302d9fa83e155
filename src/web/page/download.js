// Answers to take away.
import { queryOf } from "./api.js";
import { make, makeButton } from "./element.js";

function quoteCell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rides as CSV: a column for every member that one of them has; places as two columns. */
export function csvOf(rides) {
  const flat = rides.map((ride) => Object.fromEntries(Object.entries(ride).flatMap(([name, value]) =>
    Array.isArray(value) ? [[`${name}_lon`, value[0]], [`${name}_lat`, value[1]]] : [[name, value]])));
  const names = [...new Set(flat.flatMap(Object.keys))];
  return [names, ...flat.map((ride) => names.map((name) => ride[name]))]
    .map((cells) => cells.map(quoteCell).join(",")).join("\r\n").concat("\r\n");
}

function save(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A button for CSV, made here, and a link for GeoJSON, which the server writes. */
export function makeDownloads(name, rides, op, request) {
  return make("p", { class: "downloads" }, makeButton("CSV", () => save(`${name}.csv`, csvOf(rides)), { class: "plain" }),
    make("a", { class: "plain", download: `${name}.geojson`, href: `/api/${op}?${queryOf({ ...request, format: "geojson" })}` }, "GeoJSON"));
}
