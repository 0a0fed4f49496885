// Shows what the mall sent to this browser, and opens what is touched. It keeps nothing, asks nobody
// for anything, and sees no page of the shop.
"use strict";

const STOP = { ko: "수신거부", en: "Stop these" };

const ours = (address) => {
  try {
    const found = new URL(address);
    return found.origin === self.location.origin ? found.href : "";
  } catch {
    return "";
  }
};

self.addEventListener("push", (event) => {
  let said;
  try {
    said = event.data.json();
  } catch {
    return;
  }
  const data = { link: ours(said.link), stop: ours(said.stop) };
  event.waitUntil(
    self.registration.showNotification(String(said.title), {
      body: String(said.text),
      lang: String(said.language),
      tag: String(said.tag),
      data,
      actions: data.stop ? [{ action: "stop", title: STOP[said.language] ?? STOP.ko }] : [],
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { link, stop } = event.notification.data ?? {};
  const address = event.action === "stop" ? stop : link;
  if (address) event.waitUntil(self.clients.openWindow(address));
});
