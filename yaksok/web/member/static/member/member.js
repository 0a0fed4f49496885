// The clock beside values that are open: counts down, then asks for the page again, masked.
"use strict";

(() => {
  const clock = document.querySelector("[data-until]");
  if (!clock) return;
  const until = Date.now() + Number(clock.dataset.until) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) location.replace(location.pathname);
    else setTimeout(tick, 1000);
  };
  tick();
})();
