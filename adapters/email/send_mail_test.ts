import assert from "node:assert/strict";
import type { SMTPServerOptions } from "smtp-server";
import {
  type MailServer,
  openMailServer,
  type ReceivedMail,
} from "../../tests/fakes/mail_server.ts";
import type { Io, MessageEvent, OutboundPart } from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";
import { deliveryOf, fakeChannel, fakeIo, textOf } from "./fake_channel.ts";
import { parseMail } from "./parse_mail.ts";
import { sendMail } from "./send_mail.ts";
import { createSystemMailer } from "./system_mailer.ts";

const PART: OutboundPart = {
  outboxId: "msg_0001abcd",
  conversationId: "cnv_0001efgh",
  conversationNumber: 7,
  createdAt: 0,
  index: 0,
  recipient: {
    contactId: "con_1",
    name: "Giulia Ferrari",
    identities: [{ kind: "email", value: "giulia@posta.example" }],
  },
  authorName: "Nora",
  text: "Ciao Giulia,\nwe look at it.",
  attachments: [],
};
const MAIL_FIELDS = {
  to: [{ name: "Giulia Ferrari", address: "giulia@posta.example" }],
  cc: [],
  bcc: [],
  subject: "Re: La bici è rotta",
  inReplyTo: "one@posta.example",
  references: ["zero@posta.example", "one@posta.example"],
};

/** Runs with a real SMTP server on this machine. */
async function withServer(
  options: SMTPServerOptions,
  run: (server: MailServer) => Promise<void>,
): Promise<void> {
  await using server = await openMailServer(options);
  await run(server);
}

const send = (
  port: number,
  part: Partial<OutboundPart> = {},
  config: Partial<EmailConfig> = {},
  io: Partial<Io> = {},
) => sendMail({ ...PART, email: MAIL_FIELDS, ...part }, fakeChannel(config, port), fakeIo(io));

/** The mail as the mailbox that gets it reads it. */
async function readBack({ raw }: ReceivedMail): Promise<MessageEvent> {
  const channel = fakeChannel({ address: "giulia@posta.example" });
  const io = fakeIo({ verifyTag: () => Promise.resolve(false) });
  const [event] = await parseMail(deliveryOf(raw), channel, io);
  if (event?.type !== "message") throw new Error(`Expected a message, got ${event?.type}`);
  return event;
}

Deno.test("sendMail() sends a mail whose headers, bodies and files come back as they were", async () => {
  await withServer({}, async ({ port, received }) => {
    const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
    const result = await send(port, {
      html: '<p>Ciao <b>Giulia</b> <img src="cid:pic@x"></p>',
      attachments: [
        {
          id: "att_1",
          name: "pic.png",
          type: "image/png",
          size: 8,
          contentId: "pic@x",
          bytes: () => Promise.resolve(png),
          publicUrl: () => Promise.resolve(null),
        },
        {
          id: "att_2",
          name: "Größe – 你好.txt",
          type: "text/plain",
          size: 2,
          bytes: () => Promise.resolve(new Uint8Array([104, 105])),
          publicUrl: () => Promise.resolve(null),
        },
      ],
      email: {
        ...MAIL_FIELDS,
        cc: [{ name: "", address: "ana@x.example" }],
        bcc: [{ name: "", address: "hidden@x.example" }],
      },
    }, { signature: "Veloce Srl\nMilano" });

    assert.ok(result.ok);
    const [mail] = received;
    assert.ok(mail);
    assert.equal(mail.from, "support@veloce.example");
    assert.deepEqual(mail.to, ["giulia@posta.example", "ana@x.example", "hidden@x.example"]);
    const head = new TextDecoder().decode(mail.raw).split("\r\n\r\n")[0] ?? "";
    assert.doesNotMatch(head, /hidden@|Auto-Submitted/);
    const event = await readBack(mail);
    assert.equal(event.externalId, result.value.externalId);
    assert.match(event.externalId, /^m\.msg_0001abcd\.0001efgh\.[a-z2-7]{16}@veloce\.example$/);
    assert.deepEqual(event.email?.from, {
      name: "Nora (Veloce)",
      address: "support@veloce.example",
    });
    assert.match(
      event.email?.replyTo[0]?.address ?? "",
      /^support\+r\.0001efgh\.[a-z2-7]{16}@veloce\.example$/,
    );
    assert.equal(event.email?.inReplyTo, "one@posta.example");
    assert.deepEqual(event.email?.references, MAIL_FIELDS.references);
    assert.equal(event.subject, "Re: La bici è rotta");
    assert.equal(textOf(event), "Ciao Giulia,\nwe look at it.\n\n-- \nVeloce Srl\nMilano");
    const [body, ...files] = event.parts;
    assert.match(
      body?.kind === "text" ? body.html ?? "" : "",
      /Ciao <b>Giulia<\/b>[\s\S]*Veloce Srl<br>/,
    );
    assert.deepEqual(
      files.map((file) =>
        file.kind === "media" && [file.name, file.type, file.contentId, file.bytes?.length]
      ),
      [["pic.png", "image/png", "pic@x", 8], ["Größe – 你好.txt", "text/plain", undefined, 2]],
    );
  });
});

