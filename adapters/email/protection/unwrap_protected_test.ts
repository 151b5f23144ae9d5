import assert from "node:assert/strict";
import fc from "fast-check";
import { lines, messageOf, textOf } from "../fake_channel.ts";
import { signedContent } from "./signed_content.ts";
import { readClearSigned } from "./clear_signed.ts";

const HEAD = [
  "From: Ana <ana@posta.example>",
  "Message-ID: <a@posta.example>",
  "MIME-Version: 1.0",
];

async function read(mail: string) {
  const event = await messageOf(mail);
  return {
    text: textOf(event),
    protection: event.email?.protection,
    files: event.parts.flatMap((part) => part.kind === "media" ? [part.name] : []),
  };
}

const SIGNATURE = [
  "-----BEGIN PGP SIGNATURE-----",
  "",
  "iQEzBAEBCAAdFiEE",
  "-----END PGP SIGNATURE-----",
];

Deno.test("a mail signed with PGP is read without its signature", async () => {
  const mail = lines(
    ...HEAD,
    'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s',
    "",
    "--s",
    "Content-Type: multipart/mixed; boundary=m",
    "",
    "--m",
    "Content-Type: text/plain",
    "",
    "The chain is broken.",
    "--m",
    "Content-Type: application/pdf; name=bill.pdf",
    "",
    "pdf",
    "--m--",
    "--s",
    "Content-Type: application/pgp-signature; name=signature.asc",
    "",
    ...SIGNATURE,
    "--s--",
  );

  assert.deepEqual(await read(mail), {
    text: "The chain is broken.",
    protection: { kind: "signed", by: "pgp" },
    files: ["bill.pdf"],
  });
  // Through a list, which puts its footer below.
  const listed = lines(
    ...HEAD,
    "Content-Type: multipart/mixed; boundary=l",
    "",
    "--l",
    mail.slice(mail.indexOf("Content-Type: multipart/signed")),
    "--l",
    "Content-Type: text/plain",
    "",
    "The list's footer",
    "--l--",
  );
  const read2 = await read(listed);
  assert.deepEqual(read2.protection, { kind: "signed", by: "pgp" });
  assert.match(read2.text, /^The chain is broken\.\s+The list's footer$/);
  assert.deepEqual(read2.files, ["bill.pdf"]);
});

Deno.test("a mail encrypted with PGP says so, and its content stays a file", async () => {
  const mail = lines(
    ...HEAD,
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e',
    "",
    "--e",
    "Content-Type: application/pgp-encrypted",
    "",
    "Version: 1",
    "--e",
    "Content-Type: application/octet-stream; name=encrypted.asc",
    "",
    "-----BEGIN PGP MESSAGE-----",
    "",
    "hQEMA",
    "-----END PGP MESSAGE-----",
    "--e--",
  );

  assert.deepEqual(await read(mail), {
    text: "",
    protection: { kind: "encrypted", by: "pgp" },
    files: ["encrypted.asc"],
  });
});

Deno.test("PGP in the text itself is read without its marks; every word stays", async () => {
  const signed = [
    "Above",
    "-----BEGIN PGP SIGNED MESSAGE-----",
    "Hash: SHA256",
    "",
    "Hello",
    "- - a list",
    "- -----BEGIN PGP SIGNED MESSAGE-----",
    ...SIGNATURE,
    "Below",
  ];
  assert.deepEqual(await read(lines(...HEAD, "", ...signed)), {
    text: "Above\n\nHello\n- a list\n-----BEGIN PGP SIGNED MESSAGE-----\n\nBelow",
    protection: { kind: "signed", by: "pgp" },
    files: [],
  });
  const message = ["-----BEGIN PGP MESSAGE-----", "", "hQEMA", "-----END PGP MESSAGE-----"];
  const encrypted = await read(lines(...HEAD, "", "See below", ...message));
  assert.deepEqual(encrypted.protection, { kind: "encrypted", by: "pgp" });
  assert.match(encrypted.text, /^See below/);
  assert.match(encrypted.text, /hQEMA/);

  const broken = await read(lines(...HEAD, "", ...signed.slice(0, -2)));
  assert.equal(broken.protection, undefined);
  assert.match(broken.text, /BEGIN PGP SIGNED/);
  const quoted = await read(lines(...HEAD, "", ...signed.map((line) => `> ${line}`)));
  assert.equal(quoted.protection, undefined);
});

Deno.test("a multipart/signed of another kind, or cut short, is read as it is", async () => {
  const cut = lines(
    ...HEAD,
    "Content-Type: multipart/signed; protocol=x/y; boundary=s",
    "",
    "--s",
    "",
    "Hello",
  );
  assert.deepEqual(await read(cut), { text: "Hello", protection: undefined, files: [] });
});

/** Runs OpenSSL on some bytes; what it writes. */
async function openssl(args: readonly string[], input: string): Promise<Uint8Array> {
  const child = new Deno.Command("openssl", {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return stdout;
}

async function hasOpenssl(): Promise<boolean> {
  try {
    return (await new Deno.Command("openssl", { args: ["version"], stdout: "null" }).output())
      .success;
  } catch {
    return false;
  }
}

const BODY = lines(
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "Gr=C3=BC=C3=9Fe from a signed mail",
  "",
);

Deno.test({
  name:
    "mails that OpenSSL signed or encrypted are recognised, and read where they are only signed",
  ignore: !await hasOpenssl(),
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "parley-smime-" });
    try {
      const [key, cert] = [`${folder}/key.pem`, `${folder}/cert.pem`];
      const subject = ["-subj", "/CN=Ana", "-days", "2"];
      await openssl(
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, ...subject],
        "",
      );
      const sign = ["cms", "-sign", "-signer", cert, "-inkey", key];
      const mailOf = async (args: readonly string[]) =>
        `${HEAD.join("\n")}\n${new TextDecoder().decode(await openssl(args, BODY))}`
          .replace("MIME-Version: 1.0\nMIME-Version: 1.0\n", "MIME-Version: 1.0\n");

      const detached = await read(await mailOf(sign));
      assert.deepEqual(detached, {
        text: "Grüße from a signed mail",
        protection: { kind: "signed", by: "smime" },
        files: [],
      });
      assert.deepEqual(await read(await mailOf([...sign, "-nodetach"])), detached);
      assert.deepEqual(await read(await mailOf([...sign, "-nodetach", "-stream"])), detached);
      const encrypted = await read(await mailOf(["cms", "-encrypt", "-aes256", cert]));
      assert.deepEqual(encrypted, {
        text: "",
        protection: { kind: "encrypted", by: "smime" },
        files: ["smime.p7m"],
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("signedContent() is total on any bytes, nested ones too", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    signedContent(new Uint8Array(bytes));
  }));
  const deep = new Uint8Array(100_000).fill(0x30);
  for (let i = 1; i < deep.length; i += 2) deep[i] = 0x80;
  assert.equal(signedContent(deep), null);
  assert.equal(signedContent(new Uint8Array()), null);
});

Deno.test("readClearSigned() keeps every word of a text, whatever stands in it", () => {
  const line = fc.oneof(
    fc.constantFrom("-----BEGIN PGP SIGNED MESSAGE-----", ...SIGNATURE, "Hash: SHA1", "- x", ""),
    fc.lorem(),
  );
  fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (all) => {
    const { text, protection } = readClearSigned(all.join("\n"));
    if (protection === null) assert.equal(text, all.join("\n"));
    const signature = all.indexOf("-----BEGIN PGP SIGNATURE-----");
    const words = all.slice(0, signature < 0 ? all.length : signature)
      .filter((one) => /^[a-z]/i.test(one) && !one.startsWith("Hash"));
    for (const word of words) assert.ok(text.includes(word), word);
  }));
});
