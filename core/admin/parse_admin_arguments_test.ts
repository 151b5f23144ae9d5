import assert from "node:assert/strict";
import { parseAdminArguments } from "./parse_admin_arguments.ts";

function commandOf(...args: string[]) {
  const parsed = parseAdminArguments(args);
  assert(parsed.ok, JSON.stringify(parsed));
  const { value } = parsed;
  return value.needsPassword ? value.command("typed password") : value.command;
}

Deno.test("parseAdminArguments() reads every command with its options in any place", () => {
  assert.deepEqual(commandOf("user", "create", "ada.lovelace@parley.example"), {
    name: "user create",
    email: "ada.lovelace@parley.example",
    displayName: "ada.lovelace",
    role: "agent",
    inboxes: [],
    password: "typed password",
  });
  assert.deepEqual(
    commandOf(
      "user",
      "--role",
      "admin",
      "create",
      "--inbox=Sales",
      "a@b.example",
      "--name",
      "Ada L",
      "--inbox",
      "Repairs",
    ),
    {
      name: "user create",
      email: "a@b.example",
      displayName: "Ada L",
      role: "admin",
      inboxes: ["Sales", "Repairs"],
      password: "typed password",
    },
  );
  assert.deepEqual(commandOf("user", "password", "a@b.example"), {
    name: "user password",
    email: "a@b.example",
    password: "typed password",
  });
  assert.deepEqual(commandOf("user", "deactivate", "a@b.example"), {
    name: "user deactivate",
    email: "a@b.example",
  });
  assert.deepEqual(commandOf("token", "create", "Nightly export", "--role=viewer"), {
    name: "token create",
    tokenName: "Nightly export",
    role: "viewer",
  });
  assert.deepEqual(commandOf("doctor"), { name: "doctor" });
  assert.deepEqual(commandOf("doctor", "--rebuild"), { name: "doctor", rebuild: true });
});

Deno.test("parseAdminArguments() says who makes the password", () => {
  const asked = parseAdminArguments(["user", "password", "a@b.example"]);
  const made = parseAdminArguments(["user", "password", "a@b.example", "--generate"]);

  assert(asked.ok && made.ok);
  assert.deepEqual([asked.value.generatesPassword, made.value.generatesPassword], [false, true]);
});

for (
  const [args, message] of [
    [[], 'There is no command ""'],
    [["user"], 'There is no command "user"'],
    [["user", "paint", "a@b.example"], 'There is no command "user paint a@b.example"'],
    [["constructor"], 'There is no command "constructor"'],
    [["user", "create"], '"user create" needs an email address'],
    [["token", "create"], '"token create" needs a name'],
    [["user", "create", "a@b.example", "extra"], '"user create" takes no "extra"'],
    [["doctor", "now"], '"doctor" takes no "now"'],
    [["user", "create", "a@b.example", "--role", "king"], '"king" is not a role'],
    [["user", "create", "a@b.example", "--role"], "--role needs a value"],
    [["user", "create", "a@b.example", "--name="], "--name needs a value"],
    [["user", "create", "a@b.example", "--password=x"], "There is no option --password=x"],
    [["user", "password", "a@b.example", "--generate=x"], "There is no option --generate=x"],
    [["doctor", "--role=owner"], '"doctor" takes no --role'],
  ] as const
) {
  Deno.test(`parseAdminArguments() refuses ${JSON.stringify(args)}`, () => {
    assert.deepEqual(parseAdminArguments(args), { ok: false, error: message });
  });
}
