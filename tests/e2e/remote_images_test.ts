/** Images that mails load from elsewhere: held back, shown once, shown always, never told who looks. */
import assert from "node:assert/strict";
import type { FrameLocator, Page } from "playwright-core";
import { openThread, openWorkspace, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";
/** Eight by eight pixels of one colour. */
const PNG = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQ8LmDFTEMLQkAxQlHAQ1CcH8AAAAASUVORK5CYII=",
);
const VOUCHED = "mx.veloce.example; dmarc=pass header.from=posta.example";

Deno.test({
  name: "remote images are blocked, shown once or always for a vouched sender, through Parley",
  ignore: findChromium() === null,
  async fn(t) {
    const asked: string[] = [];
    await using images = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {} },
      (request) => {
        asked.push(`${new URL(request.url).pathname} ${request.headers.get("user-agent")}`);
        return new Response(PNG, { headers: { "content-type": "image/png" } });
      },
    );
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, 1);
    await workspace.api.call(
      `/channels/${channel.id}`,
      { config: { authservId: "mx.veloce.example" } },
      "PATCH",
    );
    const at = `http://127.0.0.1:${images.addr.port}`;
    const mail = (n: number, headers: Record<string, string> = {}) =>
      postMail(workspace.url, channel.id, {
        headers: {
          ...n === 1 ? {} : { "In-Reply-To": "<1@posta.example>" },
          ...headers,
        },
        subject: "Newsletter",
        messageId: `${n}@posta.example`,
        text: `Mail ${n}`,
        html: `<p>Mail ${n}</p><img src="${at}/${n}.png" alt="Logo ${n}">
          <img src="${at}/open-${n}.gif" width="1" height="1">`,
      });
    await mail(1, { "Authentication-Results": VOUCHED });
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const thread = threadOf(page);

    await t.step("held back at first", async () => {
      await openThread(page, GIULIA);
      await thread.getByText("1 remote image, 1 tracker blocked").waitFor();
      const font = frameOf(page, 0).getByText("Mail 1");
      await until(() => font.evaluate(() => document.fonts.check("14px 'Inter Variable'")), {
        what: "the app's font is there",
      });
      assert.ok(await font.evaluate(() => document.fonts.size > 0));
      await look(page, "images-blocked");
      assert.deepEqual(asked, []);
    });

    await t.step("shown once, by a key", async () => {
      await page.keyboard.press("Escape");
      await thread.getByRole("heading", { name: "Newsletter" }).click();
      await page.keyboard.press("v");
      await isDrawn(frameOf(page, 0), "Logo 1");
      assert.deepEqual(asked, ["/1.png Mozilla/5.0"]);
      await thread.getByText("1 tracker blocked", { exact: true }).waitFor();
    });

    await t.step("shown always", async () => {
      await page.reload();
      await thread.getByRole("button", { name: "Always for Giulia" }).click();
      await thread.getByText("Images of this sender are shown · 1 tracker blocked").waitFor();
      await isDrawn(frameOf(page, 0), "Logo 1");
      await mail(2, { "Authentication-Results": VOUCHED });
      await isDrawn(frameOf(page, 1), "Logo 2");
      await look(page, "images-always");
    });

    await t.step("not for whoever only writes the same address", async () => {
      await mail(3);
      await thread.getByText("Only this once").waitFor();
      await look(page, "images-unverified");
      assert.deepEqual(asked.map((one) => one.split(" ")[0]), ["/1.png", "/2.png"]);
    });

    await t.step("no longer", async () => {
      await thread.getByRole("button", { name: "Stop" }).first().click();
      await until(async () => await thread.getByRole("button", { name: "Stop" }).count() === 0);
      const contacts = await workspace.api.call<{ items: { imagesFrom?: string[] }[] }>(
        "/contacts",
      );
      assert.deepEqual(contacts.items.map(({ imagesFrom }) => imagesFrom), [undefined]);
    });

    assert.deepEqual(errors, []);
  },
});

function frameOf(page: Page, index: number): FrameLocator {
  return page.locator(`iframe[title='Mail from ${GIULIA}']`).nth(index).contentFrame();
}

async function isDrawn(frame: FrameLocator, name: string): Promise<void> {
  const image = frame.getByRole("img", { name });
  await until(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth === 8), {
    what: `${name} is drawn`,
  });
}

/** At each width and in both themes. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await assertGoodPage(page, "colours");
      await takePicture(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
}
