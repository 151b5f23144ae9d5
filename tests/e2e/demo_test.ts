/** `deno task demo`: what a newcomer sees first, and the pictures of the project. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Browser, Page } from "playwright-core";
import { reply, rowOf, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage, watchErrors } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { startServer } from "./start_server.ts";
import { until } from "./until.ts";
import { ask, showWidget } from "./visitor_page.ts";

/** Those of the `demo` task: whatever needs more must fail here too. */
const DEMO = [
  ...["run", "--no-prompt", "--allow-net", "--allow-env", "--allow-read", "--allow-write"],
  ...["--allow-run", "--allow-sys", ".tasks/demo.ts"],
];

Deno.test({
  name: "the demo has a full inbox, sign-in links and a shop whose chat reaches it",
  ignore: findChromium() === null,
  async fn(t) {
    await using demo = await startServer({ command: DEMO });
    const { stdout } = await until(() => {
      const printed = demo.printed();
      return printed.stdout.includes("The shop, with the chat") && printed;
    });
    const [link = ""] = stdout.match(/http:\/\/\S+\/sign-in\/\S+/) ?? [];
    const [shop = ""] = stdout.match(/http:\/\/\S+\/demo$/m) ?? [];
    await using browser = await launchBrowser();
    await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const errors = watchErrors(page);

    await t.step("a printed link signs in to a full inbox", async () => {
      await page.goto(link);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL("**/inbox/**");
      await page.locator(".rows .row").nth(10).waitFor();
      await rowOf(page, "Giulia Ferrari").first().click();
      await page.getByRole("main").getByText(/^Not delivered/).waitFor();
      await look(page, "inbox");
    });

    await t.step("the shop's chat reaches the inbox", async () => {
      await using visitor = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const site = await visitor.newPage();
      await site.goto(shop);
      const frame = await showWidget(site);
      await takePicture(site, "widget-home");
      await ask(frame, "Do you have the Corsa in green?");
      await frame.getByText(/^Sent/).waitFor();
      await takePicture(site, "widget-thread");
      await page.goto(new URL("/inbox/all/unassigned", link).href);
      await page.getByText("Do you have the Corsa in green?").first().waitFor();
    });

    await t.step("a practice customer asks on the shop's page, and answers back", async () => {
      await using visitor = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const site = await visitor.newPage();
      await site.goto(shop);
      await site.getByLabel("Chiara Gallo asks").fill("Can I try the Cargo L on Saturday?");
      await site.getByRole("button", { name: "Ask" }).click();
      await site.getByText("Chiara Gallo has written.").waitFor();

      await page.goto(new URL("/inbox/all/open", link).href);
      const thread = threadOf(page);
      await rowOf(page, "Chiara Gallo").first().click();
      await thread.getByText("Can I try the Cargo L on Saturday?").last().waitFor();
      await reply(page, "Chiara Gallo", "Of course. At what time would you like to come?");
      const latest = thread.locator(".bubble").last();
      await until(async () => !(await latest.innerText()).includes("Of course"), {
        timeoutMs: 30_000,
        what: "the practice customer has answered",
      });
    });

    await t.step("the shop's plain form becomes a conversation of the workshop", async () => {
      // No script of ours stands in it, and none is needed.
      await using visitor = await browser.newContext({ javaScriptEnabled: false });
      const site = await visitor.newPage();
      await site.goto(shop);
      await site.getByLabel("Your name").fill("Femke Bos");
      await site.getByLabel("Email").fill("femke@bos.example");
      await site.getByLabel("What needs care?").selectOption("Brakes");
      await site.getByLabel("What happened?").fill("They sing in the rain.");
      await site.locator(".book").scrollIntoViewIfNeeded();
      await takePicture(site, "shop-form");
      await site.getByRole("button", { name: "Request a date" }).click();
      await site.getByRole("heading", { name: "Thank you" }).waitFor();

      await page.goto(new URL("/inbox/all/open", link).href);
      await rowOf(page, "Femke Bos").first().click();
      await threadOf(page).getByText("They sing in the rain.").first().waitFor();
      await threadOf(page).getByText("Brakes").first().waitFor();
    });

    await t.step("recorded traffic is taken from a file, and a wrong line is named", async () => {
      // Not the page whose errors are watched: a refused form is one to the browser.
      await using settings = await context.newPage();
      await settings.goto(new URL("/settings/channels/new/practice", link).href);
      const traffic = settings.locator("textarea[name='config.traffic']");
      const [chooser] = await Promise.all([
        settings.waitForEvent("filechooser"),
        settings.getByRole("button", { name: "Take from a file" }).click(),
      ]);
      const lines = '{"afterMs":0,"from":"Giulia","text":"Hello"}\n{"afterMs":"soon"}\n';
      const buffer = Buffer.from(lines);
      await chooser.setFiles({ name: "morning.jsonl", mimeType: "text/plain", buffer });
      await until(async () => await traffic.inputValue() === lines);
      await settings.getByLabel("Name", { exact: true }).fill("Morning");
      await settings.getByRole("button", { name: "Add it" }).click();
      await settings.getByText(/a wrong "afterMs" in line 2/).first().waitFor();
    });

    await t.step("its settings show well", async () => {
      await page.goto(new URL("/settings/channels", link).href);
      await look(page, "channels");
    });

    await t.step("a phone shows one thing at a time", () => phone(browser, page));

    assert.deepEqual(errors, []);
  },
});

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await assertGoodPage(page);
    await takePicture(page, `${name}-${colorScheme}`);
  }
}

async function phone(browser: Browser, page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  await using context = await browser.newContext({
    baseURL: origin,
    storageState: await page.context().storageState(),
    viewport: { width: 390, height: 844 },
  });
  await using small = await context.newPage();
  await small.goto("/inbox/all/open");
  await small.locator(".rows .row").nth(5).waitFor();
  await assertGoodPage(small);
  await takePicture(small, "phone-list");
  await rowOf(small, "Giulia Ferrari").first().click();
  await small.getByRole("main").getByText(/^Not delivered/).waitFor();
  await takePicture(small, "phone-thread");
}
