// Drawing a box over the map: with Shift, or in a mode of its own (a button, the key B).
import { find } from "./element.js";

const least_px = 5;
const roundDegrees = (value) => Number(value.toFixed(6));

function boxOf(bounds) {
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map(roundDegrees);
}

/** The click that ends a drag is no question. */
function swallowClick(container) {
  const swallow = (event) => event.stopPropagation();
  container.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => container.removeEventListener("click", swallow, { capture: true }), 0);
}

function followPointer(map, container, begin, tool, take) {
  const placeOf = (event) => map.containerPointToLatLng(map.mouseEventToContainerPoint(event));
  const from = placeOf(begin);
  const shape = L.rectangle([from, from], { className: "box-drawn", interactive: false }).addTo(map);
  const move = (event) => shape.setBounds([from, placeOf(event)]);
  const end = (event) => {
    container.removeEventListener("pointermove", move);
    container.removeEventListener("pointerup", end);
    container.removeEventListener("pointercancel", end);
    shape.remove();
    const wide = Math.abs(event.clientX - begin.clientX), high = Math.abs(event.clientY - begin.clientY);
    if (event.type === "pointercancel" || Math.min(wide, high) < least_px) return;
    swallowClick(container);
    tool.set(false);
    take(boxOf(L.latLngBounds(from, placeOf(event))));
  };
  container.setPointerCapture(begin.pointerId);
  container.addEventListener("pointermove", move);
  container.addEventListener("pointerup", end);
  container.addEventListener("pointercancel", end);
}

export function createBoxTool(map, state) {
  const container = map.getContainer(), button = find("draw");
  let on = false;
  const take = (box) => state.set({ box });
  const tool = {
    isOn: () => on,
    set(wanted) {
      on = wanted;
      button.setAttribute("aria-pressed", String(on));
      find("drawing").hidden = !on;
      container.classList.toggle("drawing", on);
      map.dragging[on ? "disable" : "enable"]();
    },
    toggle: () => tool.set(!on),
    takeView() {
      tool.set(false);
      take(boxOf(map.getBounds()));
    },
  };
  button.addEventListener("click", tool.toggle);
  find("whole-view").addEventListener("click", () => {
    tool.takeView();
    container.focus();
  });
  container.addEventListener("pointerdown", (event) => {
    const onControl = event.target.closest(".leaflet-control");
    if (onControl || event.button !== 0 || !event.isPrimary || !(on || event.shiftKey)) return;
    event.preventDefault();
    followPointer(map, container, event, tool, take);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && on) tool.set(false);
  });
  return tool;
}
