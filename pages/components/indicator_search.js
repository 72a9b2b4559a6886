/* A search box over the indicators: what is typed goes to the server at once, at most once a pause.
 *
 * Links to an indicator or a topic anywhere on the page are followed without loading the page again.
 */
const PAUSE_MS = 60;
const LINK = 'a[href^="indicators?"]';

function element(tag, words = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}

function build(parent) {
  const box = document.createElement("div");
  box.className = "atlas-find";
  const label = element("label", "Search the indicators by word");
  const input = document.createElement("input");
  Object.assign(input, { type: "search", id: "atlas-find-words", autocomplete: "off" });
  input.placeholder = "for example: absence, looked after, alcohol, free school meals";
  label.htmlFor = input.id;
  const said = element("p");
  said.setAttribute("role", "status");
  box.append(label, input, said, element("ul"));
  parent.append(box);
  return box;
}

function result(found, choose) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.append(element("b", found.title), element("small", found.about));
  button.addEventListener("click", () => choose(found.id));
  item.append(button);
  return item;
}

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const box = parentElement.querySelector(".atlas-find") ?? build(parentElement);
  const input = box.querySelector("input");
  const choose = (id) => {
    input.value = "";
    setStateValue("words", "");
    setTriggerValue("indicator", id);
  };
  if (document.activeElement !== input) input.value = data.words;
  box.querySelector("p").textContent = data.said;
  box.querySelector("ul").replaceChildren(...data.results.map((found) => result(found, choose)));
  input.oninput = () => {
    clearTimeout(box.wait);
    const since = performance.now() - (box.sent ?? -PAUSE_MS);
    box.wait = setTimeout(() => {
      box.sent = performance.now();
      setStateValue("words", input.value);
    }, Math.max(0, PAUSE_MS - since));
  };
  const follow = (event) => {
    const link = event.target.closest?.(LINK);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const asked = new URL(link.href).searchParams;
    for (const name of ["indicator", "subject"]) if (asked.get(name)) setTriggerValue(name, asked.get(name));
  };
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
