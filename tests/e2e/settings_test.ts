/** Sign-in and settings as a person uses them: first without script, then looked at in every size. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { startServer } from "./start_server.ts";

const EMAIL = "nora@veloce.example";
const PASSWORD = "quattro-ruote-gialle";
/** For what a page has to show. */
const TIMEOUT_MS = 15_000;

Deno.test({
  name: "sign-in and settings work without script, and show well in every size and theme",
  ignore: findChromium() === null,
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using server = await startServer({
      env: { PARLEY_ADMIN_EMAIL: EMAIL, PARLEY_ADMIN_PASSWORD: PASSWORD },
    });
    await using browser = await launchBrowser();
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url });
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();

    await t.step(
      "a wrong password is refused beside the form, and nothing else is told",
      async () => {
        await page.goto("/settings/channels");
        assert.match(page.url(), /\/sign-in\?next=%2Fsettings%2Fchannels$/);
        await page.getByLabel("Email").fill(EMAIL);
        await passwordOf(page).fill("not-the-password");
        const [response] = await Promise.all([
          page.waitForResponse((answer) => answer.request().method() === "POST"),
          page.getByRole("button", { name: "Sign in" }).click(),
        ]);

        assert.equal(response.status(), 401);
        await page.getByText("This address and password do not belong together.").waitFor();
        assert.equal(await page.getByLabel("Email").inputValue(), EMAIL);
      },
    );

    await t.step("the right one goes on to the page that was asked for", async () => {
      await passwordOf(page).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();

      await page.waitForURL("**/settings/channels");
    });

    await t.step("an inbox is made, renamed and given members", () => makeInbox(page));
    await t.step(
      "a chat channel is made; what is wrong is said beside the field",
      () => makeChat(page),
    );
    await t.step("a mailbox is made; its secret is never sent back", () => makeMailbox(page));
    await t.step(
      "somebody is invited, joins, and sees no settings of the workspace",
      () => invite(browser, page, server.url),
    );
    await t.step(
      "a deactivated person cannot sign in",
      () => deactivate(browser, page, server.url),
    );
    await t.step("the profile is changed", () => changeProfile(page));
    await t.step(
      "a token is told once, lets a program in, and is taken back",
      () => makeToken(page, server.url),
    );

    await t.step("every page shows well", () => tour(browser, context, server.url));

    await t.step("signing out ends the session", async () => {
      await page.goto("/settings/profile");
      await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL("**/sign-in");
      await page.goto("/settings/profile");

      assert.match(page.url(), /\/sign-in/);
    });
  },
});

Deno.test({
  name: "the printed set-up link makes the owner once, with script and in every size",
  ignore: findChromium() === null,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using server = await startServer();
    const { stdout, stderr } = server.printed();
    const path = /\/set-up\/[\w-]+/.exec(stdout + stderr)?.[0];
    assert.ok(path, "no set-up link was printed");
    await using browser = await launchBrowser();
    await using context = await browser.newContext({ baseURL: server.url });
    context.setDefaultTimeout(TIMEOUT_MS);
    await lookAtPage(context, path);
    const page = await context.newPage();

    await page.goto(path);
    await page.getByLabel("Name of the workspace").fill("Veloce");
    await page.getByLabel("Your name").fill("Nora Visser");
    await page.getByLabel("Your email").fill(EMAIL);
    await passwordOf(page).fill(PASSWORD);
    await page.getByRole("button", { name: "Show the password" }).click();
    assert.equal(await passwordOf(page).getAttribute("type"), "text");
    await page.getByRole("button", { name: "Create the workspace" }).click();

    await page.getByText("Your workspace is ready.").waitFor();
    const again = await page.goto(path);
    assert.equal(again?.status(), 404);
  },
});

