import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { frameDocument, sanitize, sanitizeOutgoing } from "../../core/mail_html/mod.ts";
import { findChromium, launchBrowser } from "../e2e/launch_browser.ts";
import { HTML_VECTORS } from "./html_vectors.ts";

/** What a browser did with documents: requests beyond the documents themselves, and whether anything ran. */
interface Observed {
  readonly ran: boolean;
  readonly requests: readonly string[];
}

/**
 * Shows documents in frames without sandbox or policy, pokes everything in them, and writes their markup back into
 * themselves, as mutation attacks need.
 */
async function show(page: Page, documents: readonly string[]): Promise<Observed> {
  const requests: string[] = [];
  await page.unrouteAll();
  await page.route("**/*", async (route) => {
    if (route.request().url() === "http://mail.test/") {
      await route.fulfill({ contentType: "text/html", body: "<!doctype html><body></body>" });
      return;
    }
    requests.push(route.request().url());
    await route.abort();
  });
  await page.goto("http://mail.test/");
  const ran = await page.evaluate(async (all) => {
    const frames = await Promise.all(all.map((srcdoc) => {
      const frame = document.createElement("iframe");
      frame.srcdoc = srcdoc;
      const loaded = new Promise<HTMLIFrameElement>((resolve) => {
        frame.addEventListener("load", () => resolve(frame), { once: true });
      });
      document.body.append(frame);
      return loaded;
    }));
    const poke = (shown: Document) => {
      for (const element of shown.querySelectorAll("body *")) {
        for (const type of ["mouseover", "focus", "click", "toggle"]) {
          element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
        }
      }
    };
    for (const { contentDocument: shown } of frames) {
      if (shown === null) continue;
      // Links lead away, which is no fault; only what runs or loads by itself is one.
      shown.addEventListener("click", (event) => {
        const link = shown.contains(event.target as Node) // an Element of another frame's realm
          ? (event.target as Element).closest("a")
          : null;
        if (link !== null && /^(https?|mailto|tel):/.test(link.protocol)) event.preventDefault();
      });
      poke(shown);
      for (let times = 0; times < 2; times++) {
        const markup = shown.body.innerHTML;
        shown.body.innerHTML = markup;
        poke(shown);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    const windows = [window, ...frames.map((frame) => frame.contentWindow)];
    return windows.some((one) => one !== null && Reflect.get(one, "hasRun") === true);
  }, documents);
  return { ran, requests };
}

/** Requests a way of cleaning may not cause. */
function forbidden(requests: readonly string[], allowsImages: boolean): readonly string[] {
  return requests.filter((url) =>
    !(allowsImages && /^https:\/\/evil\.example\/\d+\.png$/.test(url))
  );
}

/** Without the page's own policy, so that the sanitiser stands alone. */
function withoutPolicy(html: string): string {
  return html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
}

const WAYS: Readonly<Record<string, (html: string) => Promise<string>>> = {
  "with images blocked": async (html) =>
    withoutPolicy(frameDocument(await sanitize(html, { images: "block", cid: () => null }))),
  "with images allowed": async (html) =>
    withoutPolicy(frameDocument(await sanitize(html, { images: "allow", cid: () => null }))),
  "on the way out": async (html) => `<!doctype html><body>${await sanitizeOutgoing(html)}</body>`,
};

Deno.test("Chromium runs and loads nothing of what sanitize() let through", {
  ignore: findChromium() === null,
}, async (test) => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      const ran = () => Reflect.set(globalThis, "hasRun", true);
      for (const name of ["ran", "alert", "confirm", "prompt"]) Reflect.set(globalThis, name, ran);
    });

    await test.step("the test itself notices what runs and what loads", async () => {
      const page1 = await show(page, ["x", `<!doctype html><img src=x onerror=ran()>`]);
      assert.equal(page1.ran, true);
      const page2 = await show(page, [`<!doctype html><a href="javascript:ran()">x</a>`, "x"]);
      assert.equal(page2.ran, true);
      const page3 = await show(page, [`<!doctype html><img src=https://evil.example/1.png>`]);
      assert.ok(page3.requests.includes("https://evil.example/1.png"));
      assert.equal(page3.ran, false);
      const raw = await show(page, HTML_VECTORS.filter((html) => !html.includes("refresh")));
      assert.equal(raw.ran, true);
      assert.ok(new Set(raw.requests.filter((url) => url.includes("evil.example"))).size > 20);
    });

    for (const [way, clean] of Object.entries(WAYS)) {
      await test.step(way, async () => {
        const allowsImages = way !== "with images blocked";
        const documents = await Promise.all(HTML_VECTORS.map(clean));
        const all = await show(page, documents);
        if (!all.ran && forbidden(all.requests, allowsImages).length === 0) return;

        // Again one by one, to name the culprit.
        for (const [index, one] of documents.entries()) {
          const { ran, requests } = await show(page, [one]);
          const vector = HTML_VECTORS[index];
          assert.equal(ran, false, `ran: ${vector}`);
          assert.deepEqual(forbidden(requests, allowsImages), [], `loaded: ${vector}`);
        }
        assert.deepEqual(all, { ran: false, requests: [] }, "only together");
      });
    }
  } finally {
    await browser.close();
  }
});
