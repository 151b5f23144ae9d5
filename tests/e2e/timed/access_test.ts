/** Who may not see a conversation does not, in lists, by its address, and live. */
import assert from "node:assert/strict";
import type { ApiInbox } from "../../../core/model/api.ts";
import { EventReader } from "../../fakes/event_reader.ts";
import { openMailServer } from "../../fakes/mail_server.ts";
import { openWorkspace, rowOf } from "../agent_page.ts";
import { findChromium, launchBrowser } from "../launch_browser.ts";
import { postMail } from "../post_mail.ts";
import {
  addMailbox,
  addUser,
  PASSWORD,
  startWorkspace,
  type TestWorkspace,
} from "../test_workspace.ts";
import { until } from "../until.ts";

const DAAN = "daan@veloce.example";
/** Sign-out and lost membership end a stream within this time. */
const END_MS = 1_000;

Deno.test({
  name: "an agent sees their inbox alone: in the list, by address and live",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const { api, url } = workspace;
    const { support, sales, salesInbox } = await makeTwoInboxes(workspace, mailServer.port);
    await post(workspace, support, "Ada Berg");
    await post(workspace, sales, "Secret Sam");
    const hidden = await until(
      async () =>
        (await api.conversations()).find(({ contactName }) => contactName === "Secret Sam"),
    );
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url, DAAN);
    const { page, errors } = agent;

    await t.step("in the list", async () => {
      await rowOf(page, "Ada Berg").waitFor();
      assert.equal(await rowOf(page, "Secret Sam").count(), 0);
      assert.ok(!(await page.content()).includes("Sales"), "its inbox has no name here");
    });

    await t.step("by its address", async () => {
      await using other = await page.context().newPage();
      await other.goto(`/inbox/all/open/${hidden.id}`);
      await other.getByText("This conversation is not here").waitFor();
      assert.ok(!(await other.content()).includes("Secret Sam"));
      const list = await other.goto(`/inbox/${salesInbox.id}/open`);
      assert.equal(list?.status(), 404);
      for (const path of ["", "/messages"]) {
        const answer = await page.request.get(`/api/v1/conversations/${hidden.id}${path}`);
        assert.equal(answer.status(), 404, path);
      }
    });

    await t.step("live", async () => {
      await post(workspace, sales, "Secret Sue");
      await post(workspace, support, "Ben Costa");
      // The stream keeps its order: what came before is there by now, or never comes.
      await page.getByRole("button", { name: "1 new" }).click();
      await rowOf(page, "Ben Costa").waitFor();
      assert.equal(await rowOf(page, "Secret Sue").count(), 0);
    });

    await t.step("what leaves their inboxes leaves their screen", async () => {
      const moved = (await api.conversations()).find(({ contactName }) =>
        contactName === "Ada Berg"
      );
      await api.call(`/conversations/${moved?.id}`, { inboxId: salesInbox.id }, "PATCH");
      await rowOf(page, "Ada Berg").waitFor({ state: "detached" });
    });

    await t.step("a page that is open when the membership ends shows no more of it", async () => {
      await rowOf(page, "Ben Costa").waitFor();
      await api.call(`/inboxes/${workspace.inboxId}`, { memberIds: [] }, "PATCH");
      await rowOf(page, "Ben Costa").waitFor({ state: "detached" });
    });

    await t.step("signing out in one tab ends the others", async () => {
      await using other = await page.context().newPage();
      await other.goto("/settings/profile");
      await other.getByRole("main").getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL("**/sign-in**");
    });

    // The browser itself reports what the ended session is refused.
    assert.deepEqual(errors.filter((line) => !/status of 401/.test(line)), []);
  },
});

Deno.test("sign-out and a lost membership end the event stream within a second", async (t) => {
  await using workspace = await startWorkspace();
  const { api, url } = workspace;
  const daan = await addUser(workspace, {
    name: "Daan Smit",
    email: DAAN,
    role: "agent",
    inboxIds: [workspace.inboxId],
  });
  const cookie = await signInByApi(url);
  const request = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/api/v1${path}`, { ...init, headers: { cookie, origin: url } });

  await t.step("a lost membership", async () => {
    await using events = new EventReader(await request("/events"));
    await events.until("hello");
    await api.call(`/inboxes/${workspace.inboxId}`, { memberIds: [] }, "PATCH");
    await assertEndsInTime(events);
    await api.call(`/inboxes/${workspace.inboxId}`, { memberIds: [daan.id] }, "PATCH");
  });

  await t.step("sign-out", async () => {
    await using events = new EventReader(await request("/events"));
    await events.until("hello");
    const signedOut = await request("/session", { method: "DELETE" });
    assert.equal(signedOut.status, 204);
    await assertEndsInTime(events);
    const again = await request("/events");
    assert.equal(again.status, 401);
    await again.body?.cancel();
  });

  await t.step("deactivation", async () => {
    const fresh = await signInByApi(url);
    await using events = new EventReader(
      await fetch(`${url}/api/v1/events`, { headers: { cookie: fresh } }),
    );
    await events.until("hello");
    await api.call(`/users/${daan.id}`, { active: false }, "PATCH");
    await assertEndsInTime(events);
  });
});

async function makeTwoInboxes(workspace: TestWorkspace, smtpPort: number) {
  const { api, inboxId } = workspace;
  const salesInbox = await api.call<ApiInbox>("/inboxes", { name: "Sales" });
  await addUser(workspace, {
    name: "Daan Smit",
    email: DAAN,
    role: "agent",
    inboxIds: [inboxId],
  });
  const support = await addMailbox(workspace, smtpPort);
  const sales = await addMailbox(workspace, smtpPort, { inboxId: salesInbox.id, name: "Shop" });
  return { support: support.id, sales: sales.id, salesInbox };
}

async function post({ url }: TestWorkspace, channelId: string, name: string): Promise<void> {
  const local = name.toLowerCase().replaceAll(" ", ".");
  await postMail(url, channelId, {
    from: `${name} <${local}@posta.example>`,
    subject: `From ${local}`,
    messageId: `${local}@posta.example`,
    text: "Hello!",
  });
}

/** @returns the session's cookie as a request carries it. */
async function signInByApi(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: DAAN, password: PASSWORD }),
  });
  assert.equal(response.status, 201, await response.text());
  return response.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
}

async function assertEndsInTime(events: EventReader): Promise<void> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error("The stream goes on")), END_MS);
  try {
    await Promise.race([events.rest(), timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
