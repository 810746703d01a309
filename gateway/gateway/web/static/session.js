// The warning before a session ends: one press goes on. What is typed is sent in to be kept when nobody presses.
"use strict";
(() => {
  const dialog = document.querySelector("#session-warning");
  const { warning, time, title } = dialog.dataset;
  const clock = dialog.querySelector(".left"), says = dialog.querySelector("[role=status]");
  const pageTitle = document.title, saysAt = [120, 60, 30, 10];
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  let endsAt = Date.now() + Number(dialog.dataset.seconds) * 1000, touched = null, asked = false, over = false;

  const left = () => Math.ceil((endsAt - Date.now()) / 1000);

  async function ask(options) {
    const answer = await fetch("/session", { headers: { Accept: "application/json" }, ...options });
    if (!answer.ok) throw new Error(answer.status);
    const { seconds, words } = await answer.json();
    learn(seconds, words);
    return seconds;
  }

  function learn(seconds, words) {
    endsAt = Date.now() + seconds * 1000;
    for (const line of document.querySelectorAll(".session-end")) if (words) line.textContent = words;
    asked = false;
  }

  // Another tab may have gone on meanwhile, so the server is asked before anybody is warned.
  async function look() {
    if (over || left() > warning) return;
    if (left() < 0) return end();
    if (!dialog.open && !asked) {
      asked = true;
      if (await ask().catch(left) > warning) return;
      asked = true;
      show();
    }
    if (!dialog.open) return;
    tell();
  }

  function show() {
    says.textContent = "";
    dialog.showModal();
    document.title = title;
  }

  function tell() {
    const seconds = Math.max(0, left());
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const mark = saysAt.find((at) => seconds <= at && seconds > at - 2);
    if (mark) says.textContent = dialog.dataset[`at${mark}`];
  }

  function close() {
    if (dialog.open) dialog.close();
    document.title = pageTitle;
  }

  async function goOn() {
    const body = new FormData(dialog.querySelector("form.stay"));
    const seconds = await ask({ method: "POST", body }).catch(() => 0);
    if (!seconds) return end();
    tabs?.postMessage(seconds);
    if (seconds > warning) close();
  }

  async function end() {
    if (over) return;
    over = true;
    const seconds = await ask().catch(() => 0);
    if (seconds > 0) { over = false; return; }
    if (touched?.isConnected) sendToKeep(touched);
    else location.replace(location.href.split("#")[0]);
  }

  function sendToKeep(form) {
    const kept = form.dataset.keeps.split(" ");
    for (const field of form.elements) field.disabled = !(kept.includes(field.name) || field.name === "form_token");
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "only_keep", value: "yes" }));
    form.submit();
  }

  addEventListener("input", (event) => { touched = event.target.form?.dataset.keeps ? event.target.form : touched; });
  dialog.querySelector("form.stay").addEventListener("submit", (event) => { event.preventDefault(); goOn(); });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); goOn(); });
  tabs?.addEventListener("message", (event) => { learn(event.data, ""); if (event.data > warning) close(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  setInterval(look, 1000);
})();
