/** A mailbox is tried as its settings page does: against a real IMAP server and a real SMTP server. */
import assert from "node:assert/strict";
import { fakeDns, type Zone } from "../../../tests/fakes/dns.ts";
import { deliverHere, type DeliverHereOptions } from "../../../tests/fakes/deliver_here.ts";
import { type Dovecot, hasDovecot, openDovecot, SUPPORT } from "../../../tests/fakes/dovecot.ts";
import { openMailServer } from "../../../tests/fakes/mail_server.ts";
import type { ChannelView, Io, SetupAsk, SetupStep } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { fakeChannel, fakeIo } from "../fake_channel.ts";
import { ImapInbound } from "../inbound_imap/mod.ts";
import { apiChannel, openProvider } from "../outbound_api/fixtures/fake_provider.ts";
import { testSetup } from "./test_setup.ts";

function test(name: string, run: (dovecot: Dovecot) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !hasDovecot(),
    async fn() {
      await using dovecot = await openDovecot();
      await run(dovecot);
    },
  });
}

interface TryOptions {
  readonly io?: Partial<Io>;
  readonly ask?: Partial<SetupAsk>;
}

/** Runs a test on a clock that moves a second with each wait; a wait is a moment of real time. */
async function tried(
  channel: ChannelView<EmailConfig>,
  { io = {}, ask = {} }: TryOptions = {},
): Promise<readonly SetupStep[]> {
  let at = Date.UTC(2026, 2, 2, 12);
  let count = 0;
  const news = testSetup(
    channel,
    fakeIo({
      now: () => at,
      random: { bytes: (length) => new Uint8Array(length).fill(++count) },
      ...io,
    }),
    {
      isWhole: true,
      hasArrived: () => Promise.resolve(false),
      async wait(ms) {
        at += ms;
        await new Promise((resolve) => setTimeout(resolve, 20));
      },
      ...ask,
    },
  );
  const steps: SetupStep[] = [];
  let begun = "";
  for await (const one of news) {
    if (one.kind === "begins") begun = one.title;
    else steps.push(one.step);
  }
  assert.ok(begun === "" || steps.length > 0);
  return steps;
}

function words(steps: readonly SetupStep[]): readonly string[] {
  return steps.map(({ title, ok, isWarning }) =>
    `${title}: ${isWarning ? "warning" : ok ? "ok" : "failed"}`
  );
}

/** A mailbox whose mail comes and goes by the two servers. */
async function roundTrip(
  dovecot: Dovecot,
  options: Partial<DeliverHereOptions> = {},
  config: Partial<EmailConfig> = {},
) {
  await using server = await deliverHere(dovecot, {
    mailboxOf: (local) => local.split("+")[0] === "support" ? "support" : null,
    ...options,
  });
  const channel = mailbox(dovecot.port, server.port, config);
  return await tried(channel);
}

function mailbox(imapPort: number, smtpPort: number, config: Partial<EmailConfig> = {}) {
  const { name: user, password } = SUPPORT;
  const inbound = {
    kind: "imap",
    host: "127.0.0.1",
    port: imapPort,
    security: "none",
    user,
    password,
  };
  return fakeChannel({ inbound: ImapInbound.parse(inbound), ...config }, smtpPort);
}

test("testSetup() lets a mail make the round, and finds that reply codes work", async (dovecot) => {
  await dovecot.deliver("support", "Subject: before\r\n\r\nx");
  const steps = await roundTrip(dovecot);

  assert.deepEqual(words(steps), [
    "Find the servers: ok",
    "Sign in to read: ok",
    "Connect to send: ok",
    "Send a message to yourself: ok",
    "See it come back: ok",
    "Reply codes in the address: ok",
    "Your domain says who may send: warning",
  ]);
  assert.match(steps[1]?.detail ?? "", /^1 mail in INBOX/);
  assert.equal(steps[5]?.change, undefined);
  const flags = await dovecot.doveadm("fetch", "-u", "support", "flags", "mailbox", "INBOX");
  assert.doesNotMatch(flags, /Seen/);
});

test("testSetup() offers reply codes to a mailbox that does without them", async (dovecot) => {
  const steps = await roundTrip(dovecot, {}, { replyCodes: false });

  assert.deepEqual(steps[5]?.change?.config, { replyCodes: true });
});

test("testSetup() finds servers that refuse reply codes, and those that lose such mail", async (dovecot) => {
  const plain = (local: string) => local === "support" ? "support" : null;
  const refused = await roundTrip(dovecot, { mailboxOf: plain });
  const lost = await roundTrip(dovecot, {
    folderOf: (raw) => /^To: .*\+r\./m.test(raw) ? null : "INBOX",
  });
  const known = await roundTrip(dovecot, { mailboxOf: plain }, { replyCodes: false });

  for (const steps of [refused, lost]) {
    assert.equal(words(steps)[5], "Reply codes in the address: warning");
    assert.deepEqual(steps[5]?.change?.config, { replyCodes: false });
  }
  assert.match(refused[5]?.detail ?? "", /was refused: .*No such mailbox/);
  assert.match(lost[5]?.detail ?? "", /did not come/);
  assert.equal(words(known)[5], "Reply codes in the address: ok");
  assert.equal(known[5]?.change, undefined);
});

