import assert from "node:assert/strict";
import { z } from "zod";
import { configFields, withLists } from "./config_fields.ts";
import { readConfigForm } from "./read_config_form.ts";

const Mailbox = z.strictObject({
  address: z.email().meta({ title: "Address", help: "Yours." }),
  fromName: z.string().max(60).default(""),
  accentColor: z.string().default("#2f54d6").meta({ widget: "color" }),
  port: z.int().min(1).max(65_535).default(993).meta({ advanced: true }),
  signed: z.boolean().default(true),
  security: z.enum(["tls", "none"]).meta({ labels: { tls: "Encrypted" } }),
  domains: z.array(z.string()).default([]),
  inbound: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("imap"), host: z.string().min(1) }).meta({ title: "IMAP" }),
    z.strictObject({
      kind: z.literal("push"),
      provider: z.literal("raw").default("raw"),
      host: z.string().optional(),
      secret: z.string().min(16).meta({ secret: true }),
    }),
  ]),
});
const fields = configFields(z.toJSONSchema(Mailbox, { io: "input" }));

function formOf(entries: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(entries)) form.set(name, value);
  return form;
}

Deno.test("configFields() tells each field's kind, label and whether it is needed", () => {
  const told = fields.map(({ path, kind, label, required, advanced }) => ({
    path,
    kind,
    label,
    required,
    advanced,
  }));

  assert.deepEqual(told, [
    { path: "address", kind: "text", label: "Address", required: true, advanced: false },
    { path: "fromName", kind: "text", label: "From name", required: false, advanced: false },
    { path: "accentColor", kind: "text", label: "Accent color", required: false, advanced: false },
    { path: "port", kind: "number", label: "Port", required: false, advanced: true },
    { path: "signed", kind: "toggle", label: "Signed", required: false, advanced: false },
    { path: "security", kind: "choice", label: "Security", required: true, advanced: false },
    { path: "domains", kind: "lines", label: "Domains", required: false, advanced: false },
    { path: "inbound", kind: "variants", label: "Inbound", required: true, advanced: false },
  ]);
});

Deno.test("configFields() keeps the fields of variants apart by name, together by path", () => {
  const inbound = fields.find(({ path }) => path === "inbound");

  assert.ok(inbound?.kind === "variants");
  assert.equal(inbound.tag, "kind");
  assert.deepEqual(
    inbound.variants.map(({ value, label, fields }) => [
      value,
      label,
      fields.map(({ name, path, kind }) => [name, path, kind]),
    ]),
    [
      ["imap", "IMAP", [["config.inbound[imap].host", "inbound.host", "text"]]],
      ["push", "Push", [
        ["config.inbound[push].provider", "inbound.provider", "constant"],
        ["config.inbound[push].host", "inbound.host", "text"],
        ["config.inbound[push].secret", "inbound.secret", "secret"],
      ]],
    ],
  );
});

Deno.test("configFields() uses labels of choices and limits of numbers", () => {
  const security = fields.find(({ path }) => path === "security");
  const port = fields.find(({ path }) => path === "port");

  assert.ok(security?.kind === "choice" && port?.kind === "number");
  assert.deepEqual(security.options, [
    { value: "tls", label: "Encrypted" },
    { value: "none", label: "None" },
  ]);
  assert.deepEqual([port.min, port.max, port.initial], [1, 65_535, 993]);
});

Deno.test("configFields() refuses a shape that no field can hold", () => {
  const schema = z.toJSONSchema(z.object({ rows: z.array(z.object({ a: z.array(z.number()) })) }));

  assert.throws(() => configFields(schema), /Cannot make a form field for "rows.0.a"/);
});

Deno.test("readConfigForm() reads what the schema accepts", () => {
  const config = readConfigForm(
    fields,
    formOf({
      "config.address": "support@veloce.example",
      "config.port": "143",
      "config.signed": "on",
      "config.security": "tls",
      "config.domains": "shop.example\r\n\r\n *.veloce.example \n",
      "config.inbound": "push",
      "config.inbound[imap].host": "imap.example",
      "config.inbound[push].secret": "0123456789abcdef",
    }),
  );

  assert.deepEqual(Mailbox.parse(config), {
    address: "support@veloce.example",
    fromName: "",
    accentColor: "#2f54d6",
    port: 143,
    signed: true,
    security: "tls",
    domains: ["shop.example", "*.veloce.example"],
    inbound: { kind: "push", provider: "raw", secret: "0123456789abcdef" },
  });
});

