import type { FoundSuggestion, SuggestedWay } from "@/core/mod.ts";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";

export interface FoundAddressProps {
  /** Where another address is typed in. */
  readonly action: string;
  readonly suggestion: FoundSuggestion;
  readonly way: SuggestedWay;
}

/** The address, how its servers were found, and which they are. */
export function FoundAddress({ action, suggestion, way }: FoundAddressProps) {
  return (
    <div class="box">
      <div class="box-row">
        <div class="grow">
          <b>{suggestion.address}</b>
          <small>{suggestion.found}</small>
          {way.summary !== "" && <small class="code">{way.summary}</small>}
        </div>
        <LinkButton size="small" href={action}>Another address</LinkButton>
      </div>
    </div>
  );
}
