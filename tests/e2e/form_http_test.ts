/** Forms over HTTP, as browsers, scripts and machines post them. */
import assert from "node:assert/strict";
import type { ApiChannel } from "../../core/model/api.ts";
import { startWorkspace, type TestWorkspace } from "./test_workspace.ts";

const SITE = "https://shop.example";
const FIELDS = [
  { name: "name", type: "text", label: "Your name", required: true },
  { name: "email", type: "email", label: "Email", required: true },
  { name: "message", type: "textarea", label: "What happened?", required: true },
];
const GOOD = { name: "Ana", email: "ana@posta.example", message: "It broke" };

interface Taken {
  readonly ok: true;
  readonly number: number;
  readonly next: string | null;
}

async function addForm(
  { api, inboxId }: TestWorkspace,
  config: Readonly<Record<string, unknown>> = {},
): Promise<ApiChannel> {
  return await api.call<ApiChannel>("/channels", {
    type: "form",
    inboxId,
    name: "Warranty claim",
    config: { fields: FIELDS, postsPerHour: 1_000, postsInTenSeconds: 1_000, ...config },
  });
}

/** An answer, read to its end. */
async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const { status, headers, body } = await fetch(url, init);
  const bytes = await new Response(body).bytes();
  return new Response(bytes.length === 0 ? null : bytes, { status, headers });
}

