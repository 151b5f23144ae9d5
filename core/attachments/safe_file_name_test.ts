import assert from "node:assert/strict";
import fc from "fast-check";
import { safeFileName } from "./safe_file_name.ts";

for (
  const [name, safe] of [
    ["invoice.pdf", "invoice.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\temp\\a b.txt", "a b.txt"],
    ["exe\u202Egnp.exe", "exegnp.exe"],
    ["", "attachment"],
    ["..", "attachment"],
    ["a\r\nb.txt", "ab.txt"],
    ["x".repeat(400) + ".pdf", "x".repeat(176) + ".pdf"],
  ] as const
) {
  Deno.test(`safeFileName() makes ${JSON.stringify(name.slice(0, 30))} harmless`, () => {
    assert.equal(safeFileName(name), safe);
  });
}

Deno.test("safeFileName() never leaves a path, a control character or nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (name) => {
    const safe = safeFileName(name);
    assert(safe.length > 0 && safe.length <= 180);
    assert(!/[/\\\p{Cc}]/u.test(safe));
  }));
});
