// Asks the browser for a passkey (WebAuthn), then sends the form with what it gave.

const form = document.querySelector("[data-passkey]");

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function named(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

async function made(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
  };
  const key = await navigator.credentials.create({ publicKey });
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: {
      attestationObject: text(key.response.attestationObject),
      clientDataJSON: text(key.response.clientDataJSON),
      transports: key.response.getTransports?.() ?? [],
    },
  };
}

async function shown(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: named(options.allowCredentials),
  };
  const key = await navigator.credentials.get({ publicKey });
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: {
      authenticatorData: text(key.response.authenticatorData),
      clientDataJSON: text(key.response.clientDataJSON),
      signature: text(key.response.signature),
      userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
    },
  };
}

async function ask() {
  const failed = document.querySelector("[data-failed]");
  const again = form.querySelector("[data-again]");
  failed.hidden = true;
  again.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options);
    const key = await (form.dataset.passkey === "create" ? made : shown)(options);
    form.elements.credential.value = JSON.stringify(key);
    form.submit();
  } catch {
    // Called off, timed out, or no authenticator there: the browser says which, we go on from it.
    failed.hidden = false;
    again.hidden = false;
    again.focus();
  }
}

if (form) {
  form.querySelector("[data-again]").addEventListener("click", ask);
  ask();
}