Deno.test("forms over HTTP", async (t) => {
  await using workspace = await startWorkspace();
  const { api, url } = workspace;
  const { id } = await addForm(workspace, { allowedDomains: ["shop.example"] });
  const address = `${url}/forms/${id}`;
  const send = (init: RequestInit, headers: Record<string, string> = {}) =>
    ask(address, {
      method: "POST",
      redirect: "manual",
      ...init,
      headers: { origin: SITE, ...headers },
    });
  const sendJson = (body: unknown, headers: Record<string, string> = {}) =>
    send({ body: JSON.stringify(body) }, { "content-type": "application/json", ...headers });
  const messageOf = async (number: number) => {
    const conversation = (await api.conversations()).find((one) => one.number === number);
    assert.ok(conversation, `#${number} is not among the open ones`);
    const [message] = await api.messages(conversation.id);
    assert.ok(message);
    return message;
  };
  const numberIn = async (response: Response) => {
    const taken: Taken = await response.json();
    assert.equal(response.status, 200, JSON.stringify(taken));
    return taken.number;
  };
  const json = { accept: "application/json" };

  await t.step("all four content types are taken, with repeated fields and files", async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(GOOD)) form.append(name, value);
    form.append("photo", new File(["jpeg"], "crack.jpg", { type: "image/jpeg" }));
    form.append("photo", new File(["png"], "two.png", { type: "image/png" }));
    form.append("none", new File([], ""));
    const urlencoded = new URLSearchParams([...Object.entries(GOOD), ["size", "M"], ["size", "L"]]);
    const lines = "name=Ana\r\nemail=ana@posta.example\r\nmessage=It broke\r\nin two\r\n";
    const plain = { "content-type": "text/plain;charset=UTF-8", ...json };

    const multipart = await messageOf(await numberIn(await send({ body: form }, json)));
    const encoded = await messageOf(await numberIn(await send({ body: urlencoded }, json)));
    const object = await messageOf(await numberIn(await sendJson({ ...GOOD, tags: ["a", "b"] })));
    const asText = await messageOf(await numberIn(await send({ body: lines }, plain)));
    const beacon = await send({
      body: JSON.stringify({
        fields: [{ name: "mail", label: "Your mail", type: "email", value: "bea@posta.example" }],
        _captured: { form: "Newsletter" },
        _page: { url: `${SITE}/news`, title: "News" },
      }),
    }, { "content-type": "text/plain" });
    const captured = await messageOf(await numberIn(beacon));

    assert.deepEqual(multipart.attachments.map(({ name }) => name), ["crack.jpg", "two.png"]);
    assert.equal(encoded.fields?.find(({ name }) => name === "size")?.value, "M, L");
    assert.equal(object.fields?.find(({ name }) => name === "tags")?.value, "a, b");
    assert.match(asText.text, /^It broke\nin two/);
    assert.deepEqual(captured.fields, [
      { name: "mail", label: "Your mail", value: "bea@posta.example" },
    ]);
    assert.equal(captured.email?.from?.address, "bea@posta.example");
    assert.equal(captured.email?.subject, "Newsletter");
  });

  await t.step("a page in another charset is read as what it is", async () => {
    const latin = "name=J%F6rg&email=ana%40posta.example&message=%80+5&_charset_=windows-1252";
    const type = { "content-type": "application/x-www-form-urlencoded", ...json };

    const message = await messageOf(await numberIn(await send({ body: latin }, type)));

    assert.equal(message.fields?.[0]?.value, "Jörg");
    assert.equal(message.fields?.[2]?.value, "€ 5");
  });

  await t.step("anything else is refused without effect", async () => {
    const before = (await api.conversations()).length;
    const form = (body: BodyInit, type: string) => send({ body }, { "content-type": type });

    assert.equal((await form("<a/>", "application/xml")).status, 415);
    assert.equal((await form("{", "application/json")).status, 400);
    assert.equal((await form("[1]", "application/json")).status, 400);
    assert.equal((await form("x", "multipart/form-data; boundary=none")).status, 400);
    const large = "x".repeat(1024 * 1024 + 1);
    assert.equal((await form(large, "application/x-www-form-urlencoded")).status, 413);
    assert.equal((await sendJson({ message: large })).status, 413);

    assert.equal((await api.conversations()).length, before);
  });

  await t.step("trusted pages may read the answer, refusals too; others may not", async () => {
    const asked = await ask(address, {
      method: "OPTIONS",
      headers: { origin: SITE, "access-control-request-method": "POST" },
    });
    const wrong = await sendJson({ email: "x" });
    const evil = await sendJson(GOOD, { origin: "https://evil.example" });

    assert.equal(asked.status, 204);
    assert.equal(asked.headers.get("access-control-allow-origin"), SITE);
    assert.equal(asked.headers.get("access-control-allow-methods"), "POST");
    assert.match(asked.headers.get("access-control-allow-headers") ?? "", /content-type/);
    assert.equal(wrong.status, 422);
    assert.equal(wrong.headers.get("access-control-allow-origin"), SITE);
    const problem: { errors: { path: string }[] } = await wrong.json();
    assert.deepEqual(problem.errors.map(({ path }) => path), ["name", "email", "message"]);
    assert.equal(evil.status, 200);
    assert.equal(evil.headers.get("access-control-allow-origin"), null);
    assert.match(evil.headers.get("vary") ?? "", /origin/i);
    const spam = await api.call<{ items: { number: number }[] }>("/conversations?view=spam");
    assert.deepEqual(spam.items.map(({ number }) => number), [(await evil.json()).number]);
  });

  await t.step("a browser is led on, never to another site", async () => {
    const post = async (more: Record<string, string>, headers: Record<string, string> = {}) => {
      const answer = await send({ body: new URLSearchParams({ ...GOOD, ...more }) }, headers);
      assert.equal(answer.status, 303);
      return answer.headers.get("location") ?? "";
    };

    assert.equal(await post({ _next: "/thanks" }), `${SITE}/thanks?submitted=1`);
    const own = await post({ message: "Two" });
    assert.match(own, /^\/forms\/chn_\w+\?sent=\d+\./);
    for (
      const _next of ["https://evil.example", "//evil.example", "https://shop.example@evil.example"]
    ) {
      assert.match(await post({ message: _next, _next }), /^\/forms\//);
    }
    const thanks = await (await ask(url + own)).text();
    assert.match(thanks, /Thank you/);
    assert.match(thanks, /#\d+/);
    const forged = await (await ask(`${address}?sent=999.aaaaaaaaaaaaaaaa`)).text();
    assert.equal(/#999/.test(forged), false);
  });

  await t.step("what was typed stays when something is wrong with it", async () => {
    const body = new URLSearchParams({ ...GOOD, email: "lotte@jansen", message: '<b>"x"</b>' });

    const answer = await send({ body });

    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.match(page, /value="lotte@jansen"/);
    assert.match(page, /&lt;b>&quot;x&quot;&lt;\/b></);
    assert.match(page, /Not a whole address/);
    assert.match(page, /aria-invalid="true"/);
    const german = await send({ body }, { "accept-language": "de-AT,de;q=0.9" });
    assert.match(await german.text(), /Keine vollständige Adresse/);
  });

  await t.step("who posts too much is told to wait, and keeps what was typed", async () => {
    const { id } = await addForm(workspace, { postsPerHour: 2 });
    const post = (accept: string, message: string) =>
      ask(`${url}/forms/${id}`, {
        method: "POST",
        headers: { accept },
        redirect: "manual",
        body: new URLSearchParams({ ...GOOD, message }),
      });

    assert.equal((await post("text/html", "1")).status, 303);
    assert.equal((await post("application/json", "2")).status, 200);
    const page = await post("text/html", "The third");
    const script = await post("application/json", "4");

    assert.equal(page.status, 429);
    assert.ok(Number(page.headers.get("retry-after")) > 3_500);
    assert.match(await page.text(), /The third[^]*|Too much/);
    assert.equal(script.status, 429);
    assert.equal((await script.json()).type, "urn:parley:problem:rate_limited");
  });

  await t.step("the same again is the same form", async () => {
    const key = { "idempotency-key": "a-key-of-mine" };

    const first = await numberIn(await sendJson({ ...GOOD, message: "Once" }, key));
    const again = await numberIn(await sendJson({ ...GOOD, message: "Once" }, key));
    const other = await sendJson({ ...GOOD, message: "Other" }, key);

    assert.equal(again, first);
    assert.equal(other.status, 422);
    const twice = [
      await numberIn(await sendJson({ ...GOOD, message: "Twice" })),
      await numberIn(await sendJson({ ...GOOD, message: "Twice" })),
    ];
    assert.equal(twice[0], twice[1]);
  });

  await t.step("a page is for its sites, a paused one for nobody", async () => {
    const page = await ask(address);
    const framed = await ask(`${address}?embed=1`);
    const policy = (response: Response) => response.headers.get("content-security-policy") ?? "";

    assert.match(policy(page), /frame-ancestors 'none'/);
    assert.match(policy(framed), /frame-ancestors 'self' https:\/\/shop\.example:\*/);
    assert.match(policy(page), /default-src 'none'/);
    assert.equal(framed.headers.get("x-frame-options"), null);
    assert.match(await page.text(), /<h1>Warranty claim<\/h1>/);
    await framed.text();
    const token = await ask(`${address}/token`, { headers: { origin: SITE } });
    assert.equal(token.headers.get("access-control-allow-origin"), SITE);
    assert.deepEqual(Object.keys(await token.json()), ["token", "proofBits", "minFillMs"]);

    await api.call(`/channels/${id}`, { status: "paused" }, "PATCH");
    assert.equal((await ask(address)).status, 404);
    assert.equal((await sendJson(GOOD)).status, 404);
    assert.equal((await send({ body: new URLSearchParams(GOOD) })).status, 404);
    assert.equal((await ask(`${url}/forms/chn_none`)).status, 404);
    assert.equal((await ask(`${address}/token`)).status, 404);
  });
});
