/* What the page itself has to notice in the browser.
 *
 * Back: only another page is a new step. Choices on a page, and the steps Streamlit takes on the way to another page,
 * replace the address they stand on.
 * Links: what a link of ours leads to is read from its top, on the same page too.
 * Theme: when the reader's device changes from light to dark, the page runs again, because colours come from the server.
 */
const dark = matchMedia("(prefers-color-scheme: dark)");

function startAtTheTop(event) {
  const link = event.target.closest?.("a[href]");
  const ours = link && link.target !== "_blank" && link.origin === location.origin && !link.hash;
  if (ours) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

function keepOneStepAPage() {
  if (history.atlas) return;
  history.atlas = true;
  document.addEventListener("click", startAtTheTop, true);
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    const samePage = new URL(url, location.href).pathname === location.pathname;
    return samePage ? history.replaceState(state, unused, url) : push(state, unused, url);
  };
}

export default function ({ setTriggerValue }) {
  keepOneStepAPage();
  const runAgain = () => setTriggerValue("theme", dark.matches ? "dark" : "light");
  dark.addEventListener("change", runAgain);
  return () => dark.removeEventListener("change", runAgain);
}
