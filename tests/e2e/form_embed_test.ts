/** Forms on other people's pages, in a real browser. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import type { ApiChannel, ApiConversation, ApiMessage } from "../../core/model/api.ts";
import { type FormSite, serveFormSite, type SitePage } from "./form_site.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { watchErrors } from "./page_checks.ts";
import { startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

/** Of the embed script, gzipped. */
const MAX_SCRIPT_BYTES = 6_000;

Deno.test({
  name: "a form stands in other sites' pages, and copies what their own forms send",
  ignore: findChromium() === null,
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using scene = await openScene();
    const { workspace, form } = scene;

    await t.step("the script is small, and cached by its content", async () => {
      const response = await fetch(script(scene));
      assert.equal(response.headers.get("content-type"), "text/javascript; charset=utf-8");
      const size = gzipSync(await response.bytes()).length;

      assert.ok(size <= MAX_SCRIPT_BYTES, `${size} bytes`);
    });

    await t.step("an element becomes the form, on a page with a strict policy", async () => {
      await using visit = await open(scene, "/embed");
      const { page, errors } = visit;
      const frame = page.frameLocator("iframe");
      await frame.getByLabel("Your name").fill("Lotte Jansen");
      const height = await page.locator("iframe").evaluate((element: HTMLElement) =>
        element.offsetHeight
      );
      const inner = await frame.locator("main").evaluate((element: HTMLElement) =>
        element.offsetHeight
      );
      assert.ok(Math.abs(height - inner) <= 1, `${height} for ${inner}`);
      // The script stands there twice.
      assert.equal(await page.locator("iframe").count(), 1);

      await frame.getByLabel("Email").fill("lotte at jansen");
      await frame.getByRole("button", { name: "Send" }).click();
      await frame.getByText("Not a whole address").waitFor();
      assert.equal(await frame.getByLabel("Your name").inputValue(), "Lotte Jansen");
      await frame.getByLabel("Email").fill("lotte@jansen.example");
      await frame.getByLabel("How can we help?").fill("My Corsa clicks.");
      await frame.getByRole("button", { name: "Send" }).click();
      await frame.getByRole("heading", { name: "Thank you" }).waitFor();

      await until(() => page.evaluate("globalThis.sent === 1"));
      assert.equal(page.url(), `${scene.site.url}/embed`);
      assert.equal(await page.evaluate("document.cookie"), "");
      assert.deepEqual(errors.filter((line) => !line.includes("status of 4")), []);
      const { status, answers } = await arrived(workspace, "My Corsa clicks.");
      assert.equal(status, "open");
      assert.equal(answers["Email"], "lotte@jansen.example");
    });

    await t.step("what single-page apps draw later becomes the form too", async () => {
      await using visit = await open(scene, "/later");
      await visit.page.evaluate((id) => {
        const holder = document.createElement("div");
        holder.dataset["parleyForm"] = id;
        document.body.append(holder);
      }, form.id);

      await visit.page.frameLocator("iframe").getByLabel("Your name").waitFor();
    });

    await t.step("a marked form is sent in place, with errors beside its fields", async () => {
      await using visit = await open(scene, "/attach");
      const { page } = visit;
      await page.getByLabel("Name").fill("Sanne Bakker");
      await page.getByLabel("Email").fill("sanne");
      await page.getByLabel("Message").fill("When do you open?");
      await page.getByRole("button", { name: "Send" }).click();
      const error = page.locator(".parley-error");
      await error.waitFor();
      const email = page.getByLabel("Email");
      assert.equal(await email.getAttribute("aria-invalid"), "true");
      assert.equal(await email.getAttribute("aria-describedby"), await error.getAttribute("id"));
      assert.ok(await email.evaluate((element) => element === document.activeElement));

      await email.fill("sanne@bakker.example");
      await page.getByRole("button", { name: "Send" }).click();
      const thanks = page.locator(".parley-thanks");
      await thanks.waitFor();
      assert.match(await thanks.textContent() ?? "", /Thank you.*#\d+/);
      assert.equal(await page.locator("form").isVisible(), false);
      assert.equal(page.url(), `${scene.site.url}/attach`);
      const { answers, trace } = await arrived(workspace, "When do you open?");
      assert.equal(answers["Size"], "56");
      assert.match(trace, /The browser worked for it/);
    });

    await t.step("a marked form is posted plainly where the page forbids the rest", async () => {
      await using visit = await open(scene, "/attach-strict");
      const { page } = visit;
      await page.getByLabel("Name").fill("Bram de Vries");
      await page.getByLabel("Email").fill("bram@devries.example");
      await page.getByLabel("Message").fill("Do you rent tandems?");
      await page.getByRole("button", { name: "Send" }).click();
      await page.waitForURL(`${workspace.url}/forms/**`);

      await page.getByRole("heading", { name: "Thank you" }).waitFor();
      await arrived(workspace, "Do you rent tandems?");
    });

    await t.step("without script a marked form is posted plainly", async () => {
      await using visit = await open(scene, "/attach", { javaScriptEnabled: false });
      const { page } = visit;
      await page.getByLabel("Name").fill("Noor");
      await page.getByLabel("Email").fill("noor@veloce.example");
      await page.getByLabel("Message").fill("Written without script");
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByRole("heading", { name: "Thank you" }).waitFor();

      await arrived(workspace, "Written without script");
    });

    await t.step(
      "an own form that leads on at once is copied, without what is private",
      () => redirecting(scene),
    );
    await t.step(
      "so is one of a single-page app, and one that a script submits",
      () => byScript(scene),
    );
    await t.step(
      "forms for signing in, searching, and those to be left are not",
      () => leftAlone(scene),
    );
    await t.step("what a form of ours sends is not copied as well", async () => {
      await using visit = await open(scene, "/all");
      const { page } = visit;
      await page.getByLabel("Name").fill("Joris");
      await page.getByLabel("Email").fill("joris@veloce.example");
      await page.getByLabel("Message").fill("Only once, please");
      await page.getByRole("button", { name: "Send" }).click();
      await page.locator(".parley-thanks").waitFor();
      await arrived(workspace, "Only once, please");

      // A copy would have left before it.
      await send(page, "/own-form", "After it");
      await arrived(workspace, "After it");
      assert.equal((await texts(workspace)).filter((one) => one === "Only once, please").length, 1);
    });
    await t.step("nothing is copied before a consent where the page waits for one", async () => {
      await using visit = await open(scene, "/consent");
      await send(visit.page, "/consent", "Before the consent");
      await visit.page.goto(`${scene.site.url}/consent`);
      await visit.page.evaluate("document.dispatchEvent(new Event('parley:consent'))");
      await submitOwn(visit.page, "After the consent");

      await arrived(workspace, "After the consent");
      assert.ok(!(await texts(workspace)).includes("Before the consent"));
    });
    await t.step("what other sites send is kept as spam", async () => {
      await workspace.api.call(
        `/channels/${form.id}`,
        { config: { allowedDomains: ["shop.example"] } },
        "PATCH",
      );
      await using visit = await open(scene, "/own-form");
      await submitOwn(visit.page, "From a site nobody trusts");

      const { status } = await arrived(workspace, "From a site nobody trusts");
      assert.equal(status, "spam");
    });
  },
});

