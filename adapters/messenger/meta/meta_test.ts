import assert from "node:assert/strict";
import { hmacHex } from "../../../core/channel/mod.ts";
import { type GraphError, graphError } from "../../../tests/fakes/messenger/graph_errors.ts";
import { signedRequest } from "../../../tests/fakes/messenger/sign_delivery.ts";
import { openFakePage } from "../../../tests/fakes/messenger/fake_page.ts";
import { answerHandshake, metaApp, MetaAppConfig, verifySignature } from "./mod.ts";

const SECRET = "meta_app_secret_for_tests";
/** The documented example: what is escaped on the wire is signed as it is. */
const BODY =
  '{"object":"page","entry":[{"id":"100","time":1772998024000,"messaging":[{"sender":{"id":"200"},"recipient":{"id":"100"},"timestamp":1772998024000,"message":{"mid":"m_1","text":"\\u00e4\\u00f6\\u00e5"}}]}]}';
const HEX = "92b5f9fbabec9d141b980359f84136cbefcf17a0651c07b319613f8dd31b8c50";

async function verdict(header: string | null, body = BODY) {
  const headers = new Headers({ "x-hub-signature": `sha1=${"0".repeat(40)}` });
  if (header !== null) headers.set("x-hub-signature-256", header);
  const result = await verifySignature({ headers, body: new TextEncoder().encode(body) }, SECRET);
  return result.ok ? "ok" : result.reason;
}

Deno.test("verifySignature() takes the documented example, and nothing else", async () => {
  assert.equal(await verdict(`sha256=${HEX}`), "ok");
  assert.equal(await verdict(`sha256=${HEX}`, BODY.replaceAll("\\u00e4", "ä")), "mismatch");
  assert.equal(await verdict(`sha256=${HEX}`, BODY.replace("200", "201")), "mismatch");
  assert.equal(await verdict(null), "missing", "the older header alone");
  for (const wrong of ["", HEX, `sha1=${HEX}`, `sha256=${HEX.slice(1)}`, `sha256=${HEX}0`]) {
    assert.equal(await verdict(wrong), "malformed", wrong);
  }
  assert.equal(await verdict(`sha256=${HEX.toUpperCase()}`), "malformed");
});

Deno.test("the proof of a token is the documented one", async () => {
  assert.equal(
    await hmacHex(SECRET, new TextEncoder().encode("EAATESTTOKEN")),
    "e98e4f34982c02088bd5279b7f148d1a6d26cc631e388bd705241acd0701e53b",
  );
});

for (
  const [name, query, status, text] of [
    [
      "its own token",
      "hub.mode=subscribe&hub.verify_token=right&hub.challenge=11584",
      200,
      "11584",
    ],
    ["another token", "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=11584", 403, ""],
    ["another mode", "hub.mode=unsubscribe&hub.verify_token=right&hub.challenge=11584", 403, ""],
    ["no challenge", "hub.mode=subscribe&hub.verify_token=right", 403, ""],
    [
      "a page as its challenge",
      "hub.mode=subscribe&hub.verify_token=right&hub.challenge=<script>1</script>",
      403,
      "",
    ],
    ["nothing", "", 403, ""],
  ] as const
) {
  Deno.test(`answerHandshake() answers ${name} with ${status}`, async () => {
    const url = new URL(`https://parley.example/hooks/app/app_1?${query}`);

    const response = answerHandshake({ method: "GET", url }, "right");

    assert.equal(response?.status, status);
    assert.match(response?.headers.get("content-type") ?? "", /^text\/plain/);
    const body = await response?.text() ?? "";
    if (status === 200) assert.equal(body, text);
    else assert.equal(/11584|script/.test(body), false, "it is told back");
  });
}

Deno.test("answerHandshake() leaves deliveries alone", () => {
  const url = new URL("https://parley.example/hooks/app/app_1");

  assert.equal(answerHandshake({ method: "POST", url }, "right"), null);
});

Deno.test("MetaAppConfig takes what people copy, and wants no spaces inside", () => {
  const config = {
    appId: " 440099000001\n",
    appSecret: " abc ",
    verifyToken: "let me in".replaceAll(" ", "-"),
  };

  assert.deepEqual(MetaAppConfig.parse(config), {
    appId: "440099000001",
    appSecret: "abc",
    verifyToken: "let-me-in",
  });
  assert.equal(MetaAppConfig.safeParse({ ...config, appId: "Parley App" }).success, false);
  assert.equal(MetaAppConfig.safeParse({ ...config, graphVersion: "25" }).success, false);
});

