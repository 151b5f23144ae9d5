/** Mail fetched over TLS and STARTTLS from a real Dovecot, whose certificate nobody public has signed. */
import assert from "node:assert/strict";
import { fakeChannel, fakeIo } from "../../adapters/email/fake_channel.ts";
import { mailOf } from "../../adapters/email/inbound_imap/fake_mailbox.ts";
import { ImapInbound, pollImap } from "../../adapters/email/inbound_imap/mod.ts";
import { sendMail } from "../../adapters/email/send_mail.ts";
import { EmailConfig } from "../../adapters/email/config.ts";
import { hasDovecot, openDovecot, SUPPORT } from "../fakes/dovecot.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import { REPLY } from "../../adapters/email/outbound_api/fixtures/fake_provider.ts";

const fixture = (name: string) =>
  Deno.readTextFileSync(new URL(`../../adapters/email/fixtures/${name}`, import.meta.url));
const CA = fixture("localhost_ca.pem");

for (const [security, tls] of [["tls", "implicit"], ["starttls", "required"]] as const) {
  Deno.test({
    name:
      `Dovecot over ${security}: the mailbox's own authority is trusted, no other and no other name`,
    ignore: !hasDovecot(),
    async fn() {
      await using dovecot = await openDovecot({ tls });
      await dovecot.deliver("support", mailOf("a"));
      const poll = async (more: Readonly<Record<string, string>>) => {
        const inbound = ImapInbound.parse({
          kind: "imap",
          host: "localhost",
          port: dovecot.port,
          security,
          user: SUPPORT.name,
          password: SUPPORT.password,
          days: 30,
          ...more,
        });
        const opened = await pollImap.open(
          fakeChannel({ inbound }),
          fakeIo({ now: () => Date.now() }),
        );
        if (!opened.ok) return opened;
        try {
          const { signal } = new AbortController();
          const isKnown = () => Promise.resolve(new Set<string>());
          return await opened.value.poll(null, { signal, isKnown });
        } finally {
          await opened.value.close();
        }
      };

      const found = await poll({ ca: CA });
      assert.ok(found.ok, JSON.stringify(found));
      assert.equal(found.value.deliveries.length, 1);

      const untrusted = await poll({});
      assert.ok(!untrusted.ok);
      assert.equal(untrusted.error.code, "config");
      assert.match(untrusted.error.message, /^No authority that this machine trusts/);
      const misnamed = await poll({ ca: CA, host: "imap.veloce.example" });
      assert.ok(!misnamed.ok);
      assert.equal(misnamed.error.code, "config");
      assert.match(misnamed.error.message, /not valid for its name/);
    },
  });
}

for (const security of ["tls", "starttls"] as const) {
  Deno.test(`a reply leaves over ${security} by a server of one's own authority, and not without it`, async () => {
    await using server = await openMailServer({
      secure: security === "tls",
      disabledCommands: ["AUTH"],
      key: fixture("localhost_key.pem"),
      cert: fixture("localhost_cert.pem"),
    });
    const send = async (more: Readonly<Record<string, string>>) => {
      const outbound = { kind: "smtp", host: "localhost", port: server.port, security, ...more };
      const { config } = fakeChannel();
      const channel = { ...fakeChannel(), config: EmailConfig.parse({ ...config, outbound }) };
      return await sendMail(REPLY, channel, fakeIo());
    };

    assert.ok((await send({ ca: CA })).ok);
    const untrusted = await send({});
    assert.ok(!untrusted.ok);
    assert.equal(untrusted.error.code, "config");
    assert.match(untrusted.error.message, /^No authority that this machine trusts/);
    assert.equal(server.received.length, 1);
  });
}

Deno.test("an authority is certificates, and nothing else", () => {
  const parse = (ca: string) =>
    ImapInbound.safeParse({ kind: "imap", host: "x.example", user: "u", password: "p", ca });

  assert.ok(parse(CA).success);
  assert.ok(parse(`${CA}\n${CA}`).success);
  const key = fixture("localhost_key.pem");
  for (const wrong of ["", "x", key, `${CA}${key}`, CA.replace(/[A-Za-z]{20}/, "")]) {
    assert.ok(!parse(wrong).success, wrong.slice(0, 30));
  }
});
