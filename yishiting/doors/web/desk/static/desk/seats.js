/* The sums below the seat plan while one types; the server adds up again when the plan is tried or saved. */
(function () {
  'use strict';

  function add(kind) {
    const fields = document.querySelectorAll('[data-sum="' + kind + '"]');
    return Array.prototype.reduce.call(fields, function (sum, field) { return sum + (parseInt(field.value, 10) || 0); }, 0);
  }

  function show() {
    Array.prototype.forEach.call(document.querySelectorAll('[data-sum-of]'), function (place) {
      place.textContent = String(add(place.getAttribute('data-sum-of')));
    });
  }

  document.addEventListener('input', function (event) {
    if (event.target.hasAttribute('data-sum')) { show(); }
  });
  show();
}());
