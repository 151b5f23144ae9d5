import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import nodemailer from "nodemailer";
import type { Delivery, ListenDesk, Listening, ListenOptions } from "../../../core/channel/mod.ts";
import { fakeDns } from "../../../tests/fakes/dns.ts";
import { until } from "../../../tests/e2e/until.ts";
import { openReceiver, RECEIVER_LIMITS, type ReceiverLimits } from "./open_receiver.ts";

/** A desk whose store is a list: "support@in.example" and "sales@in.example" are here. */
interface TestDesk extends ListenDesk {
  readonly taken: { readonly channelId: string; readonly delivery: Delivery }[];
  answer: "taken" | "too_large" | "over_quota" | "throw";
  /** Runs the deadlines that were set. */
  ringAlarms(): void;
  readonly alarms: number;
}

function testDesk(): TestDesk {
  const taken: TestDesk["taken"] = [];
  const alarms = new Set<() => void>();
  const channels: Readonly<Record<string, readonly string[]>> = {
    "support@in.example": ["chn_support"],
    "sales@in.example": ["chn_sales"],
    "both@in.example": ["chn_support", "chn_sales"],
  };
  const desk: TestDesk = {
    taken,
    answer: "taken",
    clock: { now: () => 1_000 },
    alarm(_at, run) {
      alarms.add(run);
      return () => void alarms.delete(run);
    },
    get alarms() {
      return alarms.size;
    },
    ringAlarms: () => [...alarms].forEach((run) => run()),
    log: () => {},
    dns: fakeDns({}),
    breathe: () => Promise.resolve(),
    findChannels: (address) => Promise.resolve(channels[address] ?? []),
    take(channelIds, delivery) {
      if (desk.answer === "throw") return Promise.reject(new Error("the disk is full"));
      if (desk.answer === "taken") {
        for (const channelId of channelIds) taken.push({ channelId, delivery });
      }
      return Promise.resolve(desk.answer);
    },
  };
  return desk;
}

async function withReceiver(
  run: (world: { desk: TestDesk; port: number; receiver: Listening }) => Promise<void>,
  limits: Partial<ReceiverLimits> = {},
  certificate: ListenOptions["certificate"] = null,
): Promise<void> {
  const desk = testDesk();
  const options = { hostname: "127.0.0.1", port: 0, ownName: "in.example", certificate };
  const receiver = await openReceiver(desk, options, { ...RECEIVER_LIMITS, ...limits });
  try {
    await run({ desk, port: receiver.port, receiver });
  } finally {
    await receiver.close();
  }
}

/** Sends by nodemailer; the server's words when it refuses. */
async function send(
  port: number,
  to: string | string[],
  raw: string,
  options: { readonly from?: string; readonly requireTLS?: boolean } = {},
): Promise<{ readonly accepted: readonly string[] } | { readonly code: number | undefined }> {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port,
    name: "client.example",
    ignoreTLS: options.requireTLS !== true,
    requireTLS: options.requireTLS === true,
    tls: { rejectUnauthorized: false },
  });
  try {
    const sent = await transport.sendMail({
      envelope: { from: options.from ?? "ana@x.example", to },
      raw,
    });
    return { accepted: sent.accepted.map(String) };
  } catch (error) {
    // What nodemailer throws carries the server's code.
    return { code: (error as { responseCode?: number }).responseCode };
  } finally {
    transport.close();
  }
}

/** A client that says what it likes. */
class RawClient implements AsyncDisposable {
  readonly socket: Socket;
  text = "";
  isClosed = false;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.setEncoding("utf8");
    this.socket.on("data", (text) => void (this.text += text));
    this.socket.on("close", () => void (this.isClosed = true));
    this.socket.on("error", () => {});
  }

  /** Writes a line and waits for an answer that begins so. */
  async say(line: string, answer: RegExp): Promise<string> {
    const before = this.text.length;
    if (line !== "") this.socket.write(`${line}\r\n`);
    const said = () => this.text.slice(before);
    await until(() => answer.test(said()) || this.isClosed, { what: `an answer to "${line}"` });
    assert.match(said(), answer, line);
    return said();
  }

  async greet(): Promise<string> {
    await until(() => /^220/.test(this.text), { what: "a greeting" });
    return await this.say("EHLO raw.example", /^250 /m);
  }

  async [Symbol.asyncDispose]() {
    this.socket.destroy();
    await until(() => this.isClosed, { what: "the socket is closed" });
  }
}

