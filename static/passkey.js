/*
 * Passkeys in a form. A form with data-passkey="get" or "create" asks data-ask (POST, with the form's
 * own fields) what the passkey is for, lets the browser ask the person, puts the answer into its
 * hidden fields and is sent as any other form. What went wrong is one of the texts that the form
 * brings: data-fails, data-known, data-lacks.
 */
"use strict";

(function () {
	function bytes(text) {
		const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
		return Uint8Array.from(raw, (ch) => ch.charCodeAt(0));
	}

	function text(buffer) {
		if (!buffer)
			return "";
		const raw = String.fromCharCode(...new Uint8Array(buffer));
		return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
	}

	async function ask(form) {
		const answer = await fetch(form.dataset.ask, {
			method: "POST",
			body: new URLSearchParams(new FormData(form)),
			credentials: "same-origin",
			redirect: "error",
		});
		if (!answer.ok)
			throw new Error("ask");
		return answer.json();
	}

	function known(list) {
		return (list || []).map((id) => ({ type: "public-key", id: bytes(id) }));
	}

	function create(o) {
		return navigator.credentials.create({ publicKey: {
			challenge: bytes(o.challenge),
			rp: { id: o.rpId, name: o.rpName },
			user: { id: bytes(o.user), name: o.name, displayName: o.name },
			pubKeyCredParams: o.algs.map((alg) => ({ type: "public-key", alg: alg })),
			excludeCredentials: known(o.known),
			authenticatorSelection: {
				residentKey: "required", requireResidentKey: true, userVerification: "required",
			},
			attestation: "none",
			timeout: o.timeout,
		} });
	}

	function get(o) {
		return navigator.credentials.get({ publicKey: {
			challenge: bytes(o.challenge),
			rpId: o.rpId,
			allowCredentials: known(o.allow),
			userVerification: "required",
			timeout: o.timeout,
		} });
	}

	function fill(form, credential) {
		const r = credential.response;
		const values = {
			id: text(credential.rawId),
			client: text(r.clientDataJSON),
			attestation: text(r.attestationObject),
			data: text(r.authenticatorData),
			signature: text(r.signature),
			user: text(r.userHandle),
		};
		for (const name of Object.keys(values))
			if (form.elements[name])
				form.elements[name].value = values[name];
	}

	function say(form, words) {
		const place = form.querySelector("[data-says]");
		place.textContent = words;
		place.hidden = words === "";
	}

	async function run(form) {
		say(form, "");
		form.setAttribute("aria-busy", "true");
		try {
			const o = await ask(form);
			fill(form, await (form.dataset.passkey === "create" ? create(o) : get(o)));
			form.submit();
		} catch (e) {
			say(form, e.name === "InvalidStateError" && form.dataset.known
				? form.dataset.known : form.dataset.fails);
		} finally {
			form.removeAttribute("aria-busy");
		}
	}

	for (const form of document.querySelectorAll("form[data-passkey]")) {
		if (!window.PublicKeyCredential)
			say(form, form.dataset.lacks);
		form.addEventListener("submit", function (event) {
			event.preventDefault();
			run(form);
		});
	}
})();
