import assert from "node:assert/strict";
import { EmailConfig } from "../config.ts";
import { email } from "../mod.ts";
import { providerOfDomain } from "./find_provider.ts";
import type { MailFindings } from "./mail_findings.ts";
import type { MailServers } from "./mail_servers.ts";
import { suggestMailSettings } from "./suggest_mail_settings.ts";

const ADDRESS = "support@veloce.example";
const ALONE = { canReceive: false, canSend: false };
const NOTHING: MailFindings = {
  known: null,
  byMx: null,
  autoconfig: null,
  wellKnown: null,
  listed: null,
  listedByMx: null,
  srv: null,
  guessed: null,
};

function at(host: string, more: Partial<MailServers> = {}): MailServers {
  return {
    label: null,
    imap: { host: `imap.${host}`, port: 993, security: "tls", user: ADDRESS },
    smtp: { host: `smtp.${host}`, port: 465, security: "tls", user: ADDRESS },
    signIn: ["password"],
    ...more,
  };
}

Deno.test("suggestMailSettings() takes the findings in their order, and says which one counted", () => {
  const all: [keyof MailFindings, string][] = [
    ["autoconfig", "Found on its mail provider's site: Mailbaan"],
    ["wellKnown", "Found on its own site: IMAP and SMTP"],
    ["listed", "Found in the list of mail providers: IMAP and SMTP"],
    ["listedByMx", "Found by its mail records: IMAP and SMTP"],
    ["srv", "Found by its service records: IMAP and SMTP"],
    ["guessed", "Guessed from the usual names: IMAP and SMTP"],
  ];
  const findings = Object.fromEntries(
    all.map(([name]) => [
      name,
      at(`${name.toLowerCase()}.example`, name === "autoconfig" ? { label: "Mailbaan" } : {}),
    ]),
  );

  for (const [i, [name, words]] of all.entries()) {
    const before = Object.fromEntries(all.slice(0, i).map(([earlier]) => [earlier, null]));
    const { found, ways } = suggestMailSettings(
      ADDRESS,
      { ...NOTHING, ...findings, ...before },
      ALONE,
    );

    assert.equal(found, words);
    assert.equal(
      ways[0]?.summary,
      `imap.${name.toLowerCase()}.example:993, smtp.${name.toLowerCase()}.example:465`,
    );
  }
});

Deno.test("suggestMailSettings() believes the mail records before a site that has the domain too", () => {
  const findings = {
    ...NOTHING,
    byMx: providerOfDomain("fastmail.com"),
    autoconfig: at("cpanel.example"),
  };
  const { found, ways } = suggestMailSettings(ADDRESS, findings, ALONE);

  assert.equal(found, "Found by its mail records: Fastmail");
  assert.equal(ways[0]?.id, "app_password");
  assert.match(ways[0]?.help ?? "", /app password/);
});

Deno.test("suggestMailSettings() gives drafts that need nothing but their secrets", () => {
  for (const domain of ["gmail.com", "icloud.com", "web.de", "proton.me"]) {
    const address = `support@${domain}`;
    const findings = { ...NOTHING, known: providerOfDomain(domain) };
    const { ways } = suggestMailSettings(address, findings, ALONE);
    const way = ways.find(({ id }) => id.endsWith("password"));
    assert.ok(way?.isComplete);
    assert.deepEqual(way.asks.flatMap(({ paths }) => paths), [
      "inbound.password",
      "outbound.password",
    ]);
    // A draft of this adapter's own: its two parts are objects.
    const { inbound, outbound, ...rest } = way.config as Record<string, object>;
    const config = EmailConfig.safeParse({
      ...rest,
      inbound: { ...inbound, password: "secret" },
      outbound: { ...outbound, password: "secret" },
    });

    assert.ok(config.success, domain);
  }
});

Deno.test("suggestMailSettings() offers no password where the provider takes none, and says why", () => {
  const findings = { ...NOTHING, known: providerOfDomain("outlook.com") };
  const { ways } = suggestMailSettings("support@outlook.com", findings, ALONE);

  assert.deepEqual(ways.map(({ id }) => id), ["oauth_microsoft", "manual"]);
  assert.match(ways[1]?.help ?? "", /Sign in with Microsoft/);
});

Deno.test("suggestMailSettings() offers the provider's own sign-in first, with an app of its kind", () => {
  for (const [domain, kind] of [["gmail.com", "google"], ["hotmail.com", "microsoft"]] as const) {
    const findings = { ...NOTHING, known: providerOfDomain(domain) };
    const [way] = suggestMailSettings(`support@${domain}`, findings, ALONE).ways;
    assert.ok(way);

    assert.equal(way.appKind, kind);
    assert.equal(way.isComplete, true);
    assert.deepEqual(way.asks, []);
    const config = EmailConfig.parse(way.config);
    assert.equal(email.oauth?.isUsed(config), true);
    assert.equal(email.oauth?.accountOf(config), `support@${domain}`);
  }
});

Deno.test("suggestMailSettings() offers forwarding only where Parley takes mail itself", () => {
  const ids = (own: typeof ALONE, findings: Partial<MailFindings> = {}) =>
    suggestMailSettings(ADDRESS, { ...NOTHING, ...findings }, own).ways.map(({ id, isComplete }) =>
      isComplete ? id : `${id}?`
    );

  assert.deepEqual(ids(ALONE), ["manual?"]);
  assert.deepEqual(ids({ canReceive: true, canSend: false }), ["forward?", "manual?"]);
  assert.deepEqual(ids({ canReceive: true, canSend: true }), ["forward", "manual?"]);
  assert.deepEqual(
    ids({ canReceive: true, canSend: false }, { srv: at("veloce.example") }),
    ["password", "forward", "manual?"],
  );
});

Deno.test("suggestMailSettings() sends by Parley's own way where nobody told a server for it", () => {
  const findings = { ...NOTHING, srv: at("veloce.example", { smtp: null }) };
  const [without] = suggestMailSettings(ADDRESS, findings, ALONE).ways;
  const [way] = suggestMailSettings(ADDRESS, findings, { canReceive: false, canSend: true }).ways;

  assert.equal(without?.isComplete, false);
  assert.deepEqual(way?.config.outbound, { kind: "system" });
  assert.deepEqual(way?.asks, [{ label: "Password", paths: ["inbound.password"] }]);
});
