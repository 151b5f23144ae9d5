import assert from "node:assert/strict";
import { type Signal, signal } from "@preact/signals";
import { App } from "fresh";
import { setIslands } from "../core/render.ts";

interface CounterProps {
  count: Signal<number>;
  label: string;
}

function Counter({ count, label }: CounterProps) {
  return <output>{label}: {count}</output>;
}

const ASSETS = {
  entry: "/assets/client.js",
  css: ["/assets/all.css"],
  islands: { "/islands/Counter.tsx": { js: ["/assets/Counter.js"], css: ["/assets/own.css"] } },
};

/** The document of an app with one page, drawn with `Counter` as an island. */
async function draw(app: App<unknown>): Promise<string> {
  setIslands({ "/islands/Counter.tsx": { Counter, notAComponent: 1 } }, ASSETS);
  try {
    return await (await app.handler()(new Request("http://localhost/"))).text();
  } finally {
    setIslands({}, { entry: "", css: [], islands: {} });
  }
}

Deno.test("an island is drawn between comments, with its props as data and its files in the head", async () => {
  const count = signal(3);
  const html = await draw(
    new App<unknown>().get("/", (ctx) =>
      ctx.render(
        <main>
          <Counter count={count} label="</script><b>" />
          <Counter count={count} label="B" />
        </main>,
      )),
  );

  assert.match(html, /<!--fresh:0--><output>.*3<\/output><!--\/fresh:0-->/);
  assert.match(html, /<!--fresh:1--><output>.*3<\/output><!--\/fresh:1-->/);
  assert.ok(html.includes('<link rel="stylesheet" href="/assets/all.css"/>'));
  assert.ok(html.includes('<link rel="stylesheet" href="/assets/own.css"/>'));
  assert.ok(html.includes('<link rel="modulepreload" href="/assets/Counter.js"/>'));
  assert.ok(html.includes('<script type="module" src="/assets/client.js"></script>'));
  const data = /<script type="application\/json"[^>]*>(.*?)<\/script>/.exec(html)?.[1] ?? "";
  // A flat list of all values, in which the islands point to their props by number.
  const values: unknown[] = JSON.parse(data);
  const isSignal = (value: unknown) => Array.isArray(value) && value[0] === "Signal";
  assert.equal(values.filter(isSignal).length, 1, "both islands share one signal");
  for (const value of ["/islands/Counter.tsx", "Counter", "</script><b>", "B", 3]) {
    assert.ok(values.includes(value), String(value));
  }
});

Deno.test("a page without islands loads the styles of all pages and no script", async () => {
  const html = await draw(new App<unknown>().get("/", (ctx) => ctx.render(<main>plain</main>)));

  assert.ok(html.includes("/assets/all.css"));
  assert.ok(!html.includes("/assets/own.css"));
  assert.ok(!html.includes("<script"));
});
