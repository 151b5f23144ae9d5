import assert from "node:assert/strict";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

async function write(inbox: TestInbox, html: string, contentIds: readonly string[] = []) {
  return await inbox.write("", {
    event: {
      parts: [
        { kind: "text", text: "", html },
        ...contentIds.map((contentId) => ({
          kind: "media" as const,
          name: `${contentId}.png`,
          type: "image/png",
          contentId,
          bytes: PNG,
        })),
      ],
    },
  });
}

async function documentOf(inbox: TestInbox, messageId: string, images = false): Promise<string> {
  const html = await inbox.core.messages.html(inbox.agent, messageId, { images });
  assert(html.ok, JSON.stringify(html));
  return html.value;
}

function sources(html: string): string[] {
  return [...html.matchAll(/<img[^>]*\ssrc="([^"]*)"/g)].map(([, src = ""]) =>
    src.replaceAll("&amp;", "&")
  );
}

Deno.test("messageDocument() shows a message's own inline images at signed addresses that work", async () => {
  await using inbox = await openTestInbox();
  const { messageId } = await write(inbox, '<p>Hi <img src="cid:one@x"></p>', ["one@x"]);

  const [src = ""] = sources(await documentOf(inbox, messageId));

  const { pathname, searchParams } = new URL(src, "http://localhost");
  const opened = await inbox.core.attachments.openSigned(
    pathname.split("/").at(-1) ?? "",
    Number(searchParams.get("expires")),
    searchParams.get("signature") ?? "",
  );
  assert(opened.ok, src);
  assert.deepEqual(
    new Uint8Array(await new Response(opened.value.stream()).arrayBuffer()),
    PNG,
  );
});

Deno.test("messageDocument() signs nothing for another message's file, however a sender names it", async () => {
  await using inbox = await openTestInbox();
  const secret = await write(inbox, '<img src="cid:secret@x">', ["secret@x"]);
  const [message] = await inbox.thread(secret.conversationId);
  const foreignId = message!.attachments[0]!.id;

  const { messageId } = await write(
    inbox,
    `<img src="/inline-image/${foreignId}"> <img src="cid:secret@x"> <img src="cid:${foreignId}">
     <a href="/inline-image/${foreignId}">x</a> /inline-image/${foreignId}
     <p style="background:url(/inline-image/${foreignId})">y</p>`,
    ["own@x"],
  );

  for (const images of [false, true]) {
    const html = await documentOf(inbox, messageId, images);
    assert(!html.includes("signature="), html);
  }
});

Deno.test("messageDocument() signs anew each time what it sanitised once", async () => {
  await using inbox = await openTestInbox();
  const { messageId } = await write(inbox, '<img src="cid:one@x">', ["one@x"]);
  const first = await documentOf(inbox, messageId);
  let writes = 0;
  inbox.store.onCommit(() => void writes++);

  const again = await documentOf(inbox, messageId);
  inbox.ports.clock.advance(2 * 3_600_000);
  const later = await documentOf(inbox, messageId);

  assert.equal(again, first);
  assert.notEqual(sources(later)[0], sources(first)[0]);
  assert.equal(writes, 0);
});

Deno.test("messageDocument() keeps what it made with remote images apart from what it made without", async () => {
  await using inbox = await openTestInbox();
  const remote = 'https://pictures.example/a.png?b=1&c="d"';
  const { messageId } = await write(
    inbox,
    `<p title="src=">Look src="${remote}"</p>
     <img alt='src="https://evil.example/' src="${
      remote.replaceAll("&", "&amp;").replaceAll('"', "&quot;")
    }">`,
  );

  const blocked = await documentOf(inbox, messageId);
  const shown = await documentOf(inbox, messageId, true);

  assert.deepEqual(sources(blocked), []);
  const { pathname, searchParams } = new URL(sources(shown)[0] ?? "", "http://localhost");
  assert.equal(pathname, "/api/v1/images");
  assert.equal(searchParams.get("url"), remote);
  assert.equal(sources(shown).length, 1);
  assert.equal(shown.match(/signature=/g)?.length, 1, "text stays text");
  assert.equal(await documentOf(inbox, messageId), blocked);
});

Deno.test("html() shows a sender's images when the team said so and the sender is vouched for", async () => {
  await using inbox = await openTestInbox();
  const mail = (from: string, senderVerified: boolean, n: number) => ({
    event: {
      parts: [{
        kind: "text" as const,
        text: "",
        html:
          '<img src="https://a.example/1.png"><img src="https://a.example/o.gif" width=1 height=1>',
      }],
      email: {
        from: { name: "", address: from },
        ...{ to: [], cc: [], bcc: [], replyTo: [], subject: "", references: [] },
        ...{ messageId: `${n}@x`, inReplyTo: null, senderVerified },
      },
    },
  });
  const first = await inbox.write("", mail("Ana@example.com", true, 1));
  const forged = await inbox.write("", mail("ana@example.com", false, 2));
  const second = await inbox.write("", mail("ana.other@example.com", true, 3));
  const { contactId } = await inbox.conversation(first.conversationId);
  const htmlOf = async (id: string, images: boolean | "sender" = "sender") => {
    const page = await inbox.core.messages.html(inbox.agent, id, { images });
    assert(page.ok);
    return /<html ([^>]*)>/.exec(page.value)?.[1];
  };

  assert.equal(
    await htmlOf(first.messageId),
    'data-blocked-images="1" data-trackers="1" data-images="blocked"',
  );
  const patch = { imagesFrom: ["ANA@example.com"] };
  const updated = await inbox.core.contacts.update(inbox.agent, contactId, patch);
  assert(updated.ok);

  assert.deepEqual(updated.value.imagesFrom, ["ana@example.com"]);
  assert.equal(
    await htmlOf(first.messageId),
    'data-blocked-images="0" data-trackers="1" data-images="sender"',
  );
  assert.match(await htmlOf(first.messageId, false) ?? "", /data-images="blocked"/);
  assert.match(await htmlOf(first.messageId, true) ?? "", /data-images="once"/);
  assert.match(await htmlOf(forged.messageId) ?? "", /data-images="blocked"/);
  assert.match(await htmlOf(second.messageId) ?? "", /data-images="blocked"/);
});

Deno.test("messageDocument() makes it anew for a newer sanitiser", async () => {
  await using inbox = await openTestInbox();
  const { SANITIZER_VERSION } = await import("../mail_html/mod.ts");
  const { messageId } = await write(inbox, "<p>Now</p>");
  await inbox.store.apply({
    checks: [],
    writes: [{
      kind: "set",
      path: keys.sanitized(messageId, SANITIZER_VERSION - 1, false).path,
      value: { html: "<script>old</script>", blockedImages: 0, trackers: 0 },
    }],
    changes: [],
    jobDueAt: null,
  });

  assert((await documentOf(inbox, messageId)).includes("<p>Now</p>"));
});

Deno.test("messageDocument() of a large mail is not kept: it would not fit", async () => {
  await using inbox = await openTestInbox();
  const { SANITIZER_VERSION } = await import("../mail_html/mod.ts");
  const { messageId } = await write(inbox, `<p>${"長".repeat(60_000)}</p>`);

  assert((await documentOf(inbox, messageId)).includes("長".repeat(60_000)));
  assert.equal(await inbox.store.get(keys.sanitized(messageId, SANITIZER_VERSION, false)), null);
});