const MAIL = "From: ana@x.example\r\nSubject: Hi\r\n\r\nHello\r\n.dots\r\n";

Deno.test("openReceiver() takes a mail as it is, with its envelope and where it came from", async () => {
  await withReceiver(async ({ desk, port }) => {
    const sent = await send(port, ["Support@in.example", "both@in.example"], MAIL);

    assert.deepEqual(sent, { accepted: ["Support@in.example", "both@in.example"] });
    assert.deepEqual(desk.taken.map(({ channelId }) => channelId), ["chn_support", "chn_sales"]);
    const delivery = desk.taken[0]?.delivery;
    assert.equal(new TextDecoder().decode(delivery?.body), MAIL);
    assert.deepEqual(delivery?.headers, {
      "parley-envelope-from": "ana@x.example",
      "parley-envelope-to": "Support@in.example, both@in.example",
      "parley-client-address": "127.0.0.1",
      "parley-client-name": "client.example",
      "parley-client-tls": "no",
      "parley-authentication-results":
        "in.example; spf=none smtp.mailfrom=x.example; dkim=none; dmarc=none header.from=x.example",
    });
  });
});

Deno.test("openReceiver() is no open relay and tells nobody which addresses there are", async () => {
  await withReceiver(async ({ desk, port }) => {
    assert.deepEqual(await send(port, "victim@elsewhere.example", MAIL), { code: 550 });
    assert.deepEqual(await send(port, "nobody@in.example", MAIL), { code: 550 });
    assert.deepEqual(
      await send(port, "victim@elsewhere.example", MAIL, { from: "support@in.example" }),
      {
        code: 550,
      },
    );
    await using raw = new RawClient(port);
    const offered = await raw.greet();
    assert.doesNotMatch(offered, /AUTH|STARTTLS/);
    assert.match(offered, /SIZE 26214400/);
    await raw.say("VRFY support@in.example", /^5\d\d/m);
    await raw.say("EXPN support", /^5\d\d/m);
    await raw.say("AUTH PLAIN AGFuYQBzZWNyZXQ=", /^5\d\d/m);
    await raw.say("RCPT TO:<support@in.example>", /^503/m);
    await raw.say("MAIL FROM:<>", /^250/m);
    for (
      const relay of [
        "<victim%elsewhere.example@in.example>",
        "<@in.example:victim@elsewhere.example>",
        '<"victim@elsewhere.example">',
        "<support@in.example@elsewhere.example>",
        "<>",
      ]
    ) await raw.say(`RCPT TO:${relay}`, /^5\d\d/m);
    await raw.say("DATA", /^503/m);
    assert.equal(desk.taken.length, 0);
  });
});

Deno.test("openReceiver() takes the known recipients of a mail and refuses the others", async () => {
  await withReceiver(async ({ desk, port }) => {
    const sent = await send(port, ["nobody@in.example", "sales@in.example"], MAIL, { from: "" });

    assert.deepEqual(sent, { accepted: ["sales@in.example"] });
    assert.equal(desk.taken[0]?.delivery.headers["parley-envelope-from"], "");
    assert.equal(desk.taken[0]?.delivery.headers["parley-envelope-to"], "sales@in.example");
  });
});

for (
  const [answer, code] of [["throw", 451], ["over_quota", 452], ["too_large", 552]] as const
) {
  Deno.test(`openReceiver() answers ${code} when the store says "${answer}"`, async () => {
    await withReceiver(async ({ desk, port }) => {
      desk.answer = answer;
      assert.deepEqual(await send(port, "support@in.example", MAIL), { code });

      desk.answer = "taken";
      assert.ok("accepted" in await send(port, "support@in.example", MAIL));
    });
  });
}

