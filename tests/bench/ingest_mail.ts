import { INBOUND_SECRET } from "./bench_world.ts";
import { expectJson, send } from "./send.ts";

const CONCURRENCY = 8;
const POLL_MS = 10;
const DEADLINE_MS = 60_000;

export interface MailBench {
  readonly url: string;
  readonly channelId: string;
  readonly inboxId: string;
  readonly apiToken: string;
}

/** Mails per second from the first post until the last is a conversation. */
export async function measureMailIngest(bench: MailBench, mails: number): Promise<number> {
  const before = await countOpen(bench);
  const bodies = Array.from({ length: mails }, makeMail);
  const startedAt = performance.now();
  const queue = bodies.values();
  await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
    for (const body of queue) {
      const response = await fetch(`${bench.url}/hooks/${bench.channelId}`, {
        method: "POST",
        headers: { "content-type": "message/rfc822", authorization: `Bearer ${INBOUND_SECRET}` },
        body,
      });
      await expectJson(response, 202);
    }
  }));
  while (true) {
    const arrived = await countOpen(bench) - before;
    if (arrived >= mails) break;
    if (performance.now() - startedAt > DEADLINE_MS) {
      throw new Error(`Only ${arrived} of ${mails} mails became conversations`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return mails / (performance.now() - startedAt) * 1_000;
}

async function countOpen({ url, inboxId, apiToken }: MailBench): Promise<number> {
  const headers = { authorization: `Bearer ${apiToken}` };
  const counts = await expectJson(
    await send(`${url}/api/v1/conversations/counts`, { headers }),
    200,
  );
  // As the API's document says.
  const views = counts as Readonly<Record<string, { readonly open: number } | undefined>>;
  return views[inboxId]?.open ?? 0;
}

/** 50 KB: text, HTML and a picture, each mail from somebody new. */
function makeMail(): string {
  const id = crypto.randomUUID();
  const paragraph =
    "<p>Il cambio scatta sui tre pignoni più piccoli appena spingo in salita, da ferma invece va liscio.</p>\n";
  const text = "Buongiorno, come promesso ecco la foto. ".repeat(40);
  const picture = crypto.getRandomValues(new Uint8Array(26_000)).toBase64()
    .replace(/.{76}/g, "$&\r\n");
  return [
    `From: Giulia Ferrari <giulia-${id}@posta.example>`,
    "To: support@veloce.example",
    "Subject: Cambio che scatta sotto sforzo",
    `Message-ID: <${id}@posta.example>`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="outer"`,
    "",
    "--outer",
    `Content-Type: multipart/alternative; boundary="inner"`,
    "",
    "--inner",
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
    "--inner",
    "Content-Type: text/html; charset=utf-8",
    "",
    `<html><body>${paragraph.repeat(110)}</body></html>`,
    "--inner--",
    "--outer",
    `Content-Type: image/png; name="foto.png"`,
    "Content-Transfer-Encoding: base64",
    `Content-Disposition: attachment; filename="foto.png"`,
    "",
    picture,
    "--outer--",
    "",
  ].join("\r\n");
}
