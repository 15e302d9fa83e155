// The trips of the chosen time and sources, all over the city.
import { askAndShow } from "./api.js";
import { sayWindow } from "./civil_time.js";
import { find, make } from "./element.js";
import { figureRequests, showFigures } from "./figures.js";
import { sayTrips } from "./numbers.js";
import { filtersOf } from "./state.js";

export function showSummary(state, info, span) {
  const place = find("summary");
  const ask = () => {
    const { from, to } = state.values;
    const words = sayWindow(from ?? span.from, to ?? span.to);
    askAndShow("summary", figureRequests(filtersOf(state.values), info), "Counting trips", (answers) => {
      const { total, elements } = showFigures(answers);
      place.replaceChildren(make("h2", {}, words), ...elements);
      find("sheet-text").replaceChildren(make("b", {}, sayTrips(total.trips)), ` · ${words}`);
    });
  };
  state.watch(["from", "to", "sources"], ask);
  ask();
}
