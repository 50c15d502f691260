/* Opens a page of a site visit again where there is no connection. What is kept is the page without anything of a
   matter but its number, and its styles and scripts; nothing that was sent, nothing of any other page. */
'use strict';

const KEPT = 'on-site';
const PATIENCE = 5000;

self.addEventListener('install', function () { self.skipWaiting(); });
self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });

/* A connection that says nothing for some seconds is none. */
function asked(request) {
  return new Promise(function (done, fail) {
    const timer = setTimeout(fail, PATIENCE);
    fetch(request).then(function (answer) { clearTimeout(timer); done(answer); }, fail);
  });
}

function kept(request) {
  return caches.open(KEPT).then(function (store) { return store.match(request, { ignoreSearch: request.mode === 'navigate', ignoreVary: true }); });
}

function answered(request) {
  return kept(request).then(function (page) {
    if (!page) { return fetch(request); }
    return asked(request).catch(function () { return page; });
  });
}

self.addEventListener('fetch', function (event) {
  const request = event.request;
  const ours = new URL(request.url).origin === self.location.origin;
  const shown = request.mode === 'navigate' || request.destination === 'style' || request.destination === 'script' || request.destination === 'image';
  if (request.method === 'GET' && ours && shown) { event.respondWith(answered(request)); }
});
