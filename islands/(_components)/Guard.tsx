import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

export interface GuardProps {
  /** "Giulia wrote while you did". */
  readonly title: string;
  /** The newer messages: who and first words. */
  readonly news: readonly { readonly id: string; readonly name: string; readonly text: string }[];
  /** Send anyway, and keep writing. */
  readonly actions: ComponentChildren;
}

/** The conversation moved on while you wrote: nothing was sent, here is what is new. */
export function Guard({ title, news, actions }: GuardProps) {
  return (
    <div class="guard" role="alert">
      <div>
        <Icon name="warning" />
        {title}
      </div>
      <ul>
        {news.map(({ id, name, text }) => (
          <li key={id}>
            <b>{name}</b>
            <span class="truncate" title={text}>{text}</span>
          </li>
        ))}
      </ul>
      <div class="cluster">{actions}</div>
    </div>
  );
}
