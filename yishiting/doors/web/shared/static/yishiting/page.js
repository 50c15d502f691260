/* What every page does besides: copy, print, read aloud. Without this file everything still works. */
(function () {
  'use strict';

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function copy(text, done) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done);
      return;
    }
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    document.body.appendChild(area);
    area.select();
    if (document.execCommand('copy')) { done(); }
    area.remove();
  }

  /* Buttons that need this file are hidden until it runs. */
  function show(root) {
    Array.prototype.forEach.call(root.querySelectorAll('[data-copy], [data-print]'), function (button) { button.hidden = false; });
  }

  document.addEventListener('click', function (event) {
    const button = event.target.closest('[data-copy], [data-print]');
    if (!button) { return; }
    if (button.dataset.print !== undefined) { window.print(); return; }
    const source = document.getElementById(button.dataset.copy);
    if (!source) { return; }
    copy(source.textContent.trim(), function () {
      button.setAttribute('aria-live', 'polite');
      button.textContent = '✓ ' + button.textContent.replace(/^✓ /, '');
    });
  });

  /* Signing out: visits noted on the spot and not sent yet go too, also where the browser does not read the header. */
  document.addEventListener('submit', function (event) {
    if (!/\/sign-out\/$/.test(event.target.action)) { return; }
    try { window.indexedDB.deleteDatabase('on-site'); } catch (refused) { /* nothing was kept */ }
    if (window.caches) { window.caches.delete('on-site'); }
  });

  show(document);
  document.addEventListener('htmx:load', function (event) { show(event.target); });

  /* Reading aloud: the headings, sentences and list items of the page, in order. */
  const voice = window.speechSynthesis;
  each('[data-read]', function (button) {
    if (!voice || !window.SpeechSynthesisUtterance) { return; }
    const start = button.textContent;
    let reading = false;
    button.hidden = false;

    function turn(on) {
      reading = on;
      button.setAttribute('aria-pressed', String(on));
      button.textContent = on ? button.dataset.stop : start;
    }

    function pieces() {
      const found = [];
      each('#content h1, #content h2, #content h3, #content p, #content li, #content dt, #content dd, #content td, #content th, #content label', function (node) {
        const inner = node.querySelector('p, li');
        const text = node.textContent.replace(/\s+/g, ' ').trim();
        if (!inner && text && node.offsetParent !== null) { found.push(text); }
      });
      return found;
    }

    button.addEventListener('click', function () {
      voice.cancel();
      if (reading) { turn(false); return; }
      const words = pieces();
      words.forEach(function (text, place) {
        const say = new SpeechSynthesisUtterance(text);
        say.lang = document.documentElement.lang;
        say.rate = 0.9;
        if (place === words.length - 1) { say.onend = function () { turn(false); }; }
        voice.speak(say);
      });
      turn(words.length > 0);
    });
    window.addEventListener('pagehide', function () { voice.cancel(); });
  });
}());
