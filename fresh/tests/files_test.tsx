import assert from "node:assert/strict";
import { App, page, type PageProps } from "fresh";
import { build } from "../core/app.ts";
import type { RouteFiles } from "../core/files.ts";
import { answerTo, observe } from "./observe.ts";

/** An app with these files as its `routes/` folder. */
function createApp(files: RouteFiles): App<Record<string, string>> {
  const app = new App<Record<string, string>>();
  app[build] = { config: { root: ".", basePath: "", mode: "production" }, files };
  return app.fsRoutes();
}

function show(name: string) {
  return { default: ({ params }: PageProps) => <p>{name} {JSON.stringify(params)}</p> };
}

Deno.test("App.fsRoutes() makes patterns of file names, the more specific first", async () => {
  const app = createApp({
    "/[...rest].tsx": show("rest"),
    "/blog/[slug].tsx": show("slug"),
    "/blog/index.tsx": show("blog"),
    "/blog/new.tsx": show("new"),
    "/(auth)/login.tsx": show("login"),
    "/o/[[v]].tsx": show("optional"),
    "/index.tsx": show("home"),
    "/widget.js.ts": { handler: { GET: () => new Response("script") } },
  });
  const text = async (path: string) =>
    /<p>(.*)<\/p>/.exec((await observe(app, path)).body)?.[1]?.replaceAll("&quot;", '"');

  assert.equal(await text("/"), "home {}");
  assert.equal(await text("/blog"), "blog {}");
  assert.equal(await text("/blog/new"), "new {}");
  assert.equal(await text("/blog/7"), 'slug {"slug":"7"}');
  assert.equal(await text("/login"), "login {}");
  assert.equal(await text("/o/1"), 'optional {"v":"1"}');
  assert.equal(await text("/x/y"), 'rest {"rest":"x/y"}');
  assert.equal(await answerTo(app, "/widget.js"), "200 script");
});

Deno.test("App.fsRoutes() surrounds a page by its folders' middleware, layouts and errors", async () => {
  const app = createApp({
    "/_app.tsx": {
      default: ({ Component }: PageProps) => (
        <html>
          <body>
            <Component />
          </body>
        </html>
      ),
    },
    "/_layout.tsx": {
      default: ({ Component }: PageProps) => (
        <i>
          <Component />
        </i>
      ),
    },
    "/in/_layout.tsx": {
      default: ({ Component }: PageProps) => (
        <b>
          <Component />
        </b>
      ),
    },
    "/in/_middleware.ts": {
      default: async (ctx: { next(): Promise<Response> }) => {
        const res = await ctx.next();
        res.headers.set("x-in", "1");
        return res;
      },
    },
    "/in/_error.tsx": { default: () => <u>failed</u> },
    "/in/page.tsx": { default: () => <p>page</p> },
    "/in/boom.tsx": {
      handler: () => {
        throw new Error("boom");
      },
    },
    "/out.tsx": { default: () => <p>out</p>, config: { skipInheritedLayouts: true } },
  });

  const inside = await observe(app, "/in/page");
  assert.equal(
    inside.body,
    "<!DOCTYPE html><html><body><i><b><p>page</p></b></i></body></html>",
  );
  assert.equal(inside.headers["x-in"], "1");
  assert.equal(
    await answerTo(app, "/in/boom"),
    "500 <!DOCTYPE html><html><body><i><b><u>failed</u></b></i></body></html>",
  );
  assert.equal(
    await answerTo(app, "/out"),
    "200 <!DOCTYPE html><html><body><p>out</p></body></html>",
  );
});

Deno.test("App.fsRoutes() gives a page the data of its handler, per method", async () => {
  const app = createApp({
    "/form.tsx": {
      handler: {
        GET: () => page({ said: "nothing" }),
        POST: () => page({ said: "wrong" }, { status: 400 }),
      },
      default: ({ data }: PageProps<{ said: string }>) => <p>{data.said}</p>,
    },
  });

  assert.match(await answerTo(app, "/form"), /^200 .*<p>nothing<\/p>/);
  assert.match(await answerTo(app, "/form", { method: "POST" }), /^400 .*<p>wrong<\/p>/);
  assert.equal(await answerTo(app, "/form", { method: "HEAD" }), "200 ");
});

Deno.test("App.fsRoutes() refuses a file that exports nothing to answer with", () => {
  assert.throws(
    () => createApp({ "/empty.ts": {} }).handler(),
    /routes\/empty\.ts exports neither/,
  );
});
