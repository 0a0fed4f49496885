// Small help on pages that work without it: sums, the basket's lines, one order per press.
"use strict";

(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const won = (figure) => {
    const text = figure.toLocaleString("ko-KR");
    return document.documentElement.lang === "ko" ? `${text}원` : `₩${text}`;
  };

  const product = one("[data-buy]");
  if (product) {
    const chosen = () => one('[name="variant"]:checked, [type="hidden"][name="variant"]', product);
    const quantity = one('[name="quantity"]', product);
    const add = one("[data-add]", product);
    const sum = () => {
      const price = Number(chosen()?.dataset.price ?? 0) * Number(quantity?.value ?? 0);
      const place = one("[data-sum]", product);
      if (place) place.textContent = price > 0 ? won(price) : "";
    };
    product.addEventListener("input", sum);
    sum();
    if (add) {
      add.hidden = false;
      add.addEventListener("click", () => {
        if (!product.reportValidity()) return;
        window.basket.add(chosen().value, Number(quantity.value));
        one("[data-added]", product).hidden = false;
      });
    }
  }

  const till = one("[data-basket]");
  if (till) {
    const place = one("[data-basket-place]", till);
    let asked = 0;
    const show = async () => {
      const turn = ++asked;
      const body = new FormData(till);
      body.set("lines", window.basket.written());
      const answer = await fetch(till.dataset.basket, { method: "POST", body: new URLSearchParams(body) });
      if (turn !== asked || !answer.ok) return;
      const held = document.activeElement?.id;
      place.innerHTML = await answer.text();
      if (held) document.getElementById(held)?.focus();
    };
    till.addEventListener("change", ({ target }) => {
      if (target.dataset.line) window.basket.set(target.dataset.line, Math.max(1, Math.floor(Number(target.value)) || 1));
    });
    till.addEventListener("click", ({ target }) => {
      const drop = target.closest("[data-drop]");
      if (drop) window.basket.set(drop.dataset.drop, 0);
    });
    till.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.dataset.line) { event.preventDefault(); event.target.blur(); }
    });
    document.addEventListener("basket", () => { show().catch(() => {}); });
    show().catch(() => {});
  }

  // The way back from the payment window asks for a page instead of sending this form again.
  const order = one("[data-start]");
  if (order) {
    const lines = one('[name="lines"]', order).value;
    const [id, quantity] = lines.split(":");
    const alone = !lines.includes(",") && !window.basket.read().some(([held]) => held === id);
    history.replaceState(history.state, "", order.dataset.start + (alone ? `?variant=${id}&quantity=${quantity}` : ""));
  }

  for (const form of document.querySelectorAll("[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      const button = one("[data-submit]", form);
      if (!button) return;
      button.setAttribute("aria-disabled", "true");
      if (button.dataset.busy) button.textContent = button.dataset.busy;
    });
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("[data-once]")) location.reload();
  });

  const same = one('[name="same_as_payer"]');
  if (same) {
    const pairs = [["payer_name", "recipient_name"], ["payer_phone", "recipient_phone"]];
    const copy = () => {
      for (const [from, to] of pairs) {
        const source = one(`[name="${from}"]`);
        const goal = one(`[name="${to}"]`);
        if (!source || !goal) continue;
        if (same.checked) goal.value = source.value;
        goal.readOnly = same.checked;
      }
      echo();
    };
    const echo = () => {
      for (const place of document.querySelectorAll("[data-echo]")) {
        place.dataset.empty ??= place.textContent;
        place.textContent = one(`[name="${place.dataset.echo}"]`)?.value.trim() || place.dataset.empty;
      }
    };
    addEventListener("input", copy);
    copy();
  }

  const coupon = one("[data-coupons]");
  if (coupon) {
    const button = one("[data-submit]", coupon.form);
    const words = button?.textContent ?? "";
    const count = () => {
      const { off, total } = coupon.selectedOptions[0].dataset;
      one("[data-discount]").hidden = !off;
      one("[data-off-sum]").textContent = off ? won(Number(off)) : "";
      one("[data-to-pay]").textContent = won(Number(total));
      if (button) button.textContent = document.documentElement.lang === "ko" ? `${won(Number(total))} ${words}` : `${words} ${won(Number(total))}`;
    };
    coupon.addEventListener("change", count);
    count();
  }

  one("[data-focus]")?.focus();
})();
