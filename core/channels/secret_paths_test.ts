import assert from "node:assert/strict";
import { z } from "zod";
import { getPath, secretPaths, setPath } from "./secret_paths.ts";

Deno.test("secretPaths() finds secrets in objects, options and unions", () => {
  const schema = z.strictObject({
    name: z.string(),
    token: z.string().optional().meta({ secret: true }),
    inbound: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("push"), secret: z.string().meta({ secret: true }) }),
      z.strictObject({ kind: z.literal("imap"), password: z.string().meta({ secret: true }) }),
    ]),
  });

  const paths = secretPaths(z.toJSONSchema(schema, { io: "input" }));

  assert.deepEqual([...paths].sort(), ["inbound.password", "inbound.secret", "token"]);
});

Deno.test("secretPaths() refuses a secret that no path leads to", () => {
  const secret = z.string().meta({ secret: true });
  const shared = z.strictObject({ key: secret }).meta({ id: "Shared" });

  for (
    const hidden of [
      z.strictObject({ keys: z.array(secret) }),
      z.strictObject({ keys: z.record(z.string(), secret) }),
      z.strictObject({ keys: z.tuple([z.string(), secret]) }),
      z.strictObject({ first: shared, second: shared }),
    ]
  ) {
    assert.throws(() => secretPaths(z.toJSONSchema(hidden, { io: "input" })), TypeError);
  }
});

Deno.test("getPath() and setPath() reach into objects and never invent parents", () => {
  const value = { a: { b: 1 }, c: [1] };

  assert.equal(getPath(value, "a.b"), 1);
  assert.equal(getPath(value, "c.0"), undefined);
  assert.deepEqual(setPath(value, "a.b", 2), { a: { b: 2 }, c: [1] });
  assert.deepEqual(setPath(value, "a.b", undefined), { a: {}, c: [1] });
  assert.deepEqual(setPath(value, "x.y", 2), value);
});
