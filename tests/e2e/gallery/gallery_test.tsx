import assert from "node:assert/strict";
import { findChromium, launchBrowser } from "../launch_browser.ts";
import { assertGoodPage, watchErrors } from "../page_checks.ts";
import { PartsGallery } from "./parts_gallery.tsx";
import { serveGallery } from "./serve_gallery.tsx";
import { WorkspaceGallery } from "./workspace_gallery.tsx";

const PAGES = ["/parts", "/workspace"] as const;
const WIDTHS = [1440, 1024, 390, 320] as const;
/** Set to a folder to keep the pictures. */
const PICTURES = Deno.env.get("TEST_PICTURES");

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
            const errors = watchErrors(page);

            await page.goto(`${gallery.origin}${path}?theme=${theme}`);

            await assertGoodPage(page);
            if (PICTURES !== undefined) {
              await page.screenshot({ path: `${PICTURES}${path}-${width}-${theme}.png` });
            }
            assert.deepEqual(errors, []);
            await page.close();
          });
        }
      }
    }
  },
});
