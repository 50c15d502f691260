/* Desk tables by keyboard: j/k or the arrows move, Enter opens beside the list, o opens the whole page,
   space or x picks, / goes to the filters, Esc goes back to the list. Tab comes to the first row. */
(function () {
  'use strict';

  const tables = document.querySelectorAll('table[data-rows]');
  if (!tables.length) { return; }
  let at = null;

  function rows() {
    return Array.prototype.slice.call(document.querySelectorAll('table[data-rows] > tbody > tr'));
  }

  function go(row) {
    if (!row) { return; }
    rows().forEach(function (other) { other.classList.remove('at'); other.removeAttribute('tabindex'); });
    at = row;
    at.classList.add('at');
    at.tabIndex = 0;
    if (document.activeElement !== at) { at.focus(); }
    at.scrollIntoView({ block: 'nearest' });
  }

  function move(by) {
    const all = rows();
    const place = all.indexOf(at);
    go(place < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, place + by))]);
  }

  function box(row) { return row && row.querySelector('.pick input[type="checkbox"]'); }

  function count() {
    const picked = document.querySelectorAll('table[data-rows] tbody .pick input:checked').length;
    Array.prototype.forEach.call(document.querySelectorAll('[data-picked]'), function (node) { node.textContent = String(picked); });
    rows().forEach(function (row) {
      const tick = box(row);
      if (tick) { row.setAttribute('aria-selected', String(tick.checked)); }
    });
  }

  function link(row) { return row && row.querySelector('a[data-open], a[href]'); }

  function closeBeside() {
    const beside = document.getElementById('beside');
    if (beside) { beside.textContent = ''; beside.hidden = true; }
    if (at) { at.focus(); }
  }

  function pick() {
    const tick = box(at);
    if (tick) { tick.checked = !tick.checked; count(); }
  }

  const ACTS = {
    j: function () { move(1); },
    k: function () { move(-1); },
    x: pick,
    ' ': pick,
    ArrowDown: function () { move(1); },
    ArrowUp: function () { move(-1); },
    o: function () { const to = link(at); if (to) { window.location.href = to.href; } },
    Enter: function () { const to = link(at); if (to) { to.click(); } },
    Escape: closeBeside,
    '/': function () { const first = document.querySelector('.filters input, .filters select'); if (first) { first.focus(); } }
  };

  /* Keys that mean something else everywhere but on a row. */
  const OF_A_ROW = ['Enter', ' ', 'ArrowDown', 'ArrowUp'];

  document.addEventListener('keydown', function (event) {
    const target = event.target;
    const inside = target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]');
    if (event.ctrlKey || event.altKey || event.metaKey || !ACTS[event.key]) { return; }
    if (inside && event.key !== 'Escape') { return; }
    if (OF_A_ROW.indexOf(event.key) >= 0 && target !== at) { return; }
    event.preventDefault();
    ACTS[event.key]();
  });

  document.addEventListener('change', function (event) {
    if (!event.target.closest('.pick')) { return; }
    if (event.target.matches('[data-pick-all]')) {
      rows().forEach(function (row) { const tick = box(row); if (tick) { tick.checked = event.target.checked; } });
    }
    count();
  });

  document.addEventListener('click', function (event) {
    const row = event.target.closest('table[data-rows] > tbody > tr');
    if (row && row !== at && !event.target.closest('a, input, label, button')) { go(row); }
  });

  /* A row's verb key, such as data-key="a", presses the button of the opened record. */
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select')) { return; }
    if (!/^[a-z]$/.test(event.key) || ACTS[event.key]) { return; }
    const button = document.querySelector('#beside [data-key="' + event.key + '"], #content [data-key="' + event.key + '"]');
    if (button) { event.preventDefault(); button.click(); }
  });

  /* A record opened by its link takes the focus; opened by Enter in the list, the list keeps it. */
  document.addEventListener('htmx:afterSwap', function (event) {
    const beside = document.getElementById('beside');
    if (event.target !== beside) { return; }
    beside.hidden = false;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'button beside-close';
    close.textContent = document.documentElement.lang === 'en' ? 'Close' : '关闭';
    close.addEventListener('click', closeBeside);
    beside.insertBefore(close, beside.firstChild);
    beside.scrollTop = 0;
    if (document.activeElement !== at) { beside.focus(); }
  });

  document.addEventListener('focusin', function (event) {
    if (event.target !== at && event.target.matches('table[data-rows] > tbody > tr')) { go(event.target); }
  });

  /* htmx needs Chromium 80. Everything works without it, page by page; who has an older browser is told once a day. */
  window.addEventListener('load', function () {
    const main = document.querySelector('main');
    if (window.htmx || !main || document.cookie.indexOf('old-browser=') >= 0) { return; }
    const told = document.createElement('p');
    told.className = 'message old-browser';
    told.setAttribute('role', 'status');
    told.textContent = document.documentElement.lang === 'en'
      ? 'This browser is old (Chromium 80, or 360 Secure Browser 13, is needed). Everything can be done; only records beside a list open on a page of their own.'
      : '这台电脑的浏览器较旧（需要 Chrome 80、360安全浏览器13 或更新的版本）。办事不受影响，只是列表旁边不能直接打开内容，要一页一页地看。';
    main.insertBefore(told, main.firstChild);
    document.cookie = 'old-browser=told; max-age=86400; path=/; samesite=lax';
  });

  if (rows().length) { rows()[0].tabIndex = 0; }
  count();
}());
