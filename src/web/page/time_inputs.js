// The chosen window as two dates with times, for those who know them.
import { formatTime, parseTime } from "./civil_time.js";
import { make } from "./element.js";

const textOf = (seconds) => formatTime(seconds).replace(/:00$/, "");

function makeInput(id, label) {
  return make("input", { type: "datetime-local", id, "aria-label": label, step: 60 });
}

/** `span`: what the store has. A begin that is not before the end is told, not taken. */
export function createTimeInputs(state, span) {
  const begin = makeInput("from", "From"), end = makeInput("to", "To");
  for (const input of [begin, end]) {
    input.min = textOf(span.from);
    input.max = textOf(span.to);
  }
  const show = ({ from, to }) => {
    begin.value = textOf(from ?? span.from);
    end.value = textOf(to ?? span.to);
    begin.setCustomValidity("");
    end.setCustomValidity("");
  };
  const read = (event) => {
    const from = parseTime(begin.value), to = parseTime(end.value);
    if (from === null || to === null) return; // still being typed
    const wrong = from >= to ? "The begin must be before the end." : "";
    event.target.setCustomValidity(wrong);
    if (wrong) {
      event.target.reportValidity();
      return;
    }
    state.set({ from: from <= span.from ? null : from, to: to >= span.to ? null : to });
  };
  for (const input of [begin, end]) input.addEventListener("change", read);
  state.watch(["from", "to"], show);
  show(state.values);
  return make("div", { class: "range" }, begin, make("span", { class: "quiet" }, "to"), end);
}
