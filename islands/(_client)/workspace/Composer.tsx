import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { ComposerShell } from "../../(_components)/ComposerShell.tsx";
import { flag } from "../../(_components)/flag.ts";
import { send } from "./actions.ts";
import { addFiles } from "./add_files.ts";
import { BelowLetter } from "./BelowLetter.tsx";
import { ComposerAddresses } from "./ComposerAddresses.tsx";
import { ComposerFiles } from "./ComposerFiles.tsx";
import { ComposerFrom } from "./ComposerFrom.tsx";
import { ComposerStandstill } from "./ComposerStandstill.tsx";
import { ComposerText } from "./ComposerText.tsx";
import { ComposerTools } from "./ComposerTools.tsx";
import { isWanted } from "./composer_state.ts";
import { DraftState } from "./DraftState.tsx";
import { IdleComposer } from "./IdleComposer.tsx";
import { lazyPart } from "./lazy_part.tsx";
import { letterStandstill } from "./letter_standstill.ts";
import { SendButtons } from "./SendButtons.tsx";
import { blockOf } from "./send_block.ts";
import { limitWords, textRoom } from "./text_limit.ts";
import { useOutsideFiles } from "./use_outside_files.ts";
import { useSuggestions } from "./use_suggestions.tsx";
import { useTypingSign } from "./use_typing_sign.ts";
import { useWindowEnd } from "./use_window_end.ts";
import { unfilledWords } from "./unfilled_words.ts";
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

const ComposerGuard = lazyPart(
  () => import("./ComposerGuard.tsx").then((file) => file.ComposerGuard),
);
const ComposerNews = lazyPart(
  () => import("./ComposerNews.tsx").then((file) => file.ComposerNews),
);
const OtherDraft = lazyPart(() => import("./OtherDraft.tsx").then((file) => file.OtherDraft));
const WaitingNotice = lazyPart(
  () => import("./WaitingNotice.tsx").then((file) => file.WaitingNotice),
);
const QuickReplyEditor = lazyPart(
  () => import("./QuickReplyEditor.tsx").then((file) => file.QuickReplyEditor),
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
  const isOffering = useSignal(false);
  const hasQuickReplies = traits.quickReplies !== null;
  useEffect(() => {
    // Whoever asks for it writes at once.
    if (hasQuickReplies) QuickReplyEditor.preload();
  }, [hasQuickReplies]);
  const sayTyping = useTypingSign(model, id, kind === "reply" && traits.hasTyping);
  const isEmpty = state.text === "" && state.html === null && state.files.length === 0;
  // A picture that is among the words needs no card below them, once it is there.
  const listed = state.files.filter((file) =>
    isWanted(file, state) && (!file.isInline || file.attachment === null)
  );
  const isRich = kind === "comment" || traits.isRich;
  const suggestions = useSuggestions(model, conversation, kind);
  const isDragged = useOutsideFiles(place, (files) => {
    isOpen.value = true;
    addFiles(model, conversation, kind, files);
  });
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
  const unfilled = unfilledWords(state.text);
  const limits = [
    closing,
    words === null ? null : { text: words, near: true },
    unfilled === null ? null : { text: unfilled, near: true },
  ].filter((limit) => limit !== null);
  const block = blockOf(state, isTemplate);
  const isBlocked = state.guard !== null || (block !== null && block !== "empty") ||
    (kind === "reply" && room.isOver && !isTemplate) ||
    (standstill !== null && (!isTemplate || block !== null));

  const focus = () => model.writing.peek()?.focus();
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
  const asked = useRef(model.snippetAsked.peek());
  useEffect(() => {
    if (model.snippetAsked.value === asked.current) return;
    asked.current = model.snippetAsked.value;
    suggestions.ask("/");
  }, [model.snippetAsked.value]);

  const submit = async (then: string, sendAt?: number) => {
    if (isBlocked) return;
    const sending = block === null ? send(model, { thenClose: then === "close", sendAt }) : null;
    focus();
    if (then === "snooze" && (await sending)?.kind === "sent") model.picker.value = "snooze";
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void submit(event.submitter instanceof HTMLButtonElement ? event.submitter.value : "");
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
    void submit(event.shiftKey ? "close" : "");
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    // Before the words take it: Enter chooses while a list is open.
    if (!suggestions.onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    addFiles(model, conversation, kind, files);
  };
  const onPictures = (files: readonly File[]) => {
    const isAllowed = (file: File) =>
      file.type.startsWith("image/") && (kind === "comment" || traits.isMail);
    addFiles(model, conversation, kind, files.filter(isAllowed), { isInline: true });
    addFiles(model, conversation, kind, files.filter((file) => !isAllowed(file)));
  };

  return (
    <div
      class="composer-place"
      ref={place}
      data-idle={flag(isEmpty && !isOpen.value && model.data.compose.text === "")}
      data-drop={flag(isDragged)}
      onFocusIn={() => isOpen.value = true}
    >
      {model.waiting.value !== null && <WaitingNotice model={model} conversationId={id} />}
      <IdleComposer model={model} name={name} />
      <ComposerShell
        kind={kind}
        above={suggestions.menu}
        form={{
          encType: "multipart/form-data",
          onSubmit,
          onKeyDown,
          onKeyDownCapture,
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
          : model.drafts.othersOf(id, kind).length > 0
          ? <OtherDraft model={model} conversation={conversation} kind={kind} />
          : standstill && <ComposerStandstill standstill={standstill} />}
        recipients={traits.isMail && kind === "reply" && (
          <ComposerAddresses model={model} conversation={conversation} />
        )}
        files={listed.length > 0 && (
          <ComposerFiles model={model} conversationId={id} kind={kind} files={listed} />
        )}
        limit={limits[0]}
        room={limits[1]?.text}
        tools={!isTemplate && (
          <ComposerTools
            model={model}
            conversation={conversation}
            kind={kind}
            isRich={isRich}
            onSnippet={() => suggestions.ask("/")}
            onEmoji={() => suggestions.ask(":")}
            onQuickReplies={() => {
              isOffering.value = true;
              if (state.quickReplies.length === 0) model.composers.offer(id, [""]);
            }}
          />
        )}
        end={
          <>
            <DraftState model={model} conversationId={id} kind={kind} />
            <SendButtons
              kind={kind}
              isBlocked={isBlocked}
              isGuarded={state.guard !== null}
              clock={model.clock.value}
              onLater={(at) => void submit("", at)}
            />
          </>
        }
      >
        <input type="hidden" name="action" value="write" />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="id" value={model.data.compose.messageId} />
        {isTemplate
          ? <TemplatePicker model={model} conversation={conversation} chosen={state.template} />
          : (
            <ComposerText
              model={model}
              conversation={conversation}
              kind={kind}
              isRich={isRich}
              label={kind === "reply" ? `Reply to ${conversation.contactName}` : "Comment"}
              placeholder={kind === "reply" ? `Reply to ${name}` : "Tell your team"}
              activeOption={suggestions.activeOption}
              onWritten={(text) => {
                suggestions.look();
                sayTyping(text !== "");
                if (text !== "") model.attendant.type();
              }}
              onPictures={onPictures}
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
        {kind === "reply" && state.guard === null && (
          <ComposerNews model={model} conversation={conversation} />
        )}
        {traits.isMail && kind === "reply" && <BelowLetter model={model} conversationId={id} />}
      </ComposerShell>
    </div>
  );
}

function firstName(name: string): string {
  return name.split(" ", 1)[0] || "the customer";
}
