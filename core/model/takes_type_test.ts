import assert from "node:assert/strict";
import { takesType } from "./takes_type.ts";

Deno.test("takesType() knows types, families and all", () => {
  for (
    const [types, type, takes] of [
      [["*"], "image/png", true],
      [["*/*"], "", true],
      [["image/*"], "image/png", true],
      [["image/*"], "IMAGE/PNG; charset=x", true],
      [["image/*"], "imagex/png", false],
      [["image/*", "application/pdf"], "application/pdf", true],
      [["application/pdf"], "application/pdfx", false],
      [[], "image/png", false],
    ] as const
  ) assert.equal(takesType(types, type), takes, `${types} ${type}`);
});
