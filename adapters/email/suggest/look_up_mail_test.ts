/** The whole way from an address to a suggestion: a real site, a zone of name records, the core's guards. */
import assert from "node:assert/strict";
import { email } from "../mod.ts";
import type { Principal } from "../../../core/mod.ts";
import { fakeDns, type Zone } from "../../../tests/fakes/dns.ts";
import { openTestInbox } from "../../../tests/fakes/test_inbox.ts";

const OWNER: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const SITE =
  "https://autoconfig.veloce.example/mail/config-v1.1.xml?emailaddress=support%40veloce.example";
const WELL_KNOWN = "https://veloce.example/.well-known/autoconfig/mail/config-v1.1.xml";

function file(host: string): string {
  return `<clientConfig><emailProvider id="x"><displayName>Mailbaan</displayName>
    <incomingServer type="imap"><hostname>imap.${host}</hostname><port>993</port><socketType>SSL</socketType></incomingServer>
    <outgoingServer type="smtp"><hostname>smtp.${host}</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>
    </emailProvider></clientConfig>`;
}

interface LookUpOptions {
  /** Files by their whole address; others are not there. */
  readonly files?: Readonly<Record<string, string>>;
  readonly zone?: Zone;
  readonly env?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** Looks up over a real HTTP server that stands for every host. */
async function lookUp(
  { files = {}, zone = {}, env = {}, address = "support@veloce.example" }: LookUpOptions,
) {
  const pages: string[] = [];
  const questions: string[] = [];
  await using site = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const wanted = request.headers.get("x-wanted") ?? "";
      pages.push(wanted);
      const text = files[wanted];
      return text === undefined ? new Response("none", { status: 404 }) : new Response(text);
    },
  );
  await using inbox = await openTestInbox({
    adapters: [email],
    // Every host of the test is at an address that is none of the internet's.
    env: { PARLEY_ALLOW_PRIVATE_HOSTS: "1", ...env },
    dns: fakeDns(zone, questions),
    fetch: (input, init) =>
      fetch(`http://127.0.0.1:${site.addr.port}/`, {
        ...init,
        headers: { "x-wanted": String(input) },
      }),
  });
  const result = await inbox.core.channels.suggest(
    OWNER,
    { type: "email", address },
    new AbortController().signal,
  );
  return { result, pages, questions };
}

async function found(options: LookUpOptions): Promise<string> {
  const { result } = await lookUp(options);
  assert.ok(result.ok);
  const { found, ways } = result.value;
  return `${found} (${ways[0]?.summary})`;
}

Deno.test("mailSuggest asks nobody about the address of a known provider", async () => {
  const { result, pages, questions } = await lookUp({ address: "Support@Gmail.com" });

  assert.ok(result.ok);
  assert.equal(result.value.address, "support@gmail.com");
  assert.equal(result.value.found, "Known by its domain: Google");
  assert.deepEqual([pages, questions], [[], []]);
});

Deno.test("mailSuggest finds the servers wherever they are told", async () => {
  const list = "https://autoconfig.thunderbird.net/v1.1";
  const mx = (exchange: string): Zone => ({ "veloce.example MX": [{ preference: 10, exchange }] });

  assert.equal(
    await found({ files: { [SITE]: file("a.example"), [WELL_KNOWN]: file("b.example") } }),
    "Found on its mail provider's site: Mailbaan (imap.a.example:993, smtp.a.example:465)",
  );
  assert.equal(
    await found({ files: { [SITE]: "<html>", [WELL_KNOWN]: file("b.example") } }),
    "Found on its own site: Mailbaan (imap.b.example:993, smtp.b.example:465)",
  );
  assert.equal(
    await found({ files: { [`${list}/veloce.example`]: file("c.example") } }),
    "Found in the list of mail providers: Mailbaan (imap.c.example:993, smtp.c.example:465)",
  );
  assert.equal(
    await found({
      zone: mx("mx1.eu.mailbaan.example."),
      files: { [`${list}/mailbaan.example`]: file("d.example") },
    }),
    "Found by its mail records: Mailbaan (imap.d.example:993, smtp.d.example:465)",
  );
  assert.match(
    await found({ zone: mx("ASPMX.L.GOOGLE.COM"), files: { [SITE]: file("a.example") } }),
    /^Found by its mail records: Google \(imap\.gmail\.com:993/,
  );
});

Deno.test("mailSuggest reads SRV records: priority, weight, and services that are not there", async () => {
  const srv = (target: string, priority: number, weight: number, port = 993) => ({
    target,
    priority,
    weight,
    port,
  });
  const zone: Zone = {
    "_imaps._tcp.veloce.example SRV": [
      srv("late.veloce.example", 20, 100),
      srv("light.veloce.example", 10, 1),
      srv("IMAP.veloce.example.", 10, 50, 1993),
    ],
    "_submissions._tcp.veloce.example SRV": [srv(".", 0, 0, 0)],
    "_submission._tcp.veloce.example SRV": [srv("smtp.veloce.example", 0, 0, 587)],
  };
  const { result } = await lookUp({ zone });

  assert.ok(result.ok);
  const [way] = result.value.ways;
  assert.equal(way?.summary, "imap.veloce.example:1993, smtp.veloce.example:587");
  assert.deepEqual(way?.config.outbound, {
    kind: "smtp",
    host: "smtp.veloce.example",
    port: 587,
    security: "starttls",
    user: "support@veloce.example",
  });
});

Deno.test("mailSuggest guesses only names that exist, and says that it guessed", async () => {
  assert.equal(
    await found({ zone: { "mail.veloce.example A": ["203.0.113.9"] } }),
    "Guessed from the usual names: IMAP and SMTP (mail.veloce.example:993, mail.veloce.example:465)",
  );
  assert.match(await found({}), /^Nothing was found for this address/);
  const silent: Zone = {
    "veloce.example MX": "timeout",
    "_imaps._tcp.veloce.example SRV": "timeout",
    "imap.veloce.example A": "timeout",
  };
  assert.match(await found({ zone: silent }), /^Nothing was found for this address/);
});

Deno.test("mailSuggest looks international domains up by their name on the wire", async () => {
  const { result, pages, questions } = await lookUp({ address: "info@müller.example" });

  assert.ok(result.ok);
  assert.equal(result.value.address, "info@xn--mller-kva.example");
  assert.ok(questions.includes("xn--mller-kva.example MX"));
  assert.ok(pages.every((page) => /xn--mller-kva\.example/.test(page)));
});

Deno.test("mailSuggest asks the list of providers that the environment names, or none", async () => {
  const none = await lookUp({ env: { PARLEY_AUTOCONFIG_URL: "off" } });
  const own = await lookUp({ env: { PARLEY_AUTOCONFIG_URL: "http://127.0.0.1:8099/list/" } });

  assert.deepEqual(none.pages.toSorted(), [SITE, WELL_KNOWN]);
  assert.ok(own.pages.includes("http://127.0.0.1:8099/list/veloce.example"));
});

Deno.test("mailSuggest refuses what is no address, and asks nobody", async () => {
  const { result, pages, questions } = await lookUp({ address: "support@localhost" });

  assert.ok(!result.ok && result.error.code === "invalid");
  assert.deepEqual([pages, questions], [[], []]);
});