async function deletion(
  given: string | null,
  { failure, morePages = 0 }: {
    readonly failure?: GraphError | "html" | "lost_answer";
    readonly morePages?: number;
  } = {},
) {
  await using test = openFakePage();
  const { graph, page, io } = test;
  if (failure !== undefined) graph.failNext(failure);
  page.addPerson({ firstName: "Ana", psid: "200" });
  for (let i = 0; i < morePages; i++) {
    graph.addPage(`Shop ${i}`).addPerson({ firstName: "Ana", psid: "200" });
  }
  const config = MetaAppConfig.parse({
    appId: graph.appId,
    appSecret: graph.appSecret,
    verifyToken: "v",
  });
  const form = new URLSearchParams(given === null ? {} : { signed_request: given });
  const request = {
    method: "POST",
    url: new URL("https://parley.example/hooks/app/app_1/data-deletion"),
    headers: new Headers(),
    body: new TextEncoder().encode(form.toString()),
  };
  const app = { id: "app_1", kind: "meta", config };
  return [await metaApp.dataDeletion?.read(request, app, io), page.id] as const;
}

Deno.test("dataDeletion.read() finds by which ids Pages know whoever asked", async () => {
  const payload = { algorithm: "HMAC-SHA256", issued_at: 1, user_id: "app-200" };

  const [read, pageId] = await deletion(signedRequest(SECRET, payload));

  assert.deepEqual(read, {
    ok: true,
    identities: [
      { kind: "meta_user", value: "app-200" },
      { kind: "psid", value: `${pageId}:200` },
    ],
  });
});

Deno.test("dataDeletion.read() takes nothing that Meta did not sign", async () => {
  const payload = { algorithm: "HMAC-SHA256", user_id: "app-200" };
  const right = signedRequest(SECRET, payload);
  const reasonOf = async (given: string | null) => {
    const [read] = await deletion(given);
    return read === undefined || read.ok ? "ok" : read.reason;
  };

  assert.equal(await reasonOf(null), "missing");
  assert.equal(await reasonOf(signedRequest("another", payload)), "mismatch");
  assert.equal(await reasonOf(`${right}A`), "mismatch");
  assert.equal(
    await reasonOf(signedRequest(SECRET, { ...payload, algorithm: "none" })),
    "malformed",
  );
  for (const junk of ["", ".", "a.b", right.slice(1), `${right}.x`, "é.ü"]) {
    assert.notEqual(await reasonOf(junk), "ok", junk);
  }
});

Deno.test("dataDeletion.read() promises nothing while Meta cannot be asked", async () => {
  const asked = signedRequest(SECRET, { algorithm: "HMAC-SHA256", user_id: "app-200" });

  for (const name of ["temporary", "app limit", "no permission", "token expired"]) {
    const [read] = await deletion(asked, { failure: graphError(name) });

    assert.deepEqual(read, { ok: false, reason: "unavailable" }, name);
  }
});

Deno.test("dataDeletion.read() promises nothing when what answers is not Meta", async () => {
  const asked = signedRequest(SECRET, { algorithm: "HMAC-SHA256", user_id: "app-200" });

  for (const failure of ["html", "lost_answer"] as const) {
    const [read] = await deletion(asked, { failure });

    assert.deepEqual(read, { ok: false, reason: "unavailable" }, failure);
  }
});

Deno.test("dataDeletion.read() finds somebody on all of an app's Pages, however many there are", async () => {
  const asked = signedRequest(SECRET, { algorithm: "HMAC-SHA256", user_id: "app-200" });

  const [read] = await deletion(asked, { morePages: 129 });

  assert.ok(read?.ok);
  const pages = read.identities.filter(({ kind }) => kind === "psid");
  assert.equal(new Set(pages.map(({ value }) => value)).size, 130);
});

Deno.test("dataDeletion.read() has nothing to delete of somebody whom Meta does not know", async () => {
  const asked = signedRequest(SECRET, { algorithm: "HMAC-SHA256", user_id: "app-200" });

  for (const name of ["invalid parameter", "no such person"]) {
    const [read] = await deletion(asked, { failure: graphError(name) });

    assert.deepEqual(read, { ok: true, identities: [{ kind: "meta_user", value: "app-200" }] });
  }
});
