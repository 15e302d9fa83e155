// Bars of time: hours, days or months, whichever are few enough to be seen, and where a time is among them.
import { day_s, hour_s, minute_s, monthName, partsOf, sayClock, sayDay, secondsOf } from "./civil_time.js";

const most_hours = 10 * 24, most_days = 400;
const keys = { hour: ["year", "month", "day", "hour"], day: ["year", "month", "day"], month: ["year", "month"] };

const startOf = {
  hour: (seconds) => Math.floor(seconds / hour_s) * hour_s,
  day: (seconds) => Math.floor(seconds / day_s) * day_s,
  month: (seconds) => secondsOf(partsOf(seconds).year, partsOf(seconds).month),
};
const nextOf = {
  hour: (start) => start + hour_s,
  day: (start) => start + day_s,
  month: (start) => secondsOf(partsOf(start).year, partsOf(start).month + 1),
};

function unitFor(from, to) {
  if (to - from <= most_hours * hour_s) return "hour";
  return to - from <= most_days * day_s ? "day" : "month";
}

/** Whole units that cover from..to: { unit, by, edges } where bin i is edges[i] <= t < edges[i + 1]. */
export function makeBins(from, to) {
  const unit = unitFor(from, to);
  const edges = [startOf[unit](from)];
  while (edges[edges.length - 1] < to) edges.push(nextOf[unit](edges[edges.length - 1]));
  return { unit, by: keys[unit], edges };
}

/** Counts of rows as rowsOf() gives them, zeros too. */
export function countBins(bins, rows) {
  const places = new Map(bins.edges.map((edge, i) => [edge, i]));
  const counts = new Array(bins.edges.length - 1).fill(0);
  for (const { year, month, day, hour, trips } of rows) {
    const place = places.get(secondsOf(year, month, day, hour));
    if (place !== undefined && place < counts.length) counts[place] += trips;
  }
  return counts;
}

/** Where a time is, in bars from the left; between the edges of a bar by its share of it. */
export function barsAt(bins, seconds) {
  const { edges } = bins;
  const above = edges.findIndex((edge) => edge > seconds);
  if (above === 0) return 0;
  if (above < 0) return edges.length - 1;
  return above - 1 + (seconds - edges[above - 1]) / (edges[above] - edges[above - 1]);
}

export function nearestEdge(bins, bars) {
  return bins.edges[Math.min(Math.max(Math.round(bars), 0), bins.edges.length - 1)];
}

export function sayBin(bins, i) {
  const start = bins.edges[i];
  if (bins.unit === "month") return `${monthName(start)} ${partsOf(start).year}`;
  if (bins.unit === "day") return sayDay(start);
  return `${sayDay(start)}, ${sayClock(start)} – ${sayClock(start + 59 * minute_s)}`;
}

/** Labels at round times: [[bin, text], ...], at most about `most` of them. */
export function labelsOf(bins, most) {
  const starts = bins.edges.slice(0, -1);
  const labels = starts.map((start, i) => [i, start]);
  const few = (wanted, text) => {
    const chosen = labels.filter(([, start]) => wanted(partsOf(start)));
    return chosen.length > 0 && chosen.length <= most ? chosen.map(([i, start]) => [i, text(start, partsOf(start))]) : null;
  };
  const dayText = (start, { day, month, year }) => `${day} ${monthName(start)}${day === 1 && month === 1 ? ` ${year}` : ""}`;
  const monthText = (start, { month, year }) => (month === 1 ? String(year) : monthName(start));
  const hourText = (start, { hour }) => (hour === 0 ? dayText(start, partsOf(start)) : sayClock(start));
  const ways = {
    hour: [[() => true, hourText], [({ hour }) => hour % 3 === 0, hourText], [({ hour }) => hour % 6 === 0, hourText],
      [({ hour }) => hour % 12 === 0, hourText], [({ hour }) => hour === 0, hourText]],
    day: [[() => true, dayText], [({ weekday }) => weekday === 1, dayText], [({ day }) => day === 1 || day === 15, dayText],
      [({ day }) => day === 1, monthText], [({ day, month }) => day === 1 && month % 3 === 1, monthText]],
    month: [[() => true, monthText], [({ month }) => month % 3 === 1, monthText], [({ month }) => month % 6 === 1, monthText],
      [({ month }) => month === 1, monthText]],
  };
  for (const [wanted, text] of ways[bins.unit]) {
    const found = few(wanted, text);
    if (found) return found;
  }
  return [];
}
