// SPDX-License-Identifier: EUPL-1.2

// The pages work without this file. It does six things and decides nothing:
//
//	keep a draft      while somebody types, the form goes to the server, which seals it
//	follow answers    the server says which questions are asked now; they are shown
//	keep clocks true  the aside comes fresh from the server every minute
//	bring a form      a folded form comes to its place, so that what was typed elsewhere stays
//	help the keyboard focus goes to what the page is about, a link opens what it leads into
//	ask a device      a passkey is made or shown when somebody asks for it
//
// One form on the page may carry data-live: the address that takes a draft.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("loket-live");

  // Focus: a summary of faults, or an answer that was asked for.
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();

  // A link into a closed part opens it. So does arriving at an address with a fragment.
  const open = (hash) => {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    const field = target.matches("input, textarea, select") ? target : target.querySelector("input, textarea, select");
    if (field && target.id.startsWith("v-")) field.focus();
  };
  addEventListener("hashchange", () => open(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) setTimeout(() => open(link.hash));
    if (event.target.closest("[data-print]")) print();
  });
  open(location.hash);

  // A link to this page with a form on it: the form comes to where the link leads. When the
  // case changed since, or anything else is not as it was, the link is followed as it stands.
  const bring = async (link) => {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const [here, there] = [document, page].map((d) => d.getElementById(link.hash.slice(1)));
    const [seen, now] = [document, page].map((d) => d.querySelector("[data-version]")?.dataset.version);
    if (!here || !there || seen !== now) return false;
    if (!here.matches("details")) here.replaceWith(there); // it came before, and may hold words
    open(link.hash);
    const found = document.getElementById(there.id);
    found.querySelector("summary")?.focus();
    found.scrollIntoView({ block: "nearest" });
    return true;
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-bring]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!(await bring(link).catch(() => false))) location.assign(link.href);
  });

  // A passkey: the device answers what the page asks, the answer goes with the form.
  const passkey = document.querySelector("form[data-passkey]");
  if (passkey) {
    const say = (what) => (passkey.querySelector(`[data-passkey-${what}]`).hidden = false);
    const read = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" }[passkey.dataset.passkey];
    const able = window.PublicKeyCredential?.[read];
    if (!able) say("none");
    passkey.addEventListener("submit", async (event) => {
      if (passkey.elements.antwoord.value) return;
      event.preventDefault();
      if (!able) return;
      try {
        const publicKey = PublicKeyCredential[read](JSON.parse(passkey.dataset.options));
        const answer = await navigator.credentials[passkey.dataset.passkey]({ publicKey });
        passkey.elements.antwoord.value = JSON.stringify(answer);
        passkey.submit();
      } catch {
        say("failed"); // stopped by its owner, or no device
      }
    });
  }

  const form = document.querySelector("form[data-live]");
  if (!form) return;

  const aside = document.querySelector("[data-aside]");
  const saved = form.querySelector("[data-saved]");
  let timer = 0;
  let running = null; // the request under way
  let again = false; // something changed while it was
  let sending = false;

  const set = (values) => new Set(values ?? []);

  const show = (state) => {
    const shown = set(state.shown);
    const urgent = set(state.urgent);
    const folds = set(state.folds);
    for (const field of form.querySelectorAll("[data-field]")) field.hidden = !shown.has(field.dataset.field);
    for (const notice of form.querySelectorAll("[data-urgent]")) notice.hidden = !urgent.has(notice.dataset.urgent);
    for (const fold of form.querySelectorAll("[data-fold]")) fold.hidden = !folds.has(fold.dataset.fold);
    for (const section of form.querySelectorAll("[data-section]")) section.hidden = !(section.dataset.section in state.sections);
    for (const count of form.querySelectorAll("[data-count]")) count.textContent = state.sections[count.dataset.count] ?? "";
    showFaults(state.faults);
    for (const look of form.querySelectorAll("[data-look]")) {
      const html = state.looks[look.dataset.look];
      look.hidden = !html;
      if (html && look.innerHTML !== html) look.innerHTML = html;
    }
    if (aside && state.aside) {
      const unfolded = aside.querySelector("details")?.open;
      const focused = aside.contains(document.activeElement);
      if (!focused) {
        aside.innerHTML = state.aside;
        const details = aside.querySelector("details");
        if (details && unfolded) details.open = true;
      }
    }
    if (saved && state.saved) saved.textContent = state.saved;
  };

  // A fault is not shown at the element that somebody is typing in.
  const showFaults = (faults) => {
    for (const text of form.querySelectorAll("[data-fault]")) {
      const name = text.dataset.fault;
      const message = faults[name] ?? "";
      const element = form.elements.namedItem(name);
      const input = element instanceof Element ? element : null;
      if (message && input && input === document.activeElement) continue;
      text.textContent = message;
      text.hidden = !message;
      if (!input) continue;
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      input.classList.toggle("utrecht-textbox--invalid", Boolean(message) && input.matches(".utrecht-textbox"));
    }
    for (const field of form.querySelectorAll("[data-field]")) {
      const wrong = [...field.querySelectorAll("[data-fault]")].some((text) => !text.hidden);
      field.classList.toggle("utrecht-form-field--invalid", wrong);
    }
  };

  const send = async () => {
    if (sending) return;
    if (running) {
      again = true;
      return;
    }
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.live, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal: running.signal,
      });
      if (answer.ok) show(await answer.json());
    } catch {
      // Without a connection the page goes on as it would without scripts.
    } finally {
      running = null;
      if (again) {
        again = false;
        later(200);
      }
    }
  };

  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  };

  form.addEventListener("input", () => later(1500));
  form.addEventListener("change", () => later(50));
  form.addEventListener("submit", () => {
    sending = true; // a late draft must not follow a report that was sent
    clearTimeout(timer);
    running?.abort();
  });
  addEventListener("pageshow", () => (sending = false));

  // Every minute, while somebody looks: the clock in words.
  if (aside) {
    setInterval(() => {
      if (!document.hidden && aside.querySelector("meter")) send();
    }, 60000);
  }
})();
