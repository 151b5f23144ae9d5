import assert from "node:assert/strict";
import { App } from "fresh";
import { echo, mark, type Marks } from "./echo.ts";
import { answerTo, countReports, observe } from "./observe.ts";

Deno.test("ctx.redirect() stays on this site unless the address is absolute", async () => {
  const locations: [given: string, location: string][] = [
    ["/x", "/x"],
    ["//evil.com/a//b?x=//y#//z", "/evil.com/a/b?x=//y#//z"],
    ["/\\evil.com", "/evil.com"],
    ["/\t/evil.com", "/evil.com"],
    ["\\\\evil.com", "\\\\evil.com"],
    ["https://a.b/c", "https://a.b/c"],
  ];

  for (const [given, location] of locations) {
    const app = new App<Marks>().get("/", (ctx) => ctx.redirect(given));
    const { status, headers } = await observe(app, "/");
    assert.equal(status, 302);
    assert.equal(headers["location"], location);
  }
  const app = new App<Marks>().get("/", (ctx) => ctx.redirect("/x", 307));
  assert.equal((await observe(app, "/")).status, 307);
});

Deno.test("ctx.json(), text() and html() set their content type", async () => {
  const app = new App<Marks>()
    .get("/j", (ctx) => ctx.json({ a: 1 }, { status: 201, headers: { "x-a": "b" } }))
    .get("/t", (ctx) => ctx.text("t"))
    .get("/h", (ctx) => ctx.html("<p>", { headers: { "x-a": "b" } }));

  assert.deepEqual(await observe(app, "/j"), {
    status: 201,
    body: '{"a":1}',
    type: "application/json",
    headers: { "x-a": "b" },
  });
  assert.equal((await observe(app, "/t")).type, "text/plain;charset=UTF-8");
  assert.deepEqual(await observe(app, "/h"), {
    status: 200,
    body: "<p>",
    type: "text/html; charset=utf-8",
    headers: { "x-a": "b" },
  });
});

Deno.test("ctx.stream() sends chunks as they come and ends its source with the client", async () => {
  const ended = Promise.withResolvers<string>();
  const app = new App<Marks>().get("/", (ctx) =>
    ctx.stream(async function* () {
      try {
        yield "a";
        yield new TextEncoder().encode("b");
        for (;;) yield await Promise.resolve("more");
      } finally {
        ended.resolve("ended");
      }
    }));

  const res = await app.handler()(new Request("http://localhost/"));
  const reader = res.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader?.read())?.value, "a");
  assert.equal((await reader?.read())?.value, "b");
  await reader?.cancel();

  assert.equal(await ended.promise, "ended");
});

Deno.test("ctx holds url, route, config and an empty state", async () => {
  const app = new App<Marks>().get("/ctx", (ctx) =>
    ctx.json({
      url: ctx.url.href,
      route: ctx.route,
      basePath: ctx.config.basePath,
      mode: ctx.config.mode,
      error: ctx.error,
      info: typeof ctx.info,
      state: ctx.state,
    }));

  assert.deepEqual(JSON.parse((await observe(app, "//ctx?a=1")).body), {
    url: "http://localhost/ctx?a=1",
    route: "/ctx",
    basePath: "",
    mode: "production",
    error: null,
    info: "object",
    state: {},
  });
});

Deno.test("App.mountApp() adds another app's routes, middleware and errors below a path", async () => {
  const inner = new App<Marks>().use(mark("i")).get("/", echo("inner"))
    .get("/x/:id", echo("x"))
    .onError("*", () => new Response("inner error", { status: 500 }))
    .get("/e", () => {
      throw new Error();
    });
  const app = new App<Marks>().use(mark("o")).mountApp("/in", inner)
    .get("/after", echo("after")).get("/in/late", echo("late"))
    .get("/boom", () => {
      throw new Error();
    });
  const expected: [path: string, marks: string | undefined, answer: string][] = [
    ["/in", "oi", "200 inner {} /in"],
    ["/in/", "oi", "200 inner {} /in"],
    ["/in/x/1", "oi", '200 x {"id":"1"} /in/x/:id'],
    ["/in/e", "oi", "500 inner error"],
    ["/after", "o", "200 after {} /after"],
    ["/in/late", "oi", "200 late {} /in/late"],
    ["/boom", undefined, "500 Internal server error"],
    ["/in/none", undefined, "404 Not Found"],
  ];

  const reports = await countReports(async () => {
    for (const [path, marks, answer] of expected) {
      const { status, body, headers } = await observe(app, path);
      assert.equal(`${status} ${body}`, answer);
      assert.equal(headers["x-m"], marks, path);
    }
  });

  assert.equal(reports, 1);
  const atRoot = new App<Marks>().use(mark("o")).mountApp("/", inner);
  assert.equal(await answerTo(atRoot, "/x/1"), '200 x {"id":"1"} /x/:id');
  assert.equal((await observe(atRoot, "/")).headers["x-m"], "oi");
  const atStar = new App<Marks>().mountApp("/*", inner);
  assert.equal((await observe(atStar, "/x/1")).headers["x-m"], "i");
});
