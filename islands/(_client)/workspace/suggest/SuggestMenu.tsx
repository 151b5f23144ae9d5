import { useSignal } from "@preact/signals";
import type { MutableRef } from "preact/hooks";
import { useEffect, useLayoutEffect } from "preact/hooks";
import type { ApiConversation } from "../../../../core/model/api.ts";
import { Avatar } from "../../../(_components)/Avatar.tsx";
import { flag } from "../../../(_components)/flag.ts";
import { Icon } from "../../../(_components)/Icon.tsx";
import type { DraftKind } from "../drafts.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import type { Suggestion } from "./suggestion.ts";
import type { ReadSign } from "./read_sign.ts";
import { sourceOf } from "./sources.ts";

export interface SuggestMenuProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly kind: DraftKind;
  readonly read: ReadSign;
  /** It was asked for by a button, so that it shows something for no letters too. */
  readonly isAsked: boolean;
  /** Where the keyboard's keys go first. @returns whether one was used */
  readonly keys: MutableRef<(event: KeyboardEvent) => boolean>;
  /** @param id of the option the keyboard is on */
  readonly onActive: (id: string | null) => void;
  readonly onClose: () => void;
}

const ID = "composer-suggestions";

/** A listbox above the composer. The keyboard stays in the words: arrows move, Enter and Tab take, Escape closes. */
export function SuggestMenu(props: SuggestMenuProps) {
  const { model, conversation, kind, read, isAsked, keys, onActive, onClose } = props;
  const options = useSignal<readonly Suggestion[]>([]);
  const active = useSignal(0);
  const source = sourceOf({ model, conversation, kind }, read.sign, isAsked);

  useEffect(() => {
    let isOver = false;
    const isEnough = source !== null && read.query.length >= source.minLength;
    void Promise.resolve(isEnough ? source.find(read.query) : []).then((found) => {
      if (isOver) return;
      options.value = found;
      active.value = 0;
    });
    return () => isOver = true;
  }, [read.sign, read.query, isAsked]);

  const choose = (option: Suggestion | undefined) => {
    if (option === undefined) return;
    option.choose((words) => model.writing.peek()?.insert(words, read.query.length + 1));
    onClose();
  };
  const shown = options.value;
  useLayoutEffect(() => {
    onActive(shown.length === 0 ? null : `${ID}-${active.value}`);
    keys.current = (event) => {
      if (shown.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
      switch (event.key) {
        case "ArrowDown":
        case "ArrowUp": {
          const step = event.key === "ArrowDown" ? 1 : -1;
          active.value = (active.value + step + shown.length) % shown.length;
          return true;
        }
        case "Enter":
        case "Tab":
          choose(shown[active.value]);
          return true;
        case "Escape":
          onClose();
          return true;
        default:
          return false;
      }
    };
    document.getElementById(`${ID}-${active.value}`)?.scrollIntoView({ block: "nearest" });
  });
  useEffect(() => () => {
    keys.current = () => false;
    onActive(null);
  }, []);

  if (source === null || shown.length === 0) return null;
  return (
    <div class="menu suggest-menu" role="listbox" aria-label={source.label} id={ID}>
      {shown.map((option, index) => (
        <div
          key={option.key}
          id={`${ID}-${index}`}
          class="menu-item"
          role="option"
          aria-selected={index === active.value ? "true" : "false"}
          data-active={flag(index === active.value)}
          // Before the words lose the keyboard.
          onMouseDown={(event) => {
            event.preventDefault();
            choose(option);
          }}
        >
          {option.person && <Avatar {...option.person} of="team" size={20} />}
          {option.icon && <Icon name={option.icon} />}
          {option.glyph && <span class="suggest-glyph" aria-hidden="true">{option.glyph}</span>}
          <span class="truncate">{option.words}</span>
          {option.detail && <span class="truncate suggest-detail">{option.detail}</span>}
          {option.end && <span class="end">{option.end}</span>}
        </div>
      ))}
    </div>
  );
}
