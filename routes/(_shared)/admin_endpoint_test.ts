import assert from "node:assert/strict";
import { signAdminRequest } from "../../core/admin/mod.ts";
import { openTestApp } from "../../tests/fakes/test_app.ts";
import { answerAdmin } from "./admin_endpoint.ts";

const URL = "http://127.0.0.1:8000/_admin";
const BODY = JSON.stringify({ name: "doctor" });

Deno.test("answerAdmin() answers signed commands from this machine and nobody else", async () => {
  await using app = await openTestApp();
  const { core, config } = app;
  const send = async (
    socketAddress: string,
    headers: Readonly<Record<string, string>> = {},
    init: RequestInit = { method: "POST", body: BODY },
  ) => {
    app.ports.clock.advance(1);
    const header = await signAdminRequest(core.store.vault, BODY, app.ports.clock.now());
    const req = new Request(URL, { ...init, headers: { "parley-admin": header, ...headers } });
    const response = await answerAdmin(req, { core, config, socketAddress });
    return { status: response.status, text: await response.text() };
  };

  for (const address of ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"]) {
    const { status, text } = await send(address);
    assert.equal(status, 200, address);
    assert.equal(JSON.parse(text).ok, true);
  }
  for (const address of ["192.0.2.1", "::2", "", "127.0.0.1.example"]) {
    assert.equal((await send(address)).status, 404, address);
  }
  // A proxy on this machine passes on what came from elsewhere.
  assert.equal((await send("127.0.0.1", { "x-forwarded-for": "192.0.2.1" })).status, 404);
  assert.equal((await send("127.0.0.1", { forwarded: "for=192.0.2.1" })).status, 404);
  assert.equal((await send("127.0.0.1", { "parley-admin": "" })).status, 401);
  assert.equal((await send("127.0.0.1", {}, { method: "GET" })).status, 405);
  const huge = { method: "POST", body: "x".repeat(64 * 1024 + 1) };
  assert.equal((await send("127.0.0.1", {}, huge)).status, 413);
});
