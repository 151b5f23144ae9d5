/** Mails as large as they are taken. */
const MAX_BYTES = 25 * 1024 * 1024;
const encoder = new TextEncoder();

/**
 * A mail of just 25 MiB. @param id makes it one of a kind
 * @param files how many share its bytes, in base64
 */
export function largeMail(id: string, files: number): Uint8Array<ArrayBuffer> {
  const head = encoder.encode([
    `From: Giulia Ferrari <giulia-${id}@posta.example>`,
    "To: support@veloce.example",
    `Subject: Photos ${id}`,
    `Message-ID: <${id}@posta.example>`,
    "Date: Mon, 2 Mar 2026 10:00:00 +0000",
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="b"`,
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "All of them, as promised.",
    "",
  ].join("\r\n"));
  const tail = encoder.encode("--b--\r\n");
  const partHead = (n: number) =>
    encoder.encode([
      "--b",
      `Content-Type: image/png; name="photo${n}.png"`,
      "Content-Transfer-Encoding: base64",
      `Content-Disposition: attachment; filename="photo${n}.png"`,
      "",
      "",
    ].join("\r\n"));
  const share = Math.floor((MAX_BYTES - head.length - tail.length) / files);
  const mail = new Uint8Array(head.length + tail.length + share * files);
  mail.set(head);
  for (let n = 0, at = head.length; n < files; n++, at += share) {
    const part = partHead(n);
    mail.set(part, at);
    fillBase64(mail.subarray(at + part.length, at + share));
  }
  mail.set(tail, mail.length - tail.length);
  return mail;
}

const LINE = encoder.encode("QUJD".repeat(19) + "\r\n");

/** Whole lines, then one that is shorter. */
function fillBase64(into: Uint8Array): void {
  for (let at = 0; at < into.length; at += LINE.length) {
    into.set(LINE.subarray(0, Math.min(LINE.length, into.length - at)), at);
  }
  into.set(LINE.subarray(-2), Math.max(0, into.length - 2));
}
