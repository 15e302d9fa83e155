// The trips that have an end in a box: how many, for how much, and at which hours of the day.
import { askAndShow, rowsOf, stopAsking } from "./api.js";
import { makeDownloads } from "./download.js";
import { find, make, makeButton } from "./element.js";
import { figureRequests, showFigures } from "./figures.js";
import { createHoursChart } from "./hours_chart.js";
import { filtersOf } from "./state.js";

const subject = "box";
const most_rides = 1000; // that the download has

function makeHead(state) {
  const text = state.values.box.map((degrees) => degrees.toFixed(4)).join(", ");
  return make("header", {}, make("h2", {}, "In the box"),
    makeButton("×", () => state.set({ box: null }), { class: "close", "aria-label": "Close the box" }),
    make("p", { class: "quiet", title: "west, south, east, north" }, text));
}

/** Trips of each hour, zeros too. */
function hoursOf(answer) {
  const hours = new Array(24).fill(0);
  for (const { hour, trips } of rowsOf(answer)) hours[hour] = trips;
  return hours;
}

/** The rides themselves are asked for only when somebody wants them. */
function makeRides(place, request) {
  const button = makeButton("Its rides as a file", () => {
    askAndShow("rides", [{ op: "range", limit: most_rides, ...request }], "Listing the rides of the box", ([answer]) => {
      const told = answer.matched > most_rides ? make("span", { class: "quiet" }, `the first ${most_rides} of ${answer.matched}: `) : null;
      const links = makeDownloads("box", answer.rides, "range", { limit: most_rides, ...request });
      if (told) links.prepend(told);
      button.replaceWith(links);
    });
  }, { class: "plain" });
  return make("p", { class: "downloads" }, button);
}

export function showBox(map, state, info) {
  const place = find("box");
  const chart = createHoursChart();
  let shape = null;
  const draw = (box) => {
    shape?.remove();
    shape = box === null ? null
      : L.rectangle([[box[1], box[0]], [box[3], box[2]]], { className: "box-shown", interactive: false }).addTo(map);
  };
  const show = (request, answers) => {
    const hours = answers[answers.length - 1];
    const { total, elements } = showFigures(answers.slice(0, -1));
    place.replaceChildren(makeHead(state), ...elements, make("h3", {}, "By hour of the day"), chart.element, makeRides(place, request));
    chart.show(hoursOf(hours));
    place.dataset.trips = total.trips;
    place.hidden = false;
  };
  const ask = ({ box }, changed = []) => {
    if (changed.includes("box")) draw(box);
    if (box === null) {
      stopAsking(subject);
      place.hidden = true;
      return;
    }
    const request = { box, ...filtersOf(state.values) };
    const byHour = { op: "aggregate", by: ["hour"], measure: ["trips"], ...request };
    askAndShow(subject, [...figureRequests(request, info), byHour], "Counting the trips in the box",
      (answers) => show(request, answers));
  };
  state.watch(["box", "from", "to", "sources", "on"], ask);
  ask(state.values, ["box"]);
}
