/** Forms, built by looking at them: by mouse, by keyboard alone, and without script. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import type { ApiChannel } from "../../core/model/api.ts";
import { openWorkspace, signIn } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage, lookAtWidths } from "./look_at_page.ts";
import { watchErrors } from "./page_checks.ts";
import { addChat, startWorkspace, type TestWorkspace } from "./test_workspace.ts";

/** Fields of a form nobody has changed yet. */
const FIRST = ["name", "email", "message"];

Deno.test({
  name: "a form is made, built, tried, kept from overwriting, and put on a site",
  ignore: findChromium() === null,
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using workspace = await startWorkspace();
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page } = agent;
    const context = page.context();

    await t.step("two presses make a form that can be used", async () => {
      await page.goto("/settings/channels/new");
      await page.getByRole("link", { name: /^Form/ }).click();
      await page.getByRole("button", { name: "Add it" }).click();
      await page.waitForURL("**/settings/channels/chn_*/form?done=created");

      assert.deepEqual(await fieldNames(workspace), FIRST);
    });

    await t.step(
      "by mouse: added, dragged, deleted and brought back",
      () => byMouse(page, workspace),
    );
    await t.step("by keyboard alone", () => byKeyboard(page, workspace));
    await t.step("what is wrong is said beside its field, and nothing is stored", async () => {
      await page.getByRole("button", { name: "Edit: How can we help?" }).click();
      await settings(page).getByLabel("Label").fill(" ");
      await page.getByRole("button", { name: "Save", exact: true }).click();

      await settings(page).getByText("Is missing.").waitFor();
      assert.equal(await settings(page).getByLabel("Label").getAttribute("aria-invalid"), "true");
      await settings(page).getByLabel("Label").fill("What happened?");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Saved", { exact: true }).waitFor();
    });
    await t.step("who saves over somebody else's work is asked", () => conflict(page, workspace));
    await t.step("without script nothing is lost", () => withoutScript(browser, workspace));
    await t.step("trusted sites are added and taken away", () => trustedSites(page, workspace));

    await t.step("only channels with a form have a builder", async () => {
      const chat = await addChat(workspace);
      for (const path of ["form", "form/embed"]) {
        const response = await page.goto(`/settings/channels/${chat.id}/${path}`);
        assert.equal(response?.status(), 404, path);
      }
    });

    await t.step("it shows well in every size and theme", async () => {
      const { id } = await formOf(workspace);
      for (const way of ["script", "html", "own", "link"]) {
        await lookAtPage(context, `/settings/channels/${id}/form/embed?way=${way}`);
      }
      await lookAtPage(context, `/settings/channels/${id}`);
      await lookAtPage(context, `/settings/channels/${id}/form`);
      await page.goto(`/settings/channels/${id}/form`);
      await page.getByRole("button", { name: /^Edit: What happened/ }).click();
      await lookAtWidths(page, "form-builder-field");
    });

    assert.deepEqual(agent.errors.filter((line) => !/status of 4\d\d/.test(line)), []);
  },
});

async function byMouse(page: Page, workspace: TestWorkspace): Promise<void> {
  await page.getByRole("button", { name: "Phone" }).first().click();
  await page.getByRole("button", { name: "Edit: Phone" }).waitFor();
  // Before the first field.
  await page.getByRole("button", { name: "Files", exact: true })
    .dragTo(page.getByRole("button", { name: "Edit: Your name" }), {
      targetPosition: { x: 5, y: 20 },
    });
  await page.getByRole("button", { name: "Edit: Phone" })
    .dragTo(page.getByRole("button", { name: "Edit: Email" }), { targetPosition: { x: 5, y: 20 } });
  await page.getByRole("button", { name: "Edit: Email" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  assert.equal(await page.getByRole("button", { name: "Edit: Email" }).count(), 0);
  await page.getByRole("button", { name: "Undo" }).click();
  await settings(page).getByLabel("Help below it").fill("We answer here.");
  await page.getByText("Not saved yet").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).waitFor();

  assert.deepEqual(await fieldNames(workspace), ["files", "name", "phone", "email", "message"]);
  // Open as before.
  assert.equal(await settings(page).getByLabel("Help below it").inputValue(), "We answer here.");
}

async function byKeyboard(page: Page, workspace: TestWorkspace): Promise<void> {
  const { keyboard } = page;
  await page.getByRole("button", { name: "One of" }).focus();
  await keyboard.press("Enter");
  await page.getByRole("button", { name: "Edit: One of" }).waitFor();
  await focused(page, "Edit: One of");
  await keyboard.press("Alt+ArrowUp");
  await focused(page, "Edit: One of");
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "field.label");
  await keyboard.press("Control+A");
  await keyboard.type("What is broken?");
  await keyboard.press("Tab");
  await keyboard.press("Control+A");
  await keyboard.type("Frame\nBrakes");
  await keyboard.press("Escape");
  await focused(page, "Edit: What is broken?");
  await page.getByRole("button", { name: "Edit: Files" }).focus();
  await keyboard.press("Delete");
  await focused(page, "Undo");
  await settings(page).getByLabel("Title").focus();
  await keyboard.type("Warranty claim");
  // As in any form.
  await keyboard.press("Enter");
  await page.getByText("Saved", { exact: true }).waitFor();

  const { config } = await formOf(workspace);
  assert.equal(config["title"], "Warranty claim");
  assert.deepEqual(
    await fieldNames(workspace),
    ["name", "phone", "what-is-broken", "email", "message"],
  );
}

