// Copies the address, where the browser lets a page do that (https, or this machine).
import { find } from "./element.js";
import { writeFragment } from "./fragment.js";

export function showShare(state) {
  const button = find("share");
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    history.replaceState(null, "", writeFragment(state.values));
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = "Copy link"; }, 2000);
  });
}
