import assert from "node:assert/strict";
import { fresh, type FreshViteConfig } from "@fresh/plugin-vite";

const FILES = [
  "routes/index.tsx",
  "routes/[slug].tsx",
  "routes/index_test.ts",
  "routes/(_shared)/define.ts",
  "routes/(_islands)/Local.tsx",
  "islands/Counter.tsx",
  "islands/Counter_test.tsx",
  "islands/types.d.ts",
  "islands/(_client)/api.ts",
  "client.ts",
];

/** The source of the server's or the browser's entry for an app of `FILES`. */
async function loadEntry(id: string, options?: FreshViteConfig): Promise<string> {
  const root = await Deno.makeTempDir();
  for (const file of FILES) {
    await Deno.mkdir(`${root}/${file.slice(0, file.lastIndexOf("/") + 1)}`, { recursive: true });
    await Deno.writeTextFile(`${root}/${file}`, "");
  }
  try {
    // Vite calls these hooks with more than they use.
    const plugin = fresh(options)[0] as unknown as {
      configResolved(config: { root: string; command: string }): void;
      load(id: string): Promise<string>;
    };
    plugin.configResolved({ root, command: "build" });
    return await plugin.load(`\0${id}`);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("fresh() loads routes and islands, but no tests, types or (_folders) of routes", async () => {
  const server = await loadEntry("fresh:server");
  const browser = await loadEntry("fresh:client");

  assert.deepEqual(server.match(/(?<=from ")\/(routes|islands)[^"]*/g), [
    "/routes/[slug].tsx",
    "/routes/index.tsx",
    "/islands/(_client)/api.ts",
    "/islands/Counter.tsx",
    "/routes/(_islands)/Local.tsx",
  ]);
  assert.match(server, /"\/\[slug\]\.tsx": route0,"\/index\.tsx": route1/);
  assert.match(browser, /import "\/client\.ts"/);
  assert.deepEqual(browser.match(/(?<=import\(")[^"]*/g), [
    "/islands/(_client)/api.ts",
    "/islands/Counter.tsx",
    "/routes/(_islands)/Local.tsx",
  ]);
});

Deno.test("fresh() leaves out what `ignore` matches, in place of tests", async () => {
  const server = await loadEntry("fresh:server", { ignore: [/[\\/]\(_client\)[\\/]/] });

  assert.ok(!server.includes("(_client)"));
  assert.ok(server.includes("/islands/Counter_test.tsx"));
});
