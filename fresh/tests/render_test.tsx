import assert from "node:assert/strict";
import { App, createDefine, page, type PageProps } from "fresh";
import { asset, Head, IS_BROWSER } from "fresh/runtime";
import { answerTo, countReports, observe } from "./observe.ts";

interface State {
  title?: string;
}

function layout(name: string) {
  return ({ Component }: PageProps<unknown, State>) => (
    <div class={name}>
      <Component />
    </div>
  );
}

function createApp(): App<State> {
  return new App<State>()
    .appWrapper(({ Component, state }) => (
      <html>
        <head>
          <title>{state.title ?? "T"}</title>
        </head>
        <body class="b">
          <Component />
        </body>
      </html>
    ))
    .layout("*", layout("main"))
    .layout("/admin", layout("admin"))
    .layout("/land", layout("land"), { skipInheritedLayouts: true })
    .layout("/bare", layout("bare"), { skipAppWrapper: true });
}

const start = '<!DOCTYPE html><html><head><title>T</title></head><body class="b">';
const end = "</body></html>";
const plainStart = '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>';

Deno.test("ctx.render() wraps a page in its folders' layouts and the app wrapper", async () => {
  const app = createApp()
    .get("/", (ctx) => ctx.render(<h1>home</h1>))
    .get("/admin/x", (ctx) => ctx.render(<h1>adm</h1>, { status: 201, headers: { "x-a": "1" } }))
    .get("/land", (ctx) => ctx.render(<h1>land</h1>))
    .get("/bare", (ctx) => ctx.render(<h1>bare</h1>))
    .get("/null", (ctx) => ctx.render(null))
    .get("/skip", (ctx) =>
      ctx.render(<h1>skip</h1>, {}, {
        skipInheritedLayouts: true,
        skipAppWrapper: true,
      }));
  const expected: [path: string, answer: string][] = [
    ["/", `200 ${start}<div class="main"><h1>home</h1></div>${end}`],
    [
      "/admin/x",
      `201 ${start}<div class="main"><div class="admin"><h1>adm</h1></div></div>${end}`,
    ],
    ["/land", `200 ${start}<div class="land"><h1>land</h1></div>${end}`],
    [
      "/bare",
      `200 ${plainStart}<div class="main"><div class="bare"><h1>bare</h1></div></div>${end}`,
    ],
    ["/skip", `200 ${plainStart}<h1>skip</h1>${end}`],
    ["/null", `200 ${start}<div class="main"></div>${end}`],
  ];

  for (const [path, answer] of expected) assert.equal(await answerTo(app, path), answer);
  assert.deepEqual((await observe(app, "/admin/x")).headers, { "x-a": "1" });
});

Deno.test("ctx.render() refuses what is not JSX", async () => {
  const app = createApp()
    // @ts-expect-error: what the types forbid
    .get("/bad", (ctx) => ctx.render("text"));

  const reports = await countReports(async () => {
    assert.equal(await answerTo(app, "/bad"), "500 Internal server error");
  });

  assert.equal(reports, 1);
});

Deno.test("Head replaces title, equal meta names and keys in the document's head", async () => {
  const app = createApp().get("/", (ctx) =>
    ctx.render(
      <p>
        <Head>
          <title>New</title>
          <meta name="a" content="1" />
          <meta name="a" content="2" />
          <link rel="x" key="k" href="/1" />
        </Head>x
      </p>,
    ));

  assert.equal(
    (await observe(app, "/")).body,
    '<!DOCTYPE html><html><head><title>New</title><meta name="a" content="2"/>' +
      '<link rel="x" href="/1" data-key="k"/></head>' +
      '<body class="b"><div class="main"><p>x</p></div></body></html>',
  );
});

Deno.test("App.route() draws the data of its handler, escaped, with its status and headers", async () => {
  const app = new App<State>().route("/page", {
    handler: () => page({ text: "<b>" }, { status: 202, headers: { "x-a": "b" } }),
    component: ({ data }: PageProps<{ text: string }, State>) => <main>{data.text}</main>,
  });

  const { status, body, headers } = await observe(app, "/page");

  assert.equal(status, 202);
  assert.equal(body, `${plainStart}<main>&lt;b></main>${end}`);
  assert.deepEqual(headers, { "x-a": "b" });
});

Deno.test("createDefine() only ties types together", () => {
  const define = createDefine<State>();
  const component = () => <p />;
  const handler = () => page();

  assert.equal(define.page(component), component);
  assert.equal(define.layout(component), component);
  assert.equal(define.handlers(handler), handler);
  assert.deepEqual(page({ a: 1 }, { status: 3, headers: { a: "b" } }), {
    data: { a: 1 },
    status: 3,
    headers: { a: "b" },
  });
});

Deno.test("asset() marks paths of this site only, before the fragment", () => {
  const strip = (path: string) => asset(path).replace(/__frsh_c=\w*/, "c=ID");

  assert.equal(IS_BROWSER, false);
  assert.equal(strip("/a.png"), "/a.png?c=ID");
  assert.equal(strip("/a.png?x=1"), "/a.png?x=1&c=ID");
  assert.equal(strip("/a.png#h"), "/a.png?c=ID#h");
  assert.equal(strip("/a?x=1#h"), "/a?x=1&c=ID#h");
  for (const path of ["a.png", "//x/a.png", "http://x/a.png"]) assert.equal(asset(path), path);
});
