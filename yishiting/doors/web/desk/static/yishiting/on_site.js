/* A visit noted on the spot: kept on this phone until it is sent, with or without a connection.

   Kept are what was typed, the photographs, made smaller and so without the place they were taken at, and the page
   itself, on which nothing of a proposer stands. All of it is let go when it has been sent, and on signing out. */
(function () {
  'use strict';

  const form = document.querySelector('form[data-on-site]');
  if (!form || !window.indexedDB || !window.fetch || !window.FormData) { return; }
  const NAME = 'on-site';
  const LONGEST = 1920;
  const MOST = 6;
  const THUMB = 96;
  const AGAIN = 20000;
  const SAVED_AFTER = 300;
  const PHONE = /1[3-9](?:[\s-]?\d){9}/g;
  const who = form.dataset.who;
  const key = who + ' ' + form.dataset.onSite;
  const state = document.querySelector('[data-state]');
  const change = form.querySelector('[data-change]');
  const list = form.querySelector('[data-photos]');
  const picked = form.querySelector('input[type="file"]');
  const fields = Array.prototype.filter.call(form.elements, function (field) {
    return field.name && field.type !== 'hidden' && field.type !== 'file' && field.type !== 'submit';
  });
  let visit = { key: key, who: who, address: location.pathname, once: form.elements.namedItem('once').value, said: {}, photos: [], ready: false, tried: false };
  let busy = false;
  let askedAgain = false;
  let drawing = Promise.resolve();
  let pressed = false;
  let timer = 0;

  /* The store of this browser. */
  function opened() {
    return new Promise(function (done, fail) {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore('visits', { keyPath: 'key' }); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { fail(asked.error); };
    });
  }

  function inStore(mode, act) {
    return opened().then(function (store) {
      return new Promise(function (done, fail) {
        const taken = store.transaction('visits', mode);
        const asked = act(taken.objectStore('visits'));
        taken.oncomplete = function () { store.close(); done(asked.result); };
        taken.onerror = taken.onabort = function () { store.close(); fail(taken.error); };
      });
    });
  }

  function keep(one) { return inStore('readwrite', function (rows) { return rows.put(one); }); }
  function letGo(one) { return inStore('readwrite', function (rows) { return rows.delete(one.key); }); }
  function mine() {
    return inStore('readonly', function (rows) { return rows.getAll(); })
      .then(function (all) { return all.filter(function (one) { return one.who === who; }); });
  }

  /* What is said of it. */
  function say(name, link) {
    state.textContent = state.dataset[name] || name;
    state.classList.toggle('done', name === 'sent');
    state.classList.toggle('refused', ['sentBefore', 'closed', 'empty', 'phone', 'noRoom'].indexOf(name) >= 0 || !(name in state.dataset));
    if (link) {
      const way = document.createElement('a');
      way.href = link[0];
      way.textContent = link[1];
      state.appendChild(document.createTextNode(' '));
      state.appendChild(way);
    }
    state.hidden = false;
  }

  function countOthers() {
    const line = document.querySelector('[data-others]');
    return mine().then(function (all) {
      const n = all.filter(function (one) { return one.ready && one.key !== key; }).length;
      line.textContent = line.dataset.words.replace('{n}', n);
      line.hidden = n === 0;
    });
  }

  /* The form and what is kept of it. */
  function gather() {
    let numbers = false;
    fields.forEach(function (field) {
      const said = field.value.replace(PHONE, '');
      numbers = numbers || said !== field.value;
      visit.said[field.name] = said;
    });
    return numbers;
  }

  function lock(on) {
    fields.forEach(function (field) { field.readOnly = on; });
    if (picked) { picked.disabled = on; }
    form.querySelector('button[type="submit"]').hidden = on;
    change.hidden = !on;
    Array.prototype.forEach.call(list.querySelectorAll('button'), function (button) { button.hidden = on; });
  }

  function save() {
    window.clearTimeout(timer);
    const numbers = gather();
    return keep(visit).then(function () { say(numbers ? 'phone' : 'kept'); }, function () { say('noRoom'); });
  }

  form.addEventListener('input', function (event) {
    if (event.target === picked) { return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(save, SAVED_AFTER);
  });

  /* Photographs. */
  function drawn(file, longest) {
    return createImageBitmap(file).then(function (picture) {
      const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      return canvas;
    });
  }

  function smaller(file) {
    if (!window.createImageBitmap) { return Promise.resolve(file); }
    return drawn(file, LONGEST).then(function (canvas) {
      return new Promise(function (done) { canvas.toBlob(function (made) { done(made || file); }, 'image/jpeg', 0.85); });
    }).catch(function () { return file; });
  }

  function showPhotos() {
    list.textContent = '';
    visit.photos.forEach(function (photo, at) {
      const row = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button';
      button.textContent = list.dataset.remove;
      button.setAttribute('aria-label', list.dataset.remove + ' ' + (at + 1));
      button.hidden = visit.ready;
      button.addEventListener('click', function () { visit.photos.splice(at, 1); showPhotos(); save(); });
      row.appendChild(document.createTextNode(String(at + 1)));
      row.appendChild(button);
      list.appendChild(row);
      if (window.createImageBitmap) {
        drawn(photo, THUMB).then(function (canvas) { row.replaceChild(canvas, row.firstChild); }).catch(function () { /* its number stands for it */ });
      }
    });
  }

  if (picked) {
    picked.addEventListener('change', function () {
      if (!picked.files.length) { return; }
      const files = Array.prototype.slice.call(picked.files, 0, Math.max(0, MOST - visit.photos.length));
      picked.value = '';
      picked.dispatchEvent(new Event('change'));
      drawing = Promise.all([drawing].concat(files.map(smaller))).then(function (made) {
        visit.photos = visit.photos.concat(made.slice(1));
        showPhotos();
        return save();
      });
    });
  }

  /* Sending: a fresh mark for the form is asked for first, since the page may be days old. */
  function told(answer) {
    const kind = answer.headers.get('Content-Type') || '';
    if (kind.indexOf('application/json') === 0) { return answer.json(); }
    throw new Error(answer.redirected ? 'signIn' : answer.status === 403 || answer.status === 404 ? 'closed' : 'waiting');
  }

  function asked(one) {
    return fetch(one.address, { headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' }).then(told);
  }

  function packed(one, token) {
    const data = new FormData();
    data.append('csrfmiddlewaretoken', token);
    data.append('once', one.once);
    Object.keys(one.said).forEach(function (name) { data.append(name, one.said[name]); });
    one.photos.forEach(function (photo, at) { data.append('photos', photo, photo.name || (at + 1) + '.jpg'); });
    return data;
  }

  function send(one) {
    return asked(one).then(function (now) {
      if (now.who !== who) { throw new Error('signIn'); }
      one.tried = true;
      return keep(one).then(function () {
        return fetch(one.address, { method: 'POST', body: packed(one, now.token), headers: { Accept: 'application/json' }, credentials: 'same-origin' });
      }).then(told);
    });
  }

  function forget(one) {
    const page = window.caches ? caches.open(NAME).then(function (store) { return store.delete(one.address); }) : Promise.resolve();
    return Promise.all([letGo(one), page]);
  }

  function after(one, answer) {
    if (answer.refused) {
      one.ready = false;
      return keep(one).then(function () { if (one.key === key) { visit = one; lock(false); say(answer.refused.join(' ')); } });
    }
    return forget(one).then(function () {
      if (one.key !== key) { return; }
      if (pressed && !(answer.again && one.changed)) { location.assign(answer.sent); return; }
      form.hidden = true;
      say(answer.again && one.changed ? 'sentBefore' : 'sent', [answer.sent, state.dataset.openLabel]);
    });
  }

  function failed(one, problem) {
    const known = ['signIn', 'closed'].indexOf(problem.message) >= 0 ? problem.message : 'waiting';
    if (one.key !== key) { return; }
    pressed = false;
    say(known, known === 'signIn' ? [location.pathname, state.dataset.signInLabel] : null);
  }

  function sendAll() {
    if (busy) { askedAgain = true; return Promise.resolve(); }
    busy = true;
    return mine().then(function (all) {
      return all.filter(function (one) { return one.ready; }).reduce(function (before, one) {
        return before.then(function () {
          if (one.key === key) { say('sending'); }
          return send(one).then(function (answer) { return after(one, answer); }).catch(function (problem) { failed(one, problem); });
        });
      }, Promise.resolve());
    }).then(countOthers).catch(function () { /* the store is gone: signed out */ }).then(function () {
      busy = false;
      if (askedAgain) { askedAgain = false; sendAll(); }
    });
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    window.clearTimeout(timer);
    const numbers = gather();
    if (numbers) { say('phone'); return; }
    if (fields.some(function (field) { return field.required && !field.value.trim(); })) { say('empty'); return; }
    drawing.then(function () {
      visit.ready = true;
      pressed = true;
      return keep(visit);
    }).then(function () { lock(true); return sendAll(); }, function () { form.submit(); });
  });

  change.addEventListener('click', function () {
    visit.ready = false;
    visit.changed = visit.tried;
    lock(false);
    keep(visit).then(function () { say('kept'); });
  });

  window.addEventListener('online', sendAll);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) { sendAll(); } });
  window.setInterval(sendAll, AGAIN);

  /* The page is kept as it stands on the server now, and its styles and scripts beside it. */
  function keepPage() {
    if (!window.caches) { return; }
    const parts = Array.prototype.map.call(document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"], script[src]'), function (one) { return one.href || one.src; });
    caches.open(NAME).then(function (store) {
      return fetch(location.pathname, { credentials: 'same-origin', cache: 'no-store' }).then(function (page) {
        if (!page.ok || page.redirected) { return undefined; }
        return store.addAll(parts).then(function () { return store.put(location.pathname, page); });
      });
    }).catch(function () { /* no connection: what is kept stays */ });
  }

  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(form.dataset.worker).catch(function () { /* the open page works without */ });
  }

  mine().then(function (all) {
    const found = all.filter(function (one) { return one.key === key; })[0];
    if (found) {
      visit = found;
      fields.forEach(function (field) { if (field.name in visit.said) { field.value = visit.said[field.name]; } });
      showPhotos();
      lock(visit.ready);
      say(visit.ready ? 'waiting' : 'kept');
    }
    return countOthers();
  }).then(sendAll, function () { say('noRoom'); });

  asked(visit).then(function (now) {
    const title = document.querySelector('[data-title]');
    if (now.title) { title.textContent = ' ' + now.title; }
    keepPage();
  }).catch(function () { /* no connection: the number stands for it */ });
}());
