// The order of the numbers; on a narrow screen they are a sheet at the bottom: a bar that opens.
import { find } from "./element.js";

/** The place that was asked about is to be seen above the sheet. */
function uncover(map, panel, [lon, lat]) {
  if (getComputedStyle(panel).position !== "fixed") return;
  const seen = panel.getBoundingClientRect().top - map.getContainer().getBoundingClientRect().top;
  const { y } = map.latLngToContainerPoint([lat, lon]);
  if (y > seen - 40) map.panBy([0, y - seen / 2]);
}

export function createSheet(map, state) {
  const button = find("sheet"), panel = find("panel");
  const set = (open) => {
    panel.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => set(!panel.classList.contains("open")));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.classList.contains("open")) {
      set(false);
      button.focus();
    }
  });
  // Who asks wants to see the answer, the last one on top.
  state.watch(["at", "box"], ({ at, box }, changed) => {
    const asked = (changed.includes("at") && at !== null) || (changed.includes("box") && box !== null);
    if (asked) {
      set(true);
      if (changed.includes("at")) uncover(map, panel, at);
    }
    if (at === null && box === null) set(false);
    panel.classList.toggle("box-last", asked && changed.includes("box"));
    panel.classList.toggle("nearest-last", asked && !changed.includes("box"));
    if (asked) find("panel-body").scrollTop = 0;
  });
  if (state.values.at !== null || state.values.box !== null) set(true);
}
