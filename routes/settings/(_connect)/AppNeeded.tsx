import type { FoundSuggestion, SuggestedWay } from "@/core/mod.ts";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { FoundAddress } from "./FoundAddress.tsx";
import { HelpText } from "./HelpText.tsx";
import { appHref, wayHref } from "./way_href.ts";

export interface AppNeededProps {
  readonly action: string;
  readonly suggestion: FoundSuggestion;
  /** Signs in with a kind of app of which there is none. */
  readonly way: SuggestedWay & { readonly appKind: string };
  readonly inboxId: string;
}

/** The only good way signs in with an app, and there is none yet. */
export function AppNeeded({ action, suggestion, way, inboxId }: AppNeededProps) {
  const { address, ways } = suggestion;
  const others = ways.filter(({ id }) => id !== way.id);
  const why = others.map(({ help }) => help).find((help) => help !== "") ?? "";
  return (
    <div class="page-cols">
      <div class="stack connect">
        <FoundAddress {...{ action, suggestion, way }} />
        <HelpText
          text={`${why} Parley signs in there as a client of your own. It is registered once, and all your mailboxes use it.`
            .trim()}
        />
        <div class="cluster">
          <LinkButton
            kind="primary"
            size="large"
            href={appHref(way.appKind, action, address, inboxId)}
          >
            Add the client
          </LinkButton>
          {others.map(({ id, title }) => (
            <a key={id} class="link meta" href={wayHref(action, address, id, inboxId)}>{title}</a>
          ))}
        </div>
      </div>
    </div>
  );
}