Deno.test("a reply to what sendMail() sent finds its conversation by address, by header, and by either alone", async () => {
  await withServer({}, async ({ port, received }) => {
    await send(port);
    const [mail] = received;
    assert.ok(mail);
    const sent = await readBack(mail);
    const to = sent.email?.replyTo[0]?.address ?? "";
    const answers: readonly (readonly string[])[] = [
      [`To: ${to}`],
      ["To: support@veloce.example", `In-Reply-To: <${sent.externalId}>`],
      ["To: support@veloce.example", `References: <${sent.externalId}>`],
    ];

    for (const headers of answers) {
      const answer = ["From: giulia@posta.example", ...headers, "", "Grazie"].join("\r\n");
      const [event] = await parseMail(deliveryOf(answer), fakeChannel(), fakeIo());
      assert.ok(event?.type === "message");
      const found = event.hints.filter(({ by }) => by === "conversation");
      assert.deepEqual(found.map((hint) => hint.by === "conversation" && hint.conversationId), [
        "cnv_0001efgh",
      ]);
    }
  });
});

Deno.test("sendMail() sends the same Message-ID again when it is tried again", async () => {
  await withServer({}, async ({ port }) => {
    const [first, second] = [await send(port), await send(port)];

    assert.ok(first.ok && second.ok);
    assert.equal(first.value.externalId, second.value.externalId);
  });
});

Deno.test("sendMail() lets nothing break out of a header", async () => {
  await withServer({}, async ({ port, received }) => {
    const evil = "x\r\nBcc: victim@x.example\r\n\r\nbody";
    const result = await send(port, {
      authorName: evil,
      email: { ...MAIL_FIELDS, subject: evil, inReplyTo: evil, references: [evil, "ok@x"] },
      attachments: [{
        id: "att_1",
        name: evil,
        type: "text/plain",
        size: 1,
        bytes: () => Promise.resolve(new Uint8Array(1)),
        publicUrl: () => Promise.resolve(null),
      }],
    });

    assert.ok(result.ok);
    const [mail] = received;
    assert.ok(mail);
    const head = new TextDecoder().decode(mail.raw).split("\r\n\r\n")[0] ?? "";
    assert.doesNotMatch(head, /^Bcc:/im);
    assert.deepEqual(mail.to, ["giulia@posta.example"]);
    assert.deepEqual((await readBack(mail)).email?.references, ["ok@x"]);

    const address = "a@x.example>\r\nRCPT TO:<victim@x.example";
    const refused = await send(port, { email: { ...MAIL_FIELDS, to: [{ name: "", address }] } });
    assert.equal(!refused.ok && refused.error.code, "rejected");
    assert.equal(received.length, 1);
  });
});

