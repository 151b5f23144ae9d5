import assert from "node:assert/strict";
import type { ApiAttachment } from "../../../core/model/api.ts";
import { err, ok, type Result } from "../../../core/result.ts";
import type { ApiFailure } from "./api.ts";
import { cidOf, isWanted } from "./composer_state.ts";
import { ComposerStore } from "./composer_store.ts";
import { Drafts } from "./drafts.ts";
import type { UploadOptions } from "./send_form.ts";

const CNV = "cnv_1";
const ARRIVED = { id: "att_1", name: "a.png", type: "image/png", size: 3, url: "/a" };

type Upload = Result<ApiAttachment, ApiFailure>;

/** A store whose uploads end when the test says so. */
function createScene() {
  const uploads: { end: (answer: Upload) => void; options: UploadOptions }[] = [];
  const store = new ComposerStore({
    api: {
      upload: (_file, options) =>
        new Promise((end) => {
          uploads.push({ end, options });
          options.signal.addEventListener("abort", () => end(err({ code: "offline" })));
        }),
    },
    drafts: new Drafts(null, "usr_me"),
  });
  const file = new File(["abc"], "a.png", { type: "image/png" });
  const add = (isInline = false) => store.addFiles(CNV, "reply", [file], isInline)[0] ?? -1;
  const files = () => store.get(CNV, "reply").files;
  return { store, uploads, add, files };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

Deno.test("addFiles() tells how far a file is, and that it has arrived", async () => {
  const { uploads, add, files } = createScene();

  add();
  uploads[0]?.options.onProgress(40);
  const onItsWay = files()[0];
  uploads[0]?.end(ok(ARRIVED));
  await settled();

  assert.equal(onItsWay?.percent, 40);
  assert.deepEqual(files().map(({ attachment, percent }) => [attachment?.id, percent]), [
    ["att_1", 100],
  ]);
});

Deno.test("retryFile() sends a lost file again, and none that was refused", async () => {
  const { store, uploads, add, files } = createScene();

  const key = add();
  uploads[0]?.end(err({ code: "offline" }));
  await settled();
  const lost = files()[0];
  store.retryFile(CNV, "reply", key);
  const again = files()[0];
  uploads[1]?.end(err({ code: "refused", status: 413, detail: "Over 25 MB" }));
  await settled();

  assert.deepEqual([lost?.error, lost?.canRetry], ["Not uploaded", true]);
  assert.deepEqual([again?.error, again?.percent], [null, 0]);
  assert.deepEqual([files()[0]?.error, files()[0]?.canRetry], ["Over 25 MB", false]);
});

Deno.test("removeFile() cancels a file on its way, and it stays away", async () => {
  const { store, uploads, add, files } = createScene();

  const key = add();
  store.removeFile(CNV, "reply", key);
  uploads[0]?.end(ok(ARRIVED));
  await settled();

  assert(uploads[0]?.options.signal.aborted);
  assert.deepEqual(files(), []);
});

Deno.test("isWanted() leaves out a picture that was taken out of the words", () => {
  const { store, add, files } = createScene();

  const cid = cidOf({ key: add(true) });
  const [file] = files();
  assert(file !== undefined);
  store.write(CNV, "reply", "a", 1, `<div>a<img src="cid:${cid}"></div>`);
  const isThere = isWanted(file, store.get(CNV, "reply"));
  store.write(CNV, "reply", "a", 1, null);

  assert(isThere);
  assert(!isWanted(file, store.get(CNV, "reply")));
});

Deno.test("putBack() keeps the form of what comes back, and what was written meanwhile below it", () => {
  const { store } = createScene();
  store.write(CNV, "reply", "bold", 1, "<div><b>bold</b></div>");

  const taken = store.take(CNV, "reply");
  store.write(CNV, "reply", "a < b", 2);
  store.putBack(CNV, "reply", taken);

  const { text, html } = store.get(CNV, "reply");
  assert.equal(text, "bold\n\na < b");
  assert.equal(html, "<div><b>bold</b></div><div><br></div><div>a &lt; b</div>");
});

Deno.test("restore() brings back the words, form and files of a scheduled reply", () => {
  const { store } = createScene();
  const files = store.adoptFiles([{ ...ARRIVED, contentId: "att_1" }]);

  store.restore(CNV, { text: "hi", html: `<b>hi</b>`, files }, 7);

  const state = store.get(CNV, "reply");
  assert.deepEqual([state.text, state.html, state.baseVersion], ["hi", "<b>hi</b>", 7]);
  assert.deepEqual(state.files.map(({ isInline, attachment }) => [isInline, attachment?.id]), [
    [true, "att_1"],
  ]);
});
