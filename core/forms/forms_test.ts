import assert from "node:assert/strict";
import { form } from "../../adapters/form/mod.ts";
import { fakeDns, type Zone } from "../../tests/fakes/dns.ts";
import { openTestInbox, type TestInboxOptions } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../mod.ts";
import { keys, transact } from "../store/mod.ts";
import { isProof, PROOF_BITS } from "./form_token.ts";
import type { PostedForm } from "./types.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const GOOD = { name: "Ana Souza", email: "ana@posta.example", message: "The frame is cracked" };
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

type Values = Readonly<Record<string, string>>;

async function openForms(
  config: Readonly<Record<string, unknown>> = {},
  more: TestInboxOptions = {},
) {
  const inbox = await openTestInbox({ adapters: [form], ...more });
  const made = await inbox.core.channels.create(ROOT, {
    type: "form",
    inboxId: inbox.inboxId,
    name: "Contact",
    config,
  });
  assert(made.ok, JSON.stringify(made));
  const { forms } = inbox.core;
  const { id } = made.value;
  const take = (values: Values, about: Partial<PostedForm> = {}) =>
    forms.take(id, {
      entries: Object.entries(values).map(([name, value]) => ({ name, value })),
      files: [],
      origin: "https://shop.example",
      referrer: null,
      isOwnPage: false,
      remoteAddress: "192.0.2.1",
      ...about,
    }, new AbortController().signal);
  const all = async () => {
    const found = await Array.fromAsync(inbox.store.list(keys.conversations()));
    return found.map(({ value }) => value).filter(({ channelId }) => channelId === id);
  };
  /** Of a form that was taken. */
  const trace = async (index = -1) => {
    const conversation = (await all()).toSorted((a, b) => a.number - b.number).at(index);
    assert(conversation);
    const [message] = await inbox.thread(conversation.id);
    const details = message?.trace.map(({ detail }) => detail).join("\n") ?? "";
    return { status: conversation.status, details, message, conversation };
  };
  return {
    id,
    inbox,
    forms,
    take,
    all,
    trace,
    clock: inbox.ports.clock,
    [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose](),
  };
}

function solve(token: string): string {
  for (let n = 0;; n++) if (isProof(token, String(n), PROOF_BITS)) return String(n);
}

Deno.test("take() makes a conversation of a form, and tells its number", async () => {
  await using world = await openForms();

  const taken = await world.take(GOOD);

  assert(taken.ok);
  const { conversation, message, status } = await world.trace();
  assert.deepEqual([taken.value.number, taken.value.next], [conversation.number, null]);
  assert.deepEqual([status, conversation.subject, conversation.contactName], [
    "open",
    "Contact",
    "Ana Souza",
  ]);
  assert.deepEqual(message?.fields?.map(({ label }) => label), [
    "Your name",
    "Email",
    "How can we help?",
  ]);
  const contact = await world.inbox.store.get(keys.contact(conversation.contactId));
  assert.deepEqual(
    contact?.identities.map(({ kind, value, verified }) => [kind, value, verified]),
    [["email", "ana@posta.example", false]],
    "nobody has shown that it is theirs",
  );
});

Deno.test("a form has its ticket switched on, and any other channel does not", async () => {
  await using world = await openForms();
  const { core, channelId } = world.inbox;

  const [own, other] = await Promise.all([
    core.channels.get(ROOT, world.id),
    core.channels.get(ROOT, channelId),
  ]);

  assert(own.ok && other.ok);
  assert.deepEqual([own.value.autoTicket, other.value.autoTicket], [true, false]);
});

Deno.test("take() takes twenty clicks at once for one form", async () => {
  await using world = await openForms();

  const taken = await Promise.all(Array.from({ length: 20 }, () => world.take(GOOD)));

  assert(taken.every(({ ok }) => ok));
  assert.equal((await world.all()).length, 1);
  const fresh = taken.filter((one) => one.ok && !one.value.isReplay);
  assert.equal(fresh.length, 1);
  assert.equal(new Set(taken.map((one) => one.ok && one.value.number)).size, 1);
});

Deno.test("take() takes the same words for the same form for ten minutes, from one address", async () => {
  await using world = await openForms();
  world.clock.advance(9 * MINUTE_MS);
  await world.take(GOOD);

  world.clock.advance(9 * MINUTE_MS);
  await world.take(GOOD);
  assert.equal((await world.all()).length, 1);

  world.clock.advance(MINUTE_MS);
  await world.take(GOOD);
  assert.equal((await world.all()).length, 2);

  await world.take(GOOD, { remoteAddress: "192.0.2.2" });
  await world.take({ ...GOOD, message: "Another" });
  assert.equal((await world.all()).length, 4);
});

