// Keyboard for lists, and states that follow while somebody is at the screen.
"use strict";

(() => {
  const table = document.querySelector("table[data-list]");
  if (!table) return;

  const QUIET_AFTER = 120_000; // a screen nobody touches stops asking, so that the session can end
  const ASK_EVERY = 8_000;
  let touched = Date.now();
  let here = -1;

  const rows = () => [...table.tBodies[0].rows];
  const box = (row) => row.querySelector("input[type=checkbox]");
  const counted = document.querySelector("[data-selected-count]");
  const all = table.querySelector("[data-select-all]");

  const count = () => {
    const selected = rows().filter((row) => box(row)?.checked).length;
    if (counted) counted.textContent = String(selected);
    for (const button of document.querySelectorAll("[data-needs-selection]")) button.disabled = !selected;
  };

  const stand = (index) => {
    const list = rows();
    if (!list.length) return;
    list[here]?.removeAttribute("aria-current");
    here = Math.max(0, Math.min(index, list.length - 1));
    list[here].setAttribute("aria-current", "true");
    list[here].focus({ preventScroll: true });
    list[here].scrollIntoView({ block: "nearest" });
  };

  const keys = {
    j: () => stand(here + 1),
    k: () => stand(here - 1),
    x: () => {
      const one = here >= 0 && box(rows()[here]);
      if (one && !one.disabled) one.checked = !one.checked;
      count();
    },
    Enter: () => rows()[here]?.querySelector("a")?.click(),
    "/": () => document.querySelector("[data-filter]")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    touched = Date.now();
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, button, a");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("pointermove", () => { touched = Date.now(); }, { passive: true });
  table.addEventListener("change", (event) => {
    if (event.target === all) {
      for (const row of rows()) {
        const one = box(row);
        if (one && !one.disabled) one.checked = all.checked;
      }
    }
    count();
  });
  table.addEventListener("focusin", (event) => {
    const index = rows().indexOf(event.target.closest("tr"));
    if (index >= 0 && index !== here) {
      rows()[here]?.removeAttribute("aria-current");
      here = index;
      rows()[here].setAttribute("aria-current", "true");
    }
  });

  const follow = async () => {
    if (document.hidden || Date.now() - touched > QUIET_AFTER) return;
    const shown = rows().map((row) => row.dataset.order).filter(Boolean);
    if (!shown.length) return;
    const answer = await fetch(table.dataset.states, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const states = await answer.json();
    for (const row of rows()) {
      const now = states[row.dataset.order];
      const cell = row.querySelector("[data-state]");
      if (!now || !cell || cell.dataset.state === now.state) continue;
      cell.dataset.state = now.state;
      cell.textContent = now.label;
      if (!now.dispatchable && box(row)) { box(row).checked = false; box(row).disabled = true; }
      count();
    }
  };
  if (table.dataset.states) setInterval(() => { follow().catch(() => {}); }, ASK_EVERY);
  count();
})();
