/** What goes out, and what the provider's answers mean. */
import assert from "node:assert/strict";
import type { Result, SendError, SendReceipt } from "../../core/channel/mod.ts";
import { textLength } from "../../core/model/text_length.ts";
import type { Check, Subject } from "./check.ts";
import { KIT_NOW, kitIo } from "./kit_io.ts";
import { openProviderServer, type Script } from "./provider_server.ts";
import { abilities, describe, PART, providerOf, send, sendTo, success } from "./send_part.ts";

type Codes = readonly SendError["code"][];

/** Texts that are changed by who counts, escapes or encodes them wrongly. */
const SCRIPTS = ["plain words ", "e\u0301 n\u0303 ", "שלום مرحبا ", "👩‍👩‍👧‍👦 🇳🇱 👋🏽 ", "汉字 "];
const MARKUP = `<b>1 < 2 & "two"</b> *x* _y_ ~z~ \`q\` [l](https://x.example) {{v}} \\ 100%`;

/** Statuses whose meaning HTTP itself gives. */
const STATUSES: readonly (readonly [status: number, codes: Codes])[] = [
  [500, ["unavailable"]],
  [503, ["unavailable"]],
  [401, ["unauthorized"]],
  [403, ["unauthorized", "permission"]],
];
/** The same message again would meet the same answer. */
const FINAL: Codes = [
  "rejected",
  "config",
  "permission",
  "policy_blocked",
  "unsupported",
  "recipient_unreachable",
];

export const sendChecks: readonly Check[] = [
  {
    name: "send: tells the provider's id",
    async run(subject) {
      const { externalId } = providerOf(subject);
      const { result } = await send(subject, success(subject));
      assert.ok(result.ok, `it fails: ${describe(result)}`);
      if (externalId === null) return;
      const { externalId: told, aliases = [] } = result.value;
      assert.ok([told, ...aliases].includes(externalId), `it tells ${told}`);
    },
  },
  {
    name: "send: says which message it is, where the provider drops a second one",
    async run(subject) {
      if (!abilities(subject).idempotentSend) return;
      const { requests } = await send(subject, success(subject));
      const wire = requests.map(({ path, headers, body }) => path + [...headers].join() + body);
      assert.ok(wire.some((text) => text.includes(PART.outboxId)), "our id is not in the request");
    },
  },
  ...([["seconds", "90"], ["a date", new Date(KIT_NOW + 90_000).toUTCString()]] as const).map(
    ([name, header]): Check => ({
      name: `send: waits as long as a 429 says in ${name}`,
      async run(subject) {
        const headers = { "retry-after": header };
        const { result } = await send(subject, { status: 429, body: "{}", headers });
        assert.ok(!result.ok && result.error.code === "rate_limited", describe(result));
        assert.equal(result.error.retryAfterMs, 90_000);
      },
    }),
  ),
  {
    name: "send: a 429 that names no time still is one",
    async run(subject) {
      const { result } = await send(subject, { status: 429, body: "{}" });
      assert.ok(!result.ok && result.error.code === "rate_limited", describe(result));
      assert.ok(result.error.retryAfterMs >= 1_000, "it is tried again at once");
    },
  },
  ...STATUSES.map(([status, codes]): Check => ({
    name: `send: knows what ${status} means`,
    run: (subject) => fails(subject, { status, body: "{}" }, codes),
  })),
  {
    name: "send: a refused message is not sent again",
    run: (subject) => fails(subject, { status: 400, body: "{}" }, FINAL),
  },
  {
    name: "send: knows the provider's own refusals",
    async run(subject) {
      for (const { name, code, ...answer } of providerOf(subject).refusals) {
        await fails(subject, answer, [code], name);
      }
    },
  },
  ...([200, 502] as const).map((status): Check => ({
    name: `send: an HTML page with ${status} is no answer`,
    run: (subject) =>
      fails(subject, {
        status,
        body: "<!doctype html><title>Proxy</title>",
        headers: { "content-type": "text/html" },
      }, ["unavailable", "ambiguous", "config"]),
  })),
  {
    name: "send: half an answer does not tell whether it was sent",
    async run(subject) {
      // Whoever reads nothing in the answer need not mind that it is cut.
      if (providerOf(subject).externalId === null) return;
      await fails(subject, { ...success(subject), isCut: true }, unknownOutcome(subject));
    },
  },
  {
    name: "send: a connection lost after the message went out may have sent it",
    run: (subject) => fails(subject, "hang_up", unknownOutcome(subject)),
  },
  {
    name: "send: without a connection nothing was sent",
    async run(subject) {
      const server = openProviderServer(() => "hang_up");
      const { origin } = server;
      await server[Symbol.asyncDispose]();
      expect(await sendTo(subject, kitIo(subject, { origin }).io), ["unavailable"]);
    },
  },
  {
    name: "send: given up on before it began, it sends nothing",
    async run(subject) {
      await using server = openProviderServer(() => success(subject));
      const { io } = kitIo(subject, { origin: server.origin, signal: AbortSignal.abort() });
      expect(await sendTo(subject, io), ["unavailable", "ambiguous"]);
      assert.equal(server.requests.length, 0, "something was sent");
    },
  },
  {
    name: "send: texts up to the limit arrive as they were written",
    async run(subject) {
      const { max, unit } = abilities(subject).text;
      for (const script of SCRIPTS) {
        await arrives(subject, script.trim());
        await arrives(subject, fill(script, Math.min(max, 20_000), unit));
      }
    },
  },
  {
    name: "send: what looks like markup arrives as it was written",
    run: (subject) => arrives(subject, MARKUP),
  },
  {
    name: "send: tells no secret, even if the provider repeats the request",
    async run(subject) {
      for (const status of [200, 400, 401, 403, 422, 429, 500]) {
        const { result, logged } = await send(subject, ({ headers, body }) => {
          const words = [...headers.values(), body].join(" ");
          const error = { message: words, code: words };
          return { status, body: JSON.stringify({ ...error, error, errors: [error] }) };
        });
        for (const secret of subject.secrets) {
          assert.ok(!JSON.stringify(result).includes(secret), `its result with ${status} does`);
          assert.ok(!logged.join().includes(secret), `its log with ${status} does`);
        }
      }
    },
  },
];