Deno.test("take() knows a form by the id its script or its client gives it", async () => {
  await using world = await openForms();
  const once = { idempotencyKey: "key-1" };

  await world.take({ ...GOOD, _submission_id: "abc" });
  world.clock.advance(60 * MINUTE_MS);
  await world.take({ ...GOOD, _submission_id: "abc" }, { remoteAddress: "192.0.2.9" });
  assert.equal((await world.all()).length, 1);
  // Corrected after a failure nobody was told of: it is not lost.
  await world.take({ ...GOOD, message: "Corrected", _submission_id: "abc" });
  assert.equal((await world.all()).length, 2);

  const first = await world.take(GOOD, once);
  const again = await world.take(GOOD, once);
  const other = await world.take({ ...GOOD, message: "Other" }, once);
  assert(first.ok && again.ok && again.value.isReplay);
  assert.equal(again.value.number, first.value.number);
  assert(!other.ok && other.error.code === "idempotency_mismatch");
});

Deno.test("a page's token counts for its own channel, for a day, and its proof once", async () => {
  await using world = await openForms();
  const page = await world.forms.page(world.id);
  assert(page?.proofBits === PROOF_BITS);
  const { token } = page;
  const proven = { ...GOOD, _token: token, _proof: solve(token) };
  world.clock.advance(5 * SECOND_MS);

  await world.take(proven);
  assert.match((await world.trace()).details, /The browser worked for it/);

  await world.take({ ...proven, message: "https://a.example https://b.example https://c.example" });
  const second = await world.trace();
  assert.equal(second.status, "spam");
  assert.match(second.details, /3 links.*\n[^]*Sent again from a page that was open/);

  await world.take({
    ...GOOD,
    message: "Wrong",
    _token: (await world.forms.page(world.id))!.token,
  });
  assert.equal((await world.trace()).status, "spam", "sent at once");

  const fresh = (await world.forms.page(world.id))!.token;
  world.clock.advance(5 * SECOND_MS);
  const wrong = Array.from({ length: 9 }, (_, n) => String(n)).find((proof) =>
    !isProof(fresh, proof, PROOF_BITS)
  );
  assert(wrong !== undefined);
  await world.take({ ...GOOD, message: "Unworked", _token: fresh, _proof: wrong });
  const unworked = await world.trace();
  assert.equal(unworked.status, "spam");
  assert.match(unworked.details, /proof of work is wrong/);

  const [text = ""] = /^[^.]+\.[^.]+/.exec(token) ?? [];
  await world.take({ ...GOOD, message: "Forged", _token: `${text}.aaaaaaaaaaaaaaaa` });
  assert.match((await world.trace()).details, /never shown/);

  world.clock.advance(25 * 60 * MINUTE_MS);
  await world.take({ ...GOOD, message: "Late", _token: token });
  const late = await world.trace();
  assert.equal(late.status, "open");
  assert.match(late.details, /opened over a day before/);
});

Deno.test("what other sites post is kept as spam", async () => {
  await using world = await openForms({ allowedDomains: ["shop.example", "*.shop.example"] });

  const sites = [
    { origin: "https://shop.example" },
    { origin: null, referrer: "https://eu.shop.example/contact" },
    { origin: "https://inbox.example", isOwnPage: true },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: null },
    { origin: "https://shop.example.evil.example" },
  ];
  const statuses: string[] = [];
  for (const [i, site] of sites.entries()) {
    assert((await world.take({ ...GOOD, message: `From ${i}` }, site)).ok);
    statuses.push((await world.trace()).status);
  }

  assert.deepEqual(statuses, ["open", "open", "open", "spam", "spam", "spam", "spam"]);
  assert.match(
    (await world.trace()).details,
    /shop\.example\.evil\.example is none of the trusted/,
  );
});

Deno.test("a filled-in trap looks like success, whatever else is wrong", async () => {
  await using world = await openForms();

  const taken = await world.take({ name: "Bot", message: "Buy", _gotcha: "x" });

  assert(taken.ok && taken.value.number !== null);
  const { status, details } = await world.trace();
  assert.equal(status, "spam");
  assert.match(details, /people do not see/);
});

const ZONE: Zone = {
  "posta.io MX": [{ preference: 10, exchange: "mx.posta.io" }],
  "nomail.io MX": [{ preference: 0, exchange: "." }],
  "host.io A": ["192.0.2.5"],
  "slow.io MX": "timeout",
};

