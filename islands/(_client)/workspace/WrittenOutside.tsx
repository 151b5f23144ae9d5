import type { ApiMessage } from "../../../core/model/api.ts";
import { Icon } from "../../(_components)/Icon.tsx";

/** Says of a reply that it was not sent by Parley. */
export function WrittenOutside({ message }: { readonly message: ApiMessage }) {
  if (message.isOutside !== true) return null;
  return (
    <span class="by-mail" title="Written in the provider's own inbox or by another app">
      <Icon name="external" size={12} />
      not from Parley
    </span>
  );
}
