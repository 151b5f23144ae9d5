/** A mailbox signed in at a provider as a person does it: without script, and looked at in every size. */
import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import type { ApiApp, ApiChannel, ApiMessage } from "../../core/model/api.ts";
import { freePort } from "../../.tasks/free_port.ts";
import { openMailServer, signInByToken } from "../fakes/mail_server.ts";
import { type OAuthProviderServer, openOAuthProvider } from "../fakes/oauth_provider.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage, lookAtWidths } from "./look_at_page.ts";
import { postMail } from "./post_mail.ts";
import { MAIL_SECRET, PASSWORD, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const MAILBOX = "support@veloce.example";
/** For what a page has to show. */
const TIMEOUT_MS = 15_000;

Deno.test({
  name: "a Google client is added, a mailbox signs in with it, loses that and gets it back",
  ignore: findChromium() === null,
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using provider = openOAuthProvider({ now: () => Date.now() });
    await using mailServer = await openMailServer(
      signInByToken((token) => provider.accountOf(token)),
    );
    // The redirect address names the port of the settings.
    await using workspace = await startWorkspace({ PORT: String(freePort("127.0.0.1")) });
    // The redirect address is of this host, and so is the session's cookie.
    const baseURL = workspace.url.replace("127.0.0.1", "localhost");
    await using browser = await launchBrowser();
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();
    await signIn(page);

    await t.step(
      "the client is added: what is wrong stands beside its field, the secret is not shown again",
      () => addApp(page, provider, baseURL),
    );
    const apps = await workspace.api.call<{ items: ApiApp[] }>("/apps");
    const appId = apps.items[0]?.id ?? "";
    const channel = await addMailbox(workspace, appId, mailServer.port);
    // With script, for looking at pages.
    const storageState = await context.storageState();
    await using inside = await browser.newContext({ baseURL, storageState });

    await t.step("a refused consent changes nothing and can be tried again", async () => {
      provider.mood.denies = true;
      await page.goto("/settings/channels");
      await page.getByText("Sign in with Google to connect this channel.").first().waitFor();
      await page.getByRole("button", { name: "Sign in with Google" }).click();

      await page.getByRole("heading", { name: "Not connected" }).waitFor();
      await lookAtOutcome(inside, channel.id, "Not connected");
      provider.mood.denies = false;
    });

    await t.step("another account is said to be another", async () => {
      provider.mood.account = "nora@veloce.example";
      await page.getByRole("button", { name: "Try again" }).click();

      await page.getByRole("heading", { name: "That is another account" }).waitFor();
      await page.getByText(`You signed in as nora@veloce.example, and this channel is ${MAILBOX}.`)
        .waitFor();
      await lookAtOutcome(inside, channel.id, "That is another account");
      provider.mood.account = MAILBOX;
    });

    await t.step("the right one connects it, and leads to the test", async () => {
      await page.getByRole("button", { name: "Choose another account" }).click();

      await page.waitForURL(`**/settings/channels/${channel.id}/test?new`);
      assert.equal(
        provider.authorized.at(-1)?.get("redirect_uri"),
        `${baseURL}/oauth/callback`,
      );
      assert.equal(provider.authorized.at(-1)?.get("prompt"), "consent select_account");
    });

    await t.step("the address that came back is good once", async () => {
      const [code] = provider.secrets.filter((secret) => secret.startsWith("code-")).slice(-1);
      const state = provider.authorized.at(-1)?.get("state") ?? "";
      const response = await page.goto(
        `/oauth/callback?state=${encodeURIComponent(state)}&code=${code}`,
      );

      assert.equal(response?.status(), 400);
      await page.getByRole("heading", { name: "This sign-in is over" }).waitFor();
    });

    await t.step(
      "a typed address of Google leads there and back, and the channel is made",
      async () => {
        provider.mood.account = "workshop@gmail.com";
        await page.goto("/settings/channels/new/email");
        await page.getByLabel("Email address").fill("workshop@gmail.com");
        await page.getByRole("button", { name: "Look it up" }).click();
        await page.getByText("Servers and other settings").click();
        // Nobody's mail server is asked here.
        for (const way of ["inbound[imap]", "outbound[smtp]"]) {
          await page.locator(`[name="config.${way}.host"]`).fill("127.0.0.1");
          await page.locator(`[name="config.${way}.port"]`).fill("9");
          await page.locator(`[name="config.${way}.security"]`).selectOption("none");
        }
        await page.getByRole("button", { name: "Sign in with Google" }).click();

        await page.waitForURL("**/settings/channels/*/test?new");
        assert.equal(provider.authorized.at(-1)?.get("login_hint"), "workshop@gmail.com");
        await page.goto(page.url().replace("/test?new", ""));
        await page.locator(".box-row", { hasText: "workshop@gmail.com" }).waitFor();
        provider.mood.account = MAILBOX;
      },
    );

    await t.step("a reply waits while the sign-in is lost, and leaves after the next", async () => {
      provider.revoke(MAILBOX);
      const reply = await sendReply(workspace, channel.id);
      await until(
        async () => (await workspace.api.call<ApiMessage>(`/messages/${reply.id}`)).error,
        { what: "the reply says why it waits" },
      );

      await page.goto(`/settings/channels/${channel.id}`);
      const banner = page.locator(".banner", { hasText: "no longer accepts the sign-in" });
      await banner.waitFor();
      assert.equal(mailServer.received.length, 0);
      await lookAtPage(inside, `/settings/channels/${channel.id}`);
      await banner.getByRole("button", { name: "Sign in again" }).click();

      await page.getByText("Signed in. What waited goes out now.").waitFor();
      await until(() => mailServer.received.length === 1, { what: "the reply has left" });
      await until(
        async () =>
          (await workspace.api.call<ApiMessage>(`/messages/${reply.id}`)).status === "sent",
        { what: "the reply is known to be sent" },
      );
      assert.equal(await page.locator(".banner", { hasText: "no longer" }).count(), 0);
    });

    await t.step("an app that is used is not removed", async () => {
      await page.goto(`/settings/apps/${appId}`);
      await page.getByRole("button", { name: "Remove" }).click();

      await page.getByText('The channel "Support mail" uses this app').waitFor();
    });

    await t.step("no token is in a page, an answer or the log", async () => {
      const shown = [
        ...workspaceOutput(workspace),
        JSON.stringify(await workspace.api.call("/channels")),
        JSON.stringify(await workspace.api.call("/apps")),
        await page.goto(`/settings/channels/${channel.id}`).then(() => page.content()),
        await page.goto(`/settings/apps/${appId}`).then(() => page.content()),
      ].join("\n");

      // The code stands in the address of the browser that was sent back with it, and nowhere else.
      for (const secret of provider.secrets) assert.ok(!shown.includes(secret));
    });

    await t.step("every page shows well", async () => {
      const paths = [
        "/settings/apps",
        "/settings/apps/new/google",
        "/settings/apps/new/microsoft",
        `/settings/apps/${appId}`,
        `/oauth/start?channelId=${channel.id}`,
        "/oauth/callback?state=of-somebody-else",
      ];
      for (const path of paths) await lookAtPage(inside, path);
    });

    await t.step("without a session the redirect address leads to the sign-in", async () => {
      const outside = await browser.newContext({ baseURL });
      await lookAtPage(outside, "/oauth/callback?state=x&code=y");
      await outside.close();
    });
  },
});

