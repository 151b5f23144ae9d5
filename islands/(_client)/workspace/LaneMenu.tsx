import { useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";
import { useMenu } from "./use_menu.ts";
import { LANE_WORDS } from "./view_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute, LANES } from "./workspace_route.ts";

const EVERYTHING = "Everything";

/** Which sort of mail the list shows, of those that no person began. */
export function LaneMenu({ model }: { readonly model: WorkspaceModel }) {
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  const route = model.navigation.route.value;
  const shown = route.lane === undefined ? EVERYTHING : LANE_WORDS[route.lane];
  const label = `Show: ${shown.toLowerCase()}`;
  return (
    <details class="dropdown" name="dropdown" ref={details} onKeyDown={menu.onKeyDown}>
      <summary
        class="button"
        data-kind="ghost"
        data-icon={route.lane === undefined ? "" : undefined}
        title={label}
      >
        <Icon name="filter" />
        {route.lane === undefined ? <span class="sr">{label}</span> : (
          <>
            <span class="sr">Show:</span>
            {shown}
          </>
        )}
      </summary>
      <div class="menu" role="group" aria-label="Show" onClick={menu.close}>
        {([undefined, ...LANES] as const).map((lane) => (
          <a
            key={lane ?? ""}
            class="menu-item"
            href={formatRoute({ ...route, lane, conversationId: null, pane: null })}
            aria-current={lane === route.lane ? "true" : undefined}
          >
            {lane === undefined ? EVERYTHING : LANE_WORDS[lane]}
            {lane === route.lane && <Icon name="check" size={14} />}
          </a>
        ))}
      </div>
    </details>
  );
}
