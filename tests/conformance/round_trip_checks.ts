/** A message of ours there and back: its echo, receipts on it, and what others write meanwhile. */
import assert from "node:assert/strict";
import { type AnyAdapter, err, type Result } from "../../core/channel/mod.ts";
import type { SendError, SendReceipt } from "../../core/channel/mod.ts";
import type { Message } from "../../core/model/message.ts";
import type { Check, Subject } from "./check.ts";
import type { Fixture, RoundTripFixture, SentRequest } from "./fixture.ts";
import { KIT_NOW, kitIo } from "./kit_io.ts";
import { openProviderServer } from "./provider_server.ts";
import { openSubjectInbox, type SubjectInbox } from "./subject_inbox.ts";

const WORDS = "On my way 🚲";

/** Those that apply. An adapter whose provider echoes needs the first two kinds. */
export function roundTripChecksFor(
  { capabilities: { echo } }: Pick<AnyAdapter, "capabilities">,
  { roundTrip }: Pick<Fixture, "roundTrip">,
): readonly Check[] {
  return [
    ...echo || roundTrip?.ownEcho !== undefined ? ownEchoChecks : [],
    ...echo || roundTrip?.outsideReply !== undefined ? outsideChecks : [],
    ...roundTrip?.receipts === undefined ? [] : receiptChecks,
  ];
}

const ownEchoChecks: readonly Check[] = [
  {
    name: "round trip: an echo of our own message is no second one",
    async run(subject) {
      const ownEcho = needed(fixtureOf(subject).ownEcho, "ownEcho");
      await using trip = await openTrip(subject);
      await trip.send(WORDS);
      const echo = ownEcho(trip.request());
      for (const body of [echo, `${echo} `]) await trip.world.take(body);
      assertSentOnce(await trip.replies());
    },
  },
  {
    name: "round trip: an echo that is faster than the answer is no second message",
    async run(subject) {
      const ownEcho = needed(fixtureOf(subject).ownEcho, "ownEcho");
      await using trip = await openTrip(subject);
      await trip.send(WORDS, async (answer) => {
        await trip.world.receive(ownEcho(trip.request()));
        return answer;
      });
      assertSentOnce(await trip.replies());
    },
  },
  {
    name: "round trip: an echo shows that a message nobody was sure of has left",
    async run(subject) {
      const ownEcho = needed(fixtureOf(subject).ownEcho, "ownEcho");
      await using trip = await openTrip(subject);
      await trip.send(WORDS, () => Promise.resolve(AMBIGUOUS));
      await trip.world.take(ownEcho(trip.request()));
      assertSentOnce(await trip.replies());
    },
  },
];

const outsideChecks: readonly Check[] = [
  {
    name: "round trip: a reply that was written elsewhere stands in the thread, once",
    async run(subject) {
      const outsideReply = needed(fixtureOf(subject).outsideReply, "outsideReply");
      await using trip = await openTrip(subject);
      for (const body of [outsideReply, `${outsideReply} `]) await trip.world.take(body);
      const [reply, ...more] = await trip.replies();
      assert.deepEqual(more, [], "it is there more than once");
      assert.ok(reply?.isOutside, "it is no reply from elsewhere");
      const { waitingSince } = await trip.world.inbox.conversation(reply.conversationId);
      assert.equal(waitingSince, null, "the customer still waits");
    },
  },
];

const receiptChecks: readonly Check[] = [
  {
    name: "round trip: receipts move the message, early and in any order",
    async run(subject) {
      const receipts = needed(fixtureOf(subject).receipts, "receipts");
      const { delivered, read } = subject.adapter.capabilities.receipts;
      const told = [
        ...delivered ? [needed(receipts.delivered, "delivered")] : [],
        ...read ? [needed(receipts.read, "read")] : [],
      ];
      for (const order of [told, told.toReversed(), [...told, ...told.toReversed()]]) {
        for (const isEarly of [false, true]) {
          await using trip = await openTrip(subject);
          const tell = async () => {
            for (const receipt of order) await trip.world.receive(receipt(KIT_NOW + 1_000));
          };
          await trip.send(WORDS, async (answer) => {
            if (isEarly) await tell();
            return answer;
          });
          if (!isEarly) await tell();
          await trip.world.inbox.runJobs();
          const [reply] = await trip.replies();
          assert.equal(reply?.status, read ? "read" : "delivered", isEarly ? "early" : "late");
        }
      }
    },
  },
];

/** All there are. */
export const roundTripChecks: readonly Check[] = [
  ...ownEchoChecks,
  ...outsideChecks,
  ...receiptChecks,
];

type Answer = Result<SendReceipt, SendError>;

const AMBIGUOUS: Answer = err({ code: "ambiguous", message: "Nobody knows." });

/** A customer who has asked, and the adapter with its provider. */
interface Trip extends AsyncDisposable {
  readonly world: SubjectInbox;
  /** An agent answers. @param onAnswer decides what becomes of the provider's answer */
  send(text: string, onAnswer?: (answer: Answer) => Promise<Answer>): Promise<void>;
  /** The one that carried the message. */
  request(): SentRequest;
  /** All in the thread that the team or somebody for it wrote. */
  replies(): Promise<readonly Message[]>;
}

async function openTrip(subject: Subject): Promise<Trip> {
  const { adapter: own, fixture } = subject;
  const { question } = fixtureOf(subject);
  const provider = fixture.provider;
  assert.ok(provider, "the fixture says nothing of the provider");
  const server = openProviderServer(() => ({ status: 200, ...provider.success }));
  let onAnswer = (answer: Answer) => Promise.resolve(answer);
  const adapter: AnyAdapter = {
    ...own,
    async send(part, channel, io) {
      const kit = kitIo(subject, { origin: server.origin, signal: io.signal });
      return await onAnswer(await own.send(part, channel, kit.io));
    },
  };
  const world = await openSubjectInbox(subject, adapter);
  await world.take(question);
  const conversationId = await only(world);
  return {
    world,
    async send(text, decide) {
      if (decide !== undefined) onAnswer = decide;
      await world.inbox.reply(conversationId, text);
      await world.inbox.runJobs();
    },
    request() {
      const carrying = server.requests.find(({ body }) => body.includes("On my way"));
      assert.ok(carrying, "no request carries the message");
      return carrying;
    },
    async replies() {
      return (await world.inbox.thread(conversationId)).filter(({ kind }) => kind === "reply");
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The id of the one conversation there is. */
async function only({ inbox, channelId }: SubjectInbox): Promise<string> {
  const page = await inbox.core.conversations.list(inbox.agent, { channelId });
  assert.ok(page.ok, JSON.stringify(page));
  const [first, ...more] = page.value.items;
  assert.ok(first, "`question` begins no conversation");
  assert.deepEqual(more, [], "`question` begins more than one conversation");
  return first.id;
}

function assertSentOnce(replies: readonly Message[]): void {
  assert.deepEqual(replies.map(({ text, isOutside }) => [text, isOutside]), [[WORDS, undefined]]);
  const status = replies[0]?.status ?? "";
  assert.ok(["sent", "delivered", "read"].includes(status), `it is ${status}`);
}

function fixtureOf({ fixture }: Subject): RoundTripFixture {
  assert.ok(fixture.roundTrip, "the fixture says nothing of the round trip");
  return fixture.roundTrip;
}

function needed<T>(of: T | undefined, name: string): T {
  assert.ok(of !== undefined, `the fixture has no \`${name}\``);
  return of;
}
