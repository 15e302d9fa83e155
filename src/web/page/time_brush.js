// The chosen window over the bars: drag to choose, drag it or its ends to change it, or use the arrow keys.
import { barsAt, nearestEdge } from "./bins.js";
import { sayTime, sayWindow } from "./civil_time.js";
import { make } from "./element.js";

const click_px = 4;
const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

function makeHandle(name) {
  const label = name === "begin" ? "Begin of the time" : "End of the time";
  return make("div", { class: `handle ${name}`, role: "slider", tabindex: 0, "aria-label": label });
}

/** `choose(from, to, final)`: what the hand does; final when it lets go. `hover(bar)`: the bar under the mouse, or null. */
export function createTimeBrush({ choose, hover }) {
  const begin = makeHandle("begin"), end = makeHandle("end");
  const body = make("div", { class: "body", role: "slider", tabindex: 0, "aria-label": "Chosen time; arrow keys move it" });
  const marker = make("div", { class: "marker", hidden: true });
  const element = make("div", { class: "brush" }, body, begin, end, marker);
  let bins = null, window_ = { from: 0, to: 1 }, whole = true;

  const last = () => bins.edges.length - 1;
  const barsUnder = (event) => {
    const { left, width } = element.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - left) / width, 0), 1) * last();
  };
  const percent = (seconds) => `${100 * barsAt(bins, seconds) / last()}%`;
  const tell = (slider, value, text) => {
    const [least, most] = [bins.edges[0], bins.edges[last()]];
    for (const [name, number] of [["min", least], ["max", most], ["now", Math.min(Math.max(value, least), most)]])
      slider.setAttribute(`aria-value${name}`, String(number));
    slider.setAttribute("aria-valuetext", text);
  };
  function show() {
    const { from, to } = window_;
    element.classList.toggle("whole", whole);
    body.style.left = begin.style.left = percent(from);
    body.style.right = `calc(100% - ${percent(to)})`;
    end.style.left = percent(to);
    tell(begin, from, sayTime(from));
    tell(end, to, sayTime(to));
    tell(body, from, sayWindow(from, to));
  }

  /** Moves what `part` says from the window `was` by whole bars; the ends keep a bar between them. */
  function moved(part, was, by) {
    let from = barsAt(bins, was.from), to = barsAt(bins, was.to);
    if (part === "begin") from = Math.min(from + by, to - 1);
    else if (part === "end") to = Math.max(to + by, from + 1);
    else {
      const shift = Math.min(Math.max(by, -from), last() - to);
      [from, to] = [from + shift, to + shift];
    }
    const [a, b] = [nearestEdge(bins, from), nearestEdge(bins, to)];
    return a < b ? [a, b] : [was.from, was.to];
  }

  function partOf(event) {
    if (event.target === begin) return "begin";
    if (event.target === end) return "end";
    return event.target === body && !whole ? "body" : "new";
  }

  element.addEventListener("pointerdown", (event) => {
    if (!bins || event.button !== 0 || !event.isPrimary) return;
    const part = partOf(event), was = { ...window_ }, start = barsUnder(event), startX = event.clientX;
    let dragged = false;
    element.setPointerCapture(event.pointerId);
    const windowFor = (now) => {
      if (part !== "new") return moved(part, was, Math.round(barsUnder(now) - start));
      const [a, b] = [start, barsUnder(now)].sort((x, y) => x - y);
      return [bins.edges[Math.floor(a)], bins.edges[Math.min(Math.max(Math.ceil(b), Math.floor(a) + 1), last())]];
    };
    const move = (now) => {
      dragged ||= Math.abs(now.clientX - startX) >= click_px;
      if (dragged) choose(...windowFor(now), false);
    };
    const over = (now) => {
      for (const [name, act] of handlers) element.removeEventListener(name, act);
      if (now.type === "pointercancel") choose(was.from, was.to, true);
      else if (dragged || part === "new") choose(...windowFor(now), true); // a click takes one bar
    };
    const handlers = [["pointermove", move], ["pointerup", over], ["pointercancel", over]];
    for (const [name, act] of handlers) element.addEventListener(name, act);
  });
  element.addEventListener("pointermove", (event) => bins && hover(Math.min(Math.floor(barsUnder(event)), last() - 1)));
  element.addEventListener("pointerleave", () => hover(null));
  element.addEventListener("keydown", (event) => {
    const part = event.target === begin ? "begin" : event.target === end ? "end" : "body";
    let by = steps[event.key];
    if (event.key === "Home") by = -last();
    if (event.key === "End") by = last();
    if (by === undefined || !bins) return;
    event.preventDefault();
    choose(...moved(part, window_, by), true);
  });

  return {
    element,
    show(newBins, from, to) {
      [bins, window_] = [newBins, { from, to }];
      whole = from <= bins.edges[0] && to >= bins.edges[last()]; // then there is nothing to move: a drag chooses anew
      show();
    },
    /** A line at a time, while it is played; null for none. */
    mark(seconds) {
      marker.hidden = seconds === null || !bins || seconds < bins.edges[0] || seconds > bins.edges[last()];
      if (!marker.hidden) marker.style.left = percent(seconds);
    },
    place({ left, right, top, bottom }) {
      Object.assign(element.style, { left: `${left}px`, width: `${right - left}px`, top: `${top}px`, height: `${bottom - top}px` });
    },
  };
}