async function redirecting(scene: Scene): Promise<void> {
  await using visit = await open(scene, "/own-form");
  const { page, errors } = visit;
  await page.getByLabel("Card").fill("4242 4242 4242 4242");
  await submitOwn(page, "Do you have the Corsa in green?");

  const { answers, subject, page: from } = await arrived(
    scene.workspace,
    "Do you have the Corsa in green?",
  );
  assert.deepEqual(Object.keys(answers), [
    "Campaign",
    "Your name",
    "Your email",
    "Size",
    "Message",
  ]);
  assert.equal(answers["Your email"], "anna@veloce.example");
  assert.equal(answers["Size"], "Medium");
  assert.equal(answers["Campaign"], "spring");
  assert.ok(subject !== "", "it has a subject");
  assert.equal(from, `${scene.site.url}/own-form`);
  // The site got it as ever, whole.
  assert.match(scene.site.received.at(-1) ?? "", /csrf=secret-of-the-site.*Corsa/);
  assert.deepEqual(errors, []);
}

async function byScript(scene: Scene): Promise<void> {
  await using visit = await open(scene, "/spa");
  const { page, errors } = visit;
  await page.getByLabel("Message").fill("Written into an app");
  // Twice, as people do.
  await page.getByRole("button", { name: "Ask" }).dblclick();
  await page.getByText("The app says thank you").waitFor();
  await arrived(scene.workspace, "Written into an app");
  await page.getByLabel("Question").fill("Sent by a script");
  await page.getByText("Not a button").click();
  await page.waitForURL("**/done");
  await arrived(scene.workspace, "Sent by a script");

  const all = await texts(scene.workspace);
  assert.equal(all.filter((text) => text === "Written into an app").length, 1);
  assert.deepEqual(errors, []);
}

