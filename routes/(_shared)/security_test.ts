import assert from "node:assert/strict";
import { createGuard, type GuardedRequest } from "./security.ts";

interface Line {
  readonly level: string;
  readonly event: string;
}

function guard(config: { url?: string | null; trustProxy?: number } = {}) {
  const lines: Line[] = [];
  const { url = null, trustProxy = 0 } = config;
  const made = createGuard({
    config: { url, trustProxy },
    log: (level, event) => void lines.push({ level, event }),
  });
  return { ...made, lines };
}

function request(
  url: string,
  init: RequestInit = {},
  mode: GuardedRequest["mode"] = "production",
): GuardedRequest {
  return { req: new Request(url, init), url: new URL(url), socketAddress: "192.0.2.1", mode };
}

const page = () =>
  Promise.resolve(
    new Response("<p>ok</p>", { headers: { "content-type": "text/html; charset=utf-8" } }),
  );

for (
  const url of [
    "http://localhost:8000/",
    "http://127.0.0.1:8000/inbox/1",
    "http://[::1]:8000/",
    "http://10.0.0.5:8000/healthz",
    "http://parley.internal/readyz",
    "http://parley.internal/metrics",
  ]
) {
  Deno.test(`guard.run() serves ${url} without PARLEY_URL`, async () => {
    assert.equal((await guard().run(request(url), page)).status, 200);
  });
}

for (
  const url of [
    "http://inbox.example/",
    "http://10.0.0.5:8000/",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/sign-in",
    "http://inbox.example/api/v1/me",
  ]
) {
  Deno.test(`guard.run() shows at ${url} that PARLEY_URL is missing`, async () => {
    const response = await guard().run(request(url), () => Promise.reject(new Error("reached")));
    const text = await response.text();

    assert.equal(response.status, 421);
    assert.match(text, /PARLEY_URL/);
    assert.equal(text.includes("evil"), false);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  });
}

Deno.test("guard.run() serves any host once PARLEY_URL is set", async () => {
  const { run } = guard({ url: "https://inbox.example" });

  assert.equal((await run(request("http://10.0.0.5:8000/"), page)).status, 200);
});

const COOKIE = "parley_session=abc";
const LOCAL = "http://localhost:8000";
for (
  const [why, url, headers, isTaken] of [
    ["own origin", LOCAL, { cookie: COOKIE, origin: LOCAL }, true],
    ["own origin under its other name", "http://127.0.0.1:8000", {
      cookie: COOKIE,
      origin: "http://127.0.0.1:8000",
    }, true],
    ["another site", LOCAL, { cookie: COOKIE, origin: "https://evil.example" }, false],
    ["another port", LOCAL, { cookie: COOKIE, origin: "http://localhost:9000" }, false],
    ["another scheme", LOCAL, { cookie: COOKIE, origin: "https://localhost:8000" }, false],
    ["an opaque origin", LOCAL, { cookie: COOKIE, origin: "null" }, false],
    ["another site before signing in", LOCAL, { origin: "https://evil.example" }, false],
    [
      "Sec-Fetch-Site same-origin",
      LOCAL,
      { cookie: COOKIE, "sec-fetch-site": "same-origin" },
      true,
    ],
    ["Sec-Fetch-Site none", LOCAL, { cookie: COOKIE, "sec-fetch-site": "none" }, true],
    ["Sec-Fetch-Site same-site", LOCAL, { cookie: COOKIE, "sec-fetch-site": "same-site" }, false],
    ["Sec-Fetch-Site cross-site", LOCAL, { cookie: COOKIE, "sec-fetch-site": "cross-site" }, false],
    ["a good word against a bad origin", LOCAL, {
      cookie: COOKIE,
      origin: "https://evil.example",
      "sec-fetch-site": "same-origin",
    }, false],
    ["a cookie and neither header", LOCAL, { cookie: COOKIE }, false],
    ["neither header nor cookie", LOCAL, {}, true],
    ["a bearer token from anywhere", LOCAL, {
      authorization: "Bearer par_1",
      origin: "https://tool.example",
    }, true],
  ] as const
) {
  Deno.test(`guard.run() ${isTaken ? "takes" : "refuses"} a POST with ${why}`, async () => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const asked = request(`${url}/api/v1/inboxes`, { method, headers });

      const response = await guard().run(asked, page);

      assert.equal(response.status, isTaken ? 200 : 403, method);
    }
  });
}

