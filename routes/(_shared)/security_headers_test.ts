import assert from "node:assert/strict";
import { secured } from "./security_headers.ts";

const OPTIONS = { isTls: true, isDevelopment: false, pathname: "/inbox" };

Deno.test("secured() adds its headers to the answer it is given, whose body stays as it is", async () => {
  const given = new Response("text", { headers: { "content-type": "text/html" } });

  const answer = secured(given, OPTIONS);

  assert.equal(answer, given);
  assert.equal(await answer.text(), "text");
  const { headers } = answer;
  assert.match(
    headers.get("content-security-policy") ?? "",
    /default-src 'self'; script-src 'self'/,
  );
  assert.equal(headers.get("x-frame-options"), "DENY");
  assert.equal(headers.get("strict-transport-security"), "max-age=31536000");
  assert.equal(headers.get("cache-control"), "private, no-store");
});

Deno.test("secured() copies an answer that cannot be changed", () => {
  const answer = secured(Response.redirect("http://localhost/login", 303), OPTIONS);

  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), "http://localhost/login");
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
});

Deno.test("secured() leaves what a route has set itself", () => {
  const own = {
    "content-security-policy": "sandbox",
    "cache-control": "public, max-age=60",
    "cross-origin-resource-policy": "cross-origin",
  };

  const { headers } = secured(new Response("", { headers: own }), OPTIONS);

  for (const [name, value] of Object.entries(own)) assert.equal(headers.get(name), value);
  assert.equal(headers.get("x-frame-options"), null);
});

Deno.test("secured() allows Vite's client in development only", () => {
  const policy = (isDevelopment: boolean) =>
    secured(new Response(""), { ...OPTIONS, isDevelopment }).headers.get("content-security-policy");

  assert.match(policy(true) ?? "", /connect-src 'self' ws:/);
  assert.doesNotMatch(policy(false) ?? "", /ws:/);
});
