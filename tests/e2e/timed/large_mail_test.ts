/** The largest mails, while others wait for their pages. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { ApiConversation } from "../../../core/model/api.ts";
import { largeMail } from "../large_mail.ts";
import {
  addMailbox,
  MAIL_SECRET,
  startWorkspace,
  type TestWorkspace,
  TOKEN,
} from "../test_workspace.ts";
import { until } from "../until.ts";

const MAX_STALL_MS = 100;
/** Tests share the machine: the quietest of several counts. */
const TRIES = 15;
const POST = fileURLToPath(new URL("../fixtures/post_file.ts", import.meta.url));

Deno.test("a mail of 25 MiB holds nobody up for 100 ms, in one part or in 2,000", async (t) => {
  await using workspace = await startWorkspace();
  const { id } = await addMailbox(workspace, 9);

  for (const files of [1, 2_000]) {
    await t.step(`${files} files`, async () => {
      await assertAnswersMeanwhile(workspace, async () => {
        const name = crypto.randomUUID();
        await post(workspace, id, largeMail(name, files));
        await untilStored(workspace, `Photos ${name}`);
      });
    });
  }
  await t.step("a megabyte of HTML, when it is first shown", async () => {
    await assertAnswersMeanwhile(workspace, async () => {
      const name = crypto.randomUUID();
      await post(workspace, id, new TextEncoder().encode(htmlMail(name)));
      const conversation = await untilStored(workspace, `Table ${name}`);
      const [message] = await workspace.api.messages(conversation.id);
      const page = await fetch(`${workspace.url}/api/v1/messages/${message?.id}/html`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      assert.match(await page.text(), /<td>cell 30000<\/td>/);
    });
  });
});

/** 30,000 rows of one cell each. */
function htmlMail(name: string): string {
  const rows = Array.from({ length: 30_001 }, (_, i) => `<tr><td>cell ${i}</td></tr>`).join("\r\n");
  return `From: ana@posta.example\r\nMessage-ID: <${name}@posta.example>\r\n` +
    `Subject: Table ${name}\r\nContent-Type: text/html\r\n\r\n<table>${rows}</table>`;
}

/** Fails when somebody waited too long for an answer while a mail came in or was shown, each time it is tried. */
async function assertAnswersMeanwhile(
  { url }: TestWorkspace,
  work: () => Promise<void>,
): Promise<void> {
  let stallMs = Infinity;
  for (let i = 0; i < TRIES && stallMs >= MAX_STALL_MS; i++) {
    const ended = new AbortController();
    const longest = longestWait(`${url}/healthz`, ended.signal);
    await work().finally(() => ended.abort());
    stallMs = Math.min(stallMs, await longest);
  }
  assert.ok(stallMs < MAX_STALL_MS, `nobody was answered for ${Math.round(stallMs)} ms`);
}

/** From a process of its own, so that it does not hold up the one that waits. */
async function post(
  { url }: TestWorkspace,
  channelId: string,
  mail: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const path = await Deno.makeTempFile({ prefix: "parley-mail-" });
  try {
    await Deno.writeFile(path, mail);
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", POST, path, `${url}/hooks/${channelId}`, MAIL_SECRET],
    }).output();
    assert.ok(success);
  } finally {
    await Deno.remove(path);
  }
}

async function untilStored({ api }: TestWorkspace, subject: string): Promise<ApiConversation> {
  return await until(async () => {
    const { items } = await api.call<{ items: ApiConversation[] }>("/conversations?limit=10");
    return items.find((one) => one.subject === subject);
  }, { what: "the mail is a conversation", timeoutMs: 30_000 });
}

async function longestWait(url: string, ended: AbortSignal): Promise<number> {
  let longest = 0;
  while (!ended.aborted) {
    const startedAt = performance.now();
    const response = await fetch(url);
    await response.body?.cancel();
    longest = Math.max(longest, performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return longest;
}
