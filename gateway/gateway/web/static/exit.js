// Quick exit: away at once, and nothing of ours left behind in the tab. Runs before the page is drawn.
"use strict";
(() => {
  const { away, again } = document.currentScript.dataset;
  const LEAVING = "leaving", PATIENCE = 1000, TWICE_WITHIN = 2000;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("exit") : null;
  const entries = () => (window.navigation && navigation.currentEntry ? navigation.entries() : []);
  let pressed = -Infinity;

  function remember(value) {
    try {
      const before = sessionStorage.getItem(LEAVING);
      if (value) sessionStorage.setItem(LEAVING, value);
      else sessionStorage.removeItem(LEAVING);
      return before;
    } catch { return null; }
  }

  function hide() {
    document.documentElement.hidden = true;
    document.title = new URL(away).hostname;
  }

  function go() {
    hide();
    fetch("/leave", { keepalive: true, redirect: "manual" }).catch(() => {});
    location.replace(away);
  }

  // This entry gets an address that only leads away, and what came after it is forgotten.
  function forget() {
    remember(null);
    hide();
    history.replaceState(null, "", "/leave");
    history.pushState(null, "", "/leave");
    go();
  }

  // Entries before this one cannot be changed from here. So: back to the first that may be loaded again, and from there.
  function leave() {
    hide();
    for (const form of document.forms) form.reset();
    tabs?.postMessage("left");
    const mine = entries(), first = mine.find((entry) => entry.getState()?.read);
    if (mine.length < 2 || !first || first.index > navigation.currentEntry.index) return go();
    if (first.index === navigation.currentEntry.index) return forget();
    remember("yes");
    setTimeout(go, PATIENCE);
    navigation.traverseTo(first.key).finished.catch(go);
  }

  if (again && entries().length) navigation.updateCurrentEntry({ state: { read: true } });
  if (remember(null)) return forget();
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    hide();
    if (remember(null)) forget();
    else location.reload();
  });
  tabs?.addEventListener("message", () => { hide(); location.replace(away); });

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - pressed < TWICE_WITHIN) {
      event.preventDefault();
      leave();
    } else say();
    pressed = event.timeStamp;
  }, true);

  function say() {
    const says = document.querySelector(".exit-says");
    says.textContent = says.dataset.words;
    setTimeout(() => { says.textContent = ""; }, TWICE_WITHIN);
  }

  addEventListener("click", (event) => {
    if (!event.target.closest?.("a.exit")) return;
    event.preventDefault();
    leave();
  });
})();
