import { addMailbox, startWorkspace } from "../e2e/test_workspace.ts";
import { readPeakMb } from "./idle_memory.ts";
import { startImport, writeMbox } from "./import_file.ts";

const SECRET = "a secret of the benchmarks, 32 bytes and more";
/** Of a mail: an archive of 10,000 has 200 MB. */
const BYTES = 20_000;

/** What an import of an mbox takes, on a server of its own: the most memory of both sides, and its speed. */
export async function measureImport(
  mails: number,
): Promise<{ readonly serverMb: number; readonly clientMb: number; readonly perSecond: number }> {
  const folder = await Deno.makeTempDir({ prefix: "parley-bench-mbox-" });
  try {
    await using workspace = await startWorkspace({ PARLEY_SECRET: SECRET, PARLEY_LOG: "warn" });
    const { id: channelId } = await addMailbox(workspace, 9);
    const path = `${folder}/archive.mbox`;
    await writeMbox(path, mails, BYTES);
    const startedAt = performance.now();
    const running = startImport({
      path,
      channelId,
      env: { PARLEY_SECRET: SECRET, PORT: new URL(workspace.url).port },
    });
    const { code, printed } = await running.ended;
    if (code !== 0 || !printed.includes(`Done: ${mails} imported`)) throw new Error(printed);
    return {
      serverMb: await readPeakMb(workspace.server().pid),
      clientMb: running.peakMb(),
      perSecond: mails / (performance.now() - startedAt) * 1_000,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
