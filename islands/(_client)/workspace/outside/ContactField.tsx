import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ApiContact } from "../../../../core/model/api.ts";
import { Select } from "../../../(_components)/Select.tsx";
import { TextField } from "../../../(_components)/TextField.tsx";
import type { WorkspaceModel } from "../workspace_model.ts";

const ASK_AFTER_MS = 150;
const OFFERED = 20;

/** Chooses a contact who has written over a channel: nobody else can be written to there. */
export function ContactField({ model, channelName, chosenId, onChoose }: {
  readonly model: WorkspaceModel;
  readonly channelName: string;
  readonly chosenId: string | null;
  readonly onChoose: (id: string | null) => void;
}) {
  const query = useSignal("");
  const found = useSignal<readonly ApiContact[]>([]);
  useEffect(() => {
    const wanted = query.value.trim();
    if (wanted === "") return;
    let isOver = false;
    const cancel = model.ports.after(ASK_AFTER_MS, async () => {
      const answer = await model.ports.api.findContacts(wanted, OFFERED);
      if (isOver || !answer.ok) return;
      found.value = answer.value.items;
      onChoose(answer.value.items[0]?.id ?? null);
    });
    return () => {
      isOver = true;
      cancel();
    };
  }, [query.value]);
  return (
    <>
      <TextField
        label="Find a customer"
        name="contact"
        type="search"
        value={query.value}
        hint={`Whoever has written over ${channelName}`}
        onInput={(event) => query.value = event.currentTarget.value}
      />
      {found.value.length > 0 && (
        <Select
          label="To"
          name="contactId"
          value={chosenId ?? ""}
          options={found.value.map(({ id, name, emails }) => ({
            value: id,
            label: [name, emails[0]].filter(Boolean).join(" · ") || "Visitor",
          }))}
          onChange={(event) => onChoose(event.currentTarget.value)}
        />
      )}
    </>
  );
}
