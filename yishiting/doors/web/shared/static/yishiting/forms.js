/* Forms: submit once, keep a draft, focus the errors, pick a date, choose by number, search while typing. */
(function () {
  'use strict';

  const DRAFT = 'yishiting-draft:';
  const KEPT_DAYS = 7;
  const english = document.documentElement.lang === 'en';

  function each(root, selector, act) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), act);
  }

  function say(chinese, inEnglish) { return english ? inEnglish : chinese; }

  /* The box of errors takes the focus. */
  function focusErrors(root) {
    const errors = root.querySelector('[data-errors]');
    if (errors) { errors.focus(); }
  }

  /* Submit once: the second press does nothing until the page comes back. */
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (!form.matches('form[data-once]')) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    window.setTimeout(function () {
      each(form, 'button[type="submit"]', function (button) { button.setAttribute('aria-busy', 'true'); });
    }, 0);
  });
  window.addEventListener('pageshow', function () {
    each(document, 'form[data-once]', function (form) {
      delete form.dataset.sent;
      each(form, '[aria-busy]', function (button) { button.removeAttribute('aria-busy'); });
    });
  });

  /* Drafts: kept in this browser only, never what is private, for a week at most. */
  let store = null;
  try { store = window.localStorage; store.getItem(DRAFT); } catch (refused) { store = null; }

  function read(key) {
    try { return JSON.parse(store.getItem(key)); } catch (broken) { return null; }
  }

  function keepable(field) {
    return field.name && field.name !== 'csrfmiddlewaretoken' && field.dataset.private === undefined &&
      ['hidden', 'password', 'file', 'tel', 'email', 'submit', 'button'].indexOf(field.type) < 0;
  }

  function gather(form) {
    const kept = [];
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!keepable(field)) { return; }
      const tick = field.type === 'checkbox' || field.type === 'radio';
      if (tick ? field.checked : field.value) { kept.push([field.name, field.value]); }
    });
    return kept;
  }

  function restore(form, kept) {
    let restored = 0;
    kept.forEach(function (pair) {
      Array.prototype.forEach.call(form.elements, function (field) {
        if (field.name !== pair[0] || !keepable(field)) { return; }
        const tick = field.type === 'checkbox' || field.type === 'radio';
        if (tick && field.value === pair[1] && !field.checked) { field.checked = true; restored += 1; }
        if (!tick && !field.value) { field.value = pair[1]; restored += 1; }
      });
    });
    return restored;
  }

  function tell(form, key) {
    const box = document.createElement('div');
    const text = document.createElement('p');
    const clear = document.createElement('button');
    box.className = 'message draft';
    box.setAttribute('role', 'status');
    text.textContent = say('上次没写完的内容已经放回来了。', 'What you had written last time is back in place.');
    clear.type = 'button';
    clear.className = 'button';
    clear.textContent = say('不要了，重新写', 'Discard and start again');
    clear.addEventListener('click', function () { store.removeItem(key); form.reset(); box.remove(); });
    box.appendChild(text);
    box.appendChild(clear);
    form.insertBefore(box, form.firstChild);
  }

  /* The server says which form it has taken; a page without the form, such as the sign-in page, is no delivery. */
  function delivered() {
    const found = /(?:^|; )delivered=([0-9a-f-]+)/.exec(document.cookie);
    return found ? found[1] : '';
  }

  function clean() {
    const taken = delivered();
    Object.keys(store).filter(function (key) { return key.indexOf(DRAFT) === 0; }).forEach(function (key) {
      const draft = read(key);
      const old = !draft || Date.now() - draft.at > KEPT_DAYS * 86400000;
      if (old || (draft.sent && draft.once && draft.once === taken)) { store.removeItem(key); }
    });
  }

  function keepDrafts(root) {
    if (!store) { return; }
    each(root, 'form[data-draft]', function (form) {
      const key = DRAFT + form.dataset.draft;
      const draft = read(key);
      const once = form.elements.namedItem('once');
      let timer = 0;
      if (draft && form.dataset.bound === undefined && restore(form, draft.kept)) { tell(form, key); }
      function keep(sent) {
        try { store.setItem(key, JSON.stringify({ at: Date.now(), sent: sent, once: once ? once.value : '', kept: gather(form) })); } catch (full) { /* no room: the page still works */ }
      }
      form.addEventListener('input', function () {
        window.clearTimeout(timer);
        timer = window.setTimeout(function () { keep(false); }, 400);
      });
      form.addEventListener('submit', function () { window.clearTimeout(timer); keep(true); });
    });
  }

  /* A calendar beside a typed date. */
  function offerCalendar(field) {
    const picker = document.createElement('input');
    const open = document.createElement('button');
    picker.type = 'date';
    if (picker.type !== 'date' || !picker.showPicker || !field.closest('.with-unit')) { return; }
    picker.className = 'pick-date';
    picker.tabIndex = -1;
    picker.setAttribute('aria-hidden', 'true');
    open.type = 'button';
    open.className = 'button';
    open.textContent = say('选日期', 'Choose a date');
    open.addEventListener('click', function () { picker.showPicker(); });
    picker.addEventListener('change', function () {
      const day = picker.value.split('-').map(Number);
      if (day.length === 3) { field.value = say(day[0] + '年' + day[1] + '月' + day[2] + '日', picker.value); field.dispatchEvent(new Event('input', { bubbles: true })); field.focus(); }
    });
    field.parentNode.appendChild(open);
    field.parentNode.appendChild(picker);
  }

  /* The names of the picked files. */
  function nameFiles(field) {
    const list = document.createElement('p');
    list.className = 'hint';
    list.setAttribute('aria-live', 'polite');
    field.parentNode.insertBefore(list, field.nextSibling);
    field.addEventListener('change', function () {
      list.textContent = Array.prototype.map.call(field.files, function (file) {
        return file.name + ' (' + (file.size / 1048576).toFixed(1) + ' MB)';
      }).join('、');
    });
  }

  /* What the ticked choices come to, beside the money there is; without this file a button asks the server. */
  function money(fen) {
    const yuan = (fen / 100).toLocaleString('en', { minimumFractionDigits: fen % 100 ? 2 : 0 });
    return english ? '¥' + yuan : yuan + '元';
  }

  function sumUp(line) {
    const form = line.closest('form');
    each(form, '[data-count]', function (button) { button.hidden = true; });
    function show() {
      const budget = Number(line.dataset.total);
      let sum = 0;
      each(form, 'input[data-fen]:checked', function (field) { sum += Number(field.dataset.fen); });
      line.textContent = (sum <= budget ? line.dataset.left : line.dataset.over)
        .replace('{sum}', money(sum)).replace('{rest}', money(Math.abs(budget - sum)));
    }
    form.addEventListener('change', show);
    show();
  }

  each(document, '[data-total]', sumUp);

  /* Choices by number key, where the page asks for it and nothing is being typed. */
  document.addEventListener('keydown', function (event) {
    const target = event.target;
    const typing = /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === 'INPUT' && target.type !== 'radio' && target.type !== 'checkbox');
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) { return; }
    const group = target.closest('[data-keys]') || document.querySelector('[data-keys]');
    const option = group && group.querySelectorAll('input')[Number(event.key) - 1];
    if (option) { event.preventDefault(); option.focus(); option.click(); }
  });

  /* Search while typing: the server answers with options; arrows, Enter and Escape work. */
  function searchWhileTyping(field) {
    const key = field.form.elements[field.name + '_key'];
    const list = document.createElement('ul');
    const name = field.id + '-found';
    let timer = 0;
    let asked = 0;
    list.id = name;
    list.className = 'found';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', say('找到的', 'Results'));
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-expanded', 'false');
    field.setAttribute('aria-controls', name);
    field.setAttribute('aria-autocomplete', 'list');
    field.parentNode.insertBefore(list, field.nextSibling);

    function close() {
      asked += 1;
      list.textContent = '';
      field.setAttribute('aria-expanded', 'false');
      field.removeAttribute('aria-activedescendant');
    }

    function choose(option) {
      field.value = option.textContent.trim();
      key.value = option.dataset.value;
      close();
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }

    function mark(option) {
      each(list, '[aria-selected="true"]', function (other) { other.removeAttribute('aria-selected'); });
      if (!option) { return; }
      option.setAttribute('aria-selected', 'true');
      option.scrollIntoView({ block: 'nearest' });
      field.setAttribute('aria-activedescendant', option.id);
    }

    function ask() {
      const words = field.value.trim();
      const turn = asked += 1;
      if (!words) { close(); return; }
      fetch(field.dataset.search + (field.dataset.search.indexOf('?') < 0 ? '?q=' : '&q=') + encodeURIComponent(words), { credentials: 'same-origin' })
        .then(function (answer) { return answer.ok ? answer.text() : ''; })
        .then(function (html) {
          if (turn !== asked) { return; }
          list.innerHTML = html;
          field.setAttribute('aria-expanded', String(list.children.length > 0));
        })
        .catch(function () { /* offline: the words are sent with the form and looked up then */ });
    }

    field.addEventListener('input', function () {
      key.value = '';
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 200);
    });
    field.addEventListener('keydown', function (event) {
      const at = list.querySelector('[aria-selected="true"]');
      if (event.key === 'ArrowDown') { event.preventDefault(); mark(at ? at.nextElementSibling || at : list.firstElementChild); }
      if (event.key === 'ArrowUp') { event.preventDefault(); mark(at && at.previousElementSibling); }
      if (event.key === 'Enter' && at) { event.preventDefault(); choose(at); }
      if (event.key === 'Escape') { close(); }
    });
    list.addEventListener('mousedown', function (event) {
      const option = event.target.closest('[role="option"]');
      if (option) { event.preventDefault(); choose(option); }
    });
    field.addEventListener('blur', function () { window.setTimeout(close, 150); });
  }

  /* A list of many is narrowed by what one types above it; the choice is made in the list as everywhere. */
  function narrow(select) {
    const all = Array.prototype.slice.call(select.options);
    const box = document.createElement('input');
    const told = document.createElement('p');
    box.type = 'search';
    box.className = 'narrow';
    box.autocomplete = 'off';
    box.placeholder = select.dataset.narrow;
    box.setAttribute('aria-label', select.dataset.narrow);
    box.setAttribute('aria-controls', select.id);
    told.className = 'hint';
    told.setAttribute('role', 'status');
    select.parentNode.insertBefore(box, select);
    select.parentNode.insertBefore(told, select.nextSibling);

    function plain(words) { return words.toLowerCase().replace(/\s+/g, ''); }

    function show() {
      const wanted = plain(box.value);
      const chosen = select.value;
      const fit = all.filter(function (option) { return option.value && plain(option.text).indexOf(wanted) >= 0; });
      select.textContent = '';
      all.forEach(function (option) {
        if (!option.value || fit.indexOf(option) >= 0) { select.appendChild(option); }
      });
      const stays = fit.some(function (option) { return option.value === chosen; });
      select.value = stays ? chosen : fit.length === 1 ? fit[0].value : '';
      select.size = wanted && fit.length > 1 ? Math.min(fit.length + 1, 8) : 1;
      told.textContent = wanted ? say('有' + fit.length + '项', fit.length + ' found') : '';
    }

    box.addEventListener('input', show);
    box.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' || event.key === 'ArrowDown') { event.preventDefault(); select.focus(); }
    });
    select.addEventListener('change', function () { select.size = 1; });
  }

  function start(root) {
    focusErrors(root);
    keepDrafts(root);
    each(root, '[data-date]', offerCalendar);
    each(root, '[data-files]', nameFiles);
    each(root, '[data-search]', searchWhileTyping);
    each(root, 'select[data-narrow]', narrow);
  }

  if (store) { clean(); }
  start(document);
  document.addEventListener('htmx:load', function (event) {
    if (event.target !== document.body) { start(event.target); }
  });
}());
