/** The largest mails, while others wait for their pages. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { ApiConversation } from "../../core/model/api.ts";
import { largeMail } from "./large_mail.ts";
import { addMailbox, MAIL_SECRET, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const MAX_STALL_MS = 100;
/** Tests share the machine: the quietest of several counts. */
const TRIES = 6;
const POST = fileURLToPath(new URL("fixtures/post_file.ts", import.meta.url));

Deno.test("a mail of 25 MiB holds nobody up for 100 ms, in one part or in 2,000", async (t) => {
  await using workspace = await startWorkspace();
  const { id } = await addMailbox(workspace, 9);

  for (const files of [1, 2_000]) {
    await t.step(`${files} files`, async () => {
      let stallMs = Infinity;
      for (let i = 0; i < TRIES && stallMs >= MAX_STALL_MS; i++) {
        stallMs = Math.min(stallMs, await stallOf(workspace, id, files));
      }
      assert.ok(stallMs < MAX_STALL_MS, `nobody was answered for ${Math.round(stallMs)} ms`);
    });
  }
});

/** The longest that somebody waited for an answer while a mail came in and was stored, in ms. */
async function stallOf(
  { url, api }: TestWorkspace,
  channelId: string,
  files: number,
): Promise<number> {
  const id = crypto.randomUUID();
  const path = await Deno.makeTempFile({ prefix: "parley-mail-" });
  const ended = new AbortController();
  try {
    await Deno.writeFile(path, largeMail(id, files));
    const longest = longestWait(`${url}/healthz`, ended.signal);
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", POST, path, `${url}/hooks/${channelId}`, MAIL_SECRET],
    }).output();
    assert.ok(success);
    await until(async () => {
      const { items } = await api.call<{ items: ApiConversation[] }>("/conversations?limit=10");
      return items.some(({ subject }) => subject === `Photos ${id}`);
    }, { what: "the mail is a conversation", timeoutMs: 30_000 });
    ended.abort();
    return await longest;
  } finally {
    ended.abort();
    await Deno.remove(path);
  }
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
