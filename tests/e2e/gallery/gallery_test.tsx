import axe from "axe-core";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { findChromium, launchBrowser } from "../launch_browser.ts";
import { PartsGallery } from "./parts_gallery.tsx";
import { serveGallery } from "./serve_gallery.tsx";
import { WorkspaceGallery } from "./workspace_gallery.tsx";

const PAGES = ["/parts", "/workspace"] as const;
const WIDTHS = [1440, 1024, 390, 320] as const;
/** Set to a folder to keep the pictures. */
const PICTURES = Deno.env.get("PARLEY_PICTURES");

Deno.test({
  name: "every component shows in both themes and four widths, without an axe finding or a CSP one",
  ignore: findChromium() === null,
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using gallery = await serveGallery({
      "/parts": <PartsGallery />,
      "/workspace": <WorkspaceGallery />,
    });
    await using browser = await launchBrowser();
    for (const path of PAGES) {
      for (const theme of ["light", "dark"] as const) {
        for (const width of WIDTHS) {
          await t.step(`${path} ${theme} ${width}`, async () => {
            const page = await browser.newPage({ viewport: { width, height: 900 } });
            const refused = watchRefusals(page);

            await page.goto(`${gallery.origin}${path}?theme=${theme}`);
            await page.evaluate(() => document.fonts.ready);

            if (PICTURES !== undefined) {
              await page.screenshot({ path: `${PICTURES}${path}-${width}-${theme}.png` });
            }
            assert.deepEqual(refused, []);
            assert.deepEqual(await seriousFindings(page), []);
            assert.ok(await fitsWidth(page), "the page scrolls sideways");
            assert.ok(await hasIcons(page), "the sprite did not load");
            await page.close();
          });
        }
      }
    }
  },
});

function watchRefusals(page: Page): string[] {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
  });
  return refused;
}

/** Serious and critical findings of axe, one line each. */
async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's CSP does not hinder.
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    // deno-lint-ignore no-explicit-any -- axe adds itself to the page's globals
    const found = await (globalThis as any).axe.run(document, { resultTypes: ["violations"] });
    const lines: string[] = [];
    for (const { id, impact, nodes } of found.violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      for (const node of nodes) lines.push(`${id}: ${node.html} ${node.failureSummary}`);
    }
    return lines;
  });
}

async function fitsWidth(page: Page): Promise<boolean> {
  return await page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth &&
    [...document.querySelectorAll(".app[data-scroll], .pane-scroll")].every((app) =>
      app.scrollWidth <= app.clientWidth
    )
  );
}

/** The browser draws nothing for a reference it cannot follow, so every shown icon is asked for its box. */
async function hasIcons(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const shown = [...document.querySelectorAll<SVGSVGElement>("svg.icon")]
      .filter((icon) => icon.checkVisibility());
    return shown.length > 0 && shown.every((icon) => icon.getBBox().width > 0);
  });
}
