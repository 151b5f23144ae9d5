import assert from "node:assert/strict";
import { z } from "zod";
import {
  type AnyAdapter,
  err,
  type InboundEvent,
  type MessageEvent,
  ok,
} from "../../core/channel/mod.ts";
import { type Change, echoFixture, echoSample, hashOf } from "./echo_sample.ts";
import { type Outcome, runConformance } from "./mod.ts";
import { fixture } from "./sample/conformance.ts";
import { sample } from "./sample/mod.ts";

type Sample = typeof sample;
type Webhook = NonNullable<Sample["webhook"]>;

/** Sample's own, of which each break changes one thing. */
const webhook: Webhook = sample.webhook ??
  (() => {
    throw new Error("Sample has no webhook");
  })();

/** A way to get an adapter wrong, and the check that must notice. */
interface Mutation {
  readonly name: string;
  readonly adapter: AnyAdapter;
  readonly noticedBy: RegExp;
}

const MUTATIONS: readonly Mutation[] = [
  {
    name: "quick replies are left out",
    adapter: withCapabilities({ quickReplies: { max: 3, titleMax: 20 } }),
    noticedBy: /quick replies go along/,
  },
  {
    name: "the window for people is not said",
    adapter: withCapabilities({ window: { openMs: 1_000, humanMs: 2_000 } }),
    noticedBy: /when it is the window for people/,
  },
  {
    name: "templates may be sent, and nobody knows which",
    adapter: withCapabilities({ window: { openMs: 1_000, templateAfter: true } }),
    noticedBy: /the ports are those of the capabilities/,
  },
  {
    name: "a template goes as a plain text",
    adapter: {
      ...withCapabilities({ window: { openMs: 1_000, templateAfter: true } }),
      templates: { list: () => Promise.resolve(ok([])) },
    },
    noticedBy: /a template goes with its name/,
  },
  {
    name: "people have less time than machines",
    adapter: withCapabilities({ window: { openMs: 2_000, humanMs: 1_000 } }),
    noticedBy: /windows and quick replies leave something/,
  },
  {
    name: "every signature is right",
    adapter: withWebhook({ verify: () => Promise.resolve({ ok: true }) }),
    noticedBy: /^verify: refuses a body with one byte changed$/,
  },
  {
    name: "only the length of a signature counts",
    adapter: withWebhook({
      verify: ({ headers }) => {
        const isRight = headers.get("x-sample-signature")?.length === 71;
        return Promise.resolve(isRight ? { ok: true } : { ok: false, reason: "mismatch" });
      },
    }),
    noticedBy: /one character changed/,
  },
  {
    name: "a signature may be cut short",
    adapter: withWebhook({
      async verify(request, channel, io) {
        const given = request.headers.get("x-sample-signature") ?? "none";
        const right = (await fixture.webhook?.sign(request.body, 0))?.["x-sample-signature"] ?? "";
        return right.startsWith(given) ? { ok: true } : await webhook.verify(request, channel, io);
      },
    }),
    noticedBy: /cut short/,
  },
  {
    name: "a request without a signature throws",
    adapter: withWebhook({
      verify(request, channel, io) {
        if (!request.headers.has("x-sample-signature")) throw new Error("no signature");
        return webhook.verify(request, channel, io);
      },
    }),
    noticedBy: /without proof/,
  },
  {
    name: "only the first event of a delivery counts",
    adapter: withEvents((events) => events.slice(0, 1)),
    noticedBy: /exactly the recorded events/,
  },
  {
    name: "events come in another order",
    adapter: withEvents((events) => events.toReversed()),
    noticedBy: /exactly the recorded events/,
  },
  {
    name: "junk throws",
    adapter: withWebhook({
      parse(delivery, channel, io) {
        JSON.parse(new TextDecoder().decode(delivery.body));
        return webhook.parse(delivery, channel, io);
      },
    }),
    noticedBy: /junk never throws/,
  },
  {
    name: "what is unknown is dropped in silence",
    adapter: withEvents((events) => events.filter(({ type }) => type !== "ignored")),
    noticedBy: /what it does not know is ignored/,
  },
  {
    name: "ids are random",
    adapter: withEvents((events) =>
      events.map((event) => ({ ...event, externalId: crypto.randomUUID() }))
    ),
    noticedBy: /the same bytes give the same events/,
  },
  {
    name: "times are the process's own",
    adapter: withEvents((events) => events.map((event) => ({ ...event, occurredAt: Date.now() }))),
    noticedBy: /the same bytes give the same events/,
  },
  {
    name: "all events have one id",
    adapter: withEvents((events) => events.map((event) => ({ ...event, externalId: "1" }))),
    noticedBy: /every event has an id of its own/,
  },
  {
    name: "the parser asks the network",
    adapter: withWebhook({
      async parse(delivery, channel, io) {
        await fetch("http://127.0.0.1:1/").catch(() => {});
        return await webhook.parse(delivery, channel, io);
      },
    }),
    noticedBy: /without network/,
  },
  {
    name: "parsing takes a time that grows with the square of the size",
    adapter: withWebhook({
      async parse(delivery, channel, io) {
        let sum = 0;
        for (let i = 0; i < delivery.body.length ** 2 / 10_000; i++) sum += i;
        return sum < 0 ? [] : await webhook.parse(delivery, channel, io);
      },
    }),
    noticedBy: /1 MiB/,
  },
  {
    name: "the global fetch sends",
    adapter: withSend((part, channel, io) =>
      sample.send(part, channel, { ...io, fetch: (...call) => fetch(...call) })
    ),
    noticedBy: /tells the provider's id/,
  },
  {
    name: "a host is called that is not named",
    adapter: { ...sample, hosts: ["api.other.example"] },
    noticedBy: /tells the provider's id/,
  },
  {
    name: "the provider's id is made up",
    adapter: withSend(async (...call) => {
      const result = await sample.send(...call);
      return result.ok ? ok({ ...result.value, externalId: "made up" }) : result;
    }),
    noticedBy: /tells the provider's id/,
  },
  {
    name: "waiting times are in seconds",
    adapter: withSend(async (...call) => {
      const result = await sample.send(...call);
      return !result.ok && result.error.code === "rate_limited"
        ? err({ ...result.error, retryAfterMs: result.error.retryAfterMs / 1_000 })
        : result;
    }),
    noticedBy: /429 says in seconds/,
  },
  {
    name: "429 is a refusal",
    adapter: withSend(async (...call) => {
      const result = await sample.send(...call);
      return !result.ok && result.error.code === "rate_limited"
        ? err({ code: "rejected", message: "Refused." })
        : result;
    }),
    noticedBy: /429/,
  },
  {
    name: "a lost connection throws",
    adapter: withSend(async (part, channel, io) => {
      await io.fetch("https://api.sample.example/messages", { method: "POST", body: part.text });
      return await sample.send(part, channel, io);
    }),
    noticedBy: /connection lost after/,
  },
  {
    name: "any answer is a success",
    adapter: withSend(async (...call) => {
      const result = await sample.send(...call);
      return result.ok ? result : ok({ externalId: "p1", status: "sent" });
    }),
    noticedBy: /HTML page with 200/,
  },
  {
    name: "a wrong key is tried again for ever",
    adapter: withSend(async (...call) => {
      const result = await sample.send(...call);
      return !result.ok && result.error.code === "unauthorized"
        ? err({ code: "unavailable", message: "Later." })
        : result;
    }),
    noticedBy: /what 401 means/,
  },
  {
    name: "a refusal tells the key",
    adapter: withSend(async (part, channel, io) => {
      const result = await sample.send(part, channel, io);
      const words = channel.config.key;
      return result.ok ? result : err({ ...result.error, provider: words });
    }),
    noticedBy: /tells no secret/,
  },
  {
    name: "the log tells the key",
    adapter: withSend((part, channel, io) => {
      io.log("info", "sending", { key: channel.config.key });
      return sample.send(part, channel, io);
    }),
    noticedBy: /tells no secret/,
  },
  {
    name: "text is cut inside a character",
    adapter: withSend((part, channel, io) =>
      sample.send({ ...part, text: part.text.slice(0, 999) }, channel, io)
    ),
    noticedBy: /texts up to the limit/,
  },
  {
    name: "text is escaped for HTML",
    adapter: withSend((part, channel, io) =>
      sample.send({ ...part, text: part.text.replaceAll("<", "&lt;") }, channel, io)
    ),
    noticedBy: /looks like markup/,
  },
  {
    name: "a second send cannot be told from the first",
    adapter: withSend((part, channel, io) =>
      sample.send({ ...part, outboxId: "constant" }, channel, io)
    ),
    noticedBy: /which message it is/,
  },
  {
    name: "what was given up on is sent",
    adapter: withSend((part, channel, io) =>
      sample.send(part, channel, { ...io, signal: new AbortController().signal })
    ),
    noticedBy: /given up on/,
  },
  {
    name: "a secret is not marked",
    adapter: {
      ...sample,
      config: z.strictObject({ key: z.string(), webhookSecret: z.string() }),
    },
    noticedBy: /every secret is marked/,
  },
  {
    name: "a capability has no port",
    adapter: {
      ...sample,
      capabilities: { ...sample.capabilities, transports: ["webhook", "poll"] },
    },
    noticedBy: /ports are those of the capabilities/,
  },
];