async function makeToken(page: Page, url: string): Promise<void> {
  await page.goto("/settings/tokens?new");
  await page.getByLabel("What it is for").fill("Night export");
  await page.getByLabel("It may do what").selectOption("agent");
  await page.getByRole("button", { name: "Make it" }).click();
  const token = await page.getByLabel("Token", { exact: true }).inputValue();
  const me = () =>
    fetch(`${url}/api/v1/conversations`, { headers: { authorization: `Bearer ${token}` } });
  const welcome = await me();
  await welcome.body?.cancel();
  // Posted again, the form makes no second one.
  await page.reload();
  const again = await page.getByLabel("Token", { exact: true }).inputValue();
  await page.goto("/settings/tokens");
  assert.equal(await page.getByText(token).count(), 0);
  await page.getByRole("button", { name: "Revoke Night export" }).click();
  await page.getByText("No token yet").waitFor();
  const gone = await me();
  await gone.body?.cancel();

  assert.deepEqual([welcome.status, again === token, gone.status], [200, true, 401]);
}

async function makeInbox(page: Page): Promise<void> {
  await page.goto("/settings/inboxes?new");
  await page.getByLabel("Name").fill("   ");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.getByText("Name is needed.").waitFor();

  await page.getByLabel("Name").fill("Workshop");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.waitForURL("**/settings/inboxes/*done=created");
  await page.getByLabel("Name").fill("Workshop Utrecht");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();

  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Workshop Utrecht");
}

