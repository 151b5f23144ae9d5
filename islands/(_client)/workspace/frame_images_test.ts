import assert from "node:assert/strict";
import { frameDocument } from "../../../core/mail_html/mod.ts";
import { frameImages, NO_IMAGES } from "./frame_images.ts";

/** What a browser's `dataset` makes of the root of a page. */
function dataOf(page: string): Record<string, string> {
  const [, attributes = ""] = /<html ([^>]*)>/.exec(page) ?? [];
  return Object.fromEntries(
    [...attributes.matchAll(/data-([a-z-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

Deno.test("frameImages() reads what frameDocument() writes", () => {
  const page = frameDocument({ html: "", blockedImages: 3, trackers: 2, images: "sender" });

  assert.deepEqual(frameImages(dataOf(page)), { blocked: 3, trackers: 2, shown: "sender" });
  assert.deepEqual(frameImages(dataOf(frameDocument({ html: "" }))), NO_IMAGES);
});

Deno.test("frameImages() takes a page that says nothing, or nonsense, as one without images", () => {
  const nonsense = { blockedImages: "-1", trackers: "many", images: "always" };

  assert.deepEqual(frameImages({}), NO_IMAGES);
  assert.deepEqual(frameImages(nonsense), NO_IMAGES);
});
