import assert from "node:assert/strict";
import { readCertificate } from "./read_certificate.ts";

const CERT = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
const KEY = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n";

for (
  const [what, files, expected] of [
    ["nothing where there is none", {}, null],
    ["both", { "smtp.crt": CERT, "smtp.key": KEY }, { cert: CERT, key: KEY }],
    ["that the key is missing", { "smtp.crt": CERT }, /smtp\.key" is missing/],
    ["that the certificate is missing", { "smtp.key": KEY }, /smtp\.crt" is missing/],
    ["that it holds no certificate", { "smtp.crt": "x", "smtp.key": KEY }, /no certificate/],
    ["that it holds no key", { "smtp.crt": CERT, "smtp.key": "x" }, /no private key/],
  ] as const
) {
  Deno.test(`readCertificate() tells ${what}`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      for (const [name, text] of Object.entries(files)) {
        await Deno.writeTextFile(`${folder}/${name}`, text);
      }
      const read = await readCertificate(folder);

      if (expected instanceof RegExp) {
        assert.ok(!read.ok);
        assert.match(read.error, expected);
      } else assert.deepEqual(read, { ok: true, value: expected });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
