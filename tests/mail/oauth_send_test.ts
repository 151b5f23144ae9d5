/** Replies of a mailbox that is signed in at a provider: AUTH XOAUTH2 against a real SMTP server. */
import assert from "node:assert/strict";
import type { Message } from "../../core/model/message.ts";
import { keys } from "../../core/store/mod.ts";
import { openMailServer, type ReceivedMail, signInByToken } from "../fakes/mail_server.ts";
import { MAILBOX, openSignInWorld, type SignInWorld } from "../fakes/sign_in_world.ts";

const CUSTOMER = "ana@example.com";
const MINUTE_MS = 60_000;

interface World {
  readonly world: SignInWorld;
  /** Mails to the customer that the mailbox's server took: agents are told things by mail, too. */
  sent(): readonly ReceivedMail[];
  /** A reply to a customer, once it was tried. */
  reply(text: string): Promise<Message>;
  /** As it is now. */
  message(message: Message): Promise<Message>;
}

/** @param refuses how the mail server says that it does not take a token */
async function withWorld(
  run: (world: World) => Promise<void>,
  refuses?: "by_challenge" | "at_once",
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  let accountOf = (_token: string): string | null => null;
  await using server = await openMailServer(
    signInByToken((token) => accountOf(token), refuses),
  );
  await using world = await openSignInWorld({ smtpPort: server.port, env });
  accountOf = (token) => world.provider.accountOf(token);
  const { inbox, channelId } = world;
  const message: World["message"] = async ({ conversationId, seq }) => {
    const found = await inbox.store.get(keys.message(conversationId, seq));
    assert.ok(found);
    return found;
  };
  let count = 0;
  await run({
    world,
    sent: () => server.received.filter(({ to }) => to.includes(CUSTOMER)),
    message,
    async reply(text) {
      const written = await inbox.core.inbound.ingest(channelId, {
        type: "message",
        externalId: `in-${++count}`,
        occurredAt: inbox.ports.clock.now(),
        direction: "in",
        sender: {
          identities: [{ kind: "email", value: CUSTOMER, verified: true }],
          name: "Ana",
        },
        hints: [],
        parts: [{ kind: "text", text: "Where is my order?" }],
      });
      assert.equal(written?.kind, "stored");
      const posted = await inbox.reply(written.conversationId, text, { undoSeconds: 0 });
      await inbox.runJobs();
      return await message(posted);
    },
  });
}

Deno.test("a reply leaves with the sign-in's token, and a new one when the old one has ended", async () => {
  await withWorld(async ({ world, sent, reply }) => {
    assert.ok((await world.signIn()).ok);

    assert.equal((await reply("one")).status, "sent");
    world.inbox.ports.clock.advance(60 * MINUTE_MS);
    assert.equal((await reply("two")).status, "sent");

    assert.equal(sent().length, 2);
    assert.equal(sent()[0]?.from, MAILBOX);
    assert.equal(world.provider.tokenRequests.length, 2);
  });
});

for (const refuses of ["by_challenge", "at_once"] as const) {
  Deno.test(`a token that is refused ${refuses} is renewed, and the reply goes out`, async () => {
    await withWorld(async ({ world, sent, reply }) => {
      assert.ok((await world.signIn()).ok);
      world.provider.endAccessTokens();

      assert.equal((await reply("one")).status, "sent");

      assert.equal(sent().length, 1);
      assert.equal(world.provider.tokenRequests.length, 2);
    }, refuses);
  });
}

Deno.test("replies wait for a lost sign-in, say why, and go out by themselves after it", async () => {
  await withWorld(async ({ world, sent, reply, message }) => {
    const { inbox, provider } = world;
    assert.ok((await world.signIn()).ok);
    provider.revoke(MAILBOX);

    const first = await reply("one");
    const second = await reply("two");

    for (const waiting of [first, second]) {
      assert.equal(waiting.status, "queued");
      assert.equal(waiting.error?.code, "signed_out");
      assert.equal(
        waiting.error?.message,
        "Google no longer accepts the sign-in of this channel. Sign in again.",
      );
    }
    assert.equal((await world.channel()).status, "error");
    assert.equal(sent().length, 0);
    const asked = provider.tokenRequests.length;
    inbox.ports.clock.advance(20 * MINUTE_MS);
    await inbox.runJobs();
    assert.equal((await message(first)).status, "queued");
    assert.equal(provider.tokenRequests.length, asked, "the provider is left alone");

    assert.ok((await world.signIn()).ok);
    await inbox.runJobs();

    assert.equal((await message(first)).status, "sent");
    assert.equal((await message(second)).status, "sent");
    assert.equal((await message(first)).error, undefined);
    assert.equal(sent().length, 2);
    assert.equal((await world.channel()).status, "ready");
  });
});