Deno.test("sendMail() refers to the first and the latest mails of a long thread, in a header servers take", async () => {
  const references = Array.from({ length: 60 }, (_, i) => `r${i}.${"x".repeat(80)}@posta.example`);
  await withServer({}, async ({ port, received }) => {
    assert.ok((await send(port, { email: { ...MAIL_FIELDS, references } })).ok);

    const [mail] = received;
    assert.ok(mail);
    const head = new TextDecoder().decode(mail.raw).split("\r\n\r\n")[0] ?? "";
    const value = /^References:((?:.*|\r\n[ \t])*)/m.exec(head.replace(/\r\n[ \t]+/g, " "))?.[1] ??
      "";
    const sent = value.match(/<[^>]+>/g)?.map((id) => id.slice(1, -1)) ?? [];
    assert.ok(value.length <= 1_600, `${value.length}`);
    assert.equal(sent[0], references[0]);
    assert.deepEqual(sent.slice(1), references.slice(1 - sent.length));
    assert.ok(sent.length > 5);
  });
});

Deno.test("sendMail() leaves out the reply code where it is turned off", async () => {
  await withServer({}, async ({ port, received }) => {
    await send(port, {}, { replyCodes: false });

    assert.ok(received[0]);
    assert.deepEqual((await readBack(received[0])).email?.replyTo, []);
  });
});

Deno.test("sendMail() tells what the server's refusals mean", async () => {
  const refusal = (message: string, responseCode: number) =>
    Object.assign(new Error(message), { responseCode });
  await withServer({
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith("unknown")) return callback(refusal("5.1.1 no such user", 550));
      if (address.startsWith("later")) return callback(refusal("4.3.0 later", 451));
      callback();
    },
    onMailFrom({ address }, _session, callback) {
      callback(address.startsWith("other") ? refusal("5.7.1 not yours", 553) : null);
    },
  }, async ({ port }) => {
    const to = (address: string) => ({ email: { ...MAIL_FIELDS, to: [{ name: "", address }] } });
    const code = async (part: Partial<OutboundPart>, config: Partial<EmailConfig> = {}) => {
      const result = await send(port, part, config);
      return result.ok ? "sent" : result.error.code;
    };

    assert.equal(await code(to("unknown@x.example")), "recipient_unreachable");
    assert.equal(await code(to("later@x.example")), "unavailable");
    assert.equal(await code({}, { address: "other@veloce.example" }), "permission");
    const copy = { email: { ...MAIL_FIELDS, cc: [{ name: "", address: "unknown@x.example" }] } };
    assert.equal(await code(copy), "sent", "the copy alone was refused");
  });
});

Deno.test("sendMail() knows the Message-ID that Amazon and Microsoft write over ours", async () => {
  const id = "0102018F5C3C0A4F-1b2c3d4e-0000";
  const table: readonly [host: string, reply: string, alias: string | null][] = [
    [
      "email-smtp.eu-west-1.amazonaws.com",
      `Ok ${id}`,
      `${id.toLowerCase()}@eu-west-1.amazonses.com`,
    ],
    ["email-smtp.us-east-1.amazonaws.com", `Ok ${id}`, `${id.toLowerCase()}@email.amazonses.com`],
    ["mail.veloce.example", `Ok ${id}`, null],
    [
      "smtp.office365.com",
      "2.0.0 OK <AB1.CD@AB1P.eurp1.prod.outlook.com> [Hostname=AB1P]",
      "AB1.CD@AB1P.eurp1.prod.outlook.com",
    ],
    ["mail.veloce.example", "2.0.0 OK <x@evil.example>", null],
    ["mail.veloce.example", "queued", null],
  ];
  let reply = "";
  await withServer({
    onData(stream, _session, callback) {
      stream.resume();
      stream.on("end", () => callback(null, reply));
    },
  }, async ({ port }) => {
    for (const [host, words, alias] of table) {
      reply = words;
      const outbound = { kind: "smtp", host, port, security: "none" } as const;
      const result = await send(port, {}, { outbound });

      assert.ok(result.ok);
      assert.deepEqual(result.value.aliases, alias === null ? undefined : [alias], words);
      assert.match(result.value.externalId ?? "", /@veloce\.example$/);
    }
  });
});

