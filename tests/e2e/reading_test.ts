/** What an agent sees of a mail: meetings, images in their places, files that say what they are, the original. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openThread, openWorkspace, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { addMailbox, MAIL_SECRET, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";
/** Eight by eight pixels of one colour. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQ8LmDFTEMLQkAxQlHAQ1CcH8AAAAASUVORK5CYII=";

const HEAD = (subject: string) => [
  "From: Giulia Ferrari <giulia@posta.example>",
  "To: support@veloce.example",
  `Subject: ${subject}`,
  `Message-ID: <${subject.replaceAll(" ", ".")}@posta.example>`,
  "MIME-Version: 1.0",
  "Content-Type: multipart/mixed; boundary=m",
  "",
];
const IMAGE = ["Content-Disposition: inline", "Content-Transfer-Encoding: base64", "", PNG];

const LETTER = [
  ...HEAD("Fitting of the bike"),
  ...["--m", "Content-Type: text/plain; charset=utf-8", "", "The chain:"],
  ...["--m", 'Content-Type: image/png; name="chain.png"', ...IMAGE],
  ...["--m", "Content-Type: text/plain; charset=utf-8", "", "and the brake. Shall we meet?"],
  ...["--m", "Content-Type: text/calendar; charset=utf-8; method=REQUEST", ""],
  ...["BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", "SUMMARY:Fitting of the bike"],
  ...["DTSTART;TZID=Europe/Rome:20260330T100000", "DTEND;TZID=Europe/Rome:20260330T113000"],
  ...["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=5", "LOCATION:Via Roma 1\\, Torino"],
  ...["ORGANIZER;CN=Giulia Ferrari:mailto:giulia@posta.example", "END:VEVENT", "END:VCALENDAR"],
  ...["--m", 'Content-Type: application/ms-tnef; name="winmail.dat"', "", "x"],
  ...[
    "--m",
    "Content-Type: message/rfc822",
    "",
    "Subject: Your offer",
    "",
    "We offer",
    "--m--",
    "",
  ],
].join("\r\n");

const OFF = [
  ...HEAD("Called off"),
  ...["--m", "Content-Type: text/plain", "", "Sorry, not this week."],
  ...["--m", "Content-Type: text/calendar; method=CANCEL", ""],
  ...["BEGIN:VCALENDAR", "METHOD:CANCEL", "BEGIN:VEVENT", "SUMMARY:Trip", "DTSTART:20260401"],
  ...["DTEND:20260404", "END:VEVENT", "END:VCALENDAR", "--m--", ""],
].join("\r\n");

Deno.test({
  name:
    "a mail shows its meeting, its images in place, its files by what they are, and its original",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, 1);
    const post = async (mail: string) => {
      const response = await fetch(`${workspace.url}/hooks/${channel.id}`, {
        method: "POST",
        headers: { "content-type": "message/rfc822", authorization: `Bearer ${MAIL_SECRET}` },
        body: mail,
      });
      assert.equal(response.status, 202, await response.text());
    };
    await post(LETTER);
    await post(
      OFF.replace(
        "Subject: Called",
        "In-Reply-To: <Fitting.of.the.bike@posta.example>\r\nSubject: Called",
      ),
    );
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url, undefined, {
      timezoneId: "Europe/Lisbon",
    });
    const { page, errors } = agent;
    const thread = threadOf(page);

    await t.step("the meeting, in the reader's time", async () => {
      await openThread(page, GIULIA);
      const meeting = thread.getByRole("region", { name: "Invitation: Fitting of the bike" });
      await meeting.getByText("Mon 30 March 2026, 09:00–10:30 (Europe/Lisbon)").waitFor();
      await meeting.getByText("Every 2 weeks on Monday and Wednesday, 5 times").waitFor();
      await meeting.getByText("Via Roma 1, Torino").waitFor();
      const trip = thread.getByRole("region", { name: "Canceled: Trip" });
      await trip.getByText("Wed 1 April 2026 – Fri 3 April 2026").waitFor();
    });

    await t.step("text, image, text", async () => {
      const frame = page.locator("iframe").first().contentFrame();
      const image = frame.getByRole("img", { name: "chain.png" });
      await until(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth === 8), {
        what: "the image is drawn",
      });
      const words = await frame.locator(".mail").evaluate((mail) =>
        [...mail.querySelectorAll("div, img")].map((one) =>
          one.tagName === "IMG"
            ? "[image]"
            : one.querySelector("img")
            ? ""
            : one.textContent?.trim()
        ).filter(Boolean)
      );
      assert.deepEqual(words, ["The chain:", "[image]", "and the brake. Shall we meet?"]);
    });

    await t.step("files by what they are", async () => {
      await thread.getByRole("link", { name: /winmail\.dat.*Outlook's format/ }).waitFor();
      await thread.getByRole("link", { name: /Your offer\.eml.*Attached mail/ }).waitFor();
      assert.equal(await thread.getByRole("link", { name: /invite\.ics/ }).count(), 2);
      await look(page, "meeting");
    });

    await t.step("the original, as text and as a file", async () => {
      await thread.getByText("Why is this here?").first().click({ force: true });
      const opens = page.context().waitForEvent("page");
      await thread.getByRole("link", { name: "Show original" }).first().click();
      const original = await opens;
      await original.getByRole("heading", { name: "Fitting of the bike" }).waitFor();
      const shown = await original.locator("pre").first().textContent();
      assert.match(shown ?? "", /^From: Giulia Ferrari <giulia@posta\.example>\n/);
      const href = await original.getByRole("link", { name: /Download/ }).getAttribute("href");
      const file = await page.request.get(href ?? "");
      assert.equal(await file.text(), LETTER);
      assert.match(file.headers()["content-disposition"] ?? "", /^attachment; .*\.eml/);
      await look(original, "original");
    });

    assert.deepEqual(errors, []);
  },
});

/** At each width and in both themes. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await assertGoodPage(page, colorScheme === "light" && width === 1440 ? "all" : "colours");
      await takePicture(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
}