Deno.test("runConformance() finds nothing in an adapter that is right", async () => {
  const outcomes = await runConformance(sample, fixture);

  assert.ok(outcomes.length > 40, `only ${outcomes.length} checks ran`);
  assert.deepEqual(problemsIn(outcomes), []);
});

for (const { name, adapter, noticedBy } of MUTATIONS) {
  Deno.test(`runConformance() notices when ${name}`, async () => {
    const outcomes = await runConformance(adapter, fixture, (check) => noticedBy.test(check));

    assert.ok(outcomes.length > 0, "there is no such check");
    assert.notDeepEqual(problemsIn(outcomes), []);
  });
}

/** Ways to get wrong what a provider tells of our own messages. */
const ECHO_MUTATIONS: readonly {
  readonly name: string;
  readonly change: Change;
  readonly noticedBy: RegExp;
}[] = [
  {
    name: "echoes are dropped",
    change: ({ externalId, occurredAt }) =>
      Promise.resolve({ type: "ignored", externalId, occurredAt, reason: "an echo" }),
    noticedBy: /nobody was sure of/,
  },
  {
    name: "an echo is taken for the customer's words",
    change: echoAs((event) => ({ ...event, direction: "in" })),
    noticedBy: /written elsewhere/,
  },
  {
    name: "an echo of ours is taken for another app's",
    change: echoAs(({ outboxId: _, ...event }) => ({ ...event, direction: "echo_other" })),
    noticedBy: /nobody was sure of/,
  },
  {
    name: "an echo has another id than the message",
    change: echoAs(({ outboxId: _, ...event }) => ({ ...event, externalId: "echo" })),
    noticedBy: /is no second one/,
  },
  {
    name: "an echo told again has another id",
    change: async (event, body) => ({ ...event, externalId: await hashOf(body) }),
    noticedBy: /written elsewhere/,
  },
  {
    name: "reading is told as delivery",
    change: (event) =>
      Promise.resolve(event.type === "status" ? { ...event, status: "delivered" } : event),
    noticedBy: /receipts move the message/,
  },
  {
    name: "a time of reading is in seconds",
    change: (event) =>
      Promise.resolve(
        event.type === "status" && event.target.by === "watermark"
          ? { ...event, target: { ...event.target, upTo: event.target.upTo / 1_000 } }
          : event,
      ),
    noticedBy: /receipts move the message/,
  },
];

