// Asking with the mouse, a finger or the keyboard: a click or Enter is a question for the nearest rides.

const roundDegrees = (value) => Number(value.toFixed(6));

export function askByPointing(map, state, boxTool) {
  const askAt = ({ lat, lng }) => state.set({ at: [roundDegrees(lng), roundDegrees(lat)] });
  let before = null; // the place asked about before the first click of a double one
  map.on("click", (event) => {
    if (event.originalEvent.detail < 2) before = state.values.at;
    askAt(event.latlng);
  });
  map.on("dblclick", () => state.set({ at: before }));

  const container = map.getContainer();
  container.addEventListener("keydown", (event) => {
    if (event.target !== container || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "-") {
      map.zoomIn(event.key === "+" ? 1 : -1); // Leaflet would take Shift, which + needs, for three at once
      event.stopImmediatePropagation();
    } else if (event.key === "Enter") {
      if (boxTool.isOn()) boxTool.takeView();
      else askAt(map.getCenter());
      event.preventDefault();
    } else if (event.key === "b" || event.key === "B") {
      boxTool.toggle();
    }
  }, { capture: true });
}
