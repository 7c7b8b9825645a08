// The search page: names while one types; and, in a site without a server, the search itself.
(function () {
  "use strict";
  var form = document.querySelector("form.ask");
  if (!form) return;
  var box = form.elements.q;
  var offered = document.getElementById("names");

  function offer(names) {
    offered.textContent = "";
    names.forEach(function (name) {
      var option = document.createElement("option");
      option.value = name;
      offered.appendChild(option);
    });
  }

  if (form.dataset.served === "yes") {
    var waiting = 0, last = "";
    box.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        var typed = box.value.trim();
        if (!typed || typed === last) return;
        last = typed;
        fetch(new URL("suggest.json?q=" + encodeURIComponent(typed), form.action)).then(function (answer) {
          return answer.json();
        }).then(function (found) {
          if (box.value.trim() === typed) offer(found.names.map(function (name) { return name.text; }));
        }).catch(function () { /* it is only a comfort */ });
      }, 120);
    });
    return;
  }

  var SHOWN = 50;
  var status = document.getElementById("status"), list = document.getElementById("found");
  var shelves = {}, waits = {}, table = {};

  // Each file of the index hands itself over by this name.
  window.shidaShelf = function (name, content) {
    shelves[name] = content;
    if (name === "names") {
      for (var i = 0; i < content.fold[0].length; i++) table[content.fold[0][i]] = content.fold[1][i];
      content.rows.forEach(readied);
    } else content.forEach(readied);
    if (waits[name]) waits[name]();
  };

  function load(address, name) {
    if (shelves[name]) return Promise.resolve(shelves[name]);
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      waits[name] = function () { done(shelves[name]); };
      script.onerror = failed;
      script.src = address;
      document.head.appendChild(script);
    });
  }

  // One width, small letters, Simplified; as many characters as before, so that marks keep their place.
  function folded(text) {
    var made = "";
    for (var i = 0; i < text.length; i++) {
      var char = text[i].normalize("NFKC").toLowerCase();
      made += char.length === 1 ? table[char] || char : text[i];
    }
    return made;
  }

  function readied(row) { row.push(folded(row[0])); }

  function asked(query) {
    var wanted = { all: [], none: [], from: "", to: "9999" };
    var part = /(-?)(?:日期:([\d.-]+)|"([^"]*)"?|([^\s"]+))/g, match;
    query = folded(query.slice(0, 200)).replace(/[“”「」『』]/g, '"');
    while ((match = part.exec(query))) {
      if (match[2]) {
        var ends = match[2].split("..");
        wanted.from = ends[0];
        wanted.to = (ends.length > 1 ? ends[1] || "9999" : ends[0]) + "~";
      } else {
        var word = (match[3] || match[4] || "").replace(/^[^:]{1,4}:(?=.)/, "").trim();
        if (word) (match[1] ? wanted.none : wanted.all).push(word);
      }
    }
    return wanted;
  }

  function holds(row, wanted) {
    var title = row[4];
    return row[2] >= wanted.from && row[2] <= wanted.to &&
      wanted.all.every(function (word) { return title.indexOf(word) >= 0; }) &&
      !wanted.none.some(function (word) { return title.indexOf(word) >= 0; });
  }

  function marked(parent, row, words) {
    var spans = [];
    words.forEach(function (word) {
      for (var at = row[4].indexOf(word); at >= 0; at = row[4].indexOf(word, at + word.length)) spans.push([at, at + word.length]);
    });
    spans.sort(function (one, other) { return one[0] - other[0]; });
    var place = 0;
    spans.forEach(function (span) {
      if (span[0] < place) return;
      parent.append(row[0].slice(place, span[0]));
      var mark = document.createElement("mark");
      mark.textContent = row[0].slice(span[0], span[1]);
      parent.append(mark);
      place = span[1];
    });
    parent.append(row[0].slice(place));
  }

  function show(row, words) {
    var item = document.createElement("li"), head = document.createElement("h2"), link = document.createElement("a");
    link.href = form.dataset.root + row[1];
    marked(link, row, words);
    head.append(link);
    var meta = document.createElement("p");
    meta.className = "quiet";
    meta.textContent = [row[2], row[3]].filter(Boolean).join(" · ");
    item.append(head, meta);
    list.append(item);
  }

  function say(words) {
    var line = document.createElement("p");
    line.className = "count";
    line.textContent = words;
    status.replaceChildren(line);
  }

  var shelf = form.dataset.shelf, folder = shelf.slice(0, shelf.lastIndexOf("/") + 1), version = shelf.slice(shelf.indexOf("?"));

  function names() { return load(shelf, "names"); }

  var turn = 0;
  function run() {
    var mine = ++turn, query = box.value.trim();
    list.textContent = "";
    status.textContent = "";
    if (!query) return;
    say("正在查找……");
    names().then(function (first) {
      if (mine !== turn) return null;
      var wanted = asked(query), total = 0, looked = 0;
      if (!wanted.all.length && !wanted.none.length && !wanted.from) { say("查询里没有文字或数字。"); return; }
      function take(rows, backwards) {
        var found = rows.filter(function (row) { return holds(row, wanted); });
        if (backwards) found.reverse();
        found.forEach(function (row) { if (total++ < SHOWN) show(row, wanted.all); });
      }
      take(first.rows, false);
      function next(place) {
        if (mine !== turn) return null;
        if (place === first.shelves.length) {
          say(total ? "共 " + total + " 条" + (total > SHOWN ? "，这里是前 " + SHOWN + " 条。" : "。") :
            "没有找到。可以少写几个字，或去掉“-”和引号里的词。");
          return null;
        }
        var path = first.shelves[place][0];
        looked += first.shelves[place][1];
        return load(folder + path + version, path.replace(/\.js$/, "")).then(function (rows) {
          if (mine !== turn) return null;
          take(rows, true);
          say("已查 " + looked + " 条标题，找到 " + total + " 条……");
          return next(place + 1);
        });
      }
      return next(0);
    }).catch(function () { say("索引没有取到；请重新载入这一页。"); });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(box.value.trim()));
    run();
  });
  box.addEventListener("input", function () {
    var typed = box.value.trim();
    if (typed) names().then(function (first) {
      var start = folded(typed);
      offer(first.rows.filter(function (row) { return row[4].indexOf(start) >= 0; }).slice(0, 8).map(function (row) { return row[0]; }));
    });
  });
  box.value = new URLSearchParams(location.search).get("q") || "";
  run();
})();
