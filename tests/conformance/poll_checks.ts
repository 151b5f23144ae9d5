/** Deliveries that are fetched. */
import assert from "node:assert/strict";
import { InboundEvent, type PolledDelivery, type PollPage } from "../../core/channel/mod.ts";
import type { Check, Subject } from "./check.ts";
import { junkBodies } from "./junk_bodies.ts";
import { kitIo } from "./kit_io.ts";
import { openProviderServer } from "./provider_server.ts";

const FUZZED = 10_000;
const MAX_PAGES = 1_000;
/** As the contract says. */
const MAX_CURSOR = 16_384;

export const pollChecks: readonly Check[] = [
  {
    name: "poll: the same cursor gives the same",
    run: (subject) =>
      eachTime(subject, async (poll, cursor) => {
        assert.deepEqual(await poll(cursor), await poll(cursor));
      }),
  },
  {
    name: "poll: something is given, and all of it can be read",
    async run(subject) {
      let count = 0;
      await eachTime(subject, async (poll, cursor) => {
        for (const delivery of (await readAll(poll, cursor)).deliveries) {
          count++;
          const events = await parse(subject, delivery);
          assert.ok(events.length > 0, "the adapter finds nothing in a delivery");
          for (const event of events) {
            assert.ok(InboundEvent.safeParse(event).success, "it gives an event that is none");
            assert.notEqual(event.type, "unparsable", "it cannot read what it gave");
          }
        }
      });
      assert.ok(count > 0, "there is nothing");
    },
  },
  {
    name: "poll: going on after a delivery gives what follows it, and nothing else",
    run: (subject) =>
      eachTime(subject, async (poll, cursor) => {
        const { deliveries } = await readAll(poll, cursor);
        for (const [i, delivery] of deliveries.entries()) {
          const rest = await readAll(poll, delivery.cursor);
          assert.deepEqual(
            rest.deliveries.map(textOf),
            deliveries.slice(i + 1).map(textOf),
            `after delivery ${i + 1} of ${deliveries.length}`,
          );
        }
      }),
  },
  {
    name: "poll: an empty page moves nothing",
    run: (subject) =>
      eachTime(subject, async (poll, cursor) => {
        const end = await readAll(poll, cursor);
        const again = await poll(end.cursor);
        assert.deepEqual(again.deliveries, [], "what was given is given again");
        assert.equal(again.cursor, end.cursor);
        assert.equal(again.hasMore, false, "it says that there is more");
      }),
  },
  {
    name: "poll: a cursor is short and says no secret",
    run: (subject) =>
      eachTime(subject, async (poll, cursor) => {
        const { deliveries, cursor: end } = await readAll(poll, cursor);
        for (const one of [end, ...deliveries.map((delivery) => delivery.cursor)]) {
          assert.ok(one.length <= MAX_CURSOR, `it has ${one.length} characters`);
          const told = subject.secrets.find((secret) => one.includes(secret));
          assert.equal(told, undefined, "it holds a secret");
        }
      }),
  },
  {
    name: "poll: junk never throws",
    async run(subject) {
      const seeds: PolledDelivery[] = [];
      await eachTime(subject, async (poll, cursor) => {
        seeds.push(...(await readAll(poll, cursor)).deliveries.slice(0, 5));
      });
      const [first] = seeds;
      assert.ok(first, "there is nothing");
      for (const body of junkBodies(seeds.map(textOf), FUZZED)) {
        const events = await parse(subject, { ...first, body: new TextEncoder().encode(body) });
        for (const event of events) {
          const { error } = InboundEvent.safeParse(event);
          assert.equal(error, undefined, `${body.slice(0, 300)} gives an event that is none`);
        }
      }
    },
  },
];

type Poll = (cursor: string | null) => Promise<PollPage>;

/** Polls at each of the fixture's times, going on from where the time before ended. */
async function eachTime(
  subject: Subject,
  check: (poll: Poll, cursor: string | null) => Promise<void>,
): Promise<void> {
  const { adapter, fixture, channel } = subject;
  assert.ok(fixture.poll, "the fixture says nothing of polling");
  const { at: times, answer = () => "hang_up" } = fixture.poll;
  await using server = openProviderServer(answer);
  let cursor: string | null = null;
  for (const now of times) {
    const { io } = kitIo(subject, { origin: server.origin, now });
    const opened = await adapter.poll?.open(channel, io);
    assert.ok(opened?.ok, `it does not open: ${JSON.stringify(opened)}`);
    const session = opened.value;
    const ask = { signal: io.signal, isKnown: () => Promise.resolve(new Set<string>()) };
    const poll: Poll = async (from) => {
      const page = await session.poll(from, ask);
      assert.ok(page.ok, `it fails: ${JSON.stringify(page)}`);
      return page.value;
    };
    try {
      await check(poll, cursor);
      ({ cursor } = await readAll(poll, cursor));
    } finally {
      await session.close();
    }
  }
}

/** All pages after a cursor, as one. */
async function readAll(
  poll: Poll,
  from: string | null,
): Promise<{ readonly deliveries: readonly PolledDelivery[]; readonly cursor: string }> {
  const deliveries: PolledDelivery[] = [];
  let cursor = from;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await poll(cursor);
    deliveries.push(...page.deliveries);
    cursor = page.cursor;
    if (!page.hasMore) return { deliveries, cursor };
  }
  throw new Error(`There is more after ${MAX_PAGES} pages`);
}

async function parse({ adapter, channel, ...subject }: Subject, delivery: PolledDelivery) {
  const { verifyTag } = kitIo({ adapter, channel, ...subject }).io;
  return await adapter.poll?.parse(delivery, channel, { verifyTag }) ?? [];
}

function textOf({ body }: PolledDelivery): string {
  return new TextDecoder().decode(body);
}
