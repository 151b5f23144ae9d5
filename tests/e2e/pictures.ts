import { tmpdir } from "node:os";
import type { Page } from "playwright-core";

/** Where the pictures of the last run lie: `TEST_PICTURES`, else a folder of the system's temporary one. */
export const PICTURES = Deno.env.get("TEST_PICTURES") ?? `${tmpdir()}/parley-pictures`;

/** Keeps what the page shows, as `<name>.png`, with every animation at its end. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${PICTURES}/${name}.png`, animations: "disabled" });
}