Deno.test("a mail server that takes no token of this account at all holds the replies too", async () => {
  await withWorld(async ({ world, sent, reply }) => {
    // Signed in with an account that may not open the mailbox.
    world.provider.mood.account = "nora@veloce.example";
    assert.ok((await world.signIn({ anyAccount: true })).ok);

    const waiting = await reply("one");

    assert.equal(waiting.status, "queued");
    assert.equal(waiting.error?.code, "signed_out");
    assert.match(waiting.error?.message ?? "", /^The mail server does not accept this sign-in/);
    assert.match(waiting.error?.provider ?? "", /5\.7\.8 Not with this token/);
    assert.equal(sent().length, 0);
    const { status, error, signIn } = await world.channel();
    assert.deepEqual([status, error], ["error", waiting.error?.message]);
    assert.equal(signIn?.account, "nora@veloce.example");

    world.provider.mood.account = MAILBOX;
    assert.ok((await world.signIn()).ok);
    await world.inbox.runJobs();
    assert.equal(sent().length, 1);
  }, "at_once");
});

Deno.test("replies wait for a client whose secret ran out, and go out once the app has another", async () => {
  await withWorld(async ({ world, sent, reply, message }) => {
    const { inbox, provider } = world;
    assert.ok((await world.signIn()).ok);
    const changeSecret = async (clientSecret: string) =>
      assert.ok(
        (await inbox.core.apps.update(world.root, world.appId, {
          config: { clientSecret },
        })).ok,
      );
    await changeSecret("ran-out");
    inbox.ports.clock.advance(60 * MINUTE_MS);

    const waiting = await reply("one");
    assert.equal(waiting.status, "queued");
    assert.equal(
      waiting.error?.message,
      "Google does not accept the app of this channel. Check its settings.",
    );
    assert.equal((await world.channel()).error, waiting.error?.message);

    await changeSecret(provider.clientSecret);
    await inbox.runJobs();

    assert.equal((await message(waiting)).status, "sent");
    assert.equal(sent().length, 1);
    assert.equal((await world.channel()).status, "ready");
  });
});

Deno.test("where an inbox has an address of its own, replies go by that until somebody signs in", async () => {
  await using own = await openMailServer();
  const env = {
    PARLEY_SMTP_LISTEN: "127.0.0.1:0",
    PARLEY_MAIL_DOMAIN: "in.veloce.example",
    PARLEY_SMTP_URL: `smtp://127.0.0.1:${own.port}`,
  };
  await withWorld(
    async ({ world, sent, reply }) => {
      assert.ok((await world.signIn()).ok);
      world.provider.revoke(MAILBOX);

      const standIn = await reply("one");
      assert.equal(standIn.status, "sent");
      assert.match(own.received[0]?.from ?? "", /@in\.veloce\.example$/);
      assert.match(
        standIn.trace.find(({ step }) => step === "fallback_address")?.detail ?? "",
        /Google no longer accepts the sign-in/,
      );
      assert.equal((await world.channel()).status, "error");

      assert.ok((await world.signIn()).ok);
      assert.equal((await reply("two")).status, "sent");
      assert.deepEqual([own.received.length, sent().length], [1, 1]);
    },
    undefined,
    env,
  );
});

Deno.test("what a mail server says is kept without the token, however it repeats it", async () => {
  await using server = await openMailServer({
    ...signInByToken(() => null),
    onAuth({ accessToken = "", username = "" }, _session, callback) {
      const line = btoa(`user=${username}\x01auth=Bearer ${accessToken}\x01\x01`);
      callback(new Error(`5.7.8 No ${accessToken} as in ${line}`));
    },
  });
  await using world = await openSignInWorld({ smtpPort: server.port });
  assert.ok((await world.signIn()).ok);

  const tested = await world.inbox.core.channels.open(world.channelId);
  assert.ok(tested.ok);
  const { adapter, view, io, redact } = tested.value;
  const sent = await adapter.send(
    {
      outboxId: "out_1",
      conversationId: "cnv_1",
      conversationNumber: 1,
      createdAt: 0,
      index: 0,
      recipient: {
        contactId: "con_1",
        name: "Ana",
        identities: [{ kind: "email", value: "ana@example.com" }],
      },
      authorName: "Nora",
      text: "Hello",
      attachments: [],
    },
    view,
    io(new AbortController().signal),
  );

  assert.ok(!sent.ok);
  assert.equal(sent.error.code, "signed_out");
  const said = redact(JSON.stringify(sent.error));
  assert.match(said, /5\.7\.8 No ••• as in/);
  for (const secret of world.provider.secrets) {
    assert.ok(!said.includes(secret));
    for (let from = 0; from < 3; from++) {
      // Its middle, as base64 shows it behind any number of other bytes.
      const middle = btoa(secret.slice(from + 3, from + 15));
      assert.ok(!said.includes(middle), "the token shows in base64");
    }
  }
});
