/** A real Dovecot's mailbox that is opened with access tokens, about which it asks the provider. */
import assert from "node:assert/strict";
import { mailOf } from "../../adapters/email/inbound_imap/fake_mailbox.ts";
import type { Message } from "../../core/model/message.ts";
import { keys } from "../../core/store/mod.ts";
import { until } from "../e2e/until.ts";
import { type Dovecot, hasDovecot, openDovecot } from "../fakes/dovecot.ts";
import { openOAuthProvider } from "../fakes/oauth_provider.ts";
import { MAILBOX, openSignInWorld, type SignInWorld } from "../fakes/sign_in_world.ts";

type Mechanism = "xoauth2" | "oauthbearer";
const MINUTE_MS = 60_000;

function test(
  name: string,
  run: (world: SignInWorld, dovecot: Dovecot) => Promise<void>,
  mechanism: Mechanism = "xoauth2",
): void {
  Deno.test({
    name: `${name} (${mechanism})`,
    ignore: !hasDovecot(),
    async fn() {
      let now = () => 0;
      await using provider = openOAuthProvider({ now: () => now() });
      await using dovecot = await openDovecot({
        users: [{ name: MAILBOX, password: "of-nobody" }],
        tokens: { introspectUrl: `${provider.url}/introspect`, mechanism },
      });
      await using world = await openSignInWorld({ provider, imapPort: dovecot.port });
      now = () => world.inbox.ports.clock.now();
      await world.inbox.runJobs();
      await run(world, dovecot);
    },
  });
}

/** The plan of the next poll follows a sign-in by the log, so it is waited for. */
async function signInAndPoll(world: SignInWorld): Promise<void> {
  assert.ok((await world.signIn()).ok);
  await until(async () => {
    await world.inbox.runJobs();
    return (await world.inbox.store.get(keys.poll(world.channelId)))?.cursor != null;
  }, { what: "the mailbox is polled" });
}

async function messages({ inbox, channelId }: SignInWorld): Promise<readonly Message[]> {
  const found: Message[] = [];
  for await (const { value } of inbox.store.list(keys.conversations())) {
    if (value.channelId === channelId) found.push(...await inbox.thread(value.id));
  }
  return found;
}

async function untilTexts(world: SignInWorld, ...texts: readonly string[]): Promise<void> {
  await until(async () => {
    await world.inbox.runJobs();
    return (await messages(world)).length >= texts.length;
  }, { timeoutMs: 15_000, what: `${texts.length} mails are stored` });
  assert.deepEqual((await messages(world)).map(({ text }) => text).toSorted(), texts);
}

for (const mechanism of ["xoauth2", "oauthbearer"] as const) {
  test("a mailbox is read once it is signed in", async (world, dovecot) => {
    assert.equal((await world.channel()).status, "error");

    await signInAndPoll(world);
    await dovecot.deliver(MAILBOX, mailOf("a"));

    await untilTexts(world, "Text of a");
    const { status, error } = await world.channel();
    assert.deepEqual([status, error], ["ready", null]);
  }, mechanism);
}

test(
  "a connection that ends with its token is opened again with the next one",
  async (world, dovecot) => {
    await signInAndPoll(world);
    await dovecot.deliver(MAILBOX, mailOf("a"));
    await untilTexts(world, "Text of a");
    const asked = world.provider.tokenRequests.length;

    world.inbox.ports.clock.advance(61 * MINUTE_MS);
    await dovecot.doveadm("kick", MAILBOX);
    await dovecot.deliver(MAILBOX, mailOf("b"));
    await until(async () => {
      world.inbox.ports.clock.advance(5_000);
      await world.inbox.runJobs();
      return (await messages(world)).length === 2;
    }, { timeoutMs: 15_000, what: "the second mail is stored" });

    assert.equal(world.provider.tokenRequests.length, asked + 1);
    assert.equal((await world.channel()).status, "ready");
  },
);

test("a token taken back before its time is renewed", async (world, dovecot) => {
  await signInAndPoll(world);
  world.provider.endAccessTokens();

  await dovecot.doveadm("kick", MAILBOX);
  await dovecot.deliver(MAILBOX, mailOf("a"));
  await until(async () => {
    world.inbox.ports.clock.advance(5_000);
    await world.inbox.runJobs();
    return (await messages(world)).length === 1;
  }, { timeoutMs: 15_000, what: "the mail is stored" });

  const grants = world.provider.tokenRequests.map((form) => form.get("grant_type"));
  assert.deepEqual(grants, ["authorization_code", "refresh_token"]);
});

test(
  "a sign-in that is taken back shows, and after the next one the mail of between comes in",
  async (world, dovecot) => {
    await signInAndPoll(world);
    await dovecot.deliver(MAILBOX, mailOf("a"));
    await untilTexts(world, "Text of a");

    world.provider.revoke(MAILBOX);
    world.inbox.ports.clock.advance(61 * MINUTE_MS);
    await dovecot.doveadm("kick", MAILBOX);
    await until(async () => {
      world.inbox.ports.clock.advance(5_000);
      await world.inbox.runJobs();
      return (await world.channel()).status === "error";
    }, { what: "the channel says that its sign-in is lost" });
    assert.equal((await world.channel()).signIn?.isNeeded, true);
    await dovecot.deliver(MAILBOX, mailOf("b"));

    // At once: nothing waits for the quarter of an hour after which broken settings are tried again.
    assert.ok((await world.signIn()).ok);

    await untilTexts(world, "Text of a", "Text of b");
    assert.deepEqual((await world.channel()).error, null);
  },
);

test("another account's token opens no mailbox, and the channel says to sign in again", async (world) => {
  world.provider.mood.account = "nora@veloce.example";
  assert.ok((await world.signIn({ anyAccount: true })).ok);

  await until(async () => {
    await world.inbox.runJobs();
    return (await world.channel()).status === "error";
  }, { what: "the channel is polled" });

  const { error } = await world.channel();
  assert.equal(
    error,
    "The mail server does not accept this sign-in for the mailbox. Sign in again.",
  );
});
