// Colours for what is drawn on canvases: the style sheet's own, asked for again when the system turns dark or light.
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

export const likesStillness = () => still.matches;

/** colorOf("accent") is the value of --accent. */
export function colorOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function onThemeChange(act) {
  dark.addEventListener("change", act);
}
