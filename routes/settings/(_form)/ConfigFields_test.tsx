import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { z } from "zod";
import { configFields } from "./config_fields.ts";
import { ConfigFields } from "./ConfigFields.tsx";

const fields = configFields(z.toJSONSchema(
  z.strictObject({
    address: z.email().meta({ title: "Address" }),
    token: z.string().meta({ title: "Token", secret: true }),
    limit: z.int().default(10).meta({ title: "Limit", advanced: true }),
    inbound: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("imap"), host: z.string() }),
      z.strictObject({ kind: z.literal("push"), host: z.string() }),
    ]),
  }),
  { io: "input" },
));

function render(
  config: Readonly<Record<string, unknown>>,
  errors: Readonly<Record<string, string>> = {},
): string {
  return renderToString(<ConfigFields fields={fields} config={config} errors={errors} />);
}

Deno.test("ConfigFields never writes a secret, stored or typed", () => {
  const typed = render({ token: "sk-typed-by-somebody" });
  const stored = render({ token: { set: true } });

  assert.doesNotMatch(typed, /sk-typed/);
  assert.match(stored, /Replace/);
  assert.doesNotMatch(render({ token: { set: false } }), /Replace/);
});

Deno.test("ConfigFields escapes what it shows", () => {
  const html = render({ address: '"><script>alert(1)</script>' });

  assert.doesNotMatch(html, /<script>/);
});

Deno.test("ConfigFields folds what is advanced, unless it is wrong", () => {
  const isOpen = (html: string) => /<details[^>]* open/.test(html);

  assert.equal(isOpen(render({})), false);
  assert.equal(isOpen(render({}, { limit: "Limit is too large." })), true);
});

Deno.test("ConfigFields shows values and errors in the chosen variant only", () => {
  const html = render(
    { inbound: { kind: "push", host: "mail.example" } },
    { "inbound.host": "Host is not reachable." },
  );

  assert.equal(html.split("mail.example").length - 1, 1);
  assert.equal(html.split("Host is not reachable.").length - 1, 1);
  const input = /<input[^>]*name="config\.inbound\[push\]\.host"[^>]*>/.exec(html)?.[0] ?? "";
  assert.match(input, /value="mail\.example"/);
  assert.match(input, /aria-invalid="true"/);
});

Deno.test("ConfigFields labels every control", () => {
  const html = render({});

  for (const [, id] of html.matchAll(/<(?:input|select|textarea)[^>]* id="([^"]+)"/g)) {
    assert.ok(html.includes(`for="${id}"`), `no label for ${id}`);
  }
});

Deno.test("ConfigFields shows what cannot be chosen here with its reason, and keeps what was chosen", () => {
  const schema = z.toJSONSchema(
    z.strictObject({
      inbound: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("receiver"), host: z.string() }).meta({ needs: "port" }),
        z.strictObject({ kind: z.literal("imap"), host: z.string() }),
      ]),
    }),
    { io: "input" },
  );
  const missing = configFields(schema, { port: "No port is open." });
  const html = (config: Readonly<Record<string, unknown>>) =>
    renderToString(<ConfigFields fields={missing} config={config} errors={{}} />);
  const radio = (text: string, value: string) =>
    new RegExp(`<input[^>]*value="${value}"[^>]*>`).exec(text)?.[0] ?? "";

  assert.match(html({}), /No port is open\./);
  assert.match(radio(html({}), "receiver"), /disabled/);
  assert.match(radio(html({}), "imap"), /checked/);
  assert.doesNotMatch(html({}), /config\.inbound\[receiver\]\.host/);
  assert.doesNotMatch(radio(html({ inbound: { kind: "receiver" } }), "receiver"), /disabled/);
});

Deno.test("ConfigFields shows each row of a list, what is wrong in it, and an empty one to add", () => {
  const rows = configFields(z.toJSONSchema(
    z.strictObject({
      replies: z.array(z.strictObject({ ref: z.string(), text: z.string() })).max(2),
    }),
    { io: "input" },
  ));
  const show = (config: Record<string, unknown>, errors: Record<string, string> = {}) =>
    renderToString(<ConfigFields fields={rows} config={config} errors={errors} />);
  const one = { ref: "sale", text: "Hello" };

  const html = show({ replies: [one] }, { "replies.0.ref": "It is taken." });
  assert.match(html, /<input[^>]*value="sale"[^>]*name="config\.replies\.0\.ref"/);
  assert.match(html, /It is taken\./);
  assert.match(html, /name="config\.replies\.1\.ref"/);
  assert.doesNotMatch(show({ replies: [one, one] }), /replies\.2/, "there may be no third");
});
