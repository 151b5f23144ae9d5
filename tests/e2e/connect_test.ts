/** A mailbox is connected: from a typed address to a reply that left, against real servers; then without script. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { deliverHere } from "../fakes/deliver_here.ts";
import { hasDovecot, openDovecot, SUPPORT } from "../fakes/dovecot.ts";
import { openThread, openWorkspace, reply, signIn } from "./agent_page.ts";
import type { ApiChannel } from "../../core/model/api.ts";
import { freePort } from "../../.tasks/free_port.ts";
import { openOAuthProvider } from "../fakes/oauth_provider.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { assertGoodPage } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const FIXTURES = new URL("../../adapters/email/fixtures/", import.meta.url);
const ADDRESS = "support@veloce.example";

Deno.test({
  name: "a mailbox is connected from its address, and a reply goes out",
  ignore: findChromium() === null || !hasDovecot(),
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using dovecot = await openDovecot({ tls: "required" });
    let takesCodes = true;
    let held = Promise.withResolvers<string>();
    held.resolve("INBOX");
    await using mail = await deliverHere(dovecot, {
      mailboxOf(local) {
        if (local.includes("+") && !takesCodes) return null;
        return local.split("+")[0] === "support" ? "support" : null;
      },
      folderOf: () => held.promise,
      login: { user: "support", password: SUPPORT.password },
      certificate: {
        cert: await Deno.readTextFile(new URL("localhost_cert.pem", FIXTURES)),
        key: await Deno.readTextFile(new URL("localhost_key.pem", FIXTURES)),
      },
    });
    await using list = openList(dovecot.port, mail.port);
    await using workspace = await startWorkspace({
      PARLEY_AUTOCONFIG_URL: `http://127.0.0.1:${list.addr.port}`,
      DENO_CERT: new URL("localhost_ca.pem", FIXTURES).pathname,
    });
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page } = agent;

    await t.step("what is no address is said beside the field", async () => {
      await page.goto("/settings/channels/new/email");
      await look(page, "connect-address");
      await page.getByLabel("Email address").fill("support@localhost");
      await page.getByRole("button", { name: "Look it up" }).click();
      await page.getByText("is not a mail address").waitFor();
    });

    await t.step("an address is all it takes to find the servers", async () => {
      await page.getByLabel("Email address").fill(ADDRESS);
      await page.getByRole("button", { name: "Look it up" }).click();

      await page.getByText("Found in the list of mail providers: Mailbaan").waitFor();
      await page.getByText(`localhost:${dovecot.port}, localhost:${mail.port}`).waitFor();
      await look(page, "connect-sign-in");
    });

    await t.step("with the password, the test runs by itself, step by step", async () => {
      await page.getByLabel("Password", { exact: true }).first().fill(SUPPORT.password);
      await page.getByRole("button", { name: "Save and test" }).click();

      const done = page.getByRole("link", { name: "Done", exact: true });
      await done.waitFor({ timeout: 60_000 });
      assert.deepEqual(await stepsOf(page), [
        ["Find the servers", "done"],
        ["Sign in to read", "done"],
        ["Sign in to send", "done"],
        ["Send a message to yourself", "done"],
        ["See it come back", "done"],
        ["Reply codes in the address", "done"],
      ]);
      await look(page, "connect-tested");
      await done.click();
      await page.getByText("Connected: messages come in and go out.").waitFor();
    });

    await t.step("each step shows as it ends, and leaving ends the test", async () => {
      held = Promise.withResolvers<string>();
      await page.goto("/settings/channels");
      await page.getByRole("link", { name: `Edit ${ADDRESS}` }).click();
      await page.getByRole("button", { name: "Test", exact: true }).click({ noWaitAfter: true });

      await page.getByText("Under way: Send a message to yourself").waitFor();
      assert.deepEqual(await stepsOf(page), [
        ["Find the servers", "done"],
        ["Sign in to read", "done"],
        ["Sign in to send", "done"],
        ["Send a message to yourself", "active"],
      ]);
      await takePicture(page, "connect-running");
      await page.goto("/settings/channels");
      held.resolve("INBOX");
      const channels = await workspace.api.call<{ items: { status: string }[] }>("/channels");
      assert.ok(channels.items.every(({ status }) => status === "ready"));
    });

    await t.step(
      "a customer's mail comes in, and the answer goes out; test mails do not",
      async () => {
        await dovecot.deliver(
          "support",
          [
            "From: Ada Brook <ada@customer.example>",
            `To: ${ADDRESS}`,
            "Subject: Which tyre?",
            "Message-ID: <1@customer.example>",
            "",
            "Which tyre fits?",
          ].join("\r\n"),
        );
        await page.goto("/inbox/all/open");
        await openThread(page, "Ada Brook");
        await reply(page, "Ada Brook", "The blue one.");

        const sent = await until(() => mail.received[0], {
          timeoutMs: 30_000,
          what: "the reply leaves",
        });
        assert.deepEqual(sent.to, ["ada@customer.example"]);
        assert.match(new TextDecoder().decode(sent.raw), /The blue one\./);
        const { items } = await workspace.api.call<{ items: unknown[] }>("/conversations");
        assert.equal(items.length, 1);
        // Two of the whole test, one of that which was left before its second was sent.
        const subjects = await dovecot.doveadm(
          ...["fetch", "-u", "support", "hdr.subject", "mailbox", "INBOX"],
        );
        assert.equal(subjects.match(/Parley test/g)?.length, 3);
      },
    );

    await t.step("without script, a wrong password is corrected where it failed", async () => {
      takesCodes = false;
      await withoutScript(browser, workspace);
    });

    assert.deepEqual(agent.errors.filter((line) => !line.includes("status of 400")), []);
  },
});

Deno.test({
  name: "a mailbox at Microsoft is connected by its sign-in, with a client added on the way",
  ignore: findChromium() === null,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using provider = openOAuthProvider({ now: () => Date.now() });
    provider.mood.account = "support@outlook.com";
    // The redirect address names the port of the settings, and this host.
    await using workspace = await startWorkspace({ PORT: String(freePort("127.0.0.1")) });
    const baseURL = workspace.url.replace("127.0.0.1", "localhost");
    await using browser = await launchBrowser();
    await using context = await browser.newContext({ javaScriptEnabled: false, baseURL });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await signIn(page, "nora@veloce.example");

    await page.goto("/settings/channels/new/email");
    await page.getByLabel("Email address").fill("support@outlook.com");
    await page.getByRole("button", { name: "Look it up" }).click();
    await page.getByText("passwords are refused").waitFor();
    const { pathname, search } = new URL(page.url());
    await page.getByRole("link", { name: "Add the client" }).click();
    await page.getByLabel("Client ID").fill(provider.clientId);
    await page.getByLabel("Client secret").fill(provider.clientSecret);
    await page.getByText(/^Advanced/).click();
    await page.getByLabel("Address people sign in at").fill(`${provider.url}/authorize`);
    await page.getByLabel("Address tokens come from").fill(`${provider.url}/token`);
    await page.getByRole("button", { name: "Add it" }).click();

    await page.getByText("Known by its domain: Outlook.com").waitFor();
    await page.getByRole("button", { name: "Sign in with Microsoft" }).click();
    await page.waitForURL("**/settings/channels/chn_*/test?new");
    const { items } = await workspace.api.call<{ items: ApiChannel[] }>("/channels");
    const channel = items.find(({ config }) => config.address === "support@outlook.com");
    assert.equal(channel?.signIn?.account, "support@outlook.com");
    assert.equal(channel.signIn.isNeeded, false);
    const storageState = await context.storageState();
    await using inside = await browser.newContext({ baseURL, storageState });
    inside.setDefaultTimeout(15_000);
    await lookAtPage(inside, pathname + search);
  },
});

