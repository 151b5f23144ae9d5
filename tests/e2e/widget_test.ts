/** The widget on other people's pages, in a real browser. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { ApiChannel, ApiConversation } from "../../core/model/api.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { PICTURES, takePicture } from "./pictures.ts";
import { addChat, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const ignore = findChromium() === null;

Deno.test(
  { name: "the widget is small: loader ≤ 5 KB, all of it ≤ 30 KB, gzipped", ignore },
  async () => {
    await using workspace = await startWorkspace();
    const channel = await addChat(workspace);
    const size = async (path: string) => {
      const response = await fetch(workspace.url + path);
      assert.equal(response.status, 200, path);
      return gzipSync(await response.bytes()).length;
    };

    const loader = await size("/widget.js");
    const rest = await Promise.all(
      ["/widget/frame.js", "/widget/frame.css", `/widget/${channel.id}`].map(size),
    );

    assert.ok(loader <= 5_000, `loader: ${loader}`);
    const all = rest.reduce((sum, one) => sum + one, loader);
    assert.ok(all <= 30_000, `all: ${all}`);
  },
);

Deno.test(
  { name: "the widget works on a page with a strict CSP, and leaves it as it was", ignore },
  async () => {
    await using scene = await openScene();
    const { page } = await scene.visit({
      query: `csp=${
        encodeURIComponent(
          `default-src 'none'; script-src ${scene.workspace.url} 'nonce-n'; frame-src ${scene.workspace.url}; connect-src ${scene.workspace.url}`,
        )
      }`,
    });

    await page.locator("[data-parley] button").waitFor();
    assert.equal(await page.evaluate("globalThis.shift"), 0);
    assert.equal(
      await page.locator("iframe").count(),
      0,
      "nothing more is loaded before it is opened",
    );
    assert.deepEqual(await page.evaluate("[document.cookie, localStorage.length]"), ["", 0]);
    await page.locator("[data-parley] button").click();
    await write(page, "Is the 56 in stock?");
    await answer(scene, "It is!");
    await frameOf(page).getByText("It is!").waitFor();

    assert.deepEqual(await page.evaluate("document.cookie"), "");
    assert.equal(await page.evaluate("globalThis.shift"), 0);
  },
);

Deno.test(
  { name: "the snippet twice is one widget, and calls before it loads are kept", ignore },
  async () => {
    await using scene = await openScene();
    const { page } = await scene.visit({ query: "twice" });

    await frameOf(page).getByRole("button", { name: "Ask a question" }).waitFor();

    assert.equal(await page.locator("[data-parley]").count(), 1);
    assert.deepEqual(await page.evaluate("globalThis.heard"), ["open", "ready"]);
  },
);

Deno.test({ name: "only allowed sites show the widget", ignore }, async () => {
  await using scene = await openScene({ allowedDomains: ["shop.example"] });
  const { page } = await scene.visit({ isReady: false });
  await until(() => page.evaluate("globalThis.heard.includes('error')"));
  assert.equal(await page.locator("[data-parley]").count(), 0);

  const src = `${scene.workspace.url}/widget/${scene.channel.id}`;
  await page.evaluate(`document.body.innerHTML = '<iframe src="${src}"></iframe>'`);
  await until(() =>
    page.frames().length === 2 && page.frames()[1]!.url().startsWith("chrome-error")
  );
});

Deno.test(
  { name: "a visitor whose browser refuses storage to frames can chat", ignore },
  async () => {
    await using scene = await openScene();
    const { page, context } = await scene.visit({ host: "localhost" });
    await context.addInitScript(refuseStorageToFrames);
    await page.locator("[data-parley] button").click();

    await write(page, "Hello");
    await answer(scene, "Hi!");

    await frameOf(page).getByText("Hi!").waitFor();
  },
);

Deno.test({
  name: "two tabs share one stream, and the second goes on when the first is closed",
  ignore,
}, async () => {
  await using scene = await openScene();
  const first = await scene.visit();
  await first.page.locator("[data-parley] button").click();
  await write(first.page, "Hello");
  await frameOf(first.page).getByText("Sent").waitFor();

  const second = await scene.visit({ context: first.context });
  await second.page.locator("[data-parley] button").click();
  await answer(scene, "To both");
  for (const { page } of [first, second]) await frameOf(page).getByText("To both").waitFor();
  assert.equal(second.streams(), 0);
  await first.page.close();
  await until(() => second.streams() === 1);
  await answer(scene, "Still here");
  await frameOf(second.page).getByText("Still here").waitFor();
});

Deno.test({
  name: "what is written offline is kept, shown as waiting, and sent once the network is back",
  ignore,
}, async () => {
  await using scene = await openScene();
  const { page, context } = await scene.visit();
  await page.locator("[data-parley] button").click();
  await write(page, "One");
  await frameOf(page).getByText("Sent").waitFor();

  await context.setOffline(true);
  await write(page, "Two");
  await frameOf(page).getByText("You are offline.").waitFor();
  await frameOf(page).getByText("Waiting for connection").waitFor();
  await takePicture(page, "widget-offline-1024-light");
  await context.setOffline(false);
  await frameOf(page).getByText("Waiting for connection").waitFor({ state: "detached" });

  await frameOf(page).getByText("You are offline.").waitFor({ state: "detached" });
  assert.deepEqual(await textsOf(scene), ["One", "Two"]);
});

Deno.test({
  name: "a file goes by button, one too large says so, and answers are counted while closed",
  ignore,
}, async () => {
  await using scene = await openScene();
  const { page } = await scene.visit();
  const frame = frameOf(page);
  await page.locator("[data-parley] button").click();
  await frame.getByRole("button", { name: "Ask a question" }).click();
  const picker = frame.locator("input[type=file]");

  // Made in the page: 25 MiB do not go through the debugger in reasonable time.
  await picker.evaluate((input: HTMLInputElement) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(25 * 1024 * 1024 + 1)], "huge.bin"));
    files.items.add(new File(["hello"], "note.txt", { type: "text/plain" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await frame.getByText("Too large: 25 MB at most").waitFor();
  await frame.getByText("note.txt").waitFor();
  await frame.getByText("Sent").waitFor();
  await frame.getByRole("textbox").press("Escape");
  await until(() => page.locator("[data-parley] iframe").isHidden());
  await answer(scene, "Thank you!");

  const launcher = page.locator("[data-parley] button");
  await until(async () => await launcher.getAttribute("aria-label") === "Open chat, 1 unread");
  await launcher.click();
  await frame.getByText("Thank you!").waitFor();
  await launcher.click();
  assert.equal(await launcher.getAttribute("aria-label"), "Open chat");
});

Deno.test({ name: "the widget is used by keyboard alone", ignore }, async () => {
  await using scene = await openScene();
  const { page } = await scene.visit();
  const frame = frameOf(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await frame.getByRole("button", { name: "Ask a question" }).waitFor();

  for (let i = 0; i < 6 && !await isFocused("Ask a question"); i++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await frame.getByRole("textbox").waitFor();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Enter");
  await page.keyboard.type("and on");
  await frame.getByText("Sent").waitFor();
  assert.equal(await frame.getByRole("textbox").inputValue(), "and on", "nothing typed is lost");
  await page.keyboard.press("Escape");

  await until(() => page.locator("[data-parley] iframe").isHidden());
  assert.equal(
    await page.evaluate(
      "document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')",
    ),
    "Open chat",
  );

  async function isFocused(text: string): Promise<boolean> {
    const focused = await frame.locator("button:focus").allTextContents();
    return focused.some((one) => one.includes(text));
  }
});

const LOOKS: readonly {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly query?: string;
}[] = [
  { name: "1440-light", options: { viewport: { width: 1440, height: 900 } } },
  { name: "1440-dark", options: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" } },
  { name: "390-light", options: { viewport: { width: 390, height: 844 }, hasTouch: true } },
  {
    name: "320-dark",
    options: { viewport: { width: 320, height: 568 }, hasTouch: true, colorScheme: "dark" },
  },
  { name: "1024-rtl", options: { viewport: { width: 1024, height: 800 } }, query: "rtl" },
];
for (const { name, options, query = "" } of LOOKS) {
  Deno.test(
    { name: `the widget is sound to look at and to read aloud: ${name}`, ignore },
    async () => {
      await Deno.mkdir(PICTURES, { recursive: true });
      await using scene = await openScene();
      const { page } = await scene.visit({ options, query });
      const frame = frameOf(page);
      await page.locator("[data-parley] button").click();
      await frame.locator(".pw-start").waitFor();
      await checkFrame(page);
      await takePicture(page, `widget-home-${name}`);

      await write(page, "Rear brake on my Corsa 3 squeals since the service last week");
      await answer(scene, "That is nearly always a pad that picked up a drop of oil.");
      await frame.getByText("nearly always").waitFor();
      await checkFrame(page);
      await takePicture(page, `widget-thread-${name}`);
    },
  );
}

/** As browsers do it where third parties may keep nothing. Runs in each frame before its own scripts. */
function refuseStorageToFrames(): void {
  if (globalThis.parent === globalThis.self) return;
  const refusal = () => new DOMException("Access is denied for this document.", "SecurityError");
  Object.defineProperty(globalThis, "localStorage", {
    get() {
      throw refusal();
    },
  });
  navigator.locks.request = () => Promise.reject(refusal());
}

