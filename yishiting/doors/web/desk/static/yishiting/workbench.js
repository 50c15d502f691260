/* A workbench by keyboard: a letter presses the button that carries it. */
(function () {
  'use strict';

  document.addEventListener('keydown', function (event) {
    const typing = event.target.closest('input:not([type="radio"]):not([type="checkbox"]), textarea, select');
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !/^[a-z]$/.test(event.key)) { return; }
    const button = document.querySelector('#content [data-key="' + event.key + '"]');
    if (button) { event.preventDefault(); button.click(); }
  });
}());
