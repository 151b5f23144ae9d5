// deno-lint-ignore-file parley/no-impure-globals -- runs at Cloudflare, which gives it no ports
// Cloudflare Email Routing → Parley. Deploy as a worker and route the address to it. Its variables:
// PARLEY_HOOK, the channel's webhook address, and PARLEY_SECRET (a secret), the channel's secret.
export default {
  async email(message, env) {
    const mail = new Uint8Array(await new Response(message.raw).arrayBuffer());
    const seconds = Math.floor(Date.now() / 1000);
    const start = new TextEncoder().encode(seconds + ".");
    const signed = new Uint8Array(start.length + mail.length);
    signed.set(start);
    signed.set(mail, start.length);
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const secret = new TextEncoder().encode(env.PARLEY_SECRET);
    const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
    const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
    const hex = Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const answer = await fetch(env.PARLEY_HOOK, {
      method: "POST",
      headers: {
        "Content-Type": "message/rfc822",
        "Parley-Signature": "t=" + seconds + ",v1=" + hex,
        "Parley-Envelope-From": message.from,
        "Parley-Envelope-To": message.to,
      },
      body: mail,
    });
    await answer.body?.cancel();
    if (answer.status === 413) return message.setReject("The mail is too large");
    // A throw is a temporary failure: the sender's mail server keeps the mail and tries again.
    if (!answer.ok) throw new Error("Parley answered " + answer.status);
  },
};
