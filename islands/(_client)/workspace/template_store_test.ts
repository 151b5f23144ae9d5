import assert from "node:assert/strict";
import { err, ok } from "../../../core/result.ts";
import { TemplateStore } from "./template_store.ts";

const ORDER = { name: "order", language: "en", body: "{{1}}", values: 1 };

Deno.test("TemplateStore reads a channel's templates once, and again after a failure", async () => {
  let asked = 0;
  const store = new TemplateStore({
    templates: () =>
      Promise.resolve(
        ++asked === 1
          ? err({ code: "refused", status: 422, detail: "No answer" } as const)
          : ok({ items: [ORDER], next: null }),
      ),
  });

  assert.deepEqual(store.get("chn_1"), { status: "loading" });
  await store.load("chn_1");
  assert.deepEqual(store.get("chn_1"), { status: "failed", reason: "No answer" });
  await store.load("chn_1");
  await store.load("chn_1");

  assert.deepEqual(store.get("chn_1"), { status: "ready", items: [ORDER] });
  assert.equal(asked, 2);
});