test("testSetup() does not wait for ever for a mail that was swallowed, nor take the mailbox for broken", async (dovecot) => {
  const steps = await roundTrip(dovecot, { folderOf: () => null });

  assert.equal(words(steps)[4], "See it come back: failed");
  assert.equal(steps[4]?.isPassing, true);
  assert.match(steps[4]?.detail ?? "", /within 30 seconds/);
  assert.equal(words(steps)[5], "Your domain says who may send: warning");
});

test("testSetup() says where a mail went that was taken for spam", async (dovecot) => {
  await dovecot.doveadm("mailbox", "create", "-u", "support", "Junk");
  const steps = await roundTrip(dovecot, { folderOf: () => "Junk" });

  assert.equal(words(steps)[4], "See it come back: failed");
  assert.match(steps[4]?.detail ?? "", /folder Junk/);
});

test("testSetup() tells wrong passwords apart, says what the provider wants and asks for them", async (dovecot) => {
  await using server = await deliverHere(dovecot, {
    mailboxOf: () => "support",
    login: { user: "apikey", password: "right" },
  });
  const outbound = {
    kind: "smtp",
    host: "smtp.sendgrid.net",
    port: server.port,
    security: "none",
    user: "support",
    password: "wrong-to-send",
  } as const;
  const inbound = ImapInbound.parse({
    kind: "imap",
    host: "127.0.0.1",
    port: dovecot.port,
    security: "none",
    user: "support",
    password: "wrong-to-read",
  });
  const steps = await tried(mailbox(dovecot.port, server.port, { inbound, outbound }));

  assert.deepEqual(words(steps).slice(1, 3), [
    "Sign in to read: failed",
    "Sign in to send: failed",
  ]);
  assert.deepEqual(steps[1]?.asks?.paths, ["inbound.password"]);
  assert.equal(steps[1]?.help, undefined);
  assert.deepEqual(steps[2]?.asks?.paths, ["outbound.password"]);
  assert.match(steps[2]?.help?.text ?? "", /apikey/);
  assert.match(steps[2]?.detail ?? "", /5\.7\.8 Not accepted/);
  assert.doesNotMatch(JSON.stringify(steps), /wrong-to/);
  assert.equal(steps.length, 4, "nothing is sent");
});

test("testSetup() asks once for a password that both servers refuse", async (dovecot) => {
  const login = { user: "support", password: "right" };
  await using server = await deliverHere(dovecot, { mailboxOf: () => "support", login });
  const wrong = {
    host: "127.0.0.1",
    security: "none",
    user: "support",
    password: "wrong",
  } as const;
  const inbound = ImapInbound.parse({ ...wrong, kind: "imap", port: dovecot.port });
  const outbound = { ...wrong, kind: "smtp", port: server.port } as const;
  const steps = await tried(mailbox(dovecot.port, server.port, { inbound, outbound }));

  assert.deepEqual(steps.map(({ asks }) => asks?.paths), [
    undefined,
    ["inbound.password", "outbound.password"],
    undefined,
    undefined,
  ]);
});

test("testSetup() tells of a folder that is not there", async (dovecot) => {
  await using server = await openMailServer();
  const { inbound } = mailbox(dovecot.port, server.port).config;
  assert.equal(inbound.kind, "imap");
  const config = { inbound: { ...inbound, folder: "Nowhere" } };
  const steps = await tried(mailbox(dovecot.port, server.port, config));

  assert.deepEqual(words(steps).slice(1, 3), [
    "Sign in to read: ok",
    "Open the folder Nowhere: failed",
  ]);
});

test("testSetup() ends when it is given up", async (dovecot) => {
  await using server = await deliverHere(dovecot, {
    mailboxOf: () => "support",
    folderOf: () => null,
  });
  const ending = new AbortController();
  const ask = {
    wait() {
      ending.abort(new Error("gone"));
      return Promise.reject(ending.signal.reason);
    },
  };
  const io = { signal: ending.signal };

  await assert.rejects(tried(mailbox(dovecot.port, server.port), { io, ask }), /gone/);
});

Deno.test("testSetup() tells of a server it cannot reach, and of a way out that is not there", async () => {
  const nowhere = await tried(fakeChannel({}, 1), {
    ask: { isWhole: false },
    io: { connect: (host) => Promise.resolve({ ok: false, reason: `"${host}" leads nowhere` }) },
  });
  const silent = await tried(fakeChannel({}, 1), { ask: { isWhole: false } });
  const none = await tried(fakeChannel({ outbound: { kind: "system" } }), {
    ask: { isWhole: false },
  });

  assert.deepEqual(words(nowhere), [
    "Find the servers: failed",
    "Incoming mail: ok",
    "Connect to send: failed",
  ]);
  assert.equal(words(silent).at(-1), "Connect to send: failed");
  assert.match(none[0]?.detail ?? "", /PARLEY_SMTP_URL/);
});

