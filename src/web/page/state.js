// What the page shows, in one place. Everything that can be chosen is here, and so can be shared as an address.

export const initialState = Object.freeze({
  lat: 40.742, lon: -73.967, zoom: 12,
  from: null, to: null,          // the chosen window, seconds; null: all that the store has
  spanFrom: null, spanTo: null,  // what the bars show; null: all
  on: "pickup",
  sources: null,                 // null: all that the store has
  measure: "trips",
  at: null, k: 10,               // [lon, lat] of the question for nearest rides
  box: null,                     // [west, south, east, north]
  speed: 3600,                   // seconds of trip time a second
});

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Values, and who wants to know when some of them change. */
export function createState(values) {
  const watchers = [];
  return {
    values,
    /** Calls those who watch one of the values that really change, once each. */
    set(changes) {
      const changed = Object.keys(changes).filter((key) => !same(values[key], changes[key]));
      for (const key of changed) values[key] = changes[key];
      for (const { keys, act } of watchers) {
        if (changed.some((key) => keys.includes(key))) act(values, changed);
      }
    },
    watch(keys, act) {
      watchers.push({ keys, act });
    },
  };
}

/** The filters of a request, without those that leave nothing out. `on` says which end boxes and points mean. */
export function filtersOf(values) {
  const filters = { on: values.on };
  if (values.from !== null) filters.from = values.from;
  if (values.to !== null) filters.to = values.to;
  if (values.sources !== null) filters.source = values.sources;
  return filters;
}
