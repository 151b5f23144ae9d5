import type { Principal } from "../../access/mod.ts";
import type { MacroInput, Macros } from "../../macros/mod.ts";
import type { SnippetInput, Snippets } from "../../snippets/mod.ts";

const EVERYONE = { kind: "everyone" } as const;

const SNIPPETS: readonly SnippetInput[] = [
  {
    name: "Bike is ready",
    shortcut: "ready",
    folder: "Workshop",
    text:
      "Hi {{contact.firstName|there}},\n\nYour bike is ready. You can pick it up Tuesday to Saturday, 9:00 to 18:00.\n\n{{agent.firstName|Veloce}}",
  },
  {
    name: "Warranty",
    shortcut: "warranty",
    folder: "Workshop",
    text:
      "Hi {{contact.firstName|there}}, your bike is still under warranty. Could you send us a photo of the frame number?",
  },
  {
    name: "Opening hours",
    shortcut: "hours",
    text: "We are open Tuesday to Saturday, 9:00 to 18:00, at Oudegracht 118 in Utrecht.",
  },
];

const MACROS: readonly MacroInput[] = [
  {
    name: "Parts ordered",
    folder: "Workshop",
    text:
      "Hi {{contact.firstName|there}}, we have ordered the parts. They take about five days; we write as soon as they are here.",
    actions: [
      { type: "reply" },
      { type: "tags", add: ["parts"] },
      { type: "snooze", minutes: 5 * 24 * 60 },
    ],
    when: "reply",
  },
  {
    name: "Urgent, mine",
    actions: [{ type: "priority", priority: "urgent" }, { type: "assign", to: "me" }],
  },
];

/**
 * Words and steps the shop's team shares.
 * @throws Error when a command refuses
 */
export async function seedSnippets(
  core: {
    readonly snippets: Pick<Snippets, "create">;
    readonly macros: Pick<Macros, "create">;
  },
  seeder: Principal,
): Promise<void> {
  for (const snippet of SNIPPETS) {
    const made = await core.snippets.create(seeder, { ...snippet, sharing: EVERYONE });
    if (!made.ok) throw new Error(`Cannot seed snippet: ${JSON.stringify(made.error)}`);
  }
  for (const macro of MACROS) {
    const made = await core.macros.create(seeder, { ...macro, sharing: EVERYONE });
    if (!made.ok) throw new Error(`Cannot seed macro: ${JSON.stringify(made.error)}`);
  }
}