async function signIn(page: Page): Promise<void> {
  await page.goto("/settings/apps");
  await page.getByLabel("Email").fill("nora@veloce.example");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/settings/apps");
}

async function addApp(page: Page, provider: OAuthProviderServer, baseURL: string): Promise<void> {
  await page.getByText("No app yet").waitFor();
  await page.getByRole("link", { name: "Google" }).click();
  assert.equal(
    await page.getByLabel("Redirect address").inputValue(),
    `${baseURL}/oauth/callback`,
  );
  await page.getByLabel("Name").fill("Our Google client");
  await page.getByLabel("Client ID").fill("with a space");
  await page.getByLabel("Client secret").fill(provider.clientSecret);
  await page.getByRole("button", { name: "Add it" }).click();
  await page.getByText("Client ID must have no spaces.").waitFor();
  assert.equal(await page.getByLabel("Client secret").inputValue(), "");

  await page.getByLabel("Client ID").fill(provider.clientId);
  await page.getByLabel("Client secret").fill(provider.clientSecret);
  await page.getByText("Advanced, 2 more").click();
  await page.getByLabel("Address people sign in at").fill(`${provider.url}/authorize`);
  await page.getByLabel("Address tokens come from").fill(`${provider.url}/token`);
  await page.getByRole("button", { name: "Add it" }).click();
  await page.getByText("Created.").waitFor();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("Google of the workshop");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  assert.ok(!(await page.content()).includes(provider.clientSecret));
}

/** Mail comes in by post; replies leave by SMTP with the sign-in's token. */
async function addMailbox(
  { api, inboxId }: TestWorkspace,
  appId: string,
  port: number,
): Promise<ApiChannel> {
  return await api.call<ApiChannel>("/channels", {
    type: "email",
    inboxId,
    name: "Support mail",
    appId,
    config: {
      address: MAILBOX,
      fromName: "Veloce",
      inbound: { kind: "push", provider: "raw", secret: MAIL_SECRET },
      outbound: {
        kind: "smtp",
        host: "127.0.0.1",
        port,
        security: "none",
        user: MAILBOX,
        signIn: "oauth",
      },
    },
  });
}

async function sendReply({ api, url }: TestWorkspace, channelId: string): Promise<ApiMessage> {
  await postMail(url, channelId, {
    subject: "My bike",
    messageId: "first@posta.example",
    text: "Is it ready?",
  });
  await until(async () => (await api.conversations()).length === 1, { what: "the mail is in" });
  const [conversation] = await api.conversations();
  return await api.call<ApiMessage>(`/conversations/${conversation?.id}/messages`, {
    kind: "reply",
    text: "Tomorrow.",
    undoSeconds: 0,
  });
}

function workspaceOutput(workspace: TestWorkspace): readonly string[] {
  const { stdout, stderr } = workspace.server().printed();
  return [stdout, stderr];
}

/** Signs the channel in, with script, and looks at what comes of it. */
async function lookAtOutcome(
  inside: BrowserContext,
  channelId: string,
  heading: string,
): Promise<void> {
  await using page = await inside.newPage();
  await page.goto(`/oauth/start?channelId=${channelId}`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: heading }).waitFor();
  await lookAtWidths(page, `oauth-${heading.toLowerCase().replaceAll(" ", "-")}`);
}
