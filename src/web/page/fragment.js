// The state as the address's fragment and back: #map=12/40.7420/-73.9670&from=2014-04-01T08:00&source=uber
import { parseTime, shortTime } from "./civil_time.js";
import { initialState } from "./state.js";

const digits = 6; // of degrees: 10 cm
const sourceNames = ["yellow", "green", "uber"];
const measure = /^(trips|(sum|mean):(fare|tip|tolls|total|distance|duration|passengers))$/;

const roundDegrees = (value) => Number(value.toFixed(digits));

function numbersOf(text, count, separator = ",") {
  const parts = (text ?? "").split(separator);
  const numbers = parts.map(Number);
  const good = parts.length === count && parts.every((part) => part.trim() !== "") && numbers.every(Number.isFinite);
  return good ? numbers : null;
}

function within(value, least, most) {
  return Number.isFinite(value) && value >= least && value <= most;
}

const isPlace = (lon, lat) => within(lon, -180, 180) && within(lat, -85, 85);

function readWindow(first, second) {
  const from = parseTime(first), to = parseTime(second);
  return from !== null && to !== null && from >= to ? [null, null] : [from, to];
}

/** What of a fragment can be understood; the rest is as at the beginning. */
export function readFragment(text) {
  const given = new URLSearchParams(text.replace(/^#/, ""));
  const values = { ...initialState };
  const view = numbersOf(given.get("map"), 3, "/");
  if (view && within(view[0], 0, 20) && isPlace(view[2], view[1])) {
    [values.zoom, values.lat, values.lon] = [Math.round(view[0]), view[1], view[2]];
  }
  [values.from, values.to] = readWindow(given.get("from"), given.get("to"));
  const span = readWindow(...(given.get("span") ?? "").split(","));
  if (span[0] !== null && span[1] !== null) [values.spanFrom, values.spanTo] = span;
  if (given.get("on") === "dropoff") values.on = "dropoff";
  const sources = sourceNames.filter((name) => (given.get("source") ?? "").split(",").includes(name));
  if (sources.length > 0) values.sources = sources;
  if (measure.test(given.get("measure"))) values.measure = given.get("measure");
  const at = numbersOf(given.get("at"), 2);
  if (at && isPlace(...at)) values.at = at;
  const k = Number(given.get("k") ?? "");
  if (Number.isInteger(k) && within(k, 1, 10000)) values.k = k;
  const box = numbersOf(given.get("box"), 4);
  if (box && isPlace(box[0], box[1]) && isPlace(box[2], box[3]) && box[0] < box[2] && box[1] < box[3]) values.box = box;
  const speed = Number(given.get("speed") ?? "");
  if (within(speed, 1, 1e6)) values.speed = speed;
  return values;
}

/** Only what is not as at the beginning, and always the view. */
export function writeFragment(values) {
  const parts = [`map=${values.zoom}/${values.lat.toFixed(5)}/${values.lon.toFixed(5)}`];
  const add = (name, value) => parts.push(`${name}=${value}`);
  if (values.from !== null) add("from", shortTime(values.from));
  if (values.to !== null) add("to", shortTime(values.to));
  if (values.spanFrom !== null) add("span", `${shortTime(values.spanFrom)},${shortTime(values.spanTo)}`);
  if (values.on !== initialState.on) add("on", values.on);
  if (values.sources !== null) add("source", values.sources.join(","));
  if (values.measure !== initialState.measure) add("measure", values.measure);
  if (values.at !== null) add("at", values.at.map(roundDegrees).join(","));
  if (values.k !== initialState.k) add("k", values.k);
  if (values.box !== null) add("box", values.box.map(roundDegrees).join(","));
  if (values.speed !== initialState.speed) add("speed", values.speed);
  return `#${parts.join("&")}`;
}

/** Keeps the address true, a few times a second at most (browsers refuse more), and follows it when it is edited. */
export function followAddress(state) {
  let planned = 0;
  const write = () => {
    planned = 0;
    history.replaceState(null, "", writeFragment(state.values));
  };
  state.watch(Object.keys(initialState), () => {
    if (planned === 0) planned = setTimeout(write, 150);
  });
  addEventListener("hashchange", () => state.set(readFragment(location.hash)));
}