Deno.test("readConfigForm() leaves an empty secret out, so that the stored one stays", () => {
  const config = readConfigForm(fields, formOf({ "config.inbound": "push" }));

  assert.deepEqual(config.inbound, { kind: "push", provider: "raw" });
});

Deno.test("readConfigForm() over a stored config clears what was emptied and keeps stored secrets", () => {
  const stored = { inbound: { kind: "push", secret: { set: true } } };

  const config = readConfigForm(fields, formOf({ "config.inbound": "push" }), stored);

  assert.equal(config.fromName, null);
  assert.deepEqual(config.inbound, {
    kind: "push",
    provider: "raw",
    host: null,
    secret: { set: true },
  });
});

Deno.test("configFields() takes “this or null” for this", () => {
  const [field] = configFields(
    z.toJSONSchema(z.object({ url: z.url().nullable().meta({ title: "Address" }) })),
  );

  assert.equal(field?.kind, "text");
  assert.equal(field?.label, "Address");
  assert.equal(field?.required, false);
});

Deno.test("configFields() can make the form of every adapter that is installed", async () => {
  const { adapters } = await import("@/adapters/mod.ts");

  for (const adapter of adapters) {
    const made = configFields(z.toJSONSchema(adapter.config, { io: "input" }));
    assert.ok(made.every(({ label }) => label !== ""), adapter.id);
  }
});

Deno.test("readConfigForm() passes on what is wrong, for the schema to name", () => {
  const config = readConfigForm(
    fields,
    formOf({ "config.port": "many", "config.security": "x", "config.inbound": "fax" }),
  );

  const issues = Mailbox.safeParse(config).error?.issues.map(({ path }) => path.join("."));
  assert.deepEqual(issues?.sort(), ["address", "inbound.kind", "port", "security"]);
});

Deno.test("readConfigForm() takes files sent as text fields for nothing", () => {
  const form = new FormData();
  form.set("config.address", new File(["x"], "x.txt"));

  assert.equal(readConfigForm(fields, form).address, "");
});

Deno.test("readConfigForm() reads the rows of a list in order, without those left empty", () => {
  const Replies = z.strictObject({
    replies: z.array(z.strictObject({ ref: z.string().min(1), text: z.string().optional() })),
  });
  const rows = configFields(z.toJSONSchema(Replies, { io: "input" }));

  const config = readConfigForm(
    rows,
    formOf({
      "config.replies.10.ref": "third",
      "config.replies.0.ref": "",
      "config.replies.0.text": "",
      "config.replies.2.ref": "first",
      "config.replies.2.text": "Hello",
      "config.replies.9999.ref": "far",
      "config.replies.x.ref": "no row",
      "config.repliesX.1.ref": "another",
    }),
  );

  assert.deepEqual(config, { replies: [{ ref: "first", text: "Hello" }, { ref: "third" }] });
  assert.equal(configFields(z.toJSONSchema(Replies, { io: "input" }))[0]?.kind, "rows");
});

Deno.test("configFields() leaves out what has a page of its own, which a saved form then leaves alone", () => {
  const [only, ...rest] = configFields({
    properties: {
      rows: { type: "array", items: { type: "object" }, ownPage: true },
      title: { type: "string" },
    },
  });
  assert.equal(only?.path, "title");

  const config = readConfigForm([only, ...rest], formOf({ "config.title": "" }), { rows: [1] });

  assert.deepEqual(config, { title: null });
});

Deno.test("withLists() fills in the choices that only the page knows", () => {
  const made = configFields({
    properties: { replyChannelId: { type: "string", widget: "mail_channel" } },
  });

  const [field] = withLists(made, { mail_channel: [{ value: "chn_1", label: "Support" }] });

  assert.ok(field?.kind === "choice");
  assert.deepEqual(field.options.map(({ value }) => value), ["", "chn_1"]);
  const form = formOf({ "config.replyChannelId": "" });
  assert.deepEqual(readConfigForm(made, form, { replyChannelId: "chn_1" }), {
    replyChannelId: null,
  });
});
