// Play, pause, stop, and how fast. What is played is the chosen window; without one, the busiest day of the store.
import { askAndShow, rowsOf } from "./api.js";
import { day_s, parseTime, secondsOf } from "./civil_time.js";
import { find, make, makeButton, makeChoice } from "./element.js";
import { createLivePanel } from "./live_panel.js";
import { createLivePoints } from "./live_points.js";
import { createPlayer } from "./player.js";
import { filtersOf } from "./state.js";
import { hasFares, sourcesIn } from "./switches.js";

const speeds = [[60, "1 min/s"], [600, "10 min/s"], [1800, "30 min/s"],
  [3600, "1 h/s"], [14400, "4 h/s"], [86400, "1 day/s"]];

function makeControls(state, toggle) {
  const known = speeds.some(([speed]) => speed === state.values.speed);
  const options = known ? speeds : [...speeds, [state.values.speed, `${state.values.speed} s/s`]];
  const button = makeButton("Play", toggle, { class: "strong", id: "play" });
  const speed = makeChoice("Speed of the replay: trip time in a second", options.map(([value, text]) => [String(value), text]), String(state.values.speed),
    (value) => state.set({ speed: Number(value) }), { id: "speed" });
  state.watch(["speed"], (values) => {
    speed.value = String(values.speed);
  });
  return { element: make("div", { class: "player" }, button, speed), button };
}

/** Calls `act` with the busiest day of the sources chosen. */
function findBusiestDay(filters, act) {
  const request = { op: "aggregate", by: ["year", "month", "day"], measure: ["trips"], ...filters };
  askAndShow("busiest", [request], "Looking for the busiest day", ([answer]) => {
    const rows = rowsOf(answer);
    if (rows.length === 0) return;
    const { year, month, day } = rows.reduce((best, row) => (row.trips > best.trips ? row : best));
    act(secondsOf(year, month, day));
  });
}

/** `span`: what the store has; `mark(seconds)` shows where the replay is. Returns the controls. */
export function createPlay(map, state, info, span, mark) {
  const points = createLivePoints(map);
  const request = () => ({ ...filtersOf(state.values), speed: state.values.speed });
  let starting = false; // the window changes because of the play itself

  function toggle() {
    if (player.phase === "playing") return player.pause();
    if (player.phase === "paused") return player.resume(request());
    const { from, to } = state.values;
    if (from !== null || to !== null) return player.start(from ?? span.from, to ?? span.to, request());
    return findBusiestDay(filtersOf(state.values), (day) => {
      starting = true;
      state.set({ from: day, to: day + day_s, spanFrom: day, spanTo: day + day_s });
      starting = false;
      player.start(day, day + day_s, request());
    });
  }

  const controls = makeControls(state, toggle);
  const showCounts = createLivePanel(sourcesIn(info), hasFares(info), () => {
    player.stop();
    controls.button.focus();
  });
  const player = createPlayer((now, window) => {
    const { phase } = now;
    controls.button.textContent = { playing: "Pause", paused: "Go on" }[phase] ?? "Play";
    find("place").classList.toggle("playing", phase === "playing" || phase === "paused");
    mark(phase === "stopped" ? null : now.at);
    showCounts(now);
    if (phase === "stopped") points.clear();
    if (window?.points) points.add(window.points, 1000 * (parseTime(window.to) - parseTime(window.from)) / state.values.speed);
  });
  state.watch(["from", "to", "sources"], () => {
    if (!starting && player.phase !== "stopped") player.stop();
  });
  state.watch(["speed"], () => {
    if (player.phase === "playing") player.resume(request());
  });
  return controls.element;
}
