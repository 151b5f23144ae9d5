import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { assertGoodPage, watchErrors } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";

const WIDTHS = [1440, 1024, 390] as const;
/** The second theme changes no measure: it is looked at in the largest and the smallest. */
const DARK_WIDTHS = [1440, 390] as const;
/** Every page in every size: only kept where somebody asked for it. */
const KEEPS_PICTURES = Deno.env.has("TEST_PICTURES");

export interface LookOptions {
  /** Waits for what the page shows. */
  readonly ready?: (page: Page) => Promise<void>;
}

/** Opens a page and checks it at three widths, in both themes, and that the browser reports no error. */
export async function lookAtPage(
  context: BrowserContext,
  path: string,
  { ready }: LookOptions = {},
): Promise<void> {
  await using page = await context.newPage();
  const errors = watchErrors(page);
  const response = await page.goto(path);
  await ready?.(page);
  await lookAtWidths(page, `page${path.replaceAll(/\W+/g, "-")}`);
  // The browser itself reports an answer with an error status, the page's own and what the page asks for again.
  const isExpected = (line: string) =>
    response?.ok() === false && line.includes(`status of ${response.status()} `);
  assert.deepEqual(errors.filter((line) => !isExpected(line)), []);
}

/** The same for what a page shows now, which no address leads to. */
export async function lookAtWidths(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of colorScheme === "light" ? WIDTHS : DARK_WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await assertGoodPage(page, colorScheme === "light" ? "all" : "colours");
      if (KEEPS_PICTURES) await takePicture(page, `${name}-${width}-${colorScheme}`);
    }
  }
}