Deno.test("sendMail() writes from and back to the addresses that the settings name", async () => {
  await withServer({}, async ({ port, received }) => {
    const fromAddress = "sales@veloce.example";
    assert.ok((await send(port, {}, { fromAddress, replyTo: "hello@veloce.example" })).ok);
    assert.ok((await send(port, {}, { fromAddress, replyCodes: false })).ok);

    const mails = await Promise.all(received.map(readBack));
    assert.deepEqual(mails.map((mail) => mail.email?.from?.address), [fromAddress, fromAddress]);
    assert.deepEqual(
      mails.map((mail) => mail.email?.replyTo.map(({ address }) => address)),
      [["hello@veloce.example"], ["support@veloce.example"]],
    );
  });
});

Deno.test("sendMail() says whom the server refused, and which addresses are wrong", async () => {
  const answers: Readonly<Record<string, readonly [message: string, code: number]>> = {
    gone: ["5.1.1 no such user", 550],
    moved: ["5.1.10 null MX", 556],
    vague: ["User unknown", 550],
    full: ["5.2.2 mailbox full", 552],
    busy: ["4.2.0 greylisted", 450],
    relay: ["5.7.1 not for us", 550],
    odd: ["5.1.0 sender rejected", 550],
  };
  await withServer({
    onRcptTo({ address }, _session, callback) {
      const [message, responseCode] = answers[address.split("@")[0] ?? ""] ?? [];
      callback(message === undefined ? null : Object.assign(new Error(message), { responseCode }));
    },
  }, async ({ port, received }) => {
    const cc = Object.keys(answers).map((name) => ({ name: "", address: `${name}@x.example` }));
    const result = await send(port, { email: { ...MAIL_FIELDS, cc } });

    assert.ok(result.ok);
    assert.equal(received.length, 1);
    const bad = result.value.refused?.filter(({ isAddressBad }) => isAddressBad);
    assert.deepEqual(
      bad?.map(({ address }) => address),
      ["gone@x.example", "moved@x.example", "vague@x.example"],
    );
    assert.equal(bad?.[0]?.error.provider, "5.1.1 550 no such user");
    assert.deepEqual(
      result.value.refused?.filter(({ isAddressBad }) => !isAddressBad)
        .map(({ address, error }) => `${address} ${error.code}`),
      [
        "full@x.example recipient_unreachable",
        "busy@x.example unavailable",
        "relay@x.example policy_blocked",
        "odd@x.example rejected",
      ],
    );

    const only = (name: string) => ({
      email: { ...MAIL_FIELDS, to: [{ name: "", address: `${name}@x.example` }] },
    });
    const failed = await send(port, only("gone"));
    assert.ok(!failed.ok);
    assert.equal(failed.error.code, "recipient_unreachable");
    assert.equal(failed.error.refused?.[0]?.isAddressBad, true);
  });
});

Deno.test("sendMail() hears what is said of an address when the mail is handed over, not what is said of us", async () => {
  let answer = ["5.1.1 no such user", 550] as const as readonly [string, number];
  await withServer({
    onMailFrom(_address, _session, callback) {
      callback(
        answer[0].startsWith("From")
          ? Object.assign(new Error(answer[0]), { responseCode: 550 })
          : null,
      );
    },
    onData(stream, _session, callback) {
      stream.resume();
      stream.on(
        "end",
        () => callback(Object.assign(new Error(answer[0]), { responseCode: answer[1] })),
      );
    },
  }, async ({ port }) => {
    const isBad = async (part: Partial<OutboundPart> = {}) => {
      const result = await send(port, part);
      return !result.ok && (result.error.refused ?? []).some((one) => one.isAddressBad);
    };

    assert.equal(await isBad(), true);
    const cc = [{ name: "", address: "other@x.example" }];
    assert.equal(await isBad({ email: { ...MAIL_FIELDS, cc } }), false, "which of the two?");
    answer = ["no such user", 550];
    assert.equal(await isBad(), false, "the words alone may be about anything");
    answer = ["From: unknown user", 550];
    assert.equal(await isBad(), false);
  });
});

