import assert from "node:assert/strict";
import { EmailConfig } from "./config.ts";
import { fakeChannel } from "./fake_channel.ts";
import { letterStyle } from "./letter_style.ts";

const FACTS = {
  agent: { name: "Nora Visser", meetingLink: "https://meet.example/nora", signature: "" },
  workspaceName: "Workspace",
  contactName: "Giulia Ferrari",
};

function styleOf(
  config: Partial<EmailConfig>,
  facts: Partial<typeof FACTS> | { agent: null } = {},
) {
  return letterStyle(fakeChannel(config).config, { ...FACTS, ...facts });
}

Deno.test("letterStyle() names the sender as the mailbox says", () => {
  const name = (config: Partial<EmailConfig>, facts = {}) => styleOf(config, facts).from.name;

  assert.equal(name({}), "Nora Visser (Veloce)");
  assert.equal(name({}, { agent: null }), "Veloce");
  assert.equal(name({ fromStyle: "company" }), "Veloce");
  assert.equal(name({ fromStyle: "company", fromName: "" }), "Workspace");
  const fromTemplate = "{{agent.firstName}} from {{company}}";
  assert.equal(name({ fromStyle: "custom", fromTemplate }), "Nora from Veloce");
  assert.equal(name({ fromStyle: "custom", fromTemplate: "" }), "Nora Visser (Veloce)");
  const hostile = { agent: { ...FACTS.agent, name: "Nora\r\nBcc: all@example.com" } };
  assert.equal(name({ fromStyle: "custom", fromTemplate }, hostile).includes("\n"), false);
  assert.equal(
    styleOf({ fromAddress: "sales@veloce.example" }).from.address,
    "sales@veloce.example",
  );
});

Deno.test("letterStyle() signs with the agent's words in place of the mailbox's, or in them", () => {
  const signature =
    "{{agent.name}} · {{company}}, Oudegracht 118, Utrecht\nBook: {{agent.meetingLink}}";
  assert.equal(
    styleOf({ signature }).signature,
    "Nora Visser · Veloce, Oudegracht 118, Utrecht\nBook: https://meet.example/nora",
  );
  const agent = { ...FACTS.agent, signature: "Ciao {{contact.firstName|amico}}, Nora" };
  assert.equal(styleOf({ signature }, { agent }).signature, "Ciao Giulia, Nora");
  assert.equal(
    styleOf({ signature: "{{agent.signature}}\nVeloce B.V." }, { agent }).signature,
    "Ciao Giulia, Nora\nVeloce B.V.",
  );
  assert.equal(styleOf({ signature: "{{agent.signature}}\nVeloce" }).signature, "Veloce");
  assert.equal(styleOf({}).signature, "");
});

Deno.test("EmailConfig refuses a template with a name that is none", () => {
  const parsed = EmailConfig.safeParse({ ...fakeChannel().config, signature: "{{agent.nmae}}" });
  assert.match(parsed.error?.issues[0]?.message ?? "", /agent\.nmae/);
});
