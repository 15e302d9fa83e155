// What the replay has counted so far.
import { parseTime, sayClock, sayDay } from "./civil_time.js";
import { find, make, makeButton } from "./element.js";
import { sayCount, sayDuration, sayMoney } from "./numbers.js";
import { sourceTitle } from "./switches.js";

/** [key, name, exact value, text] of each line. */
function linesOf({ counts, last, phase }, names, priced) {
  const count = (key, name, value) => [key, name, value, sayCount(value)];
  const lines = [count("trips", "Trips so far", counts.trips)];
  if (names.length > 1) lines.push(...names.map((name) => count(name, sourceTitle(name), counts.sources[name] ?? 0)));
  if (priced) lines.push(["fares", "Fares", (counts.fares / 100).toFixed(2), sayMoney(counts.fares / 100)]);
  if (last && phase === "playing") {
    lines.push(count("now", `In the last ${sayDuration(parseTime(last.to) - parseTime(last.from))}`, last.trips));
  }
  return lines;
}

/** `names`: the sources of the store; `priced`: whether it knows fares. */
export function createLivePanel(names, priced, onStop) {
  const place = find("live");
  const clock = make("p", { class: "clock" }), words = make("p", { class: "quiet" }), list = make("dl");
  const stop = makeButton("Stop", onStop, { class: "plain", id: "stop" }); // one for good: it may be being pressed
  place.replaceChildren(clock, words, list, stop);
  return (player) => {
    const { at, from, phase } = player;
    place.hidden = phase === "stopped";
    if (place.hidden) return;
    place.dataset.phase = phase;
    clock.textContent = phase === "ended" ? sayDay(from) : sayClock(at);
    words.textContent = { playing: sayDay(at), paused: `${sayDay(at)}, paused`, ended: "Played to the end" }[phase];
    stop.textContent = phase === "ended" ? "Close" : "Stop";
    list.replaceChildren(...linesOf(player, names, priced).map(([key, name, value, text]) =>
      make("div", {}, make("dt", {}, name), make("dd", { "data-key": key, "data-value": value, title: String(value) }, text))));
  };
}
