import assert from "node:assert/strict";
import { App } from "fresh";
import { echo, mark, type Marks } from "./echo.ts";
import { answerTo, observe } from "./observe.ts";

Deno.test("App runs only the middleware that was added before a route", async () => {
  const app = new App<Marks>().use(mark("1")).get("/", echo("root"))
    .use(mark("2")).get("/about", echo("about"));
  const seen = async (path: string) => {
    const { status, body, headers } = await observe(app, path);
    return `${status} ${headers["x-m"]} ${body}`;
  };

  assert.equal(await seen("/"), "200 1 root {} /");
  assert.equal(await seen("/about"), "200 12 about {} /about");
  assert.equal(await seen("/about/"), "200 12 about {} /about");
  assert.equal(await seen("/none"), "404 undefined Not Found");
});

Deno.test("App.use() with a path covers what lies below it, and no wildcards", async () => {
  const app = new App<Marks>()
    .use("/admin", mark("A")).use("/admin/*", mark("B")).use("/admin/:x", mark("C"))
    .get("/admin", echo("adm")).get("/admin/users", echo("users")).get("/admin/:x", echo("x"))
    .get("/adminx", echo("adminx")).get("/admin/:x/deep", echo("deep"));
  const expected: [path: string, marks: string | undefined, answer: string][] = [
    ["/admin", "A", "200 adm {} /admin"],
    ["/admin/users", "A", "200 users {} /admin/users"],
    ["/admin/7", "AC", '200 x {"x":"7"} /admin/:x'],
    ["/adminx", undefined, "200 adminx {} /adminx"],
    ["/admin/7/deep", "AC", '200 deep {"x":"7"} /admin/:x/deep'],
    ["/admin/nope/nope", undefined, "404 Not Found"],
  ];

  for (const [path, marks, answer] of expected) {
    const { status, body, headers } = await observe(app, path);
    assert.equal(`${status} ${body}`, answer);
    assert.equal(headers["x-m"], marks, path);
  }
});

Deno.test("App matches parameters, wildcards and optional parts, and decodes them once", async () => {
  const app = new App<Marks>()
    .get("/p/:a/:b", echo("2")).get("/p/:a", echo("1")).get("/w/*", echo("w"))
    .get("/o{/:v}?", echo("o")).get("/r/:p*", echo("r")).get("/n/:id(\\d+)", echo("n"))
    .get("/*", echo("catch"));
  const expected: [path: string, answer: string][] = [
    ["/p/1", '200 1 {"a":"1"} /p/:a'],
    ["/p/1/2", '200 2 {"a":"1","b":"2"} /p/:a/:b'],
    ["/p/a%20b", '200 1 {"a":"a b"} /p/:a'],
    ["/p/%2F", '200 1 {"a":"%2F"} /p/:a'],
    ["/p/%E2%82%AC", '200 1 {"a":"€"} /p/:a'],
    ["/w/", '200 w {"0":""} /w/*'],
    ["/w/x/y", '200 w {"0":"x/y"} /w/*'],
    ["/w", '200 catch {"0":"w"} /*'],
    ["/o", '200 o {"v":""} /o/:v?'],
    ["/o/1", '200 o {"v":"1"} /o/:v?'],
    ["/r", '200 r {"p":""} /r/:p*'],
    ["/r/x/y", '200 r {"p":"x/y"} /r/:p*'],
    ["/n/12", '200 n {"id":"12"} /n/:id(\\d+)'],
    ["/n/ab", '200 catch {"0":"n/ab"} /*'],
    ["/zz?q=1", '200 catch {"0":"zz"} /*'],
  ];

  for (const [path, answer] of expected) assert.equal(await answerTo(app, path), answer);
});

Deno.test("App answers 400 to a path that cannot be decoded", async () => {
  const app = new App<Marks>().get("/p/:a", echo("p"));

  assert.equal(await answerTo(app, "/p/%FF"), "400 Malformed URL");
  assert.equal(await answerTo(app, "/p/%"), "400 Malformed URL");
});

Deno.test("App answers by method: 405 for another one, OPTIONS and HEAD by itself", async () => {
  const app = new App<Marks>().all("/all", echo("all")).post("/only", echo("post"))
    .get("/p/:a", echo("get"));

  assert.equal(await answerTo(app, "/all"), "200 all {} /all");
  assert.equal(await answerTo(app, "/all", { method: "PATCH" }), "200 all {} /all");
  assert.equal(await answerTo(app, "/only"), "405 Method Not Allowed");
  assert.equal(await answerTo(app, "/only", { method: "POST" }), "200 post {} /only");
  assert.equal(await answerTo(app, "/p/1", { method: "HEAD" }), "200 ");
  assert.equal(await answerTo(app, "/p/1", { method: "DELETE" }), "405 Method Not Allowed");
  const options = await observe(app, "/only", { method: "OPTIONS" });
  assert.equal(options.status, 204);
  assert.deepEqual(options.headers, { allow: "POST" });
});

Deno.test("App cancels the stream that a HEAD request would leave unread", async () => {
  let isCanceled = false;
  const stream = new ReadableStream({ cancel: () => void (isCanceled = true) });
  const app = new App<Marks>().get("/events", () => new Response(stream));

  assert.equal(await answerTo(app, "/events", { method: "HEAD" }), "200 ");

  assert.equal(isCanceled, true);
});

Deno.test("App keeps the first of two equal routes, and prefers fixed paths", async () => {
  const app = new App<Marks>().get("/a", echo("first")).get("/a", echo("second"))
    .get("/x/:a", echo("dynamic")).get("/x/s", echo("static"));

  assert.equal(await answerTo(app, "/a"), "200 first {} /a");
  assert.equal(await answerTo(app, "/x/s"), "200 static {} /x/s");
});
