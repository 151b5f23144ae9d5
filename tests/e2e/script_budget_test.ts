/** What the inbox asks of a browser before the first key. */
import assert from "node:assert/strict";
import { measureFirstScript } from "../bench/first_script.ts";
import { signIn } from "../bench/list_page.ts";
import { PASSWORD, startWorkspace } from "./test_workspace.ts";

/** Whoever needs more loads it when it is needed: see `lazy_part.tsx`. */
const MAX_BYTES = 80_000;

Deno.test("the inbox loads at most 80 KB of script, and its dialogs when they are opened", async () => {
  await using workspace = await startWorkspace();
  const { url } = workspace;
  const cookie = await signIn(url, "nora@veloce.example", PASSWORD);

  const { gzipBytes, files } = await measureFirstScript({ url, path: "/inbox/all/open", cookie });

  assert.ok(files.some((file) => file.includes("/Workspace-")), files.join(" "));
  assert.ok(files.some((file) => file.includes("/client-")), files.join(" "));
  assert.deepEqual(files.filter((file) => /Dialog|Sheet|Picker/.test(file)), []);
  assert.ok(gzipBytes <= MAX_BYTES, `${gzipBytes} bytes in ${files.length} files`);
});
