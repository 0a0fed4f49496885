// A listing is sorted, filtered and paged without a reload; the address follows. Without this file
// the same links and the same form load whole pages. Nothing is kept in the browser.
"use strict";

(() => {
  const here = () => document.getElementById("listing");
  if (!here()) return;
  let asked = 0;

  const show = async (address, { top }) => {
    const turn = ++asked;
    here().setAttribute("aria-busy", "true");
    let page;
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(String(answer.status));
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      location.assign(address);
      return;
    }
    const fresh = page.getElementById("listing");
    if (turn !== asked) return;
    if (!fresh) { location.assign(address); return; }
    const held = document.activeElement?.id;
    here().replaceWith(fresh);
    document.title = page.title;
    history.pushState({ listing: true }, "", address);
    const said = document.querySelector("[data-said]");
    if (said) said.textContent = fresh.querySelector(".count")?.textContent.trim() ?? "";
    if (top) {
      fresh.scrollIntoView({ block: "start" });
      fresh.focus({ preventScroll: true });
    } else if (held) {
      document.getElementById(held)?.focus();
    }
  };

  const chosen = (form) => {
    const words = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    return `${form.action}?${words}`;
  };

  document.addEventListener("change", ({ target }) => {
    const form = target.closest("#listing form");
    if (form) show(chosen(form), { top: false });
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#listing form")) return;
    event.preventDefault();
    show(chosen(event.target), { top: false });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#listing .paging a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href, { top: true });
  });
  addEventListener("popstate", () => location.reload());
})();
