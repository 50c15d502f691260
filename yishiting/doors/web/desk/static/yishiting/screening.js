/* Screening by keyboard: 1-4 turn the four marks, 0 passes all; the marks propose a result, a usual reason fills the text. */
(function () {
  'use strict';

  const form = document.querySelector('form[data-screening]');
  if (!form) { return; }
  const reason = form.elements.reason;
  const codes = form.elements.reason_code;
  let chosen = form.dataset.bound !== undefined;
  let filled = '';

  function marks() { return Array.prototype.slice.call(form.querySelectorAll('[data-criterion]')); }

  function inputs(mark) { return Array.prototype.slice.call(mark.querySelectorAll('input[type="radio"]')); }

  function turn(mark) {
    const all = inputs(mark);
    const at = all.findIndex(function (input) { return input.checked; });
    const next = all[(at + 1) % all.length];
    next.checked = true;
    next.focus();
    propose();
  }

  /* All pass: valid. A failure: refuse. Something still to be checked: ask for more. The person may choose otherwise. */
  function propose() {
    if (chosen) { return; }
    const given = marks().map(function (mark) {
      const input = inputs(mark).find(function (one) { return one.checked; });
      return input ? input.value : '';
    });
    if (given.indexOf('') >= 0) { return; }
    const value = given.indexOf('fail') >= 0 ? 'not_admissible' : given.indexOf('more_work') >= 0 ? 'more_work' : 'valid';
    const result = form.querySelector('input[name="result"][value="' + value + '"]');
    if (result) { result.checked = true; }
  }

  form.addEventListener('change', function (event) {
    if (event.target.name === 'result') { chosen = true; }
    if (event.target.closest('[data-criterion]')) { propose(); }
    if (event.target === codes && (!reason.value || reason.value === filled)) {
      filled = codes.options[codes.selectedIndex].dataset.text || '';
      reason.value = filled;
    }
  });

  document.addEventListener('keydown', function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
      event.preventDefault();
      form.querySelector('button[type="submit"]').click();
      return;
    }
    const target = event.target;
    const typing = /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target.tagName === 'INPUT' && target.type !== 'radio');
    if (typing || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === '0') {
      event.preventDefault();
      marks().forEach(function (mark) { inputs(mark)[0].checked = true; });
      propose();
    }
    const mark = marks()[Number(event.key) - 1];
    if (/^[1-9]$/.test(event.key) && mark) { event.preventDefault(); turn(mark); }
  });
}());