Deno.test("an address whose domain takes no mail is said beside its field, or marks the form", async () => {
  await using world = await openForms({}, { dns: fakeDns(ZONE) });
  const from = (domain: string, more: Values = {}) =>
    world.take({ ...GOOD, email: `ana@${domain}`, ...more });

  for (const domain of ["posta.io", "host.io", "slow.io", "ana.example"]) {
    await from(domain);
    assert.equal((await world.trace()).status, "open", domain);
  }
  for (const domain of ["nomail.io", "none.io"]) {
    await from(domain);
    const { status, details } = await world.trace();
    assert.equal(status, "spam");
    assert.match(details, /takes no mail/);
  }
  const { token } = (await world.forms.page(world.id))!;
  world.clock.advance(5 * SECOND_MS);
  const refused = await from("none.io", { _token: token });
  assert(!refused.ok && refused.error.code === "form_invalid");
  assert.deepEqual(refused.error.problems, [{ name: "email", code: "no_such_domain" }]);
});

Deno.test("a captcha decides, and its outage loses nothing", async () => {
  const answers: (() => Response)[] = [];
  const asked: string[] = [];
  const answer = (body: unknown, status = 200) => () => Response.json(body, { status });
  await using world = await openForms({
    allowedDomains: ["shop.example"],
    captcha: {
      kind: "turnstile",
      siteKey: "1x00000000000000000000AA",
      secret: "1x0000000000000000000000000000000AA",
      verifyUrl: "http://127.0.0.1:9/verify",
    },
  }, {
    env: { PARLEY_ALLOW_PRIVATE_HOSTS: "1" },
    fetch: async (input, init) => {
      asked.push(await new Request(input, init).text());
      return answers.shift()?.() ?? new Response("gone", { status: 500 });
    },
  });
  const send = async (message: string, more: Values = { "cf-turnstile-response": "token" }) => {
    const taken = await world.take({ ...GOOD, message, ...more });
    assert(taken.ok, JSON.stringify(taken));
    return await world.trace();
  };

  answers.push(answer({ success: true, hostname: "shop.example" }));
  assert.equal((await send("solved")).status, "open");
  assert.match(asked[0] ?? "", /secret=1x0+AA&response=token&remoteip=192\.0\.2\.1/);
  answers.push(answer({ success: false, "error-codes": ["timeout-or-duplicate"] }));
  const twice = await send("twice");
  assert.equal(twice.status, "spam");
  assert.match(twice.details, /timeout-or-duplicate/);
  assert.match((await send("missing", {})).details, /Turnstile was not solved/);
  answers.push(answer({ success: false, "error-codes": ["internal-error"] }));
  assert.match((await send("internal")).details, /could not be asked: internal-error/);
  assert.match((await send("outage")).details, /could not be asked: it answered 500/);
  answers.push(() => new Response("<html>", { headers: { "content-type": "text/html" } }));
  assert.match((await send("html")).details, /could not be asked/);
  answers.push(answer({ success: true, hostname: "evil.example" }));
  const elsewhere = await send("solved elsewhere");
  assert.equal(elsewhere.status, "spam");
  assert.match(elsewhere.details, /solved on evil\.example/);
  answers.push(answer({ success: true, hostname: "shop.example" }, 503));
  assert.match((await send("broken")).details, /could not be asked: it answered 503/);
  assert.equal((await world.all()).length, 8);
  const { message } = await world.trace();
  assert.equal(JSON.stringify(message).includes("token"), false, "the token is no field");

  const { token } = (await world.forms.page(world.id))!;
  world.clock.advance(5 * SECOND_MS);
  const again = await world.take({ ...GOOD, _token: token, _shown: "1" });
  assert(!again.ok && again.error.code === "form_invalid");
  assert.deepEqual(again.error.problems, [{ name: null, code: "captcha" }]);
});

Deno.test("admit() counts by address and altogether, and says how long to wait", async () => {
  await using world = await openForms();
  const admit = async (address: string) => {
    const admitted = await world.forms.admit(world.id, address);
    if (admitted.ok) return 0;
    assert(admitted.error.code === "rate_limited");
    return admitted.error.retryAfterMs;
  };

  for (let i = 0; i < 20; i++) assert.equal(await admit("192.0.2.1"), 0);
  assert.equal(await admit("192.0.2.1"), 60 * MINUTE_MS);
  for (let i = 0; i < 30; i++) assert.equal(await admit(`198.51.100.${i}`), 0);
  assert.equal(await admit("203.0.113.1"), 10 * SECOND_MS);
  world.clock.advance(10 * SECOND_MS);
  assert.equal(await admit("203.0.113.2"), 0);
});