Deno.test("openReceiver() refuses what is too large, announced or not, and goes on", async () => {
  await withReceiver(async ({ desk, port }) => {
    const large = `${MAIL}${"x".repeat(70)}\r\n`.repeat(200);
    assert.deepEqual(await send(port, "support@in.example", large), { code: 552 });
    await using raw = new RawClient(port);
    await raw.greet();
    await raw.say("MAIL FROM:<a@x.example> SIZE=99999", /^552/m);
    await raw.say("MAIL FROM:<a@x.example>", /^250/m);
    await raw.say("RCPT TO:<support@in.example>", /^250/m);
    await raw.say("DATA", /^354/m);
    await raw.say(`${large}\r\n.`, /^552/m);
    await raw.say("MAIL FROM:<a@x.example>", /^250/m);
    await raw.say("RCPT TO:<support@in.example>", /^250/m);
    await raw.say("DATA", /^354/m);
    await raw.say(`${MAIL}.`, /^250/m);
    assert.equal(desk.taken.length, 1);
  }, { maxBytes: 8_000 });
});

Deno.test("openReceiver() has only so much room for mails that are being read", async () => {
  await withReceiver(async ({ port }) => {
    assert.deepEqual(await send(port, "support@in.example", `${MAIL}${"y".repeat(600)}\r\n`), {
      code: 452,
    });
    assert.ok("accepted" in await send(port, "support@in.example", MAIL));
    assert.ok("accepted" in await send(port, "support@in.example", MAIL));
  }, { bytesAtOnce: 500 });
});

Deno.test("openReceiver() refuses a mail that goes round in circles", async () => {
  await withReceiver(async ({ desk, port }) => {
    const loop = `${"Received: from a by b; now\r\n".repeat(51)}${MAIL}`;
    assert.deepEqual(await send(port, "support@in.example", loop), { code: 554 });
    assert.equal(desk.taken.length, 0);
  });
});

Deno.test("openReceiver() ends a connection that guesses addresses", async () => {
  await withReceiver(async ({ port }) => {
    await using raw = new RawClient(port);
    await raw.greet();
    await raw.say("MAIL FROM:<a@x.example>", /^250/m);
    await raw.say("RCPT TO:<one@in.example>", /^550/m);
    await raw.say("RCPT TO:<two@in.example>", /^550/m);
    await raw.say("RCPT TO:<three@in.example>", /^421/m);
    await until(() => raw.isClosed, { what: "the connection is closed" });
  }, { wrongRecipients: 3 });
});

Deno.test("openReceiver() limits connections, mails and recipients of one address", async () => {
  await withReceiver(async ({ port }) => {
    await using first = new RawClient(port);
    await first.greet();
    {
      await using second = new RawClient(port);
      await until(() => /^421/.test(second.text), { what: "the second is refused" });
    }
    await first.say("MAIL FROM:<a@x.example>", /^250/m);
    await first.say("RCPT TO:<support@in.example>", /^250/m);
    await first.say("RCPT TO:<sales@in.example>", /^452/m);
    await first.say("RSET", /^250/m);
    await first.say("MAIL FROM:<a@x.example>", /^451/m);
    await first.say("QUIT", /^221/m);
    await until(() => first.isClosed, { what: "the first has left" });
    await using third = new RawClient(port);
    await third.greet();
  }, { connections: 1, mailsPerMinute: 1, recipients: 1 });
});

Deno.test("openReceiver() ends who is silent, and who says a word now and then", async () => {
  await withReceiver(async ({ port }) => {
    await using silent = new RawClient(port);
    await until(() => silent.isClosed, { what: "the silent one is gone" });
    assert.match(silent.text, /^220 .*\r\n421/);
  }, { idleMs: 300 });
  await withReceiver(async ({ desk, port }) => {
    await using slow = new RawClient(port);
    await slow.greet();
    await slow.say("MAIL FROM:<a@x.example>", /^250/m);
    await slow.say("RCPT TO:<support@in.example>", /^250/m);
    await slow.say("DATA", /^354/m);
    slow.socket.write("From: a");
    desk.ringAlarms();
    await until(() => /^421/m.test(slow.text), { what: "the slow one is told to go" });
    slow.socket.end();
    await until(() => slow.isClosed, { what: "the slow one is gone" });
    assert.equal(desk.taken.length, 0);
    await until(() => desk.alarms === 0, { what: "no deadline is left" });
  });
});

