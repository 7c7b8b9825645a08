// Keeps what was read, so that it can be read again without a network. LOOK changes with the site's style and scripts.
"use strict";
var KEPT = "shida-LOOK";
var FIRST = ["./", "index.html", "wire.html", "static/site.css?LOOK", "static/site.js?LOOK", "static/theme.js?LOOK", "static/seal.svg"];
var MOST = 400;
// Only pages of the site: what a server offers beside it (search, an editors' desk) is never kept.
var OURS = /^(?:hant\/)?(?:|[a-z]+\.html|(?:article|story|original|top|wire|register|authority|edition|topic|document|figure|card|static)\/[^\/]+)$/;

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(KEPT).then(function (cache) { return cache.addAll(FIRST); }).then(self.skipWaiting()));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.indexOf("shida-") === 0 && name !== KEPT; })
      .map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

function keep(request, answer) {
  return caches.open(KEPT).then(function (cache) {
    return cache.put(request, answer).then(function () { return cache.keys(); }).then(function (all) {
      return Promise.all(all.slice(FIRST.length, Math.max(FIRST.length, all.length - MOST)).map(function (old) { return cache.delete(old); }));
    });
  });
}

// The network first: a corrected page must not hide behind an old copy.
self.addEventListener("fetch", function (event) {
  var request = event.request;
  var scope = self.registration.scope, address = request.url.split("#")[0];  // a question's answer is not kept
  if (request.method !== "GET" || address.indexOf(scope) !== 0 || !OURS.test(address.slice(scope.length))) return;
  event.respondWith(fetch(request).then(function (answer) {
    if (answer.ok) event.waitUntil(keep(request, answer.clone()));
    return answer;
  }).catch(function () {
    return caches.match(request).then(function (kept) { return kept || caches.match("index.html"); });
  }));
});