async function leftAlone(scene: Scene): Promise<void> {
  await using visit = await open(scene, "/left");
  const { page } = visit;
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") requests.push(request.url());
  });
  for (const name of ["login", "search", "ignored", "within", "invalid"]) {
    await page.goto(`${scene.site.url}/left`);
    await Promise.all([
      page.waitForEvent("load"),
      page.locator(`form#${name}`).evaluate((form: HTMLFormElement) => form.requestSubmit()),
    ]);
  }
  assert.deepEqual(requests.filter((url) => url.startsWith(scene.workspace.url)), []);
}

interface Scene extends AsyncDisposable {
  readonly workspace: TestWorkspace;
  readonly browser: Browser;
  readonly site: FormSite;
  readonly form: ApiChannel;
}

async function openScene(): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const workspace = stack.use(await startWorkspace());
  const browser = stack.use(await launchBrowser());
  const form = await workspace.api.call<ApiChannel>("/channels", {
    type: "form",
    inboxId: workspace.inboxId,
    name: "Contact form",
    // The machine has no name server to ask.
    config: { checkMx: false, postsPerHour: 1_000, postsPerDay: 1_000 },
  });
  const site = stack.use(serveFormSite(pagesOf(workspace.url, form.id)));
  return { workspace, browser, site, form, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function pagesOf(origin: string, id: string): Record<string, SitePage> {
  const src = `${origin}/forms/${id}/embed.js`;
  const tag = (more = "") => `<script async src="${src}" ${more}></script>`;
  const attach = `<form data-parley-form action="${origin}/forms/${id}" method="post" novalidate>
    <label>Name <input name="name"></label> <label>Email <input name="email" type="email"></label>
    <label>Message <textarea name="message"></textarea></label>
    <input type="hidden" name="size" value="56"><button>Send</button></form>`;
  return {
    "/embed": {
      html: `<div data-parley-form="${id}"></div>
        <script nonce="n">globalThis.sent = 0;
          document.addEventListener("parley:sent", () => globalThis.sent++);</script>
        ${tag()}${tag()}`,
      csp: `default-src 'none'; script-src ${origin} 'nonce-n'; frame-src ${origin}; img-src data:`,
    },
    "/later": { html: `<main id="app"></main>${tag()}` },
    "/attach": { html: attach + tag() },
    "/attach-strict": {
      html: attach + tag(),
      csp: `default-src 'none'; script-src ${origin}; img-src data:`,
    },
    "/all": { html: attach + tag("data-capture") + tag("data-capture") },
    "/own-form": { html: OWN_FORM + tag("data-capture") },
    "/consent": { html: OWN_FORM + tag('data-capture="after-consent"') },
    "/spa": { html: APP + tag("data-capture") },
    "/left": { html: LEFT_ALONE + tag("data-capture") },
  };
}

/** Any shop's. */
const OWN_FORM = `<h2>Ask us</h2><form action="/own" method="post" name="contact">
  <input type="hidden" name="csrf" value="secret-of-the-site">
  <input type="hidden" name="campaign" value="spring" data-parley-include>
  <label>Your name <input name="your-name" value="Anna"></label>
  <label>Your email * <input name="your-email" type="email" value="anna@veloce.example"></label>
  <label>Card <input name="note"></label>
  <label>PIN <input name="pin" value="1234"></label>
  <fieldset><legend>Size</legend><label><input type="radio" name="size" value="Small"> S</label>
  <label><input type="radio" name="size" value="Medium" checked> M</label></fieldset>
  <label>Message <textarea name="text"></textarea></label><button>Ask</button></form>`;

/** One form that an app sends itself, and one without a button that a script submits. */
const APP =
  `<form id="app" novalidate><label>Message <textarea></textarea></label><button>Ask</button></form>
  <form id="scripted" action="/own" method="post"><label>Question <input name="question"></label></form>
  <div id="send">Not a button</div><p id="said"></p>
  <script>
    app.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      app.reset();
      said.textContent = "The app says thank you";
    });
    send.onclick = () => scripted.submit();
  </script>`;

const LEFT_ALONE = `
  <form id="login" action="/own" method="post"><input name="user" value="anna"><input type="password" name="x" value="y"></form>
  <form id="search"><input name="q" value="green bicycles"></form>
  <form id="ignored" action="/own" method="post" data-parley-ignore><input name="a" value="not yours"></form>
  <div data-parley-ignore><form id="within" action="/own" method="post"><input name="a" value="not yours"></form></div>
  <form id="invalid" action="/own" method="post" novalidate><input name="a" type="email" value="no address"></form>`;

interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly errors: readonly string[];
}

