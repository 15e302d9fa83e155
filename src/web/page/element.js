// Elements are made here, never from markup in strings: text that comes from the store stays text.

/** make("button", { type: "button", "aria-pressed": false, hidden: true }, "text", child, ...) */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (name === "hidden" || name === "disabled" || name === "checked" || name === "value") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const find = (id) => document.getElementById(id);

/** A button that says what it does. */
export function makeButton(text, onClick, attributes = {}) {
  const button = make("button", { type: "button", ...attributes }, text);
  button.addEventListener("click", onClick);
  return button;
}

export function makeChoice(label, options, value, onChange, attributes = {}) {
  const select = make("select", { "aria-label": label, ...attributes },
    ...options.map(([key, text]) => make("option", { value: key }, text)));
  select.value = value;
  select.addEventListener("change", () => onChange(select.value));
  return select;
}
