import assert from "node:assert/strict";
import { VisitorApi } from "./api.ts";

Deno.test("VisitorApi takes a server that never answers for one that is out of reach", async () => {
  const silent: typeof fetch = (_url, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
  const api = new VisitorApi("chn_1", silent, 5);

  const answer = await api.post("cnv_1", { id: "m1", text: "Hello", attachmentIds: [] });

  assert.deepEqual(answer, { ok: false, error: { code: "unreachable" } });
});
