/** What is in a delivery. */
import assert from "node:assert/strict";
import { InboundEvent } from "../../core/channel/mod.ts";
import { fastestMs } from "../fakes/fastest_ms.ts";
import type { Check, Subject } from "./check.ts";
import { junkBodies } from "./junk_bodies.ts";
import { kitIo } from "./kit_io.ts";
import { withSealedGlobals } from "./sealed_globals.ts";
import { deliveryOf, requestOf } from "./webhook_delivery.ts";

const FUZZED = 10_000;
const MIB = 1_048_576;
const LONGEST_MS = 50;
const DAY_MS = 86_400_000;

export const parseChecks: readonly Check[] = [
  {
    name: "parse: gives exactly the recorded events, in order",
    async run(subject) {
      assert.ok(webhookOf(subject).deliveries.length > 0, "there is no recorded delivery");
      for (const { name, body, events } of webhookOf(subject).deliveries) {
        assert.deepEqual(await parse(subject, body), events, name);
      }
    },
  },
  {
    name: "parse: the same bytes give the same events, without network, clock or chance",
    async run(subject) {
      for (const { name, body } of webhookOf(subject).deliveries) {
        const first = await withSealedGlobals(0, () => parse(subject, body));
        const later = await withSealedGlobals(DAY_MS, () => parse(subject, body));
        assert.deepEqual(later, first, name);
      }
    },
  },
  {
    name: "parse: every event has an id of its own",
    async run(subject) {
      const { deliveries, unknown } = webhookOf(subject);
      const bodies = [...deliveries.map(({ body }) => body), unknown, `${unknown} `];
      const ids = (await Promise.all(bodies.map((body) => parse(subject, body)))).flat()
        .map(({ externalId }) => externalId);
      assert.equal(new Set(ids).size, ids.length, "two events have the same id");
    },
  },
  {
    name: "parse: what it does not know is ignored",
    async run(subject) {
      const events = await parse(subject, webhookOf(subject).unknown);
      assert.ok(events.length > 0, "nothing tells that something came");
      for (const { type } of events) assert.match(type, /^(ignored|unparsable)$/);
    },
  },
  {
    name: "parse: junk never throws",
    async run(subject) {
      const { deliveries } = webhookOf(subject);
      const seeds = deliveries.map(({ body }) => body);
      for (const body of junkBodies(seeds, FUZZED)) {
        const shown = body.length > 300 ? `${body.slice(0, 300)}…` : body;
        const events = await parse(subject, body).catch((error: unknown) => {
          throw new Error(`${shown} throws`, { cause: error });
        });
        for (const event of events) {
          const { error } = InboundEvent.safeParse(event);
          assert.equal(error, undefined, `${shown} gives an event that is none: ${error}`);
        }
      }
    },
  },
  {
    name: "parse: a delivery of 1 MiB takes no longer than 50 ms",
    async run(subject) {
      const [first] = webhookOf(subject).deliveries;
      assert.ok(first);
      const times = Math.ceil(MIB / (first.body.length + 1));
      const body = `[${Array.from({ length: times }, () => first.body).join()}]`;
      const took = await fastestMs(() => parse(subject, body), LONGEST_MS, 12);
      assert.ok(took < LONGEST_MS, `it takes ${took.toFixed(1)} ms`);
    },
  },
];

async function parse(subject: Subject, body: string): Promise<readonly InboundEvent[]> {
  const { webhook } = subject.adapter;
  assert.ok(webhook);
  const request = await requestOf(
    { ...webhookOf(subject), sign: () => Promise.resolve({}) },
    body,
  );
  const { verifyTag } = kitIo(subject).io;
  return await webhook.parse(deliveryOf(webhook, request), subject.channel, { verifyTag });
}

function webhookOf({ fixture }: Subject) {
  assert.ok(fixture.webhook, "the fixture says nothing of the webhook");
  return fixture.webhook;
}