Deno.test("admit() takes 240 forms a day from an address, and 5,000 altogether", async () => {
  await using world = await openForms();
  const admit = async (address: string) => {
    const admitted = await world.forms.admit(world.id, address);
    if (admitted.ok) return 0;
    assert(admitted.error.code === "rate_limited");
    return admitted.error.retryAfterMs;
  };

  for (let hour = 0; hour < 12; hour++) {
    for (let i = 0; i < 20; i++) assert.equal(await admit("192.0.2.1"), 0);
    world.clock.advance(60 * MINUTE_MS);
  }
  assert.equal(await admit("192.0.2.1"), 12 * 60 * MINUTE_MS);
  for (let i = 0; i < 4_760; i++) {
    assert.equal(await admit(`2001:db8:${i.toString(16)}::1`), 0, String(i));
    if (i % 50 === 49) world.clock.advance(10 * SECOND_MS);
  }
  world.clock.advance(10 * SECOND_MS);
  assert.ok(await admit("198.51.100.1") > 11 * 60 * MINUTE_MS);
  world.clock.advance(12 * 60 * MINUTE_MS);
  assert.deepEqual(await Promise.all(["192.0.2.1", "198.51.100.1"].map(admit)), [0, 0]);
});

Deno.test("a form that is paused, or none, is neither shown nor taken", async () => {
  await using world = await openForms();
  const { core, channelId } = world.inbox;
  assert.equal(await world.forms.page(channelId), null, "no form");
  assert.equal(await world.forms.page("chn_none"), null);
  assert((await core.channels.update(ROOT, world.id, { status: "paused" })).ok);

  const taken = await world.take(GOOD);

  assert(!taken.ok && taken.error.code === "not_found");
  assert.equal(await world.forms.page(world.id), null);
  const admitted = await world.forms.admit(world.id, "192.0.2.1");
  assert(!admitted.ok && admitted.error.code === "not_found");
});

Deno.test("readNumber() believes what it signed, for its own channel", async () => {
  await using world = await openForms();
  const text = await world.forms.signNumber(world.id, 12);

  assert.equal(await world.forms.readNumber(world.id, text), 12);
  assert.equal(await world.forms.readNumber(world.id, text.replace("12", "13")), null);
  assert.equal(await world.forms.readNumber("chn_other", text), null);
  assert.equal(await world.forms.readNumber(world.id, ""), null);
});

Deno.test("files of a form are its conversation's, and named among its fields", async () => {
  await using world = await openForms({
    fields: [{ name: "photo", type: "file", label: "Photo", required: true }],
  });
  const bytes = new Uint8Array(300_000).fill(7);
  const file = { name: "photo", fileName: "../crack.jpg", type: "image/jpeg", bytes };

  const missing = await world.take({ photo: "" });
  assert(!missing.ok && missing.error.code === "form_invalid");
  assert((await world.take({}, { files: [file, { ...file, fileName: "two.jpg" }] })).ok);

  const { message } = await world.trace();
  assert.deepEqual(message?.attachments.map(({ name, size }) => [name, size]), [
    ["crack.jpg", 300_000],
    ["two.jpg", 300_000],
  ]);
  assert.equal(message?.fields?.[0]?.label, "Photo");
});

Deno.test("who writes the address of somebody we answered into a form is not spared for it", async () => {
  await using world = await openForms();
  await world.take(GOOD);
  const { conversation } = await world.trace();
  await transact(world.inbox.store, async (tx) => {
    const key = keys.contact(conversation.contactId);
    const contact = await tx.get(key);
    assert(contact);
    tx.set(key, { ...contact, firstAnsweredAt: tx.now });
  });

  await world.take({ ...GOOD, message: "Buy", _gotcha: "x" });

  const second = await world.trace();
  assert.equal(second.conversation.contactId, conversation.contactId);
  assert.equal(second.status, "spam");
});

Deno.test("of the files of a form none is left out: too many are refused", async () => {
  await using world = await openForms();
  const filesOf = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      name: "photos",
      fileName: `${"写真".repeat(100)}${i}.jpg`,
      type: `application/vnd.${"x".repeat(110)}`,
      bytes: new Uint8Array([i]),
    }));

  const more = await world.take(GOOD, { files: filesOf(51) });
  const most = await world.take(GOOD, { files: filesOf(50) });

  assert.deepEqual(more, {
    ok: false,
    error: {
      code: "form_invalid",
      problems: [{ name: null, code: "too_many_files", max: 50 }],
    },
  });
  assert.ok(most.ok);
  const { message } = await world.trace();
  assert.equal(message?.attachments.length, 50);
});
