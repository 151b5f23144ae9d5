import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { PickerKind, WorkspaceModel } from "../workspace_model.ts";
import { pickerItems } from "./picker_items.ts";
import { PICKER_LOOKS } from "./picker_looks.ts";
import { PickerMenu } from "./PickerMenu.tsx";

/** The menu that is open over the targets, as they were when it opened. */
export function ActionPicker({ model, kind }: {
  readonly model: WorkspaceModel;
  readonly kind: PickerKind;
}) {
  const targets = useMemo(() => model.targets.peek().map(({ id }) => id), []);
  const counts = useSignal<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    if (kind === "tag") void model.ports.api.tags().then(takeTags);
  }, []);
  function takeTags(answer: Awaited<ReturnType<typeof model.ports.api.tags>>): void {
    if (!answer.ok) return;
    model.tags.value = answer.value.items;
    counts.value = new Map(answer.value.items.map(({ name, liveCount }) => [name, liveCount]));
  }
  const conversations = targets.map((id) => model.conversations.get(id))
    .filter((one) => one !== undefined);
  return (
    <PickerMenu
      {...PICKER_LOOKS[kind]}
      anchor={kind}
      items={pickerItems(model, kind, conversations, counts.value)}
      onClose={() => model.picker.value = null}
    />
  );
}