Deno.test("runConformance() finds nothing in an adapter that tells echoes and receipts rightly", async () => {
  const outcomes = await runConformance(
    echoSample(),
    echoFixture,
    (check) => /^(round trip|whole)/.test(check),
  );

  assert.equal(outcomes.length, 6);
  assert.deepEqual(problemsIn(outcomes), []);
});

for (const { name, change, noticedBy } of ECHO_MUTATIONS) {
  Deno.test(`runConformance() notices when ${name}`, async () => {
    const outcomes = await runConformance(
      echoSample(change),
      echoFixture,
      (check) => noticedBy.test(check),
    );

    assert.equal(outcomes.length, 1, "there is no such check");
    assert.notDeepEqual(problemsIn(outcomes), []);
  });
}

Deno.test("runConformance() asks for the round trip of an adapter with echoes", async () => {
  const { roundTrip: _, ...without } = echoFixture;

  const outcomes = await runConformance(
    echoSample(),
    without,
    (check) => check.startsWith("round trip"),
  );

  assert.equal(problemsIn(outcomes).length, 4);
});

function echoAs(
  change: (event: MessageEvent) => InboundEvent,
): Change {
  return (event) => Promise.resolve(event.type === "message" ? change(event) : event);
}

Deno.test("runConformance() refuses to skip what would pass, and what does not exist", async () => {
  const reason = "it is not liked";
  const passes = "send: tells the provider's id";
  const skip = [{ check: passes, reason }, { check: "send: no such check", reason }];

  const outcomes = await runConformance(sample, { ...fixture, skip });

  const failed = problemsIn(outcomes).map(({ check }) => check);
  assert.deepEqual(failed, [passes, "send: no such check"]);
});

Deno.test("runConformance() lets a check be skipped that does not hold", async () => {
  const broken = withWebhook({ verify: () => Promise.resolve({ ok: true }) });
  const check = "verify: refuses a body with one byte changed";
  const skip = [{ check, reason: "its proof does not cover the body" }];

  const outcomes = await runConformance(broken, { ...fixture, skip }, (name) => name === check);

  assert.deepEqual(outcomes, [{ check, problem: null }]);
});

function problemsIn(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.filter(({ problem }) => problem !== null);
}

function withSend(send: Sample["send"]): AnyAdapter {
  return { ...sample, send };
}

/** Sample says that it can do more than it does. */
function withCapabilities(more: Partial<Sample["capabilities"]>): AnyAdapter {
  return { ...sample, capabilities: { ...sample.capabilities, ...more } };
}

function withWebhook(change: Partial<Webhook>): AnyAdapter {
  return { ...sample, webhook: { ...webhook, ...change } };
}

function withEvents(change: (events: readonly InboundEvent[]) => readonly InboundEvent[]) {
  return withWebhook({
    parse: async (...call) => change(await webhook.parse(...call)),
  });
}
