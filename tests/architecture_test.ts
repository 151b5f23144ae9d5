import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { findWrongImports } from "./architecture/import_rules.ts";
import plugin from "./architecture/lint_plugin.ts";
import { type Import, listSources, readImports } from "./architecture/module_graph.ts";
import { findBadNames, findStrayEntries } from "./architecture/tree_rules.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

Deno.test("imports go one way", async () => {
  const sources = await listSources(ROOT);
  const imports = await readImports(ROOT, sources);

  assert.ok(imports.length > 100, "the graph was read");
  assert.deepEqual(findWrongImports(imports, sources), []);
});

Deno.test("the top level is the one of the architecture", async () => {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(ROOT)) names.push(name);

  assert.deepEqual(findStrayEntries(names), []);
});

Deno.test("files are named after what they hold", async () => {
  assert.deepEqual(findBadNames(await listSources(ROOT)), []);
});

Deno.test("no folder reaches for globals it is not given, or compares a channel's type", async () => {
  const sources = await listSources(ROOT);
  const found: string[] = [];
  for (const path of sources.filter((path) => !path.startsWith("tests/"))) {
    const code = await Deno.readTextFile(`${ROOT}/${path}`);
    found.push(...lint(path, code));
  }

  assert.deepEqual(found, []);
});

Deno.test("findWrongImports() flags each wrong direction", () => {
  const wrong: [from: string, to: string][] = [
    ["core/ingest/a.ts", "routes/index.tsx"],
    ["core/ingest/a.ts", "adapters/chat/mod.ts"],
    ["core/ingest/a.ts", "islands/Inbox.tsx"],
    ["core/ingest/a.ts", "npm:hono"],
    ["core/ingest/a.ts", "fresh/core/mod.ts"],
    ["core/ingest/a.ts", "core/store/transact.ts"],
    ["adapters/chat/a.ts", "adapters/email/a.ts"],
    ["adapters/chat/a.ts", "core/store/mod.ts"],
    ["adapters/chat/a.ts", "core/mod.ts"],
    ["adapters/chat/a.ts", "node:net"],
    ["adapters/chat/a.ts", "node:fs/promises"],
    ["adapters/mod.ts", "core/mod.ts"],
    ["islands/Inbox.tsx", "core/mod.ts"],
    ["islands/Inbox.tsx", "core/errors.ts"],
    ["islands/Inbox.tsx", "routes/index.tsx"],
    ["islands/Inbox.tsx", "npm:zod"],
    ["islands/Inbox.tsx", "node:fs"],
    ["routes/index.tsx", "core/access/mod.ts"],
    ["routes/index.tsx", "core/store/keys.ts"],
    ["routes/index.tsx", "adapters/mod.ts"],
    ["routes/index.tsx", "main.ts"],
    ["routes/index.tsx", "tests/fakes/clock.ts"],
    ["main.ts", "core/store/mod.ts"],
    ["routes/index.tsx", "core/platform/mod.ts"],
    ["serve.ts", "core/slot.ts"],
    ["client.ts", "core/mod.ts"],
    ["fresh/core/app.ts", "core/mod.ts"],
  ];

  const flagged = findWrongImports(wrong.map(code), ["core/store/mod.ts"]);

  assert.equal(flagged.length, wrong.length, flagged.join("\n"));
});

Deno.test("findWrongImports() allows the right directions", () => {
  const right: Import[] = [
    code(["core/ingest/a.ts", "core/store/mod.ts"]),
    code(["core/ingest/a.ts", "core/contacts/resolve.ts"]),
    code(["core/ingest/a.ts", "core/model/message.ts"]),
    code(["core/ingest/a.ts", "npm:zod"]),
    code(["core/store/a.ts", "core/store/keys.ts"]),
    code(["adapters/chat/a.ts", "core/channel/mod.ts"]),
    code(["adapters/chat/a.ts", "adapters/chat/b.ts"]),
    code(["adapters/email/a.ts", "npm:nodemailer"]),
    code(["adapters/email/a.ts", "node:crypto"]),
    code(["adapters/mod.ts", "adapters/chat/mod.ts"]),
    code(["adapters/chat/a_test.ts", "tests/channel_kit.ts"]),
    code(["islands/Inbox.tsx", "core/model/message.ts"]),
    code(["islands/Inbox.tsx", "core/result.ts"]),
    code(["islands/Inbox.tsx", "islands/(_client)/api.ts"]),
    code(["routes/index.tsx", "core/mod.ts"]),
    code(["routes/index.tsx", "islands/Inbox.tsx"]),
    code(["routes/(_api)/mod.ts", "npm:hono"]),
    code(["main.ts", "core/mod.ts"]),
    code(["main.ts", "core/platform/mod.ts"]),
    code(["main.ts", "routes/(_api)/mod.ts"]),
    { from: "serve.ts", to: "core/slot.ts", isTypeOnly: true },
  ];

  assert.deepEqual(findWrongImports(right, ["core/store/mod.ts"]), []);
});

