import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Chat } from "../chat.ts";
import type { Language } from "../texts.ts";

/** What every part of the widget may use. */
export interface WidgetContext {
  readonly chat: Chat;
  readonly language: Language;
  /** Asks the page to close the panel. */
  readonly onClose: () => void;
}

export const Widget = createContext<WidgetContext | null>(null);

/** @throws Error outside of {@link Widget}, which would be a bug. */
export function useWidget(): WidgetContext {
  const context = useContext(Widget);
  if (context === null) throw new Error("Cannot draw a part of the widget: it is outside of it");
  return context;
}
