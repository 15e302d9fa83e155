// The time: bars of trips with the chosen window over them, its two inputs, and the replay.
import { askAndShow, rowsOf } from "./api.js";
import { barsAt, countBins, makeBins } from "./bins.js";
import { find, make, makeButton } from "./element.js";
import { createTimeBars } from "./time_bars.js";
import { createTimeBrush } from "./time_brush.js";
import { createTimeInputs } from "./time_inputs.js";

const live_ms = 120; // between two new pictures while the window is being dragged

/** Sets the window: at once when final, else not too often. */
function createChooser(state, span, preview) {
  let timer = 0, next = null;
  const commit = () => {
    timer = 0;
    const [from, to] = next;
    state.set({ from: from <= span.from ? null : from, to: to >= span.to ? null : to });
  };
  return (from, to, final) => {
    next = [from, to];
    preview(from, to);
    if (final) {
      clearTimeout(timer);
      commit();
    } else if (timer === 0) {
      timer = setTimeout(commit, live_ms);
    }
  };
}

function makeZoom(state, span) {
  const closer = makeButton("Closer", () => state.set({ spanFrom: state.values.from ?? span.from, spanTo: state.values.to ?? span.to }),
    { class: "plain", id: "closer", title: "Bars of the chosen time only" });
  const all = makeButton("All", () => state.set({ from: null, to: null, spanFrom: null, spanTo: null }),
    { class: "plain", id: "all-time", title: "All the time that the store has" });
  const show = ({ from, to, spanFrom, spanTo }) => {
    const whole = from === null && to === null;
    const shownFrom = spanFrom ?? span.from, shownTo = spanTo ?? span.to;
    closer.disabled = (from ?? span.from) <= shownFrom && (to ?? span.to) >= shownTo;
    all.disabled = whole && spanFrom === null;
  };
  state.watch(["from", "to", "spanFrom", "spanTo"], show);
  show(state.values);
  return make("div", { class: "zoom" }, closer, all);
}

/** `span`: what the store has, whole days. Returns { mark, addControls }. */
export function showTime(state, span) {
  let bins = makeBins(span.from, span.to);
  const readout = make("p", { class: "readout quiet", "aria-hidden": "true" });
  const bars = createTimeBars((area) => brush.place(area));
  const preview = (from, to) => {
    brush.show(bins, from, to);
    bars.lightBetween(barsAt(bins, from), barsAt(bins, to));
  };
  const brush = createTimeBrush({
    choose: createChooser(state, span, preview),
    hover: (bar) => { readout.textContent = bar === null ? "" : bars.say(bar); },
  });
  const showWindow = ({ from, to }) => preview(from ?? span.from, to ?? span.to);
  const ask = () => {
    const { spanFrom, spanTo, sources } = state.values;
    const wanted = makeBins(spanFrom ?? span.from, spanTo ?? span.to);
    const request = { op: "aggregate", by: wanted.by, measure: ["trips"], from: wanted.edges[0], to: wanted.edges[wanted.edges.length - 1] };
    if (sources !== null) request.source = sources;
    askAndShow("time", [request], "Counting trips over time", ([answer]) => {
      bins = wanted;
      bars.show(bins, countBins(bins, rowsOf(answer)));
      showWindow(state.values);
    });
  };
  const controls = make("div", { class: "controls" });
  controls.append(createTimeInputs(state, span), makeZoom(state, span), readout);
  find("time").replaceChildren(controls, make("div", { class: "bars" }, bars.canvas, brush.element));
  state.watch(["from", "to"], showWindow);
  state.watch(["spanFrom", "spanTo", "sources"], ask);
  ask();
  return { mark: brush.mark, addControls: (element) => controls.prepend(element) };
}
