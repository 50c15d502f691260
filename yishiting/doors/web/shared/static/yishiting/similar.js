/* Similar suggestions while one types: asks the server now and then, shows what it finds, and is never in the way. */
(function () {
  'use strict';

  const FEWEST = 6;
  const PAUSE = 700;
  const form = document.querySelector('form[data-similar]');
  if (!form || !window.fetch) { return; }
  const place = document.querySelector('[data-similar-here]');
  const button = form.querySelector('[data-similar-button]');
  let timer = 0;
  let asked = 0;
  let last = '';

  if (button) { button.disabled = true; button.hidden = true; }

  function ask() {
    const text = form.elements.text.value.trim();
    const where = form.elements.where ? form.elements.where.value.trim() : '';
    if (text.length < FEWEST) { place.textContent = ''; last = ''; return; }
    if (text + '\n' + where === last) { return; }
    last = text + '\n' + where;
    const turn = asked += 1;
    const words = new FormData();
    words.append('text', text);
    words.append('where', where);
    words.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    fetch(form.dataset.similar, { method: 'POST', body: words, credentials: 'same-origin', headers: { 'HX-Request': 'true' } })
      .then(function (answer) { return answer.ok ? answer.text() : ''; })
      .then(function (html) { if (turn === asked) { place.innerHTML = html; } })
      .catch(function () { /* offline: nothing is shown, the form works as before */ });
  }

  form.addEventListener('input', function (event) {
    if (event.target.name !== 'text' && event.target.name !== 'where') { return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
  ask();
}());
