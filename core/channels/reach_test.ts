import assert from "node:assert/strict";
import { matchesHost, reachHost } from "./reach.ts";

const addresses: Record<string, string[]> = {
  "mail.example.com": ["203.0.114.5"],
  "inside.example.com": ["203.0.114.5", "10.0.0.5"],
  "localhost": ["127.0.0.1"],
};
function resolve(host: string): Promise<string[]> {
  return Promise.resolve(addresses[host] ?? []);
}

Deno.test("reachHost() gives the address of a public host", async () => {
  const reached = await reachHost({ allowPrivateHosts: "off", resolve }, "mail.example.com", 587);

  assert.deepEqual(reached, { ok: true, value: "203.0.114.5" });
});

for (
  const [host, port] of [
    ["inside.example.com", 25],
    ["127.0.0.1", 25],
    ["[::1]", 25],
    ["localhost", 25],
    ["none.example", 25],
    ["", 25],
    ["mail.example.com", 0],
  ] as const
) {
  Deno.test(`reachHost() refuses ${host}:${port}`, async () => {
    const reached = await reachHost({ allowPrivateHosts: "off", resolve }, host, port);

    assert.equal(reached.ok, false);
  });
}

Deno.test("reachHost() lets listed private hosts pass, with their port only", async () => {
  const reach = { allowPrivateHosts: ["localhost:2525", "[::1]:25"], resolve };

  assert.equal((await reachHost(reach, "localhost", 2525)).ok, true);
  assert.equal((await reachHost(reach, "localhost", 25)).ok, false);
  assert.equal((await reachHost(reach, "::1", 25)).ok, true);
});

Deno.test("matchesHost() takes a star between two words for one word", () => {
  assert.equal(matchesHost(["sns.*.example.com"], "sns.eu-west-1.example.com"), true);
  for (
    const host of ["sns.example.com", "sns.a.b.example.com", "s3.x.example.com", "sns..example.com"]
  ) {
    assert.equal(matchesHost(["sns.*.example.com"], host), false, host);
  }
});

Deno.test("matchesHost() takes names and one level of stars", () => {
  assert.equal(matchesHost(["graph.example.com"], "Graph.example.com"), true);
  assert.equal(matchesHost(["*.example.com"], "a.example.com"), true);
  assert.equal(matchesHost(["*.example.com"], "example.com"), false);
  assert.equal(matchesHost(["example.com"], "evil-example.com"), false);
});
