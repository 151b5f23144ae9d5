/** What goes out besides a text, where a channel says that it takes it: quick replies, windows, templates. */
import assert from "node:assert/strict";
import type { OutboundPart } from "../../core/channel/mod.ts";
import type { Check, Subject } from "./check.ts";
import { kitIo } from "./kit_io.ts";
import { openProviderServer, type Script } from "./provider_server.ts";
import { abilities, describe, send, success } from "./send_part.ts";

export const extraChecks: readonly Check[] = [
  {
    name: "send: quick replies go along, as many and as long as it says",
    async run(subject) {
      const { quickReplies: limits } = abilities(subject);
      if (limits === null) return;
      const quickReplies = Array.from({ length: limits.max }, (_, n) => ({
        title: `${n} 👋🏽 yes please, this one is the one that we want`.slice(0, 400),
        payload: `payload-${n}-of-the-kit`,
      })).map((one) => ({ ...one, title: [...one.title].slice(0, limits.titleMax).join("") }));
      const wire = await wireOf(subject, { quickReplies });
      for (const { title, payload } of quickReplies) {
        assert.ok(wire.includes(title), `"${title}" is not in the request`);
        assert.ok(wire.includes(payload), `"${payload}" is not in the request`);
      }
    },
  },
  {
    name: "send: tells the provider when it is the window for people",
    async run(subject) {
      if (abilities(subject).window?.humanMs === undefined) return;
      const open = await wireOf(subject, { window: "open" });
      const human = await wireOf(subject, { window: "human" });
      assert.notEqual(human, open, "both windows give the same request");
    },
  },
  {
    name: "send: a template goes with its name, language and values",
    async run(subject) {
      if (abilities(subject).window?.templateAfter !== true) return;
      const template = { name: "kit_template", language: "en_GB", values: ["first-v", "second-v"] };
      const wire = await wireOf(subject, { template, text: "Hello first-v and second-v" });
      for (const word of [template.name, template.language, ...template.values]) {
        assert.ok(wire.includes(word), `"${word}" is not in the request`);
      }
    },
  },
  {
    name: "templates: a provider that gives no list leads to an error, never to a throw",
    async run(subject) {
      const { adapter, channel } = subject;
      if (abilities(subject).window?.templateAfter !== true) return;
      assert.ok(adapter.templates, "there is no port templates");
      for (const script of NO_LISTS) {
        await using server = openProviderServer(() => script);
        const { io } = kitIo(subject, { origin: server.origin });
        const listed = await adapter.templates.list(channel, io);
        assert.equal(listed.ok, false, `a list is made of ${JSON.stringify(script)}`);
        if (listed.ok) continue;
        assert.notEqual(listed.error.message.trim(), "", "there is no sentence for agents");
        for (const secret of subject.secrets) {
          assert.ok(!JSON.stringify(listed).includes(secret), "the error tells a secret");
        }
      }
    },
  },
];

const NO_LISTS: readonly Script[] = [
  "hang_up",
  { status: 500, body: "{}" },
  { status: 401, body: "{}" },
  { status: 200, body: "<!doctype html><title>Proxy</title>" },
  { status: 200, body: "null" },
];

/** All that a message makes the adapter say, readable also where it is a form. */
async function wireOf(subject: Subject, more: Partial<OutboundPart>): Promise<string> {
  const { result, requests } = await send(subject, success(subject), more);
  assert.ok(result.ok, `it fails: ${describe(result)}`);
  return requests.map(({ path, body }) => [path, body, readable(body)].join(" ")).join("\n");
}

function readable(body: string): string {
  try {
    return decodeURIComponent(body.replaceAll("+", " "));
  } catch {
    // A percent sign of its own: it is no form.
    return "";
  }
}
