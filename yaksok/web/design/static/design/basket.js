// The basket: ids of goods and quantities, in this tab's sessionStorage and in nothing else.
// Open tabs tell each other; with the last tab it is gone. Nothing here knows who shops.
"use strict";

(() => {
  const KEY = "yaksok.basket";
  const ORDERING = "yaksok.ordering";
  const MOST = 99;
  const ASK_AFTER = [0, 300, 1000, 3000]; // milliseconds: another tab may be between two pages
  let channel = null;
  let emptied = false;

  const read = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found.filter((line) => Array.isArray(line) && line.length === 2) : [];
    } catch {
      return [];
    }
  };

  const show = () => {
    const count = read().length;
    for (const mark of document.querySelectorAll("[data-basket-count]")) {
      mark.textContent = String(count);
      mark.hidden = count === 0;
    }
    document.dispatchEvent(new CustomEvent("basket"));
  };

  const keep = (lines) => {
    emptied = !lines.length;
    if (lines.length) sessionStorage.setItem(KEY, JSON.stringify(lines));
    else sessionStorage.removeItem(KEY);
    show();
  };

  const write = (lines) => {
    keep(lines);
    channel?.postMessage({ lines });
  };

  const set = (id, quantity) => {
    const lines = read().filter(([other]) => other !== id);
    const place = read().findIndex(([other]) => other === id);
    if (quantity > 0) lines.splice(place < 0 ? lines.length : place, 0, [id, Math.min(quantity, MOST)]);
    write(lines);
  };

  const add = (id, quantity) => {
    const held = read().find(([other]) => other === id)?.[1] ?? 0;
    set(id, held + quantity);
  };

  const hear = ({ data }) => {
    if (data.ask) {
      if (read().length) channel.postMessage({ answer: read() });
    } else if (data.lines) {
      keep(data.lines);
    } else if (data.answer && !read().length) {
      keep(data.answer);
    }
  };

  const open = () => {
    if (channel || !("BroadcastChannel" in window)) return;
    channel = new BroadcastChannel(KEY);
    channel.onmessage = hear;
    for (const wait of ASK_AFTER) {
      setTimeout(() => { if (!read().length && !emptied) channel?.postMessage({ ask: true }); }, wait);
    }
  };

  // What is being ordered stays in the basket until it is paid.
  const order = ({ target }) => {
    const lines = target.querySelector('[name="lines"]')?.value;
    if (!target.matches("[data-once]") || !lines) return;
    sessionStorage.setItem(ORDERING, lines);
    history.replaceState({ ...history.state, sent: true }, "");
  };

  // Coming back to the form before it is paid is the same attempt: one order, goods held once. The
  // page remembers it in its own place in the tab's history, not in storage.
  // After it was paid, the way back shows nobody what had been typed.
  const again = () => {
    const form = document.querySelector("[data-start]");
    if (!form) return;
    const [attempt, lines] = ["attempt", "lines"].map((name) => form.querySelector(`[name="${name}"]`));
    const before = history.state?.lines === lines.value ? history.state : null;
    if (before?.sent && !sessionStorage.getItem(ORDERING)) addEventListener("pageshow", () => form.reset());
    else if (before) attempt.value = before.attempt;
    history.replaceState({ attempt: attempt.value, lines: lines.value }, "");
  };

  const paid = () => {
    const ordered = sessionStorage.getItem(ORDERING);
    if (!ordered || !document.querySelector("[data-paid]")) return;
    sessionStorage.removeItem(ORDERING);
    const gone = new Set(ordered.split(",").map((line) => line.split(":")[0]));
    write(read().filter(([id]) => !gone.has(id)));
  };

  window.basket = { add, read, set, written: () => read().map((line) => line.join(":")).join(",") };
  addEventListener("submit", order);
  addEventListener("pagehide", () => { channel?.close(); channel = null; });
  addEventListener("pageshow", (event) => { open(); if (event.persisted) show(); });
  open();
  paid();
  again();
  show();
})();
