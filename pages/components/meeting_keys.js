/* The keys of a meeting: Left and Right, Home and End turn the screens, Escape leaves.
 *
 * Keys typed in a field, or with Alt, Ctrl or a command key, are the field's or the browser's own. When another screen
 * comes, its heading takes the focus and a live region says how far the meeting is.
 */
const TURNS = { ArrowLeft: "back", ArrowRight: "next", Home: "first", End: "last", Escape: "leave" };
const ROLES = ["combobox", "listbox", "grid", "menu", "spinbutton", "slider", "radiogroup", "dialog", "application"];
const FIELDS = ["input", "textarea", "select", '[contenteditable="true"]', ...ROLES.map((role) => `[role="${role}"]`)].join();

function typing(event) {
  const at = event.composedPath()[0];
  return at instanceof Element && at.closest(FIELDS) !== null;
}

function say(parent, words) {
  let region = parent.querySelector(".atlas-said");
  if (!region) {
    region = document.createElement("p");
    region.className = "atlas-said";
    region.setAttribute("role", "status");
    parent.append(region);
  }
  if (region.textContent !== words) region.textContent = words;
}

function focusHeading(title) {
  const seek = (left) => {
    const heading = document.querySelector(".meeting-screen h1");
    if (heading && heading.textContent === title) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    } else if (left) requestAnimationFrame(() => seek(left - 1));
  };
  seek(120);
}

export default function ({ parentElement, data, setTriggerValue }) {
  say(parentElement, data.said);
  if (parentElement.shown !== data.screen) {
    parentElement.shown = data.screen;
    focusHeading(data.title);
  }
  const press = (event) => {
    const turn = TURNS[event.key];
    const taken = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!turn || taken || typing(event)) return;
    event.preventDefault();
    setTriggerValue("turn", turn);
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
