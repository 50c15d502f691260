/* Passkeys and hardware keys: what the server asks goes to the browser's key, its answer into the form. */
(function () {
  'use strict';

  function bytes(text) {
    const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  function words(buffer) {
    const plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  function named(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  /* The options as the browser wants them: what is written in letters is turned into bytes. */
  function asked(options) {
    const found = Object.assign({}, options, { challenge: bytes(options.challenge) });
    if (options.user) { found.user = Object.assign({}, options.user, { id: bytes(options.user.id) }); }
    if (options.excludeCredentials) { found.excludeCredentials = named(options.excludeCredentials); }
    if (options.allowCredentials) { found.allowCredentials = named(options.allowCredentials); }
    return found;
  }

  function told(key) {
    const answer = key.response;
    const response = { clientDataJSON: words(answer.clientDataJSON) };
    if (answer.attestationObject) { response.attestationObject = words(answer.attestationObject); }
    if (answer.authenticatorData) { response.authenticatorData = words(answer.authenticatorData); }
    if (answer.signature) { response.signature = words(answer.signature); }
    if (answer.userHandle) { response.userHandle = words(answer.userHandle); }
    return JSON.stringify({
      id: key.id, rawId: words(key.rawId), type: key.type, response: response,
      clientExtensionResults: key.getClientExtensionResults()
    });
  }

  document.addEventListener('submit', function (event) {
    const form = event.target.closest('[data-passkey]');
    if (!form || !navigator.credentials || !window.PublicKeyCredential) { return; }
    const answer = form.querySelector('[name="answer"]');
    const failed = form.querySelector('[data-passkey-failed]');
    if (answer.value) { return; }
    event.preventDefault();
    failed.hidden = true;
    const options = { publicKey: asked(JSON.parse(form.dataset.options).publicKey) };
    const way = form.dataset.passkey;
    navigator.credentials[way](options).then(function (key) {
      answer.value = told(key);
      form.requestSubmit();
    }).catch(function () { failed.hidden = false; });
  });

  /* After a refusal the page holds a new question: an old answer is of no use. */
  Array.prototype.forEach.call(document.querySelectorAll('[data-passkey] [name="answer"]'), function (input) { input.value = ''; });
}());
