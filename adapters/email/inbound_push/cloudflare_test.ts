import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import worker from "../cloudflare_worker.js";
import { cloudflare } from "./cloudflare.ts";
import { CLOUDFLARE_WORKER } from "./cloudflare_worker_source.ts";
import { fakeIo, RECEIVED_AT } from "../fake_channel.ts";
import {
  contentOf,
  messageIn,
  type Posted,
  pushChannel,
  SECRET,
  verifyPosted,
} from "./push_fixtures.ts";

const CHANNEL = pushChannel("cloudflare");
const MAIL = "From: ana@posta.example\r\nMessage-ID: <one@posta.example>\r\n\r\nGrüße";
const NOW_SECONDS = RECEIVED_AT / 1_000;

function posted(
  { seconds = String(NOW_SECONDS), key = SECRET, signed = MAIL, header = "" } = {},
): Posted {
  const mac = createHmac("sha256", key).update(`${seconds}.${signed}`).digest("hex");
  return {
    headers: {
      "content-type": "message/rfc822",
      "parley-signature": header || `t=${seconds},v1=${mac}`,
      "parley-envelope-to": "support@veloce.example",
    },
    body: new TextEncoder().encode(MAIL),
  };
}

Deno.test("cloudflare's proof covers time and mail, and every change of it is refused", async () => {
  const mac = createHmac("sha256", SECRET).update(`${NOW_SECONDS}.${MAIL}`).digest("hex");
  const { "parley-signature": _, ...unsigned } = posted().headers;
  const refusals: readonly [Posted, string][] = [
    [{ ...posted(), headers: unsigned }, "missing"],
    [{ ...posted(), headers: { ...unsigned, authorization: `Bearer ${SECRET}` } }, "missing"],
    [posted({ header: mac }), "malformed"],
    [posted({ header: `t=${NOW_SECONDS},v1=${mac.slice(1)}` }), "malformed"],
    [posted({ header: `t=${NOW_SECONDS},v1=${mac}0` }), "malformed"],
    [posted({ header: `t=${NOW_SECONDS},v1=${mac.toUpperCase()}` }), "malformed"],
    [posted({ header: `t=soon,v1=${mac}` }), "malformed"],
    [posted({ header: `t=${NOW_SECONDS + 1},v1=${mac}` }), "mismatch"],
    [posted({ key: `${SECRET}x` }), "mismatch"],
    [posted({ signed: `${MAIL}!` }), "mismatch"],
    [posted({ seconds: String(NOW_SECONDS - 301) }), "expired"],
    [posted({ seconds: String(NOW_SECONDS + 301) }), "expired"],
  ];

  assert.deepEqual(await verifyPosted(posted(), CHANNEL), { ok: true });
  assert.deepEqual(await verifyPosted(posted({ seconds: String(NOW_SECONDS - 300) }), CHANNEL), {
    ok: true,
  });
  for (const [request, reason] of refusals) {
    assert.deepEqual(await verifyPosted(request, CHANNEL), { ok: false, reason });
  }
});

Deno.test("cloudflare's delivery is the mail itself", async () => {
  const message = await messageIn(posted(), CHANNEL);

  assert.equal(message.externalId, "one@posta.example");
  assert.equal(contentOf(message).text, "Grüße");
});

/** Runs the worker that is shipped against a server of this machine that answers with `status`. */
async function runWorker(status: number) {
  const requests: Posted[] = [];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    async (req) => {
      const body = new Uint8Array(await req.arrayBuffer());
      requests.push({ headers: Object.fromEntries(req.headers), body });
      return new Response(null, { status });
    },
  );
  const rejected: string[] = [];
  const message = {
    from: "bounce@posta.example",
    to: "support@veloce.example",
    raw: new Response(MAIL).body,
    setReject: (reason: string) => void rejected.push(reason),
  };
  const url = `http://127.0.0.1:${server.addr.port}/hooks/chn_mail`;
  const ran = await worker.email(message, { PARLEY_HOOK: url, PARLEY_SECRET: SECRET })
    .then(() => null, (error: unknown) => String(error));
  return { requests, rejected, error: ran };
}

Deno.test("what people are shown to copy is the worker that is shipped", async () => {
  const file = await Deno.readTextFile(new URL("../cloudflare_worker.js", import.meta.url));

  assert.equal(CLOUDFLARE_WORKER, file.slice(file.indexOf("\n") + 1));
  assert.equal(cloudflare.guide("https://parley.example/hooks/x").code, CLOUDFLARE_WORKER);
});

Deno.test("the shipped worker posts what this side accepts", async () => {
  const { requests: [request], rejected, error } = await runWorker(202);

  assert.ok(request !== undefined && error === null);
  assert.deepEqual(rejected, []);
  const io = fakeIo({ now: () => Date.now() });
  assert.deepEqual(await verifyPosted(request, CHANNEL, io), { ok: true });
  assert.equal(request.headers["parley-envelope-from"], "bounce@posta.example");
  assert.equal((await messageIn(request, CHANNEL)).externalId, "one@posta.example");
});

Deno.test("the shipped worker lets the sender try again, and refuses what is too large for good", async () => {
  const down = await runWorker(503);
  const large = await runWorker(413);

  assert.match(down.error ?? "", /503/);
  assert.deepEqual([down.rejected, large.rejected], [[], ["The mail is too large"]]);
  assert.equal(large.error, null);
});
