/** Files of mail through the real command line and the built app, both killed in the middle. */
import assert from "node:assert/strict";
import type { ApiConversation } from "../../core/model/api.ts";
import { readPeakMb } from "../bench/idle_memory.ts";
import { type RunningImport, startImport, writeMbox } from "../bench/import_file.ts";
import { addMailbox, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const MAILS = 1_200;
const BYTES = 10_000;
const MAX_MB = 300;
const SECRET = "a secret of the import's tests, 32 bytes and more";

Deno.test({
  name: "an mbox is imported whole and once, though both sides are killed, in bounded memory",
  // Memory is read where Linux tells it.
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "parley-mbox-" });
    try {
      await using workspace = await startWorkspace({ PARLEY_SECRET: SECRET });
      const { id: channelId } = await addMailbox(workspace, 9);
      const path = `${folder}/old.mbox`;
      await writeMbox(path, MAILS, BYTES);
      const env = { PARLEY_SECRET: SECRET, PORT: new URL(workspace.url).port };
      const start = () => startImport({ path, channelId, env });

      const first = start();
      await untilPrinted(first, /: 100 imported/);
      first.kill("SIGKILL");
      await first.ended;

      const second = start();
      await untilPrinted(second, /: [1-9]\d\d imported/);
      await workspace.stop("SIGKILL");
      const broken = await second.ended;
      await workspace.start();

      const third = start();
      const whole = await third.ended;
      const serverMb = await readPeakMb(workspace.server().pid);
      const again = await start().ended;

      assert.equal(broken.code, 1);
      assert.match(broken.printed, /no server answers/);
      assert.equal(whole.code, 0, whole.printed);
      const [, taken = 0, known = 0] =
        /Done: (\d+) imported, (\d+) known/.exec(whole.printed)?.map(Number) ?? [];
      assert.equal(taken + known, MAILS, whole.printed);
      assert.ok(taken > 0 && known >= 200, whole.printed);
      assert.match(again.printed, new RegExp(`Done: 0 imported, ${MAILS} known already`));
      assert.equal(await countClosed(workspace), MAILS * 2 / 3);
      assert.ok(serverMb < MAX_MB, `the server held ${serverMb} MB`);
      assert.ok(third.peakMb() < MAX_MB, `the command line held ${third.peakMb()} MB`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function untilPrinted(running: RunningImport, pattern: RegExp): Promise<void> {
  await until(() => pattern.test(running.printed()), {
    what: `it prints ${pattern}: ${running.printed()}`,
    timeoutMs: 60_000,
  });
}

async function countClosed({ api }: TestWorkspace): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: ApiConversation[]; next: string | null } = await api.call(
      `/conversations?view=closed&limit=100${after}`,
    );
    count += page.items.length;
    cursor = page.next;
  } while (cursor !== null);
  return count;
}
