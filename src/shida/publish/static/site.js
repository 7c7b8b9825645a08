// Small comforts; every page reads without them.
(function () {
  "use strict";
  var root = document.documentElement;
  var place = document.currentScript.src;

  function keep(name, value) {
    try { localStorage.setItem("shida-" + name, value); } catch (error) { /* private window */ }
  }

  ["theme", "size"].forEach(function (name) {
    var now = root.getAttribute("data-" + name);
    document.querySelectorAll('input[name="' + name + '"]').forEach(function (choice) {
      if (now) choice.checked = choice.value === now;
      choice.addEventListener("change", function () {
        root.setAttribute("data-" + name, choice.value);
        keep(name, choice.value);
      });
    });
  });

  if ("serviceWorker" in navigator && (location.protocol === "https:" || /^(localhost|127\.0\.0\.1)$/.test(location.hostname)))
    addEventListener("load", function () { navigator.serviceWorker.register(new URL("../offline.js", place)).catch(function () {}); });

  // A link to evidence may lead into a closed <details> or behind the repair switch.
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (var at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  }
  addEventListener("hashchange", reveal);
  reveal();

  // A reference names the day it is read on; without this script the reader writes it in, and copies by hand.
  document.querySelectorAll("[data-reference]").forEach(function (line) {
    var now = new Date(), button = line.nextElementSibling;
    var day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) { return String(part).padStart(2, "0"); });
    line.textContent = line.textContent.replace("[引用日期]", "[" + day.join("-") + "]");
    button.nextElementSibling.lastElementChild.hidden = true;
    button.hidden = false;
    button.addEventListener("click", function () {
      function done() { button.textContent = button.dataset.done; }
      function mark() {
        getSelection().selectAllChildren(line);
        if (document.execCommand("copy")) done();
      }
      if (navigator.clipboard) navigator.clipboard.writeText(line.textContent).then(done, mark);
      else mark();
    });
  });

  // Single keys can be switched off (WCAG 2.1.4) and never act while a field is being typed in.
  var keys = document.getElementById("keys");
  if (keys) {
    try { keys.checked = localStorage.getItem("shida-keys") !== "off"; } catch (error) { /* stays on */ }
    keys.addEventListener("change", function () { keep("keys", keys.checked ? "on" : "off"); });
  }

  var home = document.querySelector("a.name");
  var rooms = { t: "index.html", w: "wire.html", d: "register/documents.html", n: "register/figures.html", z: "topics.html" };
  var stops = ".list > li h2, .wire li, .side .day li, .timeline li, .register tbody > tr > th, .editions > li h2";
  var waiting = 0;

  function go(path) { location.href = new URL(path, home.href).href; }

  function step(by) {
    var all = [].slice.call(document.querySelectorAll(stops)).filter(function (stop) { return stop.offsetParent; });
    var now = document.activeElement && document.activeElement.closest(stops);
    var next = all[now ? all.indexOf(now) + by : by > 0 ? 0 : all.length - 1];
    if (!next) return;
    var aim = next.querySelector("a") || next;
    if (aim === next) next.tabIndex = -1;
    aim.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function toggle() {
    var place = document.activeElement && document.activeElement.closest("li, tr");
    var fold = place && place.querySelector("details");
    if (fold) fold.open = !fold.open;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var looks = document.querySelector(".looks[open]");
      if (looks) { looks.open = false; looks.querySelector("summary").focus(); }
      else if (document.activeElement && document.activeElement.classList.contains("fix")) document.activeElement.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (keys && !keys.checked)) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    if (waiting && event.timeStamp - waiting < 1500 && rooms[event.key] && document.querySelector('.rooms a[href$="' + rooms[event.key] + '"]')) { waiting = 0; go(rooms[event.key]); return; }
    waiting = event.key === "g" ? event.timeStamp : 0;
    var trace = document.getElementById("trace");
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "o") toggle();
    else if (event.key === "r" && trace) trace.checked = !trace.checked;
    else if (event.key === "?") go("help.html");
  });
})();
