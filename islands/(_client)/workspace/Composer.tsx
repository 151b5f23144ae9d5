import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { ComposerShell } from "../../(_components)/ComposerShell.tsx";
import { flag } from "../../(_components)/flag.ts";
import { IconButton } from "../../(_components)/IconButton.tsx";
import { send } from "./actions.ts";
import { addFiles } from "./add_files.ts";
import { BelowLetter } from "./BelowLetter.tsx";
import { ComposerAddresses } from "./ComposerAddresses.tsx";
import { ComposerFiles } from "./ComposerFiles.tsx";
import { ComposerFrom } from "./ComposerFrom.tsx";
import { ComposerGuard } from "./ComposerGuard.tsx";
import { ComposerStandstill } from "./ComposerStandstill.tsx";
import { FileButton } from "./FileButton.tsx";
import { IdleComposer } from "./IdleComposer.tsx";
import { lazyPart } from "./lazy_part.tsx";
import { letterStandstill } from "./letter_standstill.ts";
import { QuickReplyEditor } from "./QuickReplyEditor.tsx";
import { SendButtons } from "./SendButtons.tsx";
import { blockOf } from "./send_message.ts";
import { limitWords, textRoom } from "./text_limit.ts";
import { useTypingSign } from "./use_typing_sign.ts";
import { useWindowEnd } from "./use_window_end.ts";
import { standstillOf, windowWords } from "./window_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

const TemplatePicker = lazyPart(
  () => import("./TemplatePicker.tsx").then((file) => file.TemplatePicker),
  {
    fallback: (
      <p class="composer-text template-note" aria-busy="true">
        Reading the templates … <noscript>They can be chosen with JavaScript only.</noscript>
      </p>
    ),
  },
);

export interface ComposerProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}