/** A panel as wide as its frame is checked as the page it is. */
async function checkFrame(page: Page): Promise<void> {
  const frame = page.frames()[1]!;
  // A frame has of Page's methods those that are used.
  await assertGoodPage(frame as unknown as Page);
}

interface Visit {
  readonly query?: string;
  readonly host?: string;
  readonly options?: BrowserContextOptions;
  /** A tab of the same browser profile. */
  readonly context?: BrowserContext;
  /** Waits until the launcher is there; default true. */
  readonly isReady?: boolean;
}

interface Scene extends AsyncDisposable {
  readonly workspace: TestWorkspace;
  readonly channel: ApiChannel;
  visit(visit?: Visit): Promise<{ page: Page; context: BrowserContext; streams(): number }>;
}

/** Parley, a shop of another origin with the snippet on its page, and a browser. */
async function openScene(config: Record<string, unknown> = {}): Promise<Scene> {
  const workspace = await startWorkspace();
  const channel = await addChat(workspace, { config });
  const shop = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { searchParams } = new URL(request.url);
    const csp = searchParams.get("csp");
    return new Response(shopPage(workspace.url, channel.id, searchParams), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        ...csp === null ? {} : { "content-security-policy": csp },
      },
    });
  });
  const browser: Browser = await launchBrowser();
  return {
    workspace,
    channel,
    async visit({ query = "", host = "127.0.0.1", isReady = true, ...given } = {}) {
      const context = given.context ?? await browser.newContext(
        given.options ?? {
          viewport: { width: 1024, height: 800 },
        },
      );
      const page = await context.newPage();
      let streams = 0;
      page.on("request", (request) => {
        if (request.url().endsWith("/events")) streams++;
      });
      await page.goto(`http://${host}:${shop.addr.port}/?${query}`);
      if (isReady) await page.locator("[data-parley] button").waitFor();
      return { page, context, streams: () => streams };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await shop.shutdown();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

function shopPage(url: string, channelId: string, query: URLSearchParams): string {
  const snippet =
    `<script nonce="n" async src="${url}/widget.js" data-channel="${channelId}"></script>`;
  return `<!doctype html>
<html ${query.has("rtl") ? 'lang="ar" dir="rtl"' : 'lang="en"'}>
<meta name="viewport" content="width=device-width">
<title>Veloce Corsa 3</title>
<h1>Veloce Corsa 3</h1>
<p>Steel where you feel it.</p>
<script nonce="n">
  globalThis.heard = [];
  globalThis.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => shift += entry.value))
    .observe({ type: "layout-shift", buffered: true });
  globalThis.Parley = [];
  for (const name of ["ready", "open", "error"]) Parley.push(["on", name, () => heard.push(name)]);
  ${query.has("twice") ? 'Parley.push(["open"]);' : ""}
</script>
${snippet}
${query.has("twice") ? snippet : ""}
</html>`;
}

function frameOf(page: Page) {
  return page.frameLocator("[data-parley] iframe");
}

/** Writes into the shown conversation, or begins one. */
async function write(page: Page, text: string): Promise<void> {
  const frame = frameOf(page);
  const start = frame.locator(".pw-start");
  const field = frame.getByRole("textbox");
  await start.or(field).first().waitFor();
  if (await start.isVisible()) await start.click();
  await field.fill(text);
  await field.press("Enter");
  await frame.locator(".pw-b", { hasText: text }).waitFor();
}

/** The team answers the newest conversation. */
async function answer({ workspace: { api } }: Scene, text: string): Promise<void> {
  const conversation = await until(async () => {
    const list = await api.call<{ items: ApiConversation[] }>("/conversations?view=open");
    return list.items[0];
  });
  await api.call(`/conversations/${conversation.id}/messages`, { kind: "reply", text });
}

async function textsOf({ workspace: { api } }: Scene): Promise<readonly string[]> {
  const list = await api.call<{ items: ApiConversation[] }>("/conversations?view=open");
  const path = `/conversations/${list.items[0]?.id}/messages`;
  const messages = await api.call<{ items: { text: string }[] }>(path);
  return messages.items.map(({ text }) => text);
}
