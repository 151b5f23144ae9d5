import assert from "node:assert/strict";
import { readAutoconfig } from "./read_autoconfig.ts";

const ADDRESS = "anna.rossi@veloce.example";

function config(servers: string, head = "<displayName>Mailbaan</displayName>"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="mailbaan.example">
<domain>veloce.example</domain>${head}${servers}
</emailProvider></clientConfig>`;
}

function incoming(fields: Readonly<Record<string, string>> = {}, type = "imap"): string {
  return server("incomingServer", type, {
    hostname: "imap.mailbaan.example",
    port: "993",
    socketType: "SSL",
    ...fields,
  });
}

function outgoing(fields: Readonly<Record<string, string>> = {}): string {
  return server("outgoingServer", "smtp", {
    hostname: "smtp.mailbaan.example",
    port: "465",
    socketType: "SSL",
    ...fields,
  });
}

function server(name: string, type: string, fields: Readonly<Record<string, string>>): string {
  const inside = Object.entries(fields).map(([tag, text]) => `<${tag}>${text}</${tag}>`).join("");
  return `<${name} type="${type}">${inside}</${name}>`;
}

Deno.test("readAutoconfig() reads servers, their names and who signs in", () => {
  const xml = config(
    incoming({ hostname: "pop.mailbaan.example" }, "pop3") +
      incoming({ username: "%EMAILLOCALPART%", authentication: "password-cleartext" }) +
      outgoing({ port: "587", socketType: "STARTTLS", username: "%EMAILADDRESS%" }),
  );

  assert.deepEqual(readAutoconfig(xml, ADDRESS), {
    label: "Mailbaan",
    imap: { host: "imap.mailbaan.example", port: 993, security: "tls", user: "anna.rossi" },
    smtp: { host: "smtp.mailbaan.example", port: 587, security: "starttls", user: ADDRESS },
    signIn: ["password"],
  });
});

Deno.test("readAutoconfig() prefers a server that encrypts from the start", () => {
  const xml = config(incoming({ port: "143", socketType: "STARTTLS" }) + incoming());

  assert.equal(readAutoconfig(xml, ADDRESS)?.imap.port, 993);
});

Deno.test("readAutoconfig() offers no password where only OAuth is taken", () => {
  const xml = config(incoming({ authentication: "OAuth2" }));

  assert.deepEqual(readAutoconfig(xml, ADDRESS)?.signIn, []);
});

Deno.test("readAutoconfig() fills the domain into host names", () => {
  const xml = config(incoming({ hostname: "imap.%EMAILDOMAIN%" }));

  assert.equal(readAutoconfig(xml, ADDRESS)?.imap.host, "imap.veloce.example");
});

for (
  const [what, xml] of [
    ["a page in place of the file", "<html><body>Not found</body></html>"],
    ["text that ends in the middle", config(incoming()).slice(0, 250)],
    ["servers that do not encrypt", config(incoming({ port: "143", socketType: "plain" }))],
    ["POP3 only", config(incoming({}, "pop3"))],
    ["a host that is none", config(incoming({ hostname: "imap mailbaan/../x" }))],
    ["an address as a host", config(incoming({ hostname: "127.1" }).replace("127.1", "-"))],
    ["a port that is none", config(incoming({ port: "99999" }))],
    ["a port in words", config(incoming({ port: "many" }))],
    ["a name of two lines", config(incoming({ username: "a\nb" }))],
    ["socket types of the prototype", config(incoming({ socketType: "constructor" }))],
  ] as const
) {
  Deno.test(`readAutoconfig() finds nothing in ${what}`, () => {
    assert.equal(readAutoconfig(xml, ADDRESS), null);
  });
}

Deno.test("readAutoconfig() shows a provider's name as one short line", () => {
  const head = `<displayName>Mail\u202e\n${"baan ".repeat(40)}</displayName>`;
  const label = readAutoconfig(config(incoming(), head), ADDRESS)?.label ?? "";

  assert.match(label, /^Mail baan baan/);
  assert.ok(label.length <= 60);
});