Deno.test("openReceiver() stores nothing of a mail whose sender went away", async () => {
  await withReceiver(async ({ desk, port }) => {
    await using raw = new RawClient(port);
    await raw.greet();
    await raw.say("MAIL FROM:<a@x.example>", /^250/m);
    await raw.say("RCPT TO:<support@in.example>", /^250/m);
    await raw.say("DATA", /^354/m);
    raw.socket.write(MAIL);
    raw.socket.destroy();
    await until(() => desk.alarms === 0, { what: "the server noticed" });
    assert.equal(desk.taken.length, 0);
    assert.ok("accepted" in await send(port, "support@in.example", MAIL));
  });
});

Deno.test("openReceiver() takes no second mail hidden in the first (bare line ends)", async () => {
  await withReceiver(async ({ desk, port }) => {
    await using raw = new RawClient(port);
    await raw.greet();
    await raw.say("MAIL FROM:<a@x.example>", /^250/m);
    await raw.say("RCPT TO:<support@in.example>", /^250/m);
    await raw.say("DATA", /^354/m);
    const hidden =
      "MAIL FROM:<ceo@in.example>\r\nRCPT TO:<sales@in.example>\r\nDATA\r\nboo\r\n.\r\n";
    raw.socket.write(`Subject: one\r\n\r\nbody\n.\n${hidden}`);
    await until(() => desk.taken.length > 0, { what: "it is stored" });
    assert.deepEqual(desk.taken.map(({ channelId }) => channelId), ["chn_support"]);
    assert.match(new TextDecoder().decode(desk.taken[0]?.delivery.body), /ceo@in\.example/);
  });
});

Deno.test("openReceiver() encrypts with the certificate it is given", async () => {
  const fixture = (name: string) =>
    Deno.readTextFile(new URL(`../fixtures/${name}`, import.meta.url));
  const certificate = {
    cert: await fixture("localhost_cert.pem"),
    key: await fixture("localhost_key.pem"),
  };
  await withReceiver(
    async ({ desk, port }) => {
      assert.ok("accepted" in await send(port, "support@in.example", MAIL, { requireTLS: true }));
      assert.equal(desk.taken[0]?.delivery.headers["parley-client-tls"], "yes");

      await using raw = new RawClient(port);
      await raw.greet();
      await raw.say("STARTTLS", /^220/m);
      raw.socket.write("this is no handshake\r\n\r\n");
      await until(() => raw.isClosed, { what: "a failed handshake ends the connection" });
      assert.ok("accepted" in await send(port, "support@in.example", MAIL));
    },
    {},
    certificate,
  );
});

Deno.test("openReceiver() closes within two seconds, with guests in the middle of a mail", async () => {
  await withReceiver(async ({ desk, port, receiver }) => {
    await using idle = new RawClient(port);
    await using busy = new RawClient(port);
    await idle.greet();
    await busy.greet();
    await busy.say("MAIL FROM:<a@x.example>", /^250/m);
    await busy.say("RCPT TO:<support@in.example>", /^250/m);
    await busy.say("DATA", /^354/m);
    busy.socket.write("Subject: half");
    const before = performance.now();

    await receiver.close();

    assert.ok(performance.now() - before < 2_000);
    assert.equal(desk.taken.length, 0);
    await until(() => idle.isClosed && busy.isClosed, { what: "both are gone" });
    assert.match(idle.text, /^421/m);
  });
});

Deno.test("openReceiver() throws when the port is in use", async () => {
  await withReceiver(async ({ desk, port }) => {
    const options = { hostname: "127.0.0.1", port, ownName: "in.example", certificate: null };
    await assert.rejects(openReceiver(desk, options), /EADDRINUSE|address in use/i);
  });
});
