import assert from "node:assert/strict";
import { z } from "zod";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import { scriptedAdapter } from "../../tests/fakes/scripted_adapter.ts";
import type { AnyAdapter } from "../channel/mod.ts";
import type { Principal } from "../access/mod.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const SECRET = "a-secret-of-the-app";

function adapterWithApp(): AnyAdapter {
  return {
    ...scriptedAdapter().adapter,
    id: "shared",
    needsApp: true,
    apps: [{
      id: "acme",
      label: "Acme",
      description: "For tests",
      config: z.strictObject({ name: z.string(), secret: z.string().meta({ secret: true }) }),
      guide: [],
    }],
  };
}

Deno.test("open() gives a channel its app's settings, and keeps their secrets out of what is logged", async () => {
  await using inbox = await openTestInbox({ adapters: [adapterWithApp()] });
  const { apps, channels } = inbox.core;
  const config = { name: "Veloce", secret: SECRET };
  const app = await apps.create(ROOT, { adapter: "acme", name: "Acme", config });
  assert.ok(app.ok);
  const input = { type: "shared", inboxId: inbox.inboxId, name: "Shared", config: {} };

  const without = await channels.create(ROOT, input);
  const made = await channels.create(ROOT, { ...input, appId: app.value.id });

  assert.equal(without.ok, false, "a channel that needs an app is made without one");
  assert.ok(made.ok);
  const opened = await channels.open(made.value.id);
  assert.ok(opened.ok);
  assert.deepEqual(opened.value.view.app, { id: app.value.id, kind: "acme", config });
  assert.equal(opened.value.redact(`it says ${SECRET}`).includes(SECRET), false);
});

Deno.test("open() gives no app to a channel that names none", async () => {
  await using inbox = await openTestInbox();

  const opened = await inbox.core.channels.open(inbox.channelId);

  assert.ok(opened.ok);
  assert.equal("app" in opened.value.view, false);
});