Deno.test("guard.run() takes the public address as its own, whatever the proxy asked for", async () => {
  const { run } = guard({ url: "https://inbox.example/parley" });
  const post = (origin: string) =>
    run(
      request("http://10.0.0.5:8000/sign-in", {
        method: "POST",
        headers: { cookie: "__Host-parley_session=abc", origin },
      }),
      page,
    );

  assert.equal((await post("https://inbox.example")).status, 200);
  assert.equal((await post("http://10.0.0.5:8000")).status, 403);
  assert.equal((await post("https://inbox.example.evil.example")).status, 403);
});

Deno.test("guard.run() does not ask where reads, visitors, providers and forms come from", async () => {
  const headers = { cookie: COOKIE, origin: "https://shop.example" };
  const reads = [request(`${LOCAL}/api/v1/me`, { headers })];
  const posts = ["/visitor/v1/chn_1/session", "/hooks/chn_1", "/forms/chn_1"].map((path) =>
    request(`${LOCAL}${path}`, { method: "POST", headers })
  );
  for (const asked of [...reads, ...posts]) {
    assert.equal((await guard().run(asked, page)).status, 200, asked.url.pathname);
  }
});

Deno.test("guard.run() adds a strict policy to pages and keeps them out of caches", async () => {
  const response = await guard().run(request(`${LOCAL}/`), page);

  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'self'; script-src 'self'; style-src 'self';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /object-src 'none'; base-uri 'none'; form-action 'self'/);
  assert.equal(/script-src[^;]*unsafe/.test(policy), false);
  assert.equal(response.headers.get("x-frame-options"), "DENY");
  assert.equal(response.headers.get("referrer-policy"), "same-origin");
  assert.equal(response.headers.get("cache-control"), "private, no-store");
  assert.equal(response.headers.has("strict-transport-security"), false);
  assert.equal(await response.text(), "<p>ok</p>");
});

Deno.test("guard.run() tells browsers to stay on TLS where Parley is reached by it", async () => {
  const response = await guard({ url: "https://inbox.example" }).run(
    request("http://10.0.0.5:8000/"),
    page,
  );

  assert.equal(response.headers.get("strict-transport-security"), "max-age=31536000");
});

Deno.test("guard.run() leaves what a route says itself", async () => {
  const own = {
    "content-type": "text/html",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "public, max-age=300",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
  };
  const headers = new Headers(own);
  headers.append("set-cookie", "a=1");
  headers.append("set-cookie", "b=2");

  const response = await guard().run(
    request(`${LOCAL}/widget/chn_1`),
    () => Promise.resolve(new Response("frame", { status: 201, headers })),
  );

  assert.equal(response.status, 201);
  for (const [name, value] of Object.entries(own)) assert.equal(response.headers.get(name), value);
  assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
  // It would forbid the frame that the route's own policy may allow.
  assert.equal(response.headers.has("x-frame-options"), false);
});

Deno.test("guard.run() passes on answers without a body and lets files be cached", async () => {
  const { run } = guard();
  const none = await run(
    request(`${LOCAL}/x`),
    () => Promise.resolve(new Response(null, { status: 304 })),
  );
  const script = await run(
    request(`${LOCAL}/assets/a.js`),
    () => Promise.resolve(new Response("1", { headers: { "content-type": "text/javascript" } })),
  );
  const redirect = await run(
    request(`${LOCAL}/x`),
    () => Promise.resolve(Response.redirect(`${LOCAL}/sign-in`, 303)),
  );

  assert.deepEqual([none.status, none.body], [304, null]);
  assert.equal(script.headers.has("cache-control"), false);
  await script.body?.cancel();
  assert.equal(redirect.headers.get("location"), `${LOCAL}/sign-in`);
});

Deno.test("guard.run() gives Vite's client what it needs in development only", async () => {
  const response = await guard().run(request(`${LOCAL}/`, {}, "development"), page);

  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /style-src 'self' 'unsafe-inline';/);
  assert.match(policy, /connect-src 'self' ws:;/);
});

Deno.test("guard.remoteAddress() believes as many proxies as it is told, and warns once when told of none", () => {
  const forwarded = request(LOCAL, { headers: { "x-forwarded-for": "203.0.113.9" } });
  const deaf = guard();
  const behind = guard({ trustProxy: 1 });

  assert.equal(deaf.remoteAddress(request(LOCAL)), "192.0.2.1");
  assert.deepEqual(deaf.lines, []);
  assert.equal(deaf.remoteAddress(forwarded), "192.0.2.1");
  assert.equal(deaf.remoteAddress(forwarded), "192.0.2.1");
  assert.deepEqual(deaf.lines, [{ level: "warn", event: "proxy header not trusted" }]);
  assert.equal(behind.remoteAddress(forwarded), "203.0.113.9");
  assert.deepEqual(behind.lines, []);
});