async function open(
  { browser, site }: Scene,
  path: string,
  options: { readonly javaScriptEnabled?: boolean } = {},
): Promise<Visit> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto(`${site.url}${path}`);
  return { page, errors, [Symbol.asyncDispose]: () => context.close() };
}

async function send(page: Page, path: string, text: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await submitOwn(page, text);
}

/** Fills in the site's own form, which leads to another page at once. */
async function submitOwn(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message").fill(text);
  await page.getByRole("button", { name: "Ask" }).click();
  await page.waitForURL("**/done");
}

function script({ workspace, form }: Scene): string {
  return `${workspace.url}/forms/${form.id}/embed.js`;
}

interface Arrived {
  readonly status: string;
  readonly subject: string;
  /** By label. */
  readonly answers: Readonly<Record<string, string>>;
  readonly page: string;
  readonly trace: string;
}

/** The conversation that a form with this text began. */
async function arrived(workspace: TestWorkspace, text: string): Promise<Arrived> {
  return await until(async () => {
    for (const { conversation, message } of await submissions(workspace)) {
      const answers = Object.fromEntries(
        (message.fields ?? []).map(({ label, value }) => [label, value]),
      );
      if (!Object.values(answers).includes(text)) continue;
      const trace = JSON.stringify(message.trace);
      const page = /https?:\/\/localhost[^"\\\s]*/.exec(trace)?.[0] ?? "";
      return { status: conversation.status, subject: conversation.subject, answers, page, trace };
    }
    return null;
  }, { what: `"${text}" has arrived` });
}

async function texts(workspace: TestWorkspace): Promise<readonly string[]> {
  const all = await submissions(workspace);
  return all.flatMap(({ message }) => (message.fields ?? []).map(({ value }) => value));
}

async function submissions({ api }: TestWorkspace) {
  const lists = await Promise.all(
    ["open", "spam"].map((view) =>
      api.call<{ items: ApiConversation[] }>(`/conversations?view=${view}&limit=100`)
    ),
  );
  return await Promise.all(
    lists.flatMap(({ items }) => items).map(async (conversation) => {
      const path = `/conversations/${conversation.id}/messages`;
      const { items } = await api.call<{ items: ApiMessage[] }>(path);
      const [message] = items;
      if (message === undefined) throw new Error("A conversation without a message");
      return { conversation, message };
    }),
  );
}
