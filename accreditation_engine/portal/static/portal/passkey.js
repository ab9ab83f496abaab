// Passkeys: the browser is asked for one, and what it gives goes with the form. Without a script there are codes.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const options = JSON.parse(document.getElementById("passkey-data").textContent);
  const failed = form.querySelector("[data-passkey-failed]");
  form.querySelector("[data-passkey-button]").addEventListener("click", async () => {
    failed.hidden = true;
    try {
      const given = form.dataset.passkey === "get"
        ? await webauthnJSON.get(options.request_options)
        : await webauthnJSON.create(options.creation_options);
      form.elements.credential.value = JSON.stringify(given);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