Deno.test("testSetup() looks for what others bring in the journal", async () => {
  await using server = await openMailServer();
  const asked: string[] = [];
  const hasArrived = (id: string) => {
    asked.push(id);
    return Promise.resolve(asked.length > 2);
  };
  const steps = await tried(fakeChannel({}, server.port), { ask: { hasArrived } });

  assert.equal(words(steps).at(-3), "See it come back: ok");
  assert.equal(words(steps).at(-2), "Reply codes in the address: ok");
  assert.deepEqual(
    server.received.map(({ to }) => to[0]?.replace(/\+r\.[a-z0-9]+\.[a-z2-7]+/, "+code")),
    [
      "support@veloce.example",
      "support+code@veloce.example",
    ],
  );
  const raw = new TextDecoder().decode(server.received[0]?.raw);
  assert.match(raw, /^Auto-Submitted: auto-generated/m);
});

for (
  const [zone, outcome] of [
    [{}, "SPF and DMARC are missing"],
    [{ "veloce.example TXT": ["google-site=1", "v=spf1 -all"] }, "SPF found, DMARC missing"],
    [{ "_dmarc.veloce.example TXT": ["v=DMARC1; p=none"] }, "DMARC found, SPF missing"],
    [
      {
        "veloce.example TXT": ["v=spf1 -all"],
        "_dmarc.veloce.example TXT": ["v=DMARC1; p=reject"],
      },
      "SPF and DMARC found",
    ],
    [{ "veloce.example TXT": "timeout" }, null],
  ] as [Zone, string | null][]
) {
  Deno.test(`testSetup() says of a domain: ${outcome ?? "nothing, when nobody knows"}`, async () => {
    await using server = await openMailServer();
    const steps = await tried(fakeChannel({}, server.port), {
      io: { dns: fakeDns(zone) },
      ask: { hasArrived: () => Promise.resolve(true) },
    });
    const step = steps.find(({ title }) => title === "Your domain says who may send");

    assert.equal(step?.detail.startsWith(outcome ?? "x") ?? null, outcome === null ? null : true);
    assert.equal(
      step?.code !== undefined,
      outcome?.includes("DMARC missing") || outcome?.includes("are missing") || false,
    );
  });
}

Deno.test("testSetup() sends its mails by the mail service that replies leave by", async () => {
  await using service = openProvider(() => Response.json({ ErrorCode: 0, MessageID: "1" }));
  const ask = { hasArrived: () => Promise.resolve(true) };
  const steps = await tried(apiChannel("postmark", service.baseUrl), { ask, io: { fetch } });

  assert.deepEqual(words(steps).slice(1, 5), [
    "Sign in to Postmark: ok",
    "Send a message to yourself: ok",
    "See it come back: ok",
    "Reply codes in the address: ok",
  ]);
  assert.deepEqual(service.received.map(({ path }) => path), ["/server", "/email", "/email"]);
});

Deno.test("testSetup() tells what refused the mail to oneself, and waits for none", async () => {
  await using server = await openMailServer();
  server.mood = { kind: "refuses", code: 554, message: "5.7.1 Not from here" };
  const steps = await tried(fakeChannel({}, server.port));

  assert.equal(words(steps)[3], "Send a message to yourself: failed");
  assert.equal(steps[3]?.isPassing, undefined);
  assert.match(steps[3]?.detail ?? "", /Not from here/);
  server.mood = { kind: "refuses", code: 451, message: "4.7.1 Greylisted" };
  assert.equal((await tried(fakeChannel({}, server.port)))[3]?.isPassing, true);
});

Deno.test("testSetup() says where mail is to be forwarded, and to set that up when nothing came", async () => {
  await using server = await openMailServer();
  const channel = fakeChannel({ inbound: { kind: "receiver" } }, server.port);
  const steps = await tried(channel, { io: { receiver: { domain: "in.veloce.example" } } });
  const own = await tried(fakeChannel({ inbound: { kind: "receiver" } }, server.port), {
    io: { receiver: { domain: "veloce.example" } },
    ask: { isWhole: false },
  });
  const none = await tried(channel, { ask: { isWhole: false } });

  assert.equal(steps[1]?.detail, "Forward support@veloce.example to this address");
  assert.match(steps[1]?.code ?? "", /^f\..+@in\.veloce\.example$/);
  assert.match(steps.find(({ ok }) => !ok)?.detail ?? "", /forwarded here, then test again/);
  assert.match(own[1]?.detail ?? "", /takes mail to support@veloce\.example itself/);
  assert.equal(words(none)[1], "Incoming mail: failed");
});
