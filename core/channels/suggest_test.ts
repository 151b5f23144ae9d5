import assert from "node:assert/strict";
import { ok } from "../result.ts";
import type { AnyAdapter, SuggestIo } from "../channel/mod.ts";
import type { Principal } from "../mod.ts";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import { scriptedAdapter } from "../../tests/fakes/scripted_adapter.ts";

const OWNER: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const NEVER = new AbortController().signal;

function lookingUp(look: (io: SuggestIo) => Promise<void> = async () => {}): AnyAdapter {
  return {
    ...scriptedAdapter().adapter,
    id: "looking",
    suggest: {
      title: "Connect it",
      lead: "As it is.",
      label: "Address",
      async suggest(address, io) {
        await look(io);
        return ok({ address, found: "Found", ways: [] });
      },
    },
  };
}

Deno.test("suggest() asks for the right to connect channels, and for a kind that can look settings up", async () => {
  await using inbox = await openTestInbox({ adapters: [lookingUp()] });
  const { suggest, types } = inbox.core.channels;
  const code = async (who: Principal, type: string) => {
    const result = await suggest(who, { type, address: "a@b.example" }, NEVER);
    return result.ok ? "ok" : result.error.code;
  };

  assert.equal(await code(OWNER, "looking"), "ok");
  assert.equal(await code(inbox.agent, "looking"), "forbidden");
  assert.equal(await code(OWNER, "scripted"), "unsupported");
  assert.equal(await code(OWNER, "pigeon"), "not_found");
  assert.deepEqual(types().map(({ suggest }) => suggest?.label), [undefined, "Address"]);
});

Deno.test("suggest() lets a caller ask thirty times in ten minutes", async () => {
  await using inbox = await openTestInbox({ adapters: [lookingUp()] });
  const ask = async () => {
    const input = { type: "looking", address: "a@b.example" };
    const result = await inbox.core.channels.suggest(OWNER, input, NEVER);
    return result.ok || result.error.code;
  };
  const answers = await Promise.all(Array.from({ length: 40 }, ask));

  assert.equal(answers.filter((answer) => answer === true).length, 30);
  assert.equal(answers.filter((answer) => answer === "rate_limited").length, 10);
  inbox.ports.clock.advance(10 * 60_000);
  assert.equal(await ask(), true);
});

Deno.test("suggest() ends what takes too long", async () => {
  const begun = Promise.withResolvers<void>();
  const adapter = lookingUp((io) => {
    begun.resolve();
    return new Promise((resolve) => io.signal.addEventListener("abort", () => resolve()));
  });
  await using inbox = await openTestInbox({ adapters: [adapter] });
  const input = { type: "looking", address: "a@b.example" };
  const result = inbox.core.channels.suggest(OWNER, input, NEVER);
  await begun.promise;
  inbox.ports.clock.advance(10_000);

  assert.ok((await result).ok);
});
