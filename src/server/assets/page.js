// What the page does better with JavaScript: completion, recent queries, dragging over the bars, copying with the source, keys.
// Everything works without it. Nothing is sent anywhere but to this server, and recent queries stay in this browser.
"use strict";
(() => {
  const vi = document.documentElement.lang === "vi";
  const say = (inVietnamese, inEnglish) => (vi ? inVietnamese : inEnglish);
  const box = document.getElementById("q");
  const RECENT = "tracuu.recent";
  const MOST_RECENT = 12;

  const recent = () => {
    try { return JSON.parse(localStorage.getItem(RECENT) || "[]").filter((query) => typeof query === "string"); } catch { return []; }
  };
  const remember = (query) => {
    if (!query) return;
    try { localStorage.setItem(RECENT, JSON.stringify([query, ...recent().filter((other) => other !== query)].slice(0, MOST_RECENT))); } catch { /* private windows keep nothing */ }
  };
  const forget = () => { try { localStorage.removeItem(RECENT); } catch { /* nothing was kept */ } };

  // Completion, as a combobox with a list.
  if (box) {
    remember(new URLSearchParams(location.search).get("q"));
    const list = document.createElement("ul");
    list.className = "completions";
    list.id = "completions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", say("Gợi ý", "Suggestions"));
    list.hidden = true;
    box.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-controls", "completions"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) box.setAttribute(name, value);
    let chosen = -1, asked = 0, timer = 0;

    const close = () => { list.hidden = true; chosen = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
    const choose = (at) => {
      const rows = [...list.children];
      chosen = (at + rows.length) % rows.length;
      rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === chosen)));
      box.setAttribute("aria-activedescendant", rows[chosen].id);
    };
    const take = (row) => {
      if (row.dataset.forget) { forget(); close(); return; }
      box.value = row.dataset.value;
      close();
      box.form.requestSubmit();
    };
    const show = (rows) => {
      list.replaceChildren(...rows.map((row, at) => {
        const item = document.createElement("li");
        item.id = `completion-${at}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        if (row.forget) item.dataset.forget = "1"; else item.dataset.value = row.value;
        const text = document.createElement("span");
        text.textContent = row.text;
        const side = document.createElement("small");
        side.textContent = row.side;
        item.append(text, side);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
        return item;
      }));
      list.hidden = rows.length === 0;
      chosen = -1;
      box.setAttribute("aria-expanded", String(rows.length > 0));
    };
    const kinds = { word: say("từ", "word"), official: say("cán bộ", "official"), province: say("địa phương", "place") };
    const showRecent = () => {
      const rows = recent().filter((query) => query !== box.value).map((query) => ({ text: query, value: query, side: say("gần đây", "recent") }));
      if (rows.length) rows.push({ text: say("Quên các câu hỏi gần đây", "Forget recent queries"), forget: true, side: "" });
      show(rows);
    };
    // Completions begin at a byte of the composed text.
    const encoder = new TextEncoder(), decoder = new TextDecoder();
    const complete = async () => {
      const typed = box.value.normalize("NFC");
      const turn = ++asked;
      if (!typed.trim()) { showRecent(); return; }
      try {
        const answer = await fetch(`/api/v1/suggest?limit=8&q=${encodeURIComponent(typed)}`, { headers: { accept: "application/json" } });
        if (!answer.ok || turn !== asked) return;
        const found = await answer.json();
        if (turn !== asked || document.activeElement !== box) return;
        const bytes = encoder.encode(typed);
        show(found.map((row) => ({ text: row.text, value: decoder.decode(bytes.slice(0, row.start)) + row.text, side: `${kinds[row.kind] || ""} ${row.count.toLocaleString(document.documentElement.lang)}` })));
      } catch { close(); }
    };
    box.addEventListener("input", () => { close(); clearTimeout(timer); timer = setTimeout(complete, 90); });
    box.addEventListener("focus", () => { if (!box.value) showRecent(); });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      // Else the browser would empty the box.
      if (event.key === "Escape") { event.preventDefault(); close(); return; }
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(list.children[chosen]); }
    });
  }

  const button = document.getElementById("forget");
  if (button) { button.hidden = false; button.addEventListener("click", () => { forget(); button.disabled = true; }); }

  // Dragging over the bars selects the span between them.
  const bars = document.getElementById("bars");
  if (bars) {
    const periods = [...bars.querySelectorAll("a[data-from]")];
    let from = -1, to = -1, dragged = false;
    const at = (event) => {
      const area = bars.getBoundingClientRect();
      return Math.max(0, Math.min(periods.length - 1, Math.floor(((event.clientX - area.left) / area.width) * periods.length)));
    };
    const paint = () => periods.forEach((period, place) => period.querySelector(".slot").classList.toggle("chosen", from >= 0 && place >= Math.min(from, to) && place <= Math.max(from, to)));
    bars.addEventListener("pointerdown", (event) => { if (event.button === 0) { from = to = at(event); dragged = false; } });
    addEventListener("pointermove", (event) => {
      if (from < 0) return;
      to = at(event);
      if (to !== from) { dragged = true; event.preventDefault(); }
      paint();
    });
    addEventListener("pointerup", () => {
      if (from < 0) return;
      const [first, last] = [Math.min(from, to), Math.max(from, to)];
      from = -1;
      paint();
      if (!dragged) return;
      const address = new URL(bars.dataset.drag, location.href);
      address.searchParams.set("from", periods[first].dataset.from);
      address.searchParams.set("to", periods[last].dataset.to);
      location.assign(address);
    });
    addEventListener("pointercancel", () => { from = -1; paint(); });
    bars.addEventListener("dragstart", (event) => event.preventDefault());
    bars.addEventListener("click", (event) => { if (dragged) { event.preventDefault(); dragged = false; } }, true);
  }

  // Copying, with the source.
  const copy = async (text, element) => {
    try { await navigator.clipboard.writeText(text); } catch { return; }
    const said = element.textContent;
    element.textContent = say("Đã chép", "Copied");
    setTimeout(() => { element.textContent = said; }, 1500);
  };
  for (const element of document.querySelectorAll("button[data-copy]")) {
    element.hidden = false;
    element.addEventListener("click", () => copy(document.getElementById(element.dataset.copy).textContent, element));
  }
  const text = document.querySelector("[data-citation]");
  if (text) {
    const quote = document.createElement("button");
    quote.type = "button";
    quote.className = "quote-box";
    quote.textContent = say("Chép kèm nguồn", "Copy with source");
    quote.hidden = true;
    document.body.append(quote);
    const passage = () => {
      const selection = getSelection();
      return selection && !selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode) ? selection : null;
    };
    document.addEventListener("selectionchange", () => {
      const selected = passage();
      quote.hidden = !selected;
      if (!selected) return;
      const area = selected.getRangeAt(0).getBoundingClientRect();
      quote.style.setProperty("left", `${Math.max(8, area.left + scrollX)}px`);
      quote.style.setProperty("top", `${area.bottom + scrollY + 6}px`);
    });
    quote.addEventListener("mousedown", (event) => event.preventDefault());
    quote.addEventListener("click", () => { const selected = passage(); if (selected) copy(`“${selected.toString().trim()}”\n${text.dataset.citation}`, quote); });
  }

  // Keys: to the box, from hit to hit.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
    if (event.key === "/" && box) { event.preventDefault(); box.focus(); box.select(); return; }
    if (event.key !== "j" && event.key !== "k") return;
    const hits = [...document.querySelectorAll(".hits h3 a")];
    const here = hits.indexOf(document.activeElement);
    const next = hits[event.key === "j" ? here + 1 : Math.max(0, here - 1)];
    if (next) next.focus();
  });
})();
