/* Slips by keyboard: Enter goes to the next field, Ctrl+Enter saves, the first field of a slip has the focus. */
(function () {
  'use strict';

  const form = document.querySelector('form[data-slips]');
  if (!form) { return; }
  const first = form.querySelector('[data-first]');

  function fields() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.type !== 'hidden' && !field.disabled && field.tabIndex >= 0 && field.tagName !== 'FIELDSET' && field.type !== 'button';
    });
  }

  form.addEventListener('keydown', function (event) {
    if (event.key !== 'Enter' || event.isComposing) { return; }
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.querySelector('button[type="submit"]').click();
      return;
    }
    if (event.shiftKey || event.altKey || event.target.tagName === 'BUTTON') { return; }
    event.preventDefault();
    const all = fields();
    const next = all[all.indexOf(event.target) + 1];
    if (next) { next.focus(); }
  });

  /* Errors keep the focus that the form gives them; a fresh slip starts at its words. */
  if (first && !document.querySelector('[data-errors]')) { first.focus(); }
}());
