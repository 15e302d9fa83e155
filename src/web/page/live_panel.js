// What the replay has counted so far.
import { parseTime, sayClock, sayDay } from "./civil_time.js";
import { find, make, makeButton } from "./element.js";
import { sayCount, sayDuration, sayMoney } from "./numbers.js";
import { sourceTitle } from "./switches.js";

const cell = (key, value, text) => make("dd", { "data-key": key, "data-value": value, title: String(value) }, text);

/** `names`: the sources of the store; `priced`: whether it knows fares. */
export function createLivePanel(names, priced, onClose) {
  const place = find("live");
  return (player) => {
    place.hidden = player.phase === "stopped";
    if (place.hidden) return;
    const { counts, at, last, phase } = player;
    const rows = [["trips", "Trips so far", counts.trips, sayCount(counts.trips)]];
    if (names.length > 1) for (const name of names) rows.push([name, sourceTitle(name), counts.sources[name] ?? 0, sayCount(counts.sources[name] ?? 0)]);
    if (last && phase === "playing") rows.push(["now", `In the last ${sayDuration(parseTime(last.to) - parseTime(last.from))}`, last.trips, sayCount(last.trips)]);
    if (priced) rows.push(["fares", "Fares", (counts.fares / 100).toFixed(2), sayMoney(counts.fares / 100)]);
    place.dataset.phase = phase;
    const words = { playing: sayDay(at), paused: `${sayDay(at)}, paused`, ended: "Played to the end" }[phase];
    const focused = place.contains(document.activeElement);
    place.replaceChildren(make("p", { class: "clock" }, phase === "ended" ? sayDay(player.from) : sayClock(at)),
      make("p", { class: "quiet" }, words),
      make("dl", {}, ...rows.map(([key, name, value, text]) => make("div", {}, make("dt", {}, name), cell(key, value, text)))),
      makeButton("×", onClose, { class: "close", "aria-label": "Close the replay" }));
    if (focused) place.querySelector("button").focus();
  };
}
