/** The program in README.md, exactly as it is printed, as a process of its own. */
import assert from "node:assert/strict";
import { freePort } from "../../.tasks/free_port.ts";
import type { Conversation } from "../../core/model/conversation.ts";
import { keys } from "../../core/store/mod.ts";
import type { State } from "../../routes/(_shared)/define.ts";
import { hooks } from "../../routes/(_hooks)/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { until } from "../../tests/e2e/until.ts";
import { api } from "./mod.ts";

const SECRET = "secret of the program in the README";
const LONGEST_LINES = 40;
const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;
/** Node where there is one; Deno runs the same. */
const RUN: readonly [string, ...string[]] = hasNode() ? ["node"] : [Deno.execPath(), "run", "-A"];

Deno.test("README.md of the API channel: its program passes messages on both ways", async (t) => {
  const source = await programOf(new URL("README.md", import.meta.url));
  assert.ok(source.trimEnd().split("\n").length <= LONGEST_LINES, "it has grown");
  await using world = await openWorld(source);
  const { inbox, channelId } = world;

  await t.step("what a customer writes comes in, once", async () => {
    await world.say({ id: "m1", from: "u1", name: "Ana", text: "Is my bike ready? 👋" });
    await world.say({ id: "m1", from: "u1", name: "Ana", text: "Is my bike ready? 👋" });
    await inbox.runJobs();

    assert.deepEqual(await world.texts(), ["Ana: Is my bike ready? 👋"]);
  });

  await t.step("what an agent answers reaches it, and is delivered", async () => {
    const [conversation] = await world.conversations();
    assert.ok(conversation);
    await inbox.reply(conversation.id, "It is: “ready” since ten, François.");
    await inbox.runJobs();
    await until(() => world.printed().includes("To Ana: It is: “ready” since ten, François."));

    const [, reply] = await inbox.thread(conversation.id);
    assert.equal(reply?.status, "delivered");
    assert.equal(world.printed().split("To Ana").length, 2, "it was sent once");
  });

  await t.step("the channel's test goes to it and comes back", async () => {
    const options = { isWhole: true, signal: AbortSignal.timeout(30_000) };
    const test = await inbox.core.channels.test(ROOT, channelId, options);
    assert.ok(test.ok);
    const steps: string[] = [];
    const tick = setInterval(() => {
      inbox.ports.clock.set(Date.now());
      void inbox.runJobs();
    }, 20);
    try {
      for await (const news of test.value) {
        if (news.kind === "ended") steps.push(`${news.step.ok} ${news.step.detail}`);
      }
    } finally {
      clearInterval(tick);
    }

    assert.match(
      steps.join("\n"),
      /^true 127\.0\.0\.1:\d+ answered.*\ntrue Its signature is right$/,
    );
  });

  await t.step("it refuses what Parley has not signed", async () => {
    const body = JSON.stringify({ type: "message", recipient: { name: "Eve" }, text: "x" });
    const time = Math.floor(Date.now() / 1_000);
    for (const signature of ["", "t=1,v1=", `t=${time},v1=${"0".repeat(64)}`, "t=,v1=ü"]) {
      const headers = { "parley-signature": encodeURI(signature) };
      const answer = await fetch(world.program, { method: "POST", headers, body });
      await answer.body?.cancel();
      assert.equal(answer.status, 401, signature);
    }
    assert.doesNotMatch(world.printed(), /Eve/);
  });
});

async function programOf(readme: URL): Promise<string> {
  const [, source] = /```js\n([^]*?)```/.exec(await Deno.readTextFile(readme)) ?? [];
  assert.ok(source, "there is no program in it");
  return source;
}

async function openWorld(source: string) {
  const inbox: TestInbox = await openTestInbox({
    adapters: [api],
    env: { PARLEY_ALLOW_PRIVATE_HOSTS: "1" },
    fetch: globalThis.fetch,
  });
  inbox.ports.clock.set(Date.now());
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    // Deliveries need nothing else of a request's state.
    (request) => hooks.fetch(request, { core: inbox.core } as State),
  );
  const port = freePort("127.0.0.1");
  const program = `http://127.0.0.1:${port}/`;
  const made = await inbox.core.channels.create(ROOT, {
    type: "api",
    inboxId: inbox.inboxId,
    name: "Bridge",
    config: { url: program, secret: SECRET },
  });
  assert.ok(made.ok, JSON.stringify(made));
  const channelId = made.value.id;

  const file = await Deno.makeTempFile({ suffix: ".mjs" });
  await Deno.writeTextFile(file, source);
  const [command, ...args] = RUN;
  const process = new Deno.Command(command, {
    args: [...args, file],
    env: {
      HOOK: `http://127.0.0.1:${server.addr.port}/hooks/${channelId}`,
      SECRET,
      PORT: String(port),
    },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let printed = "";
  const reading = (async () => {
    for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) printed += text;
  })();
  await until(async () => {
    const answer = await fetch(program).catch(() => null);
    await answer?.body?.cancel();
    return answer !== null;
  });

  const conversations = async () => {
    const found: Conversation[] = [];
    for await (const { value } of inbox.store.list(keys.conversations())) found.push(value);
    return found;
  };
  return {
    inbox,
    program,
    channelId,
    printed: () => printed,
    conversations,
    async say(said: object): Promise<void> {
      const answer = await fetch(`${program}say`, { method: "POST", body: JSON.stringify(said) });
      assert.deepEqual(await answer.json(), {});
    },
    /** Every message, as "who: what". */
    async texts(): Promise<readonly string[]> {
      const threads = (await conversations()).map(({ id }) => inbox.thread(id));
      return (await Promise.all(threads)).flat().map(({ author, text }) =>
        `${author.name}: ${text}`
      );
    },
    async [Symbol.asyncDispose]() {
      process.kill("SIGTERM");
      await process.status;
      await reading;
      await server.shutdown();
      await inbox[Symbol.asyncDispose]();
      await Deno.remove(file);
    },
  };
}

function hasNode(): boolean {
  try {
    return new Deno.Command("node", { args: ["--version"] }).outputSync().success;
  } catch {
    return false;
  }
}
