/** What every page must pass, whatever it shows. */
import axe from "axe-core";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Collects what a page reports as an error: a refused style, a missing file, a throw. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return errors;
}

/** What of a page is asked of axe: all, or what a change of theme alone can break. */
export type AxeRules = "all" | "colours";

/** No serious finding of axe, no sideways scrolling, all icons drawn. */
export async function assertGoodPage(page: Page, rules: AxeRules = "all"): Promise<void> {
  await page.evaluate(settle);
  assert.deepEqual(await seriousFindings(page, rules), []);
  assert.ok(await fitsWidth(page), `${page.url()} scrolls sideways`);
  assert.ok(await hasIcons(page), `${page.url()} lacks an icon`);
}

/** Loads fonts and brings what fades to its end, so that nothing is judged halfway. */
async function settle(): Promise<void> {
  await document.fonts.ready;
  for (const animation of document.getAnimations()) {
    // What goes round for ever has no end to bring it to.
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}

/** Serious and critical findings of axe, one line each. */
async function seriousFindings(page: Page, rules: AxeRules): Promise<string[]> {
  // Evaluated by the debugger, which the page's CSP does not hinder.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  return await page.evaluate(async (rules) => {
    // deno-lint-ignore no-explicit-any -- axe adds itself to the page's globals
    const found = await (globalThis as any).axe.run(document, {
      resultTypes: ["violations"],
      ...rules === "colours" ? { runOnly: ["color-contrast", "link-in-text-block"] } : {},
    });
    const lines: string[] = [];
    for (const { id, impact, nodes } of found.violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      for (const node of nodes) lines.push(`${id}: ${node.html} ${node.failureSummary}`);
    }
    return lines;
  }, rules);
}

async function fitsWidth(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const scrollers = document.querySelectorAll(".app[data-scroll], .pane, .pane-scroll");
    return document.documentElement.scrollWidth <= innerWidth &&
      [...scrollers].every((element) => element.scrollWidth <= element.clientWidth);
  });
}

/** The browser draws nothing for a reference it cannot follow, so every shown icon is asked for its box. */
async function hasIcons(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const shown = [...document.querySelectorAll<SVGSVGElement>("svg.icon")]
      .filter((icon) => icon.checkVisibility());
    return shown.every((icon) => icon.getBBox().width > 0);
  });
}