Deno.test("sendMail() signs in, and says so when it may not", async () => {
  await withServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      const isRight = username === "nora" && password === "geheim";
      callback(isRight ? null : new Error("no"), { user: username ?? "" });
    },
  }, async ({ port, received }) => {
    const outbound = {
      kind: "smtp",
      host: "mail.x.example",
      port,
      security: "none",
      user: "nora",
    } as const;

    assert.ok((await send(port, {}, { outbound: { ...outbound, password: "geheim" } })).ok);
    const wrong = await send(port, {}, { outbound: { ...outbound, password: "wrong" } });
    assert.equal(!wrong.ok && wrong.error.code, "unauthorized");
    assert.doesNotMatch(JSON.stringify(wrong), /wrong/);
    assert.equal(received.length, 1);
  });
});

Deno.test("sendMail() never goes on in the clear when encryption is asked for", async () => {
  await withServer({}, async ({ port, received }) => {
    const outbound = { kind: "smtp", host: "localhost", port, security: "starttls" } as const;
    const result = await send(port, {}, { outbound });

    assert.equal(!result.ok && result.error.code, "config");
    assert.equal(received.length, 0);
  });
});

const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);
const TLS = {
  disabledCommands: ["AUTH"],
  key: Deno.readTextFileSync(fixture("localhost_key.pem")),
  cert: Deno.readTextFileSync(fixture("localhost_cert.pem")),
};

Deno.test("sendMail() encrypts with TLS and STARTTLS to a server whose certificate is vouched for", async () => {
  for (const security of ["tls", "starttls"]) {
    await withServer({ ...TLS, secure: security === "tls" }, async ({ port, received }) => {
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-A", "--no-check", "--cert", fixture("localhost_ca.pem").pathname],
          ...[fixture("send_one.ts").pathname, `${port}`, security],
        ],
        stderr: "inherit",
      }).output();

      assert.equal(new TextDecoder().decode(stdout).trim(), "sent", security);
      assert.equal(received.length, 1);
    });
  }
});

Deno.test("sendMail() refuses a certificate nobody vouches for", async () => {
  await withServer(TLS, async ({ port, received }) => {
    const outbound = { kind: "smtp", host: "localhost", port, security: "starttls" } as const;
    const result = await send(port, {}, { outbound });

    assert.equal(!result.ok && result.error.code, "config", JSON.stringify(result));
    assert.equal(received.length, 0);
  });
});

/** A server that follows the protocol up to a point and then hangs up. */
async function withScript(
  hangUpAt: "greeting" | "data" | "dot",
  run: (port: number) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    for await (const connection of listener) {
      await speak(connection, hangUpAt);
      connection.close();
    }
  })();
  try {
    await run(listener.addr.port);
  } finally {
    listener.close();
    await serving;
  }
}

async function speak(connection: Deno.Conn, hangUpAt: string): Promise<void> {
  const say = (line: string) => connection.write(new TextEncoder().encode(line + "\r\n"));
  if (hangUpAt === "greeting") return;
  await say("220 test");
  let isData = false;
  for await (const piece of connection.readable.values({ preventCancel: true })) {
    const text = new TextDecoder().decode(piece);
    if (isData) {
      if (text.endsWith("\r\n.\r\n")) return;
      continue;
    }
    for (const line of text.trim().split("\r\n")) {
      if (line.startsWith("DATA")) {
        if (hangUpAt === "data") return;
        isData = true;
        await say("354 go");
      } else await say("250 ok");
    }
  }
}

Deno.test("sendMail() knows which lost connections may have delivered", async () => {
  for (
    const [hangUpAt, code] of [
      ["greeting", "unavailable"],
      ["data", "unavailable"],
      ["dot", "ambiguous"],
    ] as const
  ) {
    await withScript(hangUpAt, async (port) => {
      const result = await send(port);
      assert.equal(!result.ok && result.error.code, code, hangUpAt);
    });
  }
});

Deno.test("sendMail() cannot reach a server that is not there, or one it may not reach", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const gone = await send(port);
  assert.equal(!gone.ok && gone.error.code, "unavailable");

  const refusing = {
    connect: () => Promise.resolve({ ok: false, reason: "A private address" } as const),
  };
  const refused = await send(port, {}, {}, refusing);
  assert.equal(!refused.ok && refused.error.code, "config");
});

