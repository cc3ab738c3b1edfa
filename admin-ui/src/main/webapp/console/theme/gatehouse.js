// Small things of the console that need no server: copying a value, switching between light and dark, keys.
(function () {
  if (window.gatehouse) {
    return;
  }

  function announce(text) {
    let live = document.getElementById("gh-announce");
    if (!live) {
      live = document.createElement("div");
      live.id = "gh-announce";
      live.className = "gh-visually-hidden";
      live.setAttribute("aria-live", "polite");
      document.body.appendChild(live);
    }
    live.textContent = text;
  }

  function copyTheOldWay(text) {
    // the clipboard API is missing where the page is neither https nor loopback
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function copy(button) {
    const text = "copyAddress" in button.dataset ? location.href : button.dataset.copy || "";
    const writing = navigator.clipboard
      ? navigator.clipboard.writeText(text).catch(() => copyTheOldWay(text))
      : copyTheOldWay(text);
    writing.then(
      () => {
        button.classList.add("copied");
        announce("Copied");
        setTimeout(() => button.classList.remove("copied"), 1500);
      },
      () => announce("The browser did not allow copying"));
  }

  function switchTheme() {
    const root = document.documentElement;
    const next = root.getAttribute("theme") === "dark" ? "light" : "dark";
    localStorage.setItem("gatehouse.theme", next);
    if (next === "dark") {
      root.setAttribute("theme", "dark");
    } else {
      root.removeAttribute("theme");
    }
    announce(next === "dark" ? "Dark colours" : "Light colours");
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target && target.closest(".gh-copy");
    if (button) {
      event.preventDefault();
      event.stopPropagation();
      copy(button);
    } else if (target && target.closest(".gh-theme-switch")) {
      switchTheme();
    }
  }, true);

  // Ctrl-K and Cmd-K search from everywhere; in the palette the arrows go through what is found
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
        && event.key.toLowerCase() === "k") {
      const search = document.querySelector(".gh-search");
      if (search) {
        event.preventDefault();
        if (!document.querySelector(".gh-palette")) {
          search.click();
        }
      }
      return;
    }
    const palette = target && target.closest(".gh-palette");
    if (!palette || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) {
      return;
    }
    const input = palette.querySelector("input");
    if (input.value !== (palette.dataset.shown || "")) {
      event.preventDefault();
      palette.dataset.wanted = "first";
      return;
    }
    const links = [...palette.querySelectorAll(".gh-found a")];
    const at = links.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? Math.min(at + 1, links.length - 1) : at - 1;
    event.preventDefault();
    if (next >= 0) {
      links[next].focus();
    } else if (at === 0) {
      input.focus();
    }
  }, true);

  // Enter opens the row that has the focus, as a click does: by its link, where it has one
  document.addEventListener("keydown", (event) => {
    const grid = event.target instanceof Element ? event.target.closest("vaadin-grid") : null;
    if (event.key !== "Enter" || !grid || grid !== event.target || grid.hasAttribute("interacting")) {
      return;
    }
    const content = (cell) => cell.querySelector("slot") && cell.querySelector("slot").assignedElements()[0];
    const at = grid.shadowRoot.activeElement;
    const row = at && at.closest("tbody tr");
    const cells = row ? [...row.cells].map(content).filter(Boolean) : [];
    const here = at && at !== row ? content(at) : null;
    const within = here ? [...here.querySelectorAll("a[href], button, vaadin-button, input")] : [];
    const link = within.length ? within[0] : cells.map((cell) => cell.querySelector("a[href]")).find(Boolean);
    if (cells.length && (within.length === 0 || (within.length === 1 && link.matches("a[href]")))) {
      event.preventDefault();
      event.stopPropagation();
      (link || here || cells[0]).click();
    }
  }, true);

  // whoever's button went with the screen as it was goes on at the top of what is there now
  document.addEventListener("vaadin-overlay-closed", () => {
    requestAnimationFrame(() => {
      const content = document.getElementById("content");
      const open = document.querySelector("vaadin-dialog-overlay[opened], vaadin-confirm-dialog-overlay[opened]");
      if (document.activeElement === document.body && content && !open) {
        content.focus({ preventScroll: true });
      }
    });
  }, true);

  // the address stays as it is: it is that of the screen
  document.addEventListener("click", (event) => {
    const skip = event.target instanceof Element && event.target.closest(".gh-skip");
    if (skip) {
      event.preventDefault();
      document.getElementById(skip.getAttribute("href").slice(1)).focus();
    }
  }, true);

  // whoever has pressed an arrow before the list was that of all the text comes to its first line now
  function shown(palette, text) {
    palette.dataset.shown = text;
    if (text !== palette.querySelector("input").value) {
      return;
    }
    const wanted = palette.dataset.wanted;
    delete palette.dataset.wanted;
    // once the lines of before are gone
    setTimeout(() => {
      const first = palette.querySelector(".gh-found a");
      if (wanted && first) {
        first.focus();
      }
    });
  }

  // how old figures are, counted here: a page that nothing reaches any more says so
  const heard = new WeakMap();
  setInterval(() => {
    for (const age of document.querySelectorAll(".gh-age")) {
      const news = age.dataset.news || "";
      const known = heard.get(age);
      if (!known || known.news !== news) {
        heard.set(age, { news, at: Date.now() });
      }
      const seconds = Math.round((Date.now() - heard.get(age).at) / 1000);
      const late = seconds > 3 * Number(age.dataset.every);
      age.classList.toggle("late", late);
      if (news) {
        age.textContent = late ? `reconnecting, updated ${seconds} s ago` : `updated ${seconds} s ago`;
      }
    }
  }, 1000);

  window.gatehouse = { announce, shown };
})();
