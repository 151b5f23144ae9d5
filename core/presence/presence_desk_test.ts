import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { DraftNews } from "../drafts/mod.ts";
import type { Principal } from "../access/mod.ts";
import { VIEWING_MS } from "./attendance.ts";

Deno.test("desk.say() answers who else is there, and whether they have something unsent", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { desk, drafts } = inbox.core;
  const nora = await signIn(inbox);
  const bo = { ...inbox.agent, user: { ...inbox.agent.user, id: "usr_bo", name: "Bo" } };
  valueOf(await drafts.save(nora, conversationId, "comment", { text: "hm" }));

  assert.deepEqual(valueOf(await desk.say(nora, conversationId, "viewing", "t")), []);
  const others = valueOf(await desk.say(bo, conversationId, "viewing", "t"));
  assert.deepEqual(others.map(({ name, state }) => `${name} ${state}`), ["Nora Visser drafting"]);
  valueOf(await drafts.discard(nora, conversationId, "comment"));
  await settle(() => desk.attendance.peopleIn(conversationId)[1]?.state === "viewing");
});

Deno.test("desk.say() refuses those outside the inbox, tokens, and typing by who may not write", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { desk } = inbox.core;
  const token: Principal = { type: "token", id: "tok", name: "bot", role: "owner" };
  const viewer = { ...inbox.agent, user: { ...inbox.agent.user, role: "viewer" as const } };
  const codeOf = async (who: Principal, sign: "viewing" | "typing") => {
    const said = await desk.say(who, conversationId, sign, "t");
    return said.ok ? "ok" : said.error.code;
  };

  assert.equal(await codeOf({ ...inbox.agent, inboxIds: new Set() }, "viewing"), "not_found");
  assert.equal(await codeOf(token, "viewing"), "forbidden");
  assert.equal(await codeOf(viewer, "typing"), "forbidden");
  assert.equal(await codeOf(viewer, "viewing"), "ok");
});

Deno.test("whoever loses the inbox, or signs out, is not seen there any more", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { core, inboxId } = inbox;
  const root: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
  const seen = () => core.desk.attendance.peopleIn(conversationId).map(({ name }) => name);
  const first = await signIn(inbox);

  valueOf(await core.desk.say(first, conversationId, "viewing", "t"));
  assert.deepEqual(seen(), ["Nora Visser"]);
  valueOf(await core.inboxes.update(root, inboxId, { memberIds: [] }));
  await settle(() => seen().length === 0);

  valueOf(await core.inboxes.update(root, inboxId, { memberIds: [inbox.agent.user.id] }));
  const { principal, token } = await openSession(inbox);
  valueOf(await core.desk.say(principal, conversationId, "viewing", "t"));
  assert.deepEqual(seen(), ["Nora Visser"]);
  await core.access.signOut(token);
  await settle(() => seen().length === 0);
});

Deno.test("presence and drafts reach another process on the same database, and a dead one's run out", async () => {
  const kv = await Deno.openKv(":memory:");
  {
    await using inbox = await openTestInbox({ kv });
    const { conversationId } = await inbox.write("Hello");
    const other = await inbox.startAnother();
    const nora = await signIn(inbox);
    const news: DraftNews[] = [];
    other.desk.onDraft((one) => void news.push(one));
    const seen = () =>
      other.desk.attendance.peopleIn(conversationId).map(({ name, state }) => `${name} ${state}`);
    const heard = (what: string) =>
      settle(() => {
        inbox.ports.clock.advance(100);
        return seen().join() === what;
      });

    valueOf(await inbox.core.desk.say(nora, conversationId, "viewing", "t"));
    await heard("Nora Visser viewing");
    assert.equal(other.desk.attendance.inboxOf(conversationId), inbox.inboxId);
    const { drafts } = inbox.core;
    valueOf(await drafts.save(nora, conversationId, "reply", { text: "Dear" }));
    await heard("Nora Visser drafting");
    await settle(() => news.some(({ draft }) => draft?.text === "Dear"));
    valueOf(await inbox.core.desk.say(nora, conversationId, "left", "t"));
    await heard("");

    valueOf(await inbox.core.desk.say(nora, conversationId, "viewing", "t"));
    await heard("Nora Visser drafting");
    // Both are quiet from now on, as when the first one died: nobody says it again.
    inbox.ports.clock.advance(VIEWING_MS + 1);
    assert.deepEqual(seen(), []);
    await other.stop();
  }
  kv.close();
});

/** With a session: whoever has none is sent away when rights change. */
async function signIn(inbox: TestInbox) {
  return (await openSession(inbox)).principal;
}

async function openSession({ core, agent }: TestInbox) {
  return valueOf(
    await core.access.signIn({
      email: agent.user.email,
      password: "correct horse battery",
      userAgent: "test",
      remoteAddress: "192.0.2.1",
    }),
  );
}

/** Polls until it is so, bounded. */
async function settle(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("Cannot settle: it never came to be so");
}