/** Where an agent answers, or tells the team. */
export function Composer({ model, conversation }: ComposerProps) {
  const { id, version } = conversation;
  const kind = model.composeKind.value;
  const state = model.composers.get(id, kind);
  const traits = model.traitsOf(conversation);
  const place = useRef<HTMLDivElement>(null);
  const isOpen = useSignal(false);
  const isDragged = useSignal(false);
  const isOffering = useSignal(false);
  const sayTyping = useTypingSign(model, id, kind === "reply" && traits.hasTyping);
  const isEmpty = state.text === "" && state.files.length === 0;
  const room = textRoom(state.text, traits.text);
  const words = kind === "reply" ? limitWords(room, traits.text) : null;
  const name = firstName(conversation.contactName);
  useWindowEnd(model, conversation);
  const { contact = null } = model.currentThread.value ?? {};
  const standstill = kind === "reply"
    ? standstillOf(conversation, contact, name) ??
      (traits.isMail ? letterStandstill(model.replies.get(id), state.recipients, name) : null)
    : null;
  const isTemplate = standstill?.hasTemplates === true;
  // Drawn anew each minute; between, the page's clock is behind, and there never is more time than is said.
  const now = Math.max(model.clock.value.now, model.ports.now());
  const closing = kind === "reply" && standstill === null
    ? windowWords(conversation.window, now)
    : null;
  const block = blockOf(state, isTemplate);
  const isBlocked = state.guard !== null || (block !== null && block !== "empty") ||
    (kind === "reply" && room.isOver && !isTemplate) ||
    (standstill !== null && (!isTemplate || block !== null));

  const focus = () => place.current?.querySelector("textarea")?.focus();
  // Before the next key: what is typed right after "r" belongs to the reply.
  const wantsFocus = useRef(false);
  const wishes = useRef(model.composerFocus.peek());
  useLayoutEffect(() => {
    // A composer that is drawn anew does not take up an old wish.
    if (model.composerFocus.value === wishes.current) return;
    wishes.current = model.composerFocus.value;
    wantsFocus.current = true;
    isOpen.value = true;
  }, [model.composerFocus.value]);
  useLayoutEffect(() => {
    if (!wantsFocus.current || !isOpen.value) return;
    wantsFocus.current = false;
    focus();
  });
  useEffect(() => {
    isOpen.value = false;
    isOffering.value = false;
  }, [id]);

  const submit = (thenClose: boolean) => {
    if (isBlocked) return;
    if (block === null) void send(model, { thenClose });
    focus();
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    submit(event.submitter instanceof HTMLButtonElement && event.submitter.name === "then");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit(event.shiftKey);
  };
  const onInput = (event: InputEvent) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    model.composers.write(id, kind, event.target.value, version);
    sayTyping(event.target.value !== "");
  };
  const take = (list: FileList | undefined | null) => {
    if (!list || list.length === 0) return false;
    addFiles(model, conversation, kind, [...list]);
    return true;
  };
  const onPaste = (event: ClipboardEvent) => {
    if (take(event.clipboardData?.files)) event.preventDefault();
  };
  const onDrag = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    isDragged.value = true;
  };
  const onDrop = (event: DragEvent) => {
    isDragged.value = false;
    if (take(event.dataTransfer?.files)) event.preventDefault();
  };

  return (
    <div
      class="composer-place"
      ref={place}
      data-idle={flag(isEmpty && !isOpen.value && model.data.compose.text === "")}
      data-drop={flag(isDragged.value)}
      onFocusIn={() => isOpen.value = true}
      onDragOver={onDrag}
      onDragLeave={() => isDragged.value = false}
      onDrop={onDrop}
    >
      <IdleComposer model={model} name={name} />
      <ComposerShell
        kind={kind}
        form={{
          encType: "multipart/form-data",
          onSubmit,
          onKeyDown,
          onPaste,
        }}
        hrefs={{ reply: "?compose=reply", comment: "?compose=comment" }}
        onKind={(next) => {
          model.composeKind.value = next;
          model.composerFocus.value++;
        }}
        from={<ComposerFrom model={model} conversation={conversation} />}
        guard={state.guard !== null
          ? (
            <ComposerGuard
              model={model}
              conversation={conversation}
              kind={kind}
              news={state.guard}
            />
          )
          : standstill && <ComposerStandstill standstill={standstill} />}
        recipients={traits.isMail && kind === "reply" && (
          <ComposerAddresses model={model} conversation={conversation} />
        )}
        files={state.files.length > 0 && (
          <ComposerFiles model={model} conversationId={id} kind={kind} files={state.files} />
        )}
        limit={closing ?? (words === null ? undefined : { text: words, near: true })}
        room={closing === null ? undefined : words ?? undefined}
        tools={!isTemplate && (
          <>
            {(traits.maxFiles > 0 || kind === "comment") && (
              <FileButton
                types={kind === "reply" ? traits.fileTypes : null}
                onFiles={(files) => addFiles(model, conversation, kind, files)}
              />
            )}
            {kind === "reply" && traits.quickReplies !== null && (
              <IconButton
                icon="list"
                label="Quick replies"
                onClick={() => {
                  isOffering.value = true;
                  if (state.quickReplies.length === 0) model.composers.offer(id, [""]);
                }}
              />
            )}
          </>
        )}
        end={<SendButtons kind={kind} isBlocked={isBlocked} isGuarded={state.guard !== null} />}
      >
        <input type="hidden" name="action" value="write" />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="id" value={model.data.compose.messageId} />
        {isTemplate
          ? <TemplatePicker model={model} conversation={conversation} chosen={state.template} />
          : (
            <textarea
              key={`${id} ${kind}`}
              class="composer-text"
              name="text"
              rows={2}
              aria-label={kind === "reply" ? `Reply to ${conversation.contactName}` : "Comment"}
              placeholder={kind === "reply" ? `Reply to ${name}` : "Tell your team"}
              value={state.text}
              onInput={onInput}
            />
          )}
        {kind === "reply" && !isTemplate && traits.quickReplies !== null &&
          state.quickReplies.length > 0 && (
          <QuickReplyEditor
            titles={state.quickReplies}
            limits={traits.quickReplies}
            isNew={isOffering.value}
            onChange={(titles) => model.composers.offer(id, titles)}
          />
        )}
        {traits.isMail && kind === "reply" && <BelowLetter model={model} conversationId={id} />}
      </ComposerShell>
    </div>
  );
}

function firstName(name: string): string {
  return name.split(" ", 1)[0] || "the customer";
}
