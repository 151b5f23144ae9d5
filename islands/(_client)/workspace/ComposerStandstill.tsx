import { Icon } from "../../(_components)/Icon.tsx";
import type { Standstill } from "./window_words.ts";

/** Above the text: why nothing can be sent now, and what can be done. */
export function ComposerStandstill({ standstill }: { readonly standstill: Standstill }) {
  return (
    <div class="guard" role="status">
      <div>
        <Icon name={standstill.icon} />
        {standstill.title}
      </div>
      <p>{standstill.text}</p>
    </div>
  );
}
