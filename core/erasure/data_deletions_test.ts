import assert from "node:assert/strict";
import { z } from "zod";
import { valueOf } from "../../tests/fakes/access.ts";
import { APP_SECRET, pageDelivery, pageMessage } from "../../tests/fakes/paged_adapter.ts";
import { openPagedWorld, type PagedWorld, ROOT } from "../../tests/fakes/paged_world.ts";
import { hmacHex } from "../channel/mod.ts";

async function demand(world: PagedWorld, user: string, secret = APP_SECRET): Promise<Response> {
  const body = JSON.stringify({ user });
  const signature = await hmacHex(secret, new TextEncoder().encode(body));
  return await world.fetch({
    method: "POST",
    body,
    headers: { "content-type": "application/json", "x-signature": signature },
  }, `/hooks/app/${world.appId}/data-deletion`);
}

async function deliver(world: PagedWorld, entries: Parameters<typeof pageDelivery>[0]) {
  const delivery = await pageDelivery(entries);
  assert.equal((await world.fetch({ method: "POST", ...delivery })).status, 200);
  await world.inbox.runJobs();
}

async function textsOf(world: PagedWorld): Promise<string[]> {
  const all = await Promise.all(world.channelIds.map((id) => world.messages(id)));
  return all.flat().filter(({ kind }) => kind === "inbound").map(({ text }) => text ?? "");
}

/** Everything the database holds, as text, but the log of changes: it names who did what, and ends after three days. */
async function dumpOf(world: PagedWorld): Promise<string> {
  const parts: string[] = [];
  for await (const { path, value } of world.inbox.store.list({ start: [], end: [true] })) {
    if (path[0] === "log") continue;
    const text = value instanceof Uint8Array
      ? new TextDecoder().decode(value)
      : JSON.stringify(value);
    parts.push(`${path.map(String).join(" ")} ${text}`);
  }
  return parts.join("\n");
}

