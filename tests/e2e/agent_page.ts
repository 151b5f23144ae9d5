/** What agents do in the workspace, by the words on the screen. */
import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { watchErrors } from "./page_checks.ts";
import { PASSWORD } from "./test_workspace.ts";
import { until } from "./until.ts";

/** For what a page has to show: the machine may be busy. */
const TIMEOUT_MS = 15_000;

export interface AgentPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors the page reported so far: refused styles, missing files, throws. */
  readonly errors: readonly string[];
}

/** Signs a person in in a browser of their own and waits until their list is live. */
export async function openWorkspace(
  browser: Browser,
  baseURL: string,
  email = "nora@veloce.example",
  options: BrowserContextOptions = {},
  password = PASSWORD,
): Promise<AgentPage> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    // It would ask for what a test wants to answer itself; it has a test of its own.
    serviceWorkers: "block",
    ...options,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const errors = watchErrors(page);
  const isLive = page.waitForResponse((response) => response.url().includes("/api/v1/events"));
  isLive.catch(() => {});
  await signIn(page, email, password);
  if (options.javaScriptEnabled !== false) await isLive;
  // Gone after a reload: proof that what is shown later came live.
  if (options.javaScriptEnabled !== false) {
    await page.evaluate(() => Reflect.set(globalThis, "isSamePage", true));
  }
  return { page, errors, [Symbol.asyncDispose]: () => context.close() };
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/inbox/**");
}

/** That no reload happened since {@link openWorkspace}. */
export async function assertNotReloaded(page: Page): Promise<void> {
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, "isSamePage")), true, "reloaded");
}

/** A conversation in the list, by its contact's name. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole("region", { name: "Conversations" }).getByRole("link", {
    name,
    exact: true,
  });
}

/** The open conversation. */
export function threadOf(page: Page): Locator {
  return page.getByRole("main");
}

/** Opens a conversation from the list and waits for its composer. */
export async function openThread(page: Page, name: string): Promise<void> {
  await rowOf(page, name).first().click();
  await composerOf(page, name).waitFor();
}

/** Where a reply to this contact is written. */
export function composerOf(page: Page, name: string): Locator {
  return page.getByRole("textbox", { name: `Reply to ${name}` });
}

/** What stands in a composer, whether it is a text field or the rich editor. */
export function writtenIn(composer: Locator): Promise<string> {
  return composer.evaluate((element) =>
    element instanceof HTMLTextAreaElement
      ? element.value
      : [...element.children].map((line) => line.textContent ?? "").join("\n")
  );
}

/**
 * Puts words into a composer in place of what stands there. The rich editor takes the text field's place soon after that
 * got the keyboard: what a test puts into the field at that very moment goes with it, and is put in again.
 */
export async function write(composer: Locator, text: string): Promise<void> {
  const bare = (words: string) => words.replace(/\s+/g, "");
  await until(async () => {
    await composer.fill(text);
    return bare(await writtenIn(composer)) === bare(text);
  }, { what: `the composer holds "${text}"` });
}

/** Writes a reply and sends it with Ctrl-Enter; the server has answered then. */
export async function reply(page: Page, name: string, text: string): Promise<void> {
  const composer = composerOf(page, name);
  await write(composer, text);
  await Promise.all([
    page.waitForResponse((response) =>
      response.request().method() === "POST" &&
      /\/conversations\/[^/]+\/messages$/.test(new URL(response.url()).pathname)
    ),
    composer.press("Control+Enter"),
  ]);
}

/** The same where nobody answers. */
export async function replyOffline(page: Page, name: string, text: string): Promise<void> {
  const composer = composerOf(page, name);
  await write(composer, text);
  await composer.press("Control+Enter");
}
