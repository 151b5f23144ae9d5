import assert from "node:assert/strict";
import { providerOfDomain, providerOfMx, serversOf, signInHelp } from "./find_provider.ts";
import { MAIL_PROVIDERS } from "./mail_providers.ts";
import { MAIL_RELAYS } from "./relays.ts";

for (
  const [address, imap, smtp, users] of [
    ["a@gmail.com", "imap.gmail.com:993 tls", "smtp.gmail.com:465 tls", "a@gmail.com a@gmail.com"],
    [
      "a@firma.onmicrosoft.com",
      "outlook.office365.com:993 tls",
      "smtp.office365.com:587 starttls",
      null,
    ],
    ["a@hotmail.com", "outlook.office365.com:993 tls", "smtp-mail.outlook.com:587 starttls", null],
    ["a@yahoo.com", "imap.mail.yahoo.com:993 tls", "smtp.mail.yahoo.com:465 tls", null],
    ["a@aol.com", "imap.aol.com:993 tls", "smtp.aol.com:465 tls", null],
    ["a@icloud.com", "imap.mail.me.com:993 tls", "smtp.mail.me.com:587 starttls", "a a@icloud.com"],
    ["a@zoho.com", "imap.zoho.com:993 tls", "smtp.zoho.com:465 tls", null],
    ["a@zohomail.eu", "imap.zoho.eu:993 tls", "smtp.zoho.eu:465 tls", null],
    ["a@zohomail.in", "imap.zoho.in:993 tls", "smtp.zoho.in:465 tls", null],
    ["a@fastmail.com", "imap.fastmail.com:993 tls", "smtp.fastmail.com:465 tls", null],
    ["a@gmx.net", "imap.gmx.net:993 tls", "mail.gmx.net:465 tls", "a@gmx.net a@gmx.net"],
    ["a@gmx.com", "imap.gmx.com:993 tls", "mail.gmx.com:465 tls", null],
    ["a@web.de", "imap.web.de:993 tls", "smtp.web.de:465 tls", "a a"],
    ["a@t-online.de", "secureimap.t-online.de:993 tls", "securesmtp.t-online.de:465 tls", null],
    ["a@yandex.com", "imap.yandex.com:993 tls", "smtp.yandex.com:465 tls", null],
    ["a@mail.ru", "imap.mail.ru:993 tls", "smtp.mail.ru:465 tls", null],
    ["a@qq.com", "imap.qq.com:993 tls", "smtp.qq.com:465 tls", null],
    ["a@proton.me", "127.0.0.1:1143 starttls", "127.0.0.1:1025 starttls", null],
  ] as const
) {
  Deno.test(`serversOf() knows the servers of ${address}`, () => {
    const provider = providerOfDomain(address.slice(2));
    assert.ok(provider);
    const { imap: read, smtp: sends } = serversOf(provider, address);

    assert.equal(`${read.host}:${read.port} ${read.security}`, imap);
    assert.equal(`${sends?.host}:${sends?.port} ${sends?.security}`, smtp);
    if (users !== null) assert.equal(`${read.user} ${sends?.user}`, users);
  });
}

Deno.test("providerOfMx() knows where a domain's mail really goes", () => {
  const label = (...hosts: string[]) => providerOfMx(hosts)?.label;

  assert.equal(label("aspmx.l.google.com", "alt1.aspmx.l.google.com"), "Google");
  assert.equal(label("smtp.google.com"), "Google");
  assert.equal(label("veloce-example.mail.protection.outlook.com"), "Microsoft 365");
  assert.equal(label("outlook-com.olc.protection.outlook.com"), "Outlook.com");
  assert.equal(label("in1-smtp.messagingengine.com"), "Fastmail");
  assert.equal(label("mx.zoho.eu"), "Zoho (Europe)");
  assert.equal(label("mx01.mail.icloud.com"), "iCloud");
  assert.equal(label("mail.veloce.example"), undefined);
  assert.equal(label("google.com.attacker.example"), undefined);
  assert.equal(label("notgoogle.com"), undefined);
});

Deno.test("signInHelp() says what a provider or relay wants in place of a password", () => {
  const hosts = [
    "imap.gmail.com",
    "smtp.sendgrid.net",
    "smtp.postmarkapp.com",
    "smtp.mailgun.org",
    "smtp.eu.mailgun.org",
    "email-smtp.eu-west-1.amazonaws.com",
    "smtp-relay.brevo.com",
    "smtp.resend.com",
    "in-v3.mailjet.com",
  ];

  for (const host of hosts) assert.ok(signInHelp({ host, port: 465 })?.text, host);
  assert.equal(signInHelp({ host: "imap.veloce.example", port: 993 }), null);
  assert.equal(signInHelp({ host: "email-smtp.a.b.amazonaws.com", port: 465 }), null);
  assert.match(signInHelp({ host: "127.0.0.1", port: 1143 })?.text ?? "", /Bridge/);
  assert.equal(signInHelp({ host: "127.0.0.1", port: 143 }), null);
});

Deno.test("MAIL_PROVIDERS and MAIL_RELAYS name hosts and domains in lower case, each domain once", () => {
  const domains = MAIL_PROVIDERS.flatMap((one) => one.domains);

  assert.equal(new Set(domains).size, domains.length);
  for (const { domains, mx, imap, smtp, signIn } of MAIL_PROVIDERS) {
    for (const name of [...domains, ...mx, imap.host, smtp.host]) {
      assert.match(name, /^[a-z0-9.-]+$/);
    }
    assert.ok(signIn.length > 0);
  }
  for (const { host, ports } of MAIL_RELAYS) {
    assert.match(host, /^[a-z0-9.*-]+$/);
    assert.ok(ports.every((port) => [465, 587, 2525].includes(port)));
  }
});
