// The words of reviews come when the reader gets near; without this file the same link opens their page.
"use strict";

(() => {
  const place = document.querySelector("[data-reviews]");
  if (!place) return;
  const way = place.querySelector("[data-way]");
  const read = async () => {
    const answer = await fetch(place.dataset.reviews);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.getElementById("review-list");
    if (!list) return;
    for (const link of list.querySelectorAll(".paging a")) link.href = new URL(link.getAttribute("href"), answer.url);
    way.replaceWith(list);
  };
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    near.disconnect();
    read().catch(() => {});
  }, { rootMargin: "300px" });
  if (way) near.observe(place);
})();