async function conflict(page: Page, workspace: TestWorkspace): Promise<void> {
  await page.getByRole("button", { name: "Edit: Title and button" }).click();
  await settings(page).getByLabel("Title").fill("Mine");
  const { id } = await formOf(workspace);
  await workspace.api.call(`/channels/${id}`, { config: { title: "Theirs" } }, "PATCH");

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Somebody else changed this form meanwhile.").waitFor();
  assert.equal((await formOf(workspace)).config["title"], "Theirs");
  assert.equal(await settings(page).getByLabel("Title").inputValue(), "Mine");
  await page.getByRole("button", { name: "Save mine" }).click();
  await page.getByText("Saved", { exact: true }).waitFor();

  assert.equal((await formOf(workspace)).config["title"], "Mine");
}

async function withoutScript(browser: Browser, workspace: TestWorkspace): Promise<void> {
  await using context = await browser.newContext({
    javaScriptEnabled: false,
    baseURL: workspace.url,
  });
  const page = await context.newPage();
  const errors = watchErrors(page);
  await signIn(page, "nora@veloce.example");
  const { id } = await formOf(workspace);
  await page.goto(`/settings/channels/${id}/form`);
  await page.getByRole("button", { name: "Edit: Email" }).click();
  await settings(page).getByLabel("Label").fill("Your address");
  // Each press posts all of it, also what was just typed.
  await page.getByRole("button", { name: "Move up" }).click();
  await page.getByRole("button", { name: "Consent" }).click();
  await settings(page).getByLabel("Link to the notice").fill("https://veloce.example/privacy");
  await page.getByRole("button", { name: "Edit: Phone" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL("**/form?done=saved*");

  assert.deepEqual(
    await fieldNames(workspace),
    ["name", "email", "consent", "what-is-broken", "message"],
  );
  const [, email, consent] = (await formOf(workspace)).config["fields"] as Field[];
  assert.equal(email?.label, "Your address");
  assert.equal(email?.help, "We answer here.");
  assert.equal(consent?.url, "https://veloce.example/privacy");
  assert.deepEqual(errors, []);
}

async function trustedSites(page: Page, workspace: TestWorkspace): Promise<void> {
  const { id } = await formOf(workspace);
  await page.goto(`/settings/channels/${id}/form/embed`);
  await page.getByLabel("Add a site").fill("no host");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("It must be a host name").waitFor();
  await page.getByLabel("Add a site").fill("https://shop.example/contact");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Remove shop.example" }).waitFor();
  assert.deepEqual((await formOf(workspace)).config["allowedDomains"], ["shop.example"]);

  await page.getByRole("button", { name: "Remove shop.example" }).click();
  await page.getByText("Any site").waitFor();
  assert.deepEqual((await formOf(workspace)).config["allowedDomains"], []);
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly url?: string;
}

async function formOf({ api }: TestWorkspace): Promise<ApiChannel> {
  const { items } = await api.call<{ items: ApiChannel[] }>("/channels");
  const found = items.find(({ name }) => name === "Contact form");
  assert.ok(found, "there is no form");
  return found;
}

async function fieldNames(workspace: TestWorkspace): Promise<string[]> {
  const { config } = await formOf(workspace);
  // As the API tells it of a form.
  return (config["fields"] as Field[]).map(({ name }) => name);
}

function settings(page: Page) {
  return page.getByRole("complementary", { name: "Settings" });
}

async function focused(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (name) =>
      [document.activeElement?.getAttribute("aria-label"), document.activeElement?.textContent]
        .includes(name),
    name,
  );
}