async function arrives(subject: Subject, text: string): Promise<void> {
  const { result, requests } = await send(subject, success(subject), { text });
  assert.ok(result.ok, `it fails: ${describe(result)}`);
  const read = requests.map((request) => providerOf(subject).textIn(request));
  const isThere = read.some((one) => one === text);
  assert.ok(isThere, `${text.slice(0, 100)} arrives as ${read.join("\n").slice(0, 200)}`);
}

async function fails(subject: Subject, script: Script, codes: Codes, name = ""): Promise<void> {
  const { result } = await send(subject, script);
  expect(result, codes, name);
}

function expect(result: Result<SendReceipt, SendError>, codes: Codes, name = ""): void {
  const isRight = !result.ok && codes.includes(result.error.code);
  assert.ok(isRight, `${name} gives ${describe(result)}, not ${codes.join(" or ")}`.trim());
  assert.notEqual(result.error.message.trim(), "", "there is no sentence for agents");
}

/** Where the provider drops a second one, it can be sent again. */
function unknownOutcome(subject: Subject): Codes {
  return abilities(subject).idempotentSend ? ["ambiguous", "unavailable"] : ["ambiguous"];
}

/** As much of a text, repeated, as a limit lets pass, whole characters only. */
function fill(text: string, max: number, unit: Parameters<typeof textLength>[1]): string {
  const characters = [...new Intl.Segmenter().segment(text.repeat(Math.ceil(max / text.length)))]
    .map(({ segment }) => segment);
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textLength(characters.slice(0, middle).join(""), unit) <= max) low = middle;
    else high = middle - 1;
  }
  return characters.slice(0, low).join("").trim();
}
