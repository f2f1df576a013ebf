"use strict";

// Runs before the page is drawn, so that a chosen theme does not flash; the rest waits for the page.
// A page marked data-live asks for its content again and again and changes what changed in place: the
// focus, the selection and what is being typed stay. Without this script a page is reloaded by hand.

{
  const root = document.documentElement;
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") {
    root.dataset.theme = chosen;
  }

  const PERIOD = 1000;
  const LONGEST_PERIOD = 15000;
  const PATIENCE = 10000;

  let main;
  let state;
  let pauseButton;
  let keys;
  let tag = "";
  let failures = 0;
  let timer;
  let isPaused = sessionStorage.getItem("paused") === "yes";

  // -- Bringing the page up to date

  function show(name, text) {
    document.body.classList.toggle("stale", name === "lost");
    state.className = name;
    if (state.textContent !== text) {
      state.textContent = text; // only a change is read out
    }
  }

  function later(period) {
    clearTimeout(timer);
    timer = setTimeout(refresh, period);
  }

  async function refresh() {
    clearTimeout(timer);
    if (isPaused || document.hidden) {
      return;
    }
    try {
      const headers = { "Touchstone-Fragment": "main" };
      if (tag) {
        headers["If-None-Match"] = tag;
      }
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(location.href, { headers, signal, cache: "no-store", redirect: "error" });
      const fragment = answer.ok ? await answer.text() : "";
      if (isPaused) {
        return;
      }
      if (answer.ok) {
        tag = answer.headers.get("ETag") || "";
        const fresh = new DOMParser().parseFromString("<main>" + fragment + "</main>", "text/html");
        morph(main, fresh.querySelector("main"));
      }
      if (answer.ok || answer.status === 304) {
        failures = 0;
        show("live", "Live");
      } else {
        failures++;
        show("lost", "Error " + answer.status);
      }
    } catch {
      failures++;
      show("lost", "No answer");
    }
    later(Math.min(PERIOD * 2 ** failures, LONGEST_PERIOD));
  }

  function isSame(old, fresh) {
    return old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");
  }

  function morph(old, fresh) {
    let at = old.firstChild;
    for (const wanted of [...fresh.childNodes]) {
      const moved = wanted.id && [...old.children].find((child) => child.id === wanted.id);
      if (moved && moved !== at) {
        old.insertBefore(moved, at);
        at = moved;
      }
      if (at && isSame(at, wanted)) {
        patch(at, wanted);
        at = at.nextSibling;
      } else {
        old.insertBefore(wanted, at);
      }
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  function patch(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) {
        old.data = fresh.data;
      }
      return;
    }
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !isOfTheUser(old, name)) {
        old.removeAttribute(name);
      }
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value && !isOfTheUser(old, name)) {
        old.setAttribute(name, value);
      }
    }
    morph(old, fresh);
  }

  function isOfTheUser(element, attribute) {
    return (element.nodeName === "DETAILS" && attribute === "open")
      || (element === document.activeElement && attribute === "value");
  }

  function setPaused(paused) {
    isPaused = paused;
    sessionStorage.setItem("paused", paused ? "yes" : "no");
    pauseButton.textContent = paused ? "Go on" : "Pause";
    if (paused) {
      clearTimeout(timer);
      show("paused", "Paused");
    } else {
      refresh();
    }
  }

  // -- Theme and keys

  function isDark() {
    return root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function switchTheme() {
    root.dataset.theme = isDark() ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  }

  function onKey(event) {
    const inField = event.target.closest("input, textarea, select, dialog");
    const areOff = localStorage.getItem("keys") === "off";
    if (inField || areOff || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const entry = /^[1-9]$/.test(event.key)
      && document.querySelectorAll(".bar nav a")[Number(event.key) - 1];
    const search = document.querySelector(".bar input[type=search]");
    if (entry) {
      entry.click();
    } else if (event.key === "/" && search) {
      search.focus();
    } else if (event.key === "p" && main.hasAttribute("data-live")) {
      setPaused(!isPaused);
    } else if (event.key === "t") {
      switchTheme();
    } else if (event.key === "?") {
      keys.showModal();
    } else {
      return;
    }
    event.preventDefault();
  }

  document.addEventListener("DOMContentLoaded", () => {
    main = document.getElementById("main");
    state = document.getElementById("state");
    pauseButton = document.getElementById("pause");
    keys = document.getElementById("keys");
    if (!keys) {
      return; // a page for somebody who is not let in
    }
    const theme = document.getElementById("theme");
    const help = document.getElementById("help");
    const off = document.getElementById("keys-off");
    theme.hidden = false;
    theme.addEventListener("click", switchTheme);
    help.hidden = false;
    help.addEventListener("click", () => keys.showModal());
    off.checked = localStorage.getItem("keys") === "off";
    off.addEventListener("change", () => localStorage.setItem("keys", off.checked ? "off" : "on"));
    document.addEventListener("keydown", onKey);
    if (main.hasAttribute("data-live")) {
      pauseButton.hidden = false;
      pauseButton.addEventListener("click", () => setPaused(!isPaused));
      document.addEventListener("visibilitychange", () => refresh());
      if (isPaused) {
        setPaused(true);
      } else {
        show("live", "Live");
        later(PERIOD);
      }
    }
  });
}