async function makeChat(page: Page): Promise<void> {
  await page.goto("/settings/channels/new");
  await page.getByRole("link", { name: /Website chat/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("Shop chat");
  await page.getByLabel("Sites that may show it").fill("not a host name");
  await page.getByRole("button", { name: "Add it" }).click();
  const sites = page.getByLabel("Sites that may show it");
  assert.equal(await sites.getAttribute("aria-invalid"), "true");
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Shop chat");

  await sites.fill("shop.example\n*.veloce.example");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.waitForURL("**/settings/channels/chn_*done=created");

  const line = await page.locator(".copy code").textContent();
  assert.match(line ?? "", /<script async src="http[^"]+\/widget\.js" data-channel="chn_[^"]+">/);
  assert.equal(await sites.inputValue(), "shop.example\n*.veloce.example");
}

async function makeMailbox(page: Page): Promise<void> {
  await page.goto("/settings/channels/new/email?by=hand");
  await page.getByLabel("Name", { exact: true }).fill("Support mail");
  await page.getByLabel("Address", { exact: true }).fill("support@veloce.example");
  await page.getByLabel("Secret").fill("a-secret-of-the-mail-server");
  // Not here: there is no such server.
  assert.equal(await page.getByLabel("Parley's own mail server").isDisabled(), true);
  await page.locator('[name="config.outbound[smtp].host"]').fill("smtp.veloce.example");
  await page.locator('[name="config.outbound[smtp].port"]').fill("587");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.waitForURL("**/settings/channels/chn_*/test?new");
  await page.getByRole("link", { name: "All settings" }).last().click();

  assert.doesNotMatch(await page.content(), /a-secret-of-the-mail-server/);
  assert.match(await page.getByLabel("Webhook address").inputValue(), /\/hooks\/chn_/);

  // Saved again without typing the secret: it stays.
  await page.getByLabel("Sender name").fill("Veloce");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  await page.locator("summary.secret").waitFor();
  assert.equal(await page.getByLabel("Sender name").inputValue(), "Veloce");
}

async function invite(browser: Browser, page: Page, baseURL: string): Promise<void> {
  await page.goto("/settings/users?invite");
  await page.getByLabel("Email").fill("daan@veloce.example");
  await page.getByLabel("Role").selectOption("agent");
  await page.getByRole("button", { name: "Make the invitation" }).click();
  const link = await page.getByLabel("Link for daan@veloce.example").inputValue();

  await using context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const other = await context.newPage();
  await other.goto(new URL(link).pathname);
  await other.getByLabel("Your name").fill("Daan Smit");
  await passwordOf(other).fill("short");
  await other.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
  await other.getByRole("button", { name: "Join" }).click();
  await other.getByText("Password needs 10 characters or more.").waitFor();
  await passwordOf(other).fill("een-lang-wachtwoord");
  await other.getByRole("button", { name: "Join" }).click();
  await other.waitForURL((url) => !url.pathname.startsWith("/invitation"));

  const refused = await other.goto("/settings/users");
  assert.equal(refused?.status(), 403);
  const used = await other.goto(new URL(link).pathname);
  assert.equal(used?.status(), 404);
  await page.goto("/settings/users");
  await page.getByRole("link", { name: "Edit Daan Smit" }).waitFor();
}

async function deactivate(browser: Browser, page: Page, baseURL: string): Promise<void> {
  await page.goto("/settings/users");
  await page.getByRole("link", { name: "Edit Daan Smit" }).click();
  await page.getByRole("button", { name: "Deactivate" }).click();
  await page.getByText("Deactivated. Their sessions have ended.").waitFor();

  await using context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const other = await context.newPage();
  await other.goto("/sign-in");
  await other.getByLabel("Email").fill("daan@veloce.example");
  await passwordOf(other).fill("een-lang-wachtwoord");
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByText("This address and password do not belong together.").waitFor();
}

async function changeProfile(page: Page): Promise<void> {
  await page.goto("/settings/profile");
  await page.getByLabel("Name").fill("Nora Visser");
  await page.getByLabel("Meeting link").fill("https://meet.veloce.example/nora");
  await page.getByLabel("Picture").setInputFiles({
    name: "face.png",
    mimeType: "image/png",
    // One grey pixel.
    buffer: Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
      "base64",
    ),
  });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal(await page.getByLabel("Name").inputValue(), "Nora Visser");
  assert.equal(await page.locator(".rail .avatar img").count(), 1);

  await page.getByLabel("Take the picture away").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  assert.equal(await page.locator(".rail .avatar img").count(), 0);

  const choices = page.getByRole("form", { name: "Notifications by mail" });
  assert.equal(await choices.getByLabel("Assigned to me").isChecked(), true);
  await choices.getByLabel("Assigned to me").uncheck();
  await choices.getByLabel("Not assigned yet").check();
  await choices.getByRole("button", { name: "Change the notifications" }).click();
  await page.getByText("Saved.").waitFor();
  assert.deepEqual(
    await Promise.all(
      ["Assigned to me", "Not assigned yet", "Assigned to colleagues"].map((name) =>
        choices.getByLabel(name).isChecked()
      ),
    ),
    [false, true, false],
  );

  await page.getByRole("main").getByRole("button", { name: "Dark" }).click();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await page.getByRole("main").getByRole("button", { name: "As the system" }).click();
  assert.equal(await page.locator("html").getAttribute("data-theme"), null);
}

/** Every page at three widths in both themes, with script. */
async function tour(browser: Browser, signedIn: BrowserContext, baseURL: string): Promise<void> {
  const inside = await browser.newContext({ baseURL, storageState: await signedIn.storageState() });
  const outside = await browser.newContext({ baseURL });
  const page = await signedIn.newPage();
  await page.goto("/settings/channels");
  const channels = await hrefs(page, "a[href^='/settings/channels/chn_']");
  await page.goto("/settings/users");
  const users = await hrefs(page, "a[href^='/settings/users/usr_']");
  await page.goto("/settings/inboxes");
  const inboxes = await hrefs(page, "a[href^='/settings/inboxes/inb']");
  await page.close();
  const paths = [
    "/settings",
    "/settings/profile",
    "/settings/users",
    "/settings/users?invite",
    ...users.slice(0, 1),
    "/settings/inboxes?new",
    ...inboxes.slice(0, 1),
    "/settings/channels",
    "/settings/channels/new",
    "/settings/channels/new/chat",
    "/settings/channels/new/email",
    "/settings/channels/new/email?by=hand",
    // Providers Parley knows: nobody is asked about them.
    "/settings/channels/new/email?address=support@gmail.com",
    "/settings/channels/new/email?address=support@outlook.com",
    "/settings/channels/new/email?address=nobody",
    ...channels,
    "/settings/journal",
    "/settings/tokens?new",
    "/no/such/page",
  ];
  for (const path of paths) await lookAtPage(inside, path);
  for (const path of ["/sign-in", "/reset-password", "/invitation/x", "/set-up/x"]) {
    await lookAtPage(outside, path);
  }
  await inside.close();
  await outside.close();
}

/** Its label also names the button that shows it. */
function passwordOf(page: Page) {
  return page.locator("input[name=password]");
}

async function hrefs(page: Page, selector: string): Promise<string[]> {
  const links = page.locator(selector);
  return await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
}
