/** Mail that its sender signed or encrypted, as agents see it. */
import assert from "node:assert/strict";
import { openWorkspace, rowOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { addMailbox, MAIL_SECRET, startWorkspace } from "./test_workspace.ts";

const SIGNED = [
  "From: Giulia <giulia@posta.example>",
  "To: support@veloce.example",
  "Subject: The contract",
  "Message-ID: <signed@posta.example>",
  'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s',
  "",
  "--s",
  "Content-Type: text/plain",
  "",
  "Here is what we agreed on.",
  "--s",
  "Content-Type: application/pkcs7-signature; name=smime.p7s",
  "Content-Transfer-Encoding: base64",
  "",
  "MIAGCSqGSIb3DQEHAqCA",
  "--s--",
];
const ENCRYPTED = [
  "From: Max <max@posta.example>",
  "To: support@veloce.example",
  "Subject: ...",
  "Message-ID: <encrypted@posta.example>",
  'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e',
  "",
  "--e",
  "Content-Type: application/pgp-encrypted",
  "",
  "Version: 1",
  "--e",
  "Content-Type: application/octet-stream; name=encrypted.asc",
  "",
  "-----BEGIN PGP MESSAGE-----",
  "",
  "hQEMA",
  "-----END PGP MESSAGE-----",
  "--e--",
];

Deno.test({
  name:
    "signed mail is read without its signature, encrypted mail says that it is, with the original",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, 9);
    for (const mail of [SIGNED, ENCRYPTED]) {
      const response = await fetch(`${workspace.url}/hooks/${channel.id}`, {
        method: "POST",
        headers: { "content-type": "message/rfc822", authorization: `Bearer ${MAIL_SECRET}` },
        body: mail.join("\r\n"),
      });
      assert.equal(response.status, 202, await response.text());
    }
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const thread = page.getByRole("region", { name: "Thread" }).or(page.locator("main"));

    await t.step("signed", async () => {
      await rowOf(page, "Giulia").click();
      await thread.getByText("Signed (S/MIME), not checked").first().waitFor();
      await thread.getByText("Here is what we agreed on.").first().waitFor();
      assert.equal(await thread.getByText("smime.p7s").count(), 0);
      await lookAtPage(page.context(), new URL(page.url()).pathname, {
        ready: (page) => page.getByText("Signed (S/MIME), not checked").first().waitFor(),
      });
    });

    await t.step("encrypted", async () => {
      await rowOf(page, "Max").click();
      await thread.getByText("Encrypted (PGP): it cannot be read here").first().waitFor();
      await thread.getByText("encrypted.asc").first().waitFor();
      await lookAtPage(page.context(), new URL(page.url()).pathname, {
        ready: (page) => page.getByText("Encrypted (PGP)").first().waitFor(),
      });
      await thread.getByRole("link", { name: "Original" }).first().click();
      await page.waitForURL("**/original/**");
    });
    assert.deepEqual(errors, []);
  },
});
