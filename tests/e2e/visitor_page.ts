/** What visitors do in the widget, by the words on it. */
import type { BrowserContext, FrameLocator, Page } from "playwright-core";
import { watchErrors } from "./page_checks.ts";

export interface VisitorPage {
  readonly page: Page;
  readonly frame: FrameLocator;
  /** Errors the page and the widget reported so far. */
  readonly errors: readonly string[];
}

/** Opens the site's page and the widget on it. */
export async function openWidget(context: BrowserContext, url: string): Promise<VisitorPage> {
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto(url);
  const frame = await showWidget(page);
  return { page, frame, errors };
}

/** Opens the widget, as after a reload. */
export async function showWidget(page: Page): Promise<FrameLocator> {
  await page.getByRole("button", { name: /^Open chat/ }).click();
  const frame = page.frameLocator("iframe[title='Chat']");
  await frame.locator(".pw-panel").waitFor();
  return frame;
}

/** Begins a conversation from the widget's first screen. */
export async function ask(frame: FrameLocator, text: string): Promise<void> {
  await frame.getByRole("button", { name: /^Ask a question/ }).click();
  await say(frame, text);
}

/** Writes into the open conversation. */
export async function say(frame: FrameLocator, text: string): Promise<void> {
  const field = frame.getByRole("textbox", { name: "Write a message" });
  await field.fill(text);
  await field.press("Enter");
}