Deno.test("findStrayEntries() names what is missing and what does not belong", () => {
  const problems = findStrayEntries(["lib", ".gitignore", "node_modules", "core"]);

  assert.ok(problems.includes("lib: does not belong to the top level"));
  assert.ok(problems.includes("adapters: is missing"));
  assert.ok(!problems.some((line) => /^(core|\.gitignore|node_modules):/.test(line)));
});

Deno.test("findBadNames() wants names that say something", () => {
  const names = ["core/utils.ts", "core/x/helpers_test.ts", "core/myFile.ts", "core/Thing.ts"];

  assert.equal(findBadNames(names).length, names.length);
  assert.deepEqual(
    findBadNames([
      "islands/Inbox.tsx",
      "islands/(_client)/api.ts",
      "routes/[slug].tsx",
      "core/store/keys_test.ts",
    ]),
    [],
  );
});

Deno.test("the lint plugin flags globals that are ports, and no look-alikes", () => {
  const bad: [path: string, code: string][] = [
    ["adapters/chat/a.ts", "await fetch(url);"],
    ["adapters/chat/a.ts", "export const get = { fetch };"],
    ["adapters/chat/a.ts", "globalThis.x = Deno.env;"],
    ["adapters/chat/a.ts", "setTimeout(f, 1);"],
    ["adapters/chat/a.ts", "const t = Date.now();"],
    ["adapters/chat/a.ts", "const t = new Date();"],
    ["core/outbox/a.ts", "const r = Math.random();"],
    ["core/outbox/a.ts", "const r = crypto.randomUUID();"],
    ["core/outbox/a.ts", "Deno.openKv();"],
    ["routes/a.ts", "const kv = await Deno.openKv();"],
    ["core/jobs/a.ts", "export type Handle = Deno.Kv;"],
    ["core/a.ts", "// deno-lint-ignore parley/no-impure-globals\nsetTimeout(f, 1); // no reason"],
    ["core/a.ts", 'if (channel.type === "chat") f();'],
    ["routes/a.ts", 'if ("chat" != conversation.channel?.type) f();'],
    ["islands/a.tsx", 'switch (props.channel.type) { case "email": f(); }'],
    ["core/a.ts", 'if (["chat", "email"].includes(mailChannel.type)) f();'],
    ["core/a.ts", 'if (channelType === "chat" || adapter.id === "email") f();'],
  ];
  const good: [path: string, code: string][] = [
    ["adapters/chat/a.ts", "await io.fetch(url); const t = io.clock.now();"],
    ["adapters/chat/a.ts", "export function get(fetch: Fetch) { return fetch(url); }"],
    ["adapters/chat/a.ts", "export const get = ({ fetch }: Io) => fetch(url);"],
    ["adapters/chat/a.ts", "// fetch(url), Deno, Date.now()\nconst s = 'fetch(Deno)';"],
    ["adapters/chat/a.ts", "const d = new Date(at); interface X { fetch: typeof fetch }"],
    ["adapters/chat/a_test.ts", "await fetch(url); Deno.env;"],
    [
      "core/store/open.ts",
      "export const open = (path: string): Promise<Deno.Kv> => Deno.openKv(path);",
    ],
    ["routes/a.ts", "await fetch(url); setTimeout(f, 1);"],
    ["core/a.ts", 'if (channel.type === other.type || author.type === "user") f();'],
    ["adapters/chat/a.ts", 'if (channel.type === "chat") f();'],
    ["core/platform/ports.ts", "export const now = () => Date.now();"],
    ["core/a.ts", "// A reason.\n// deno-lint-ignore parley/no-impure-globals\nsetTimeout(f, 1);"],
  ];

  for (const [path, source] of bad) {
    assert.notDeepEqual(lint(path, source), [], `${path}: ${source}`);
  }
  for (const [path, source] of good) assert.deepEqual(lint(path, source), [], `${path}: ${source}`);
});

function code([from, to]: readonly [string, string]): Import {
  return { from, to, isTypeOnly: false };
}

function lint(path: string, source: string): string[] {
  const lines = source.split("\n");
  return Deno.lint.runPlugin(plugin, `${ROOT}/${path}`, source).flatMap(
    ({ message, id, range }) => {
      const index = source.slice(0, range[0]).split("\n").length - 1;
      if (isExcused(lines, index, id)) return [];
      return [`${path}:${index + 1}: ${message} (${id})`];
    },
  );
}

/** Excused by a `deno-lint-ignore` on the line above, with the reason in a comment above that. */
function isExcused(lines: readonly string[], index: number, id: string): boolean {
  const ignored = /^\s*\/\/ deno-lint-ignore (.*)$/.exec(lines[index - 1] ?? "");
  return ignored !== null && ignored[1]?.split(/[\s,]+/).includes(id) === true &&
    /^\s*(\/\/|\*)\s*\w/.test(lines[index - 2] ?? "");
}
