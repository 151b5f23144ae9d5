/** Lists that pop up above the composer while somebody writes "@", ":" or "/": the part that watches for the signs. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import type { DraftKind } from "./drafts.ts";
import { lazyPart } from "./lazy_part.tsx";
import { type ReadSign, readSign } from "./suggest/read_sign.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

const SuggestMenu = lazyPart(() =>
  import("./suggest/SuggestMenu.tsx").then((file) => file.SuggestMenu)
);

export interface Suggestions {
  /** Above the words; null while nothing is picked. */
  readonly menu: ComponentChildren;
  /** Id of the option the keyboard is on. */
  readonly activeOption: string | null;
  /** After something was written, or the caret moved. */
  readonly look: () => void;
  /** @returns whether the key was for the list */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** Writes a sign and shows what it offers. */
  readonly ask: (sign: ReadSign["sign"]) => void;
}

export function useSuggestions(
  model: WorkspaceModel,
  conversation: ApiConversation,
  kind: DraftKind,
): Suggestions {
  const read = useSignal<ReadSign | null>(null);
  const isAsked = useSignal(false);
  const activeOption = useSignal<string | null>(null);
  /** What was closed by Escape stays closed until another sign is written. */
  const closed = useRef<ReadSign["sign"] | null>(null);
  const keys = useRef((_event: KeyboardEvent): boolean => false);
  const look = () => {
    const found = readSign(model.writing.peek()?.lineBefore() ?? null);
    if (found === null) {
      closed.current = null;
      isAsked.value = false;
    }
    const shown = found?.sign === closed.current ? null : found;
    const before = read.peek();
    if (shown?.sign !== before?.sign || shown?.query !== before?.query) read.value = shown;
  };
  return {
    menu: read.value !== null && (
      <SuggestMenu
        key={`${conversation.id} ${kind} ${read.value.sign}`}
        model={model}
        conversation={conversation}
        kind={kind}
        read={read.value}
        isAsked={isAsked.value}
        keys={keys}
        onActive={(id) => activeOption.value = id}
        onClose={() => {
          closed.current = read.peek()?.sign ?? null;
          read.value = null;
          isAsked.value = false;
        }}
      />
    ),
    activeOption: activeOption.value,
    look,
    onKey: (event) => read.peek() !== null && keys.current(event),
    ask(sign) {
      const writing = model.writing.peek();
      if (writing === null) return;
      writing.focus();
      isAsked.value = true;
      closed.current = null;
      const line = writing.lineBefore() ?? "";
      writing.insert({ text: line === "" || line.endsWith(" ") ? sign : ` ${sign}` });
      look();
    },
  };
}
