import { useEffect, useRef } from "preact/hooks";
import type { State } from "../state.ts";
import { fill } from "@/core/model/fill.ts";
import { useWidget } from "./context.ts";
import { Home } from "./Home.tsx";
import { LinkOffer } from "./LinkOffer.tsx";
import { Problem } from "./Problem.tsx";
import { ThreadScreen } from "./ThreadScreen.tsx";

/** The whole panel. */
export function App({ state }: { readonly state: State }) {
  const { chat, language, onClose } = useWidget();
  const { config, thread, problem } = state;
  const panel = useRef<HTMLElement>(null);

  // Focus goes to the field in a thread, else to the panel, whose name is read and whose first button is next.
  useEffect(() => {
    if (!state.isOpen) return;
    const field = panel.current?.querySelector<HTMLElement>("textarea");
    (field ?? panel.current)?.focus();
  }, [state.isOpen, state.visit]);

  if (config === null) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
  };
  const dropFiles = (event: DragEvent) => {
    event.preventDefault();
    const files = [...event.dataTransfer?.files ?? []];
    if (thread !== null && files.length > 0) chat.attach(files);
  };
  return (
    <section
      class="pw-panel"
      ref={panel}
      tabIndex={-1}
      aria-label={fill(language.texts.chatWith, { name: config.title })}
      onKeyDown={onKeyDown}
      onDragOver={(event) => event.preventDefault()}
      onDrop={dropFiles}
    >
      {state.link !== null
        ? <LinkOffer config={config} link={state.link} />
        : problem !== null
        ? <Problem config={config} problem={problem} />
        : thread === null
        ? <Home state={state} config={config} />
        : <ThreadScreen key="thread" state={state} config={config} thread={thread} />}
      {config.poweredBy && (
        <footer class="pw-foot">
          {language.texts.by} <b>Parley</b>
        </footer>
      )}
    </section>
  );
}
