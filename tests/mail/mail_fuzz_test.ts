/**
 * Any mail at all: it is taken, kept as it came and settled. 1,000 cases; `PARLEY_FUZZ_CASES=10000` runs more, and a
 * failure prints the seed that repeats it.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { email } from "../../adapters/email/mod.ts";
import { keys } from "../../core/store/mod.ts";
import { type FuzzMail, mailArbitrary } from "../fakes/mail_arbitrary.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

const CASES = Number(Deno.env.get("PARLEY_FUZZ_CASES") ?? 1_000);
/** Taken together, as a mail server would hand them over. */
const AT_ONCE = 25;
/** For all of them; one mail that stalls the parser takes longer. */
const WITHIN_MS = 5_000;
const SECRET = "push-secret";

Deno.test("receive() takes any mail, keeps its bytes, and shows what an undamaged one holds", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const made = await inbox.core.channels.create(
    { type: "token", id: "tok_root", name: "Root", role: "owner" },
    {
      type: "email",
      inboxId: inbox.inboxId,
      name: "Mail",
      config: {
        address: "support@veloce.example",
        fromName: "Veloce",
        inbound: { kind: "push", provider: "raw", secret: SECRET },
        outbound: { kind: "smtp", host: "127.0.0.1", port: 1, security: "none" },
      },
    },
  );
  assert(made.ok, JSON.stringify(made));
  const channelId = made.value.id;
  let sound = 0;

  const batches = fc.array(mailArbitrary, { minLength: AT_ONCE, maxLength: AT_ONCE, size: "max" });
  await fc.assert(
    fc.asyncProperty(batches, async (mails) => {
      const startedAt = performance.now();
      const journalIds = await Promise.all(mails.map(({ raw }) => post(inbox, channelId, raw)));
      await inbox.runJobs();
      assert(performance.now() - startedAt < WITHIN_MS, "they stalled the process");
      for (const [index, mail] of mails.entries()) {
        try {
          await checkKept(inbox, journalIds[index] ?? "", mail);
        } catch (cause) {
          throw new Error(
            `${cause}: ${JSON.stringify(new TextDecoder("latin1").decode(mail.raw))}`,
          );
        }
        if (mail.holds !== null) sound++;
      }
    }),
    { numRuns: Math.ceil(CASES / AT_ONCE), endOnFailure: true },
  );

  assert(sound > CASES / 10, `${sound} were undamaged`);
});

async function post(
  inbox: TestInbox,
  channelId: string,
  raw: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const received = await inbox.core.inbound.receive(channelId, {
    method: "POST",
    url: new URL(`https://parley.example/hooks/${channelId}`),
    headers: new Headers({ authorization: `Bearer ${SECRET}`, "content-type": "message/rfc822" }),
    body: raw,
  }, new AbortController().signal);
  assert(received.ok, JSON.stringify(received));
  return received.value.journalId;
}

async function checkKept(
  { store }: TestInbox,
  journalId: string,
  { raw, holds }: FuzzMail,
): Promise<void> {
  const journal = await store.get(keys.journal(journalId));
  assert(journal !== null && journal.state !== "received", `is ${journal?.state}`);
  assert.deepEqual(await store.blobs.read(journal.blob.id), raw, "the raw mail is as it came");
  // Only bytes without any header of a mail may fail; an adapter that threw says so here.
  assert(journal.error === null || !/adapter|Storing/.test(journal.error), journal.error ?? "");
  if (holds === null) return;
  assert(journal.state === "done" || journal.state === "duplicate", journal.state);
  if (journal.state !== "done") return;

  const [conversationId] = journal.conversationIds;
  assert(conversationId !== undefined);
  for await (const { value: message } of store.list(keys.messages(conversationId))) {
    if (message.id !== journal.messageIds[0]) continue;
    for (const word of holds.words) {
      assert(message.text.includes(word), `"${word}" is shown`);
    }
    const files = await Promise.all(message.attachments.map(async ({ id }) => {
      const attachment = await store.get(keys.attachment(id));
      assert(attachment !== null);
      return (await store.blobs.read(attachment.blob.id))?.toBase64() ?? "gone";
    }));
    assert.deepEqual(files, holds.files);
    return;
  }
  assert.fail("its message is stored");
}
