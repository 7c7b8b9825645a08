// Runs before the page is drawn, so that a chosen look does not flash.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("scripted");
  try {
    ["theme", "size"].forEach(function (name) {
      var chosen = localStorage.getItem("shida-" + name);
      if (chosen && /^[a-z]+$/.test(chosen)) root.setAttribute("data-" + name, chosen);
    });
  } catch (error) { /* a browser that keeps nothing still reads the page */ }
})();
