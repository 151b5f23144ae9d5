import assert from "node:assert/strict";
import { App, HttpError } from "fresh";
import { mark, type Marks } from "./echo.ts";
import { answerTo, countReports, observe } from "./observe.ts";

Deno.test("App.notFound() gets every 404, thrown or unmatched, and nothing else", async () => {
  const app = new App<Marks>()
    .notFound((ctx) => new Response(`nf ${ctx.error instanceof HttpError}`, { status: 404 }))
    .use(mark("1"))
    .get("/t", () => {
      throw new HttpError(404, "mine");
    })
    .get("/u", () => {
      throw new HttpError(401);
    })
    .get("/e", () => {
      throw new Error("boom");
    });

  assert.equal(await answerTo(app, "/t"), "404 nf true");
  assert.equal(await answerTo(app, "/u"), "401 Unauthorized");
  assert.equal(await answerTo(app, "/none"), "404 nf true");
  const reports = await countReports(async () => {
    assert.equal(await answerTo(app, "/e"), "500 Internal server error");
  });
  assert.equal(reports, 1);
});

Deno.test("App.notFound() draws a component inside the app wrapper", async () => {
  const app = new App<Marks>()
    .appWrapper(({ Component }) => (
      <html>
        <head></head>
        <body>
          <Component />
        </body>
      </html>
    ))
    .notFound({ component: () => <b>gone</b> });

  const { status, body, type } = await observe(app, "/none");

  assert.equal(status, 404);
  assert.equal(type, "text/html; charset=utf-8");
  assert.equal(body, "<!DOCTYPE html><html><head></head><body><b>gone</b></body></html>");
});

Deno.test("App.onError() of the nearest folder answers", async () => {
  const message = (error: unknown) => error instanceof Error ? error.message : String(error);
  const app = new App<Marks>()
    .onError("*", (ctx) => new Response(`top ${message(ctx.error)}`, { status: 500 }))
    .onError("/foo", (ctx) => new Response(`foo ${message(ctx.error)}`, { status: 501 }))
    .get("/foo/bar", () => {
      throw new Error("x");
    })
    .get("/y", () => {
      throw new Error("y");
    })
    .get("/h", () => {
      throw new HttpError(403, "h");
    });

  assert.equal(await answerTo(app, "/foo/bar"), "501 foo x");
  assert.equal(await answerTo(app, "/y"), "500 top y");
  assert.equal(await answerTo(app, "/h"), "500 top h");
  assert.equal(await answerTo(app, "/none"), "500 top ");
});

Deno.test("App.onError() draws a component with the error's own status", async () => {
  const app = new App<Marks>()
    .onError("*", { component: ({ error }) => <i>{String(error)}</i> })
    .get("/h", () => {
      throw new HttpError(418, "tea");
    })
    .get("/e", () => {
      throw new Error("e");
    });
  const document = (inner: string) =>
    `<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>${inner}</body></html>`;

  assert.equal(await answerTo(app, "/h"), `418 ${document("<i>HttpError: tea</i>")}`);
  assert.equal(await answerTo(app, "/e"), `500 ${document("<i>Error: e</i>")}`);
});

Deno.test("a middleware may catch what comes from below it", async () => {
  const app = new App<Marks>()
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch (error) {
        const status = error instanceof HttpError ? error.status : 0;
        return new Response(`caught ${status}`, { status: 400 });
      }
    })
    .get("/e", () => {
      throw new HttpError(409);
    });

  assert.equal(await answerTo(app, "/e"), "400 caught 409");
  assert.equal(await answerTo(app, "/none"), "400 caught 404");
});

Deno.test("a handler that gives no Response is a bug: 500 and a report", async () => {
  const app = new App<Marks>()
    // @ts-expect-error: what the types forbid
    .get("/none", () => undefined)
    // @ts-expect-error: what the types forbid
    .get("/text", () => "text");

  const reports = await countReports(async () => {
    assert.equal(await answerTo(app, "/none"), "500 Internal server error");
    assert.equal(await answerTo(app, "/text"), "500 Internal server error");
  });

  assert.equal(reports, 2);
});

Deno.test("ctx.next() called twice goes on to what comes next, as upstream", async () => {
  const app = new App<Marks>()
    .use(async (ctx) => {
      const first = await ctx.next();
      const second = await ctx.next();
      return new Response(await first.text() + second.status);
    })
    .use(mark("z"))
    .get("/", () => new Response("once"));

  assert.equal(await answerTo(app, "/"), "404 Not Found");
});

Deno.test("HttpError carries status, message and cause", () => {
  const error = new HttpError(404, "m", { cause: 1 });

  assert.ok(error instanceof Error);
  assert.deepEqual([error.name, error.message, error.status, error.cause], [
    "HttpError",
    "m",
    404,
    1,
  ]);
  assert.equal(new HttpError(500).message, "");
});
