// Small comforts; every page reads without them.
(function () {
  "use strict";
  var root = document.documentElement;

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

  // A link to evidence may lead into a closed <details> or behind the repair switch.
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (var at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  }
  addEventListener("hashchange", reveal);
  reveal();

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var looks = document.querySelector(".looks[open]");
    if (looks) { looks.open = false; looks.querySelector("summary").focus(); }
    else if (document.activeElement && document.activeElement.classList.contains("fix")) document.activeElement.blur();
  });
})();
