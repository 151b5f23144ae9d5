import assert from "node:assert/strict";
import { authorOf } from "./author_of.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import type { ApiMessage } from "../../../core/model/api.ts";

/** What `authorOf` reads of a model and a message; the rest of them is of no use here. */
function nameOf(author: Partial<ApiMessage["author"]>, more: Partial<ApiMessage> = {}): string {
  const model = {
    data: { people: [], me: { id: "usr_1" } },
    current: { value: { contactId: "con_1", contactName: "Ana Moreau" } },
  } as unknown as Pick<WorkspaceModel, "data" | "current">;
  const whole = { type: "contact", id: "con_1", name: "Visitor", ...author };
  return authorOf(model, { author: whole, ...more } as unknown as ApiMessage).name;
}

Deno.test("authorOf() calls the customer as they are called now, and others as they were", () => {
  assert.equal(nameOf({}), "Ana Moreau");
  assert.equal(nameOf({ id: "con_2", name: "Ben" }), "Ben");
  assert.equal(nameOf({ type: "user", id: "usr_1", name: "Nora Visser" }), "You");
  assert.equal(nameOf({ type: "user", id: "usr_2", name: "Marco" }), "Marco");
  assert.equal(nameOf({ type: "user", id: null, name: "App 55" }, { isOutside: true }), "App 55");
});