async function withoutScript(
  browser: Awaited<ReturnType<typeof launchBrowser>>,
  workspace: TestWorkspace,
): Promise<void> {
  await using context = await browser.newContext({
    javaScriptEnabled: false,
    baseURL: workspace.url,
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await signIn(page, "nora@veloce.example");
  await page.goto("/settings/channels/new/email");
  await page.getByLabel("Email address").fill(ADDRESS);
  await page.getByRole("button", { name: "Look it up" }).click();
  await page.getByText("is connected already").waitFor();
  await page.getByLabel("Password", { exact: true }).first().fill("not this one");
  await page.getByRole("button", { name: "Save and test" }).click();
  await page.getByRole("button", { name: "Start the test" }).click();

  const wrong = page.getByRole("form", { name: "Password", exact: true });
  await wrong.getByLabel("Password").waitFor();
  await page.getByText("2 to correct").waitFor();
  assert.equal((await page.content()).includes("not this one"), false);
  await takePicture(page, "connect-failed");
  await wrong.getByLabel("Password").fill(SUPPORT.password);
  await wrong.getByRole("button", { name: "Try this" }).click();

  await page.getByText("No such mailbox").waitFor();
  await page.getByRole("button", { name: "Do without reply codes" }).click();
  await page.getByText("They are not used").waitFor();
  await page.getByRole("link", { name: "Done", exact: true }).click();
  await page.waitForURL("**/settings/channels/chn_*");
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const channel = await workspace.api.call<{ config: { replyCodes: boolean }; status: string }>(
    `/channels/${id}`,
  );
  assert.equal(channel.config.replyCodes, false);
  assert.equal(channel.status, "ready");
}

/** Titles of the steps and how they ended, without what the machine's name servers say. */
async function stepsOf(page: Page): Promise<readonly (readonly string[])[]> {
  const steps = await page.locator(".step:visible").all();
  const read = await Promise.all(steps.map(async (step) => [
    (await step.locator("h3").textContent() ?? "").replace(/^\w[\w ]*: /, ""),
    await step.getAttribute("data-state") ?? "",
  ]));
  return read.filter(([title]) => title !== "Your domain says who may send");
}

/** Looks at what the page shows, in every size and theme. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1024, 390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await assertGoodPage(page, colorScheme === "light" ? "all" : "colours");
      await takePicture(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** A list of mail providers that knows one. */
function openList(imapPort: number, smtpPort: number) {
  const server = (tag: string, type: string, port: number) =>
    `<${tag} type="${type}"><hostname>localhost</hostname><port>${port}</port><socketType>STARTTLS</socketType>
    <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></${tag}>`;
  const file = `<clientConfig version="1.1"><emailProvider id="mailbaan.example">
    <displayName>Mailbaan</displayName>${server("incomingServer", "imap", imapPort)}
    ${server("outgoingServer", "smtp", smtpPort)}</emailProvider></clientConfig>`;
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    ({ url }) =>
      new URL(url).pathname === "/veloce.example"
        ? new Response(file)
        : new Response("none", { status: 404 }),
  );
}