Deno.test("sendMail() stops when it is told to", async () => {
  await withScript("dot", async (port) => {
    const result = await send(port, {}, {}, { signal: AbortSignal.abort() });
    assert.equal(!result.ok && result.error.code, "unavailable");
  });
});

Deno.test("sendMail() refuses what cannot be sent before it connects", async () => {
  const code = async (part: Partial<OutboundPart>, config: Partial<EmailConfig> = {}) => {
    const connect = () => Promise.reject(new Error("must not connect"));
    const result = await send(1, part, config, { connect });
    return result.ok ? "sent" : result.error.code;
  };
  const file = {
    id: "att_1",
    name: "a",
    type: "a/b",
    size: 19 << 20,
    bytes: () => Promise.resolve(new Uint8Array()),
    publicUrl: () => Promise.resolve(null),
  };

  assert.equal(
    await code({
      email: { ...MAIL_FIELDS, to: [] },
      recipient: { contactId: "c", name: "", identities: [] },
    }),
    "recipient_unreachable",
  );
  assert.equal(await code({ attachments: [file] }), "too_large");
  assert.equal(await code({}, { outbound: { kind: "system" } }), "config");
});

Deno.test("sendMail() sends through Parley's own server when the mailbox has none", async () => {
  await withServer({}, async ({ port, received }) => {
    const io = { systemMail: { url: `smtp://127.0.0.1:${port}` } };
    const result = await send(1, {}, { outbound: { kind: "system" } }, io);

    assert.ok(result.ok);
    assert.equal(received.length, 1);
  });
});

Deno.test("createSystemMailer() sends mail that machines leave unanswered", async () => {
  await withServer({}, async ({ port, received }) => {
    const mailer = createSystemMailer(`smtp://127.0.0.1:${port}`, {
      from: "Parley <parley@veloce.example>",
      now: () => 0,
      random: fakeIo().random,
    });
    await mailer(
      { to: "nora@veloce.example", subject: "You are invited", text: "Come in: https://x.example" },
      new AbortController().signal,
    );

    assert.ok(received[0]);
    const event = await readBack(received[0]);
    assert.equal(event.automatic, true);
    assert.equal(textOf(event), "Come in: https://x.example");
  });
});

Deno.test("createSystemMailer() says where answers go and what the mail belongs to", async () => {
  await withServer({}, async ({ port, received }) => {
    const mailer = createSystemMailer(`smtp://127.0.0.1:${port}`, {
      from: "Parley <parley@veloce.example>",
      now: () => 0,
      random: fakeIo().random,
    });
    await mailer({
      to: "nora@veloce.example",
      subject: "[#1] Anna: The bike",
      text: "Any news?",
      replyTo: "support+a.abcdefghij234567@veloce.example",
      messageId: "n.abcdefghij234567.3@veloce.example",
      references: ["n.abcdefghij234567.0@veloce.example"],
    }, new AbortController().signal);

    assert.ok(received[0]);
    const { email, agentMail } = await readBack(received[0]);
    assert.deepEqual(email?.replyTo, [
      { name: "Parley", address: "support+a.abcdefghij234567@veloce.example" },
    ]);
    assert.deepEqual(email.references, ["n.abcdefghij234567.0@veloce.example"]);
    assert.deepEqual(agentMail, { is: "notice", code: "abcdefghij234567" });
  });
});

Deno.test("createSystemMailer() throws without secrets when the mail is not taken", async () => {
  const mailer = createSystemMailer("smtp://nora:geheim@127.0.0.1:1", {
    from: "parley@veloce.example",
    now: () => 0,
    random: fakeIo().random,
  });
  const mail = { to: "a@x.example", subject: "s", text: "t" };

  await assert.rejects(
    mailer(mail, new AbortController().signal),
    (error: Error) => /unavailable/.test(error.message) && !/geheim/.test(error.message),
  );
  for (const url of ["http://x.example", "smtp://", "nonsense"]) {
    assert.throws(() =>
      createSystemMailer(url, { from: "a@x.example", now: () => 0, random: fakeIo().random })
    );
  }
});
