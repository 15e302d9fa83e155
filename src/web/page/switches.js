// Which trips: by their start or their end, by source; and what the colours mean.
import { find, make, makeChoice } from "./element.js";
import { measureOf, measures } from "./measures.js";
import { sayCount } from "./numbers.js";

const titles = { yellow: "Yellow", green: "Green", uber: "Uber" };
export const sourceTitle = (name) => titles[name] ?? name;

/** The sources that a store has, by name. */
export function sourcesIn(info) {
  return Object.keys(titles).filter((name) => info.trips_by_source[name] > 0);
}

/** Only Uber's files say nothing but when and where. */
export const hasFares = (info) => sourcesIn(info).some((name) => name !== "uber");

function makeEnds(state, info) {
  const known = hasFares(info);
  const choice = (key, text) => {
    const unknown = key === "dropoff" && !known;
    const input = make("input", { type: "radio", name: "on", value: key, checked: state.values.on === key, disabled: unknown });
    input.addEventListener("change", () => state.set({ on: key }));
    return make("label", { title: unknown ? "The files of this store do not say where trips end" : null }, input, make("span", {}, text));
  };
  const group = make("fieldset", { class: "segments", id: "ends" }, make("legend", { class: "unseen" }, "Which end of a trip"),
    choice("pickup", "Pick-ups"), choice("dropoff", "Drop-offs"));
  state.watch(["on"], ({ on }) => {
    for (const input of group.querySelectorAll("input")) input.checked = input.value === on;
  });
  return group;
}

function makeSources(state, info) {
  const names = sourcesIn(info);
  if (names.length < 2) return null;
  const inputs = names.map((name) => make("input", { type: "checkbox", value: name }));
  const show = ({ sources }) => {
    for (const input of inputs) input.checked = sources === null || sources.includes(input.value);
  };
  const read = (event) => {
    const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
    if (chosen.length === 0) {
      event.target.checked = true; // nothing at all is no choice
      return;
    }
    state.set({ sources: chosen.length === names.length ? null : chosen });
  };
  for (const input of inputs) input.addEventListener("change", read);
  state.watch(["sources"], show);
  show(state.values);
  return make("fieldset", { class: "segments", id: "sources" }, make("legend", { class: "unseen" }, "Sources"),
    ...inputs.map((input) => make("label", { title: `${sayCount(info.trips_by_source[input.value])} trips` },
      input, make("span", {}, sourceTitle(input.value)))));
}

function makeMeasures(state, info) {
  if (!hasFares(info)) return null;
  const options = measures.map(({ key, name }) => [key, name]);
  if (!options.some(([key]) => key === state.values.measure)) options.push([state.values.measure, state.values.measure]);
  const select = makeChoice("What the colours mean", options, state.values.measure, (measure) => state.set({ measure }), { id: "measure" });
  state.watch(["measure"], ({ measure }) => {
    select.value = measure;
  });
  return select;
}

export function showSwitches(state, info) {
  const parts = [makeEnds(state, info), makeSources(state, info), makeMeasures(state, info)];
  find("switches").replaceChildren(...parts.filter((part) => part !== null));
}

/** The scale of the colours is by rank (an equalised histogram), so that it has ends but no even steps. */
export function showLegend(state) {
  const show = ({ measure, on }) => {
    const { name, low, high } = measureOf(measure);
    const what = measure === "trips" ? (on === "pickup" ? "Pick-ups" : "Drop-offs") : name;
    find("legend").replaceChildren(make("span", { class: "legend-name" }, what), make("span", {}, low),
      make("i", { class: "ramp", role: "presentation" }), make("span", {}, high));
    find("legend").hidden = false;
  };
  state.watch(["measure", "on"], show);
  show(state.values);
}