Deno.test("a demand deletes all that an app's channels know of a person, and nothing of others", async () => {
  await using world = await openPagedWorld();
  await deliver(world, {
    "page-1": [
      pageMessage("m1", { from: "psid-ana", text: "Ana's own words" }),
      pageMessage("m2", { from: "psid-bob", text: "Bob's" }),
    ],
    "page-2": [pageMessage("m3", { from: "psid-ana", text: "Ana's elsewhere" })],
  });
  await deliver(world, {
    "page-1": [{
      type: "message_updated",
      externalId: "m1#1",
      occurredAt: Date.UTC(2026, 2, 2, 9),
      messageExternalId: "m1",
      text: "Ana's words, changed",
    }],
  });

  const response = await demand(world, "psid-ana");
  const { url, confirmation_code: code } = z.object({
    url: z.string(),
    confirmation_code: z.string(),
  }).parse(await response.json());
  assert.equal(response.status, 200);
  assert.equal(url, `http://localhost:8000/data-deletion/${code}`);
  await world.inbox.runJobs();
  world.inbox.ports.clock.advance(10_000);
  await world.inbox.runJobs();

  assert.deepEqual(await textsOf(world), ["Bob's"]);
  assert.notEqual((await world.inbox.core.dataDeletions.status(code))?.erasedAt, null);
  const dump = await dumpOf(world);
  assert.match(dump, /Bob's/);
  assert.doesNotMatch(dump, /Ana's/);
  assert.doesNotMatch(dump, /psid-ana/);

  await deliver(world, { "page-1": [pageMessage("m4", { from: "psid-ana", text: "Back again" })] });
  assert.deepEqual((await textsOf(world)).sort(), ["Back again", "Bob's"]);
});

Deno.test("a demand leaves a contact who is known in another way, with what came by other channels", async () => {
  await using world = await openPagedWorld();
  const known = await world.inbox.write("By another channel", {
    event: {
      sender: {
        identities: [
          { kind: "email", value: "ana@example.com", verified: true },
          { kind: "psid", value: "psid-ana", verified: true },
        ],
        name: "Ana",
      },
    },
  });
  await deliver(world, { "page-1": [pageMessage("m1", { from: "psid-ana" })] });

  await demand(world, "psid-ana");
  await world.inbox.runJobs();

  assert.deepEqual(await textsOf(world), []);
  const { contactId } = await world.inbox.conversation(known.conversationId);
  const contact = valueOf(await world.inbox.core.contacts.get(ROOT, contactId));
  assert.equal(contact.name, "Ana");
  assert.deepEqual(contact.identities.map(({ kind }) => kind), ["email"]);
});

Deno.test("a demand for somebody nobody knows is taken and done at once", async () => {
  await using world = await openPagedWorld();

  const answer = z.object({ confirmation_code: z.string() }).parse(
    await (await demand(world, "psid-nobody")).json(),
  );
  await world.inbox.runJobs();

  const { dataDeletions } = world.inbox.core;
  assert.notEqual((await dataDeletions.status(answer.confirmation_code))?.erasedAt, null);
  for (const code of ["", "0".repeat(24), "../x", answer.confirmation_code.toUpperCase()]) {
    assert.equal(await dataDeletions.status(code), null, code);
  }
});

Deno.test("a demand that is not proven deletes nothing", async () => {
  await using world = await openPagedWorld();
  await deliver(world, { "page-1": [pageMessage("m1", { from: "psid-ana" })] });

  const forged = await demand(world, "psid-ana", "another secret");
  const unknown = await world.fetch({ method: "POST" }, "/hooks/app/app_none/data-deletion");
  await world.inbox.runJobs();

  assert.deepEqual([forged.status, unknown.status], [401, 404]);
  assert.deepEqual(await textsOf(world), ["Hello"]);
});

Deno.test("a demand deletes a person's words from what came together with those of another account, or of none", async () => {
  await using world = await openPagedWorld();
  await deliver(world, {
    "page-1": [pageMessage("m1", { from: "psid-ana", text: "Ana's own words" })],
    "page-2": [pageMessage("m2", { from: "psid-bob", text: "Bob's" })],
    "page-none": [pageMessage("m3", { from: "psid-eve", text: "Eve's" })],
  });

  await demand(world, "psid-ana");
  await world.inbox.runJobs();
  world.inbox.ports.clock.advance(10_000);
  await world.inbox.runJobs();

  assert.deepEqual(await textsOf(world), ["Bob's"]);
  const dump = await dumpOf(world);
  assert.doesNotMatch(dump, /Ana's/);
  assert.doesNotMatch(dump, /psid-ana/);
});

Deno.test("a demand deletes notes with their contact, and what a merge remembers of the person", async () => {
  await using world = await openPagedWorld();
  const { core, store } = world.inbox;
  await deliver(world, {
    "page-1": [
      pageMessage("m1", { from: "psid-ana", text: "Ana's own words" }),
      pageMessage("m2", { from: "psid-bob", text: "Bob's" }),
    ],
  });
  const holderOf = async (part: string) => {
    for await (
      const { path, value } of store.list({ start: ["identity"], end: ["identity", true] })
    ) {
      if (path.map(String).join(" ").includes(part)) return String(value);
    }
    throw new Error(`Cannot find ${part}`);
  };
  const [ana, bob] = [await holderOf("psid-ana"), await holderOf("psid-bob")];
  valueOf(await core.contactNotes.add(ROOT, ana, { text: "Rides a Corsa" }));
  const shop = valueOf(
    await core.contacts.create(ROOT, { name: "Shop", emails: ["shop@x.example"] }),
  );
  valueOf(await core.contacts.merge(ROOT, bob, { intoId: shop.id }));
  await world.inbox.runJobs();
  world.inbox.ports.clock.advance(61_000);
  await world.inbox.runJobs();
  assert.match(await dumpOf(world), /Rides a Corsa/);

  for (const user of ["psid-ana", "psid-bob"]) {
    assert.ok((await demand(world, user)).ok);
    await world.inbox.runJobs();
    // What the conversations held goes in jobs of their own, which the demand waits for.
    world.inbox.ports.clock.advance(60_000);
    await world.inbox.runJobs();
  }

  const dump = await dumpOf(world);
  assert.doesNotMatch(dump, /Rides a Corsa|psid-ana|psid-bob/);
  assert.match(dump, /shop@x\.example/);
});
