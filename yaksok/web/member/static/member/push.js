// Notifications: a browser is asked nothing and keeps nothing before its owner presses the button here,
// and forgets all of it when the consent is taken back here. Without this file there is no button.
"use strict";

(() => {
  const card = document.querySelector("[data-browser]");
  if (!card) return;
  const { key, worker } = card.dataset;
  const stands = "stands" in card.dataset;
  const gone = "gone" in card.dataset;
  const agree = card.querySelector("[data-agree]");
  const withdraw = card.querySelector("[data-withdraw]");
  const able = isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

  const tell = (which) => {
    for (const note of card.querySelectorAll("[data-cannot]")) note.hidden = note.dataset.cannot !== which;
  };

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const base64 = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const registration = () => navigator.serviceWorker.getRegistration(worker);

  const forget = async () => {
    const found = await registration();
    const subscription = await found?.pushManager.getSubscription();
    await subscription?.unsubscribe();
    await found?.unregister();
  };

  const begun = (found) =>
    new Promise((done, failed) => {
      const script = found.installing ?? found.waiting ?? found.active;
      const look = () => {
        if (found.active) done(found);
        else if (!script || script.state === "redundant") failed(new Error("no worker"));
      };
      script?.addEventListener("statechange", look);
      look();
    });

  const subscribed = async () => {
    const found = await begun(await navigator.serviceWorker.register(worker));
    await (await found.pushManager.getSubscription())?.unsubscribe();
    return found.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  };

  const ask = async (event) => {
    event.preventDefault();
    const button = agree.querySelector("button");
    button.disabled = true;
    tell("");
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        tell("denied");
        return;
      }
      const one = await subscribed();
      agree.querySelector("[data-endpoint]").value = [
        one.endpoint, base64(one.getKey("p256dh")), base64(one.getKey("auth")), key,
      ].join(" ");
      agree.submit();
    } catch {
      tell("failed");
      await forget().catch(() => {});
    } finally {
      button.disabled = false;
    }
  };

  const takeBack = async (event) => {
    event.preventDefault();
    // Whatever the browser does, the mall is told.
    await forget().catch(() => {});
    withdraw.submit();
  };

  const begin = async () => {
    const found = await registration();
    const here = Boolean(await found?.pushManager.getSubscription());
    if (found && (!stands || gone)) await forget();
    if (Notification.permission === "denied") {
      if (!stands || gone) tell("denied");
      return;
    }
    tell("");
    agree.hidden = card.querySelector("[data-why]").hidden = stands && !gone && here;
  };

  if (!able || !agree) return;
  agree.addEventListener("submit", ask);
  withdraw?.addEventListener("submit", takeBack);
  begin().catch(() => {});
})();
