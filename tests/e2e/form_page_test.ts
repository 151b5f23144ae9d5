/** A form's own page in a browser, with script and without, and what the team sees of it. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { BrowserContext, Page } from "playwright-core";
import type { ApiChannel } from "../../core/model/api.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import { composerOf, openWorkspace, rowOf, threadOf, write } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage, lookAtWidths } from "./look_at_page.ts";
import { assertGoodPage, watchErrors } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const CLAIM = {
  title: "Warranty claim",
  intro:
    "Tell us what broke. We answer within one working day, usually with a date for the workshop.",
  submitLabel: "Send claim",
  accentColor: "#0f5b46",
  postsPerHour: 1_000,
  fields: [
    { name: "name", type: "text", label: "Your name", required: true, width: "half" },
    { name: "email", type: "email", label: "Email", required: true, width: "half" },
    {
      name: "frame",
      type: "text",
      label: "Frame number",
      required: false,
      help: "Under the bottom bracket, twelve signs.",
      placeholder: "VC3-00-00000",
    },
    {
      name: "what",
      type: "select",
      label: "What is broken?",
      required: true,
      options: ["Frame or fork", "Drivetrain", "Brakes", "Something else"],
    },
    { name: "how", type: "textarea", label: "What happened?", required: true },
    { name: "photos", type: "file", label: "Photos", required: false },
    {
      name: "agree",
      type: "consent",
      label: "I agree that Veloce stores this to handle my claim.",
      required: true,
      url: "https://veloce.example/privacy",
    },
  ],
};

async function fillIn(page: Page, email = "lotte@jansen.example"): Promise<void> {
  await page.getByLabel("Your name").fill("Lotte Jansen");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Frame number").fill("VC3-56-02417");
  await page.getByLabel("Frame or fork").check();
  await page.getByLabel("What happened?").fill("A hairline crack beside the bottom bracket.");
  await page.getByLabel("I agree").check();
}

Deno.test({
  name: "a form's page: filled in, mended and sent, with script and without",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    await using mail = await openMailServer();
    const { api, url, inboxId } = workspace;
    await addMailbox(workspace, mail.port);
    const { id } = await api.call<ApiChannel>("/channels", {
      type: "form",
      inboxId,
      name: "Claims",
      config: CLAIM,
    });
    const path = `/forms/${id}`;
    await using browser = await launchBrowser();
    const open = (options: Parameters<typeof browser.newContext>[0] = {}) =>
      browser.newContext({ baseURL: url, locale: "en-GB", ...options });
    const traceOf = async (message: string) => {
      const found = await Promise.all(
        (await api.conversations()).map(({ id }) => api.messages(id)),
      );
      const one = found.flat().find(({ text }) => text.startsWith(message));
      return one?.trace.map(({ detail }) => detail).join("\n") ?? "";
    };

    await t.step("it is good to look at, in every size, empty and with what is wrong", async () => {
      await using context: BrowserContext = await open();
      await lookAtPage(context, path);
      await using page = await context.newPage();
      await page.goto(path);
      await fillIn(page, "lotte@jansen");
      await page.getByLabel("I agree").uncheck();
      await page.getByRole("button", { name: "Send claim" }).click();
      const summary = page.getByRole("alert");
      await summary.getByText("2 things are missing or wrong").waitFor();
      assert.equal(await summary.evaluate((element) => element === document.activeElement), true);
      await lookAtWidths(page, "form-errors");
      await page.setViewportSize({ width: 320, height: 700 });
      await assertGoodPage(page);
      await takePicture(page, "form-errors-320");
    });

    await t.step("what is missing is told without working for a proof first", async () => {
      await using context: BrowserContext = await open();
      await using page = await context.newPage();
      await page.goto(path);
      const [request] = await Promise.all([
        page.waitForRequest((request) => request.method() === "POST"),
        page.getByRole("button", { name: "Send claim" }).click(),
      ]);
      await page.getByRole("alert").getByText(/things are missing/).waitFor();
      const body = request.postDataBuffer()?.toString() ?? "";
      assert(body.includes("_token") && !body.includes("_proof"), body);
    });

    await t.step(
      "what is wrong is mended, and it is sent once however often one clicks",
      async () => {
        await using context = await open();
        await using page = await context.newPage();
        const errors = watchErrors(page);
        await page.goto(path);
        await fillIn(page, "lotte@jansen");
        await page.getByRole("button", { name: "Send claim" }).click();
        await page.getByText("Not a whole address").waitFor();
        assert.equal(
          await page.getByLabel("What happened?").inputValue(),
          "A hairline crack beside the bottom bracket.",
        );
        assert.equal(await page.getByLabel("Frame or fork").isChecked(), true);
        await page.getByRole("link", { name: "Email" }).click();
        await page.getByLabel("Email").fill("lotte@jansen.example");
        await page.getByLabel("Photos").setInputFiles([
          { name: "crack.jpg", mimeType: "image/jpeg", buffer: Buffer.from("jpeg") },
          { name: "number.jpg", mimeType: "image/jpeg", buffer: Buffer.from("jpeg") },
        ]);

        await page.getByRole("button", { name: "Send claim" }).dblclick();

        await page.getByRole("heading", { name: "Thank you" }).waitFor();
        const said = await page.getByRole("status").innerText();
        const [conversation, ...more] = await api.conversations();
        assert.deepEqual(more, []);
        assert.match(said, new RegExp(`#${conversation?.number}\\b`));
        assert.match(await traceOf("A hairline crack"), /The browser worked for it/);
        await lookAtWidths(page, "form-done");
        assert.deepEqual(errors.filter((line) => !line.includes("status of 422")), []);
      },
    );

    await t.step(
      "without script it is sent too, and the browser's language is spoken",
      async () => {
        await using context = await open({ javaScriptEnabled: false, locale: "de-DE" });
        await using page = await context.newPage();
        await page.goto(path);
        await page.getByRole("button", { name: "Send claim" }).click();
        await page.getByText("Bitte ausfüllen").first().waitFor();
        await fillIn(page);
        await page.getByLabel("What happened?").fill("Without script");
        // A person needs longer than this test.
        await new Promise((resolve) => setTimeout(resolve, 2_100));
        await page.getByRole("button", { name: "Send claim" }).click();

        await page.getByRole("heading", { name: "Vielen Dank" }).waitFor();
        assert.equal((await api.conversations()).length, 2);
        assert.equal(/worked for it/.test(await traceOf("Without script")), false);
      },
    );

    await t.step("the team sees a table, and answers by mail", async () => {
      await using agent = await openWorkspace(browser, url);
      const { page } = agent;
      await rowOf(page, "Lotte Jansen").last().click();
      const thread = threadOf(page);
      await thread.getByRole("rowheader", { name: "Frame number" }).waitFor();
      await thread.getByRole("cell", { name: "VC3-56-02417" }).waitFor();
      await lookAtWidths(page, "form-thread");
      await page.setViewportSize({ width: 1440, height: 900 });
      await write(composerOf(page, "Lotte Jansen"), "Bring it in on Monday");
      await thread.getByRole("button", { name: "Send", exact: true }).click();

      await until(() => Promise.resolve(mail.received.length > 0), {
        what: "the answer is mailed",
        // It can be undone for ten seconds.
        timeoutMs: 20_000,
      });
      const [sent] = mail.received;
      assert.deepEqual(sent?.to, ["lotte@jansen.example"]);
      assert.match(new TextDecoder().decode(sent?.raw), /^Subject: Re: Warranty claim \[#\d+\]/m);
    });

    await t.step(
      "who left no address, or an inbox without a mailbox, is not answered: it says so",
      async () => {
        const send = async (formId: string, body: Readonly<Record<string, string>>) => {
          const answer = await fetch(`${url}/forms/${formId}`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body),
          });
          assert.equal(answer.status, 200, await answer.text());
        };
        await send(id, { fullname: "Nameless Ned", comments: "I left no address" });
        const inbox = await api.call<{ id: string }>("/inboxes", { name: "Bare", memberIds: [] });
        const bare = await api.call<ApiChannel>("/channels", {
          type: "form",
          inboxId: inbox.id,
          name: "Bare form",
          config: {},
        });
        await send(bare.id, { name: "Bare Bea", email: "bea@posta.example", message: "Hello" });
        await using agent = await openWorkspace(browser, url);
        const { page } = agent;
        const thread = threadOf(page);

        await rowOf(page, "Nameless Ned").click();
        await thread.getByText("Nameless left no email address").waitFor();
        await takePicture(page, "form-no-address");
        await page.getByRole("combobox", { name: "To" }).fill("ned@posta.example,");
        await thread.getByText("Nameless left no email address").waitFor({ state: "detached" });
        await rowOf(page, "Bare Bea").click();
        await thread.getByText("There is no way to answer").waitFor();
        await lookAtWidths(page, "form-no-mailbox");
      },
    );
  },
});
