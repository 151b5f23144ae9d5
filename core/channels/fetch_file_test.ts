import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { fetchFile } from "./fetch_file.ts";

/** Fetches over a network of these addresses; any other is not found. */
async function fetchOver(answers: Readonly<Record<string, () => Response>>, address: string) {
  const asked: string[] = [];
  const ports = fakePorts({
    resolve: () => Promise.resolve(["203.0.114.5"]),
    fetch: (input) => {
      asked.push(String(input));
      return Promise.resolve(answers[String(input)]?.() ?? new Response(null, { status: 404 }));
    },
  });
  const result = await fetchFile({ ...ports, allowPrivateHosts: "off" }, address, {
    secretHeaders: {},
    signal: new AbortController().signal,
    now: ports.clock.now(),
  });
  return { asked, result };
}

const to = (location: string) => () => new Response(null, { status: 302, headers: { location } });
const file = () => new Response("bytes");

Deno.test("fetchFile() leaves encryption to no redirect, and comes to it by one", async () => {
  const left = await fetchOver({
    "https://files.example/a": to("http://files.example/b"),
    "http://files.example/b": file,
  }, "https://files.example/a");
  const came = await fetchOver({
    "http://files.example/a": to("https://files.example/b"),
    "https://files.example/b": file,
  }, "http://files.example/a");

  assert.deepEqual(left.result, { ok: false, error: { code: "refused" } });
  assert.deepEqual(left.asked, ["https://files.example/a"]);
  assert.ok(came.result.ok);
  assert.equal(await new Response(came.result.value.stream).text(), "bytes");
});

Deno.test("fetchFile() follows five redirects and no more", async () => {
  const answers = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [
    `https://files.example/${n}`,
    n === 0 ? file : to(`/${n - 1}`),
  ]));

  const five = await fetchOver(answers, "https://files.example/5");
  const six = await fetchOver(answers, "https://files.example/6");

  assert.ok(five.result.ok);
  await five.result.value.stream.cancel();
  assert.deepEqual(six.result, { ok: false, error: { code: "refused" } });
});
