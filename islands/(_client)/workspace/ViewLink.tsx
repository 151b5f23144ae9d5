import type { ComponentChildren } from "preact";
import { flag } from "../../(_components)/flag.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import type { IconName } from "../../(_components)/icon_names.ts";
import { countOf } from "./view_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute, isSameList, type WorkspaceRoute } from "./workspace_route.ts";

export interface ViewLinkProps {
  readonly model: WorkspaceModel;
  readonly to: WorkspaceRoute;
  readonly icon: IconName;
  readonly title: string;
  /** Default: what is counted for the list. */
  readonly count?: number | undefined;
  readonly children?: ComponentChildren;
}

/** One list in the pane of views. The order in which it stands makes it no other list. */
export function ViewLink({ model, to, icon, title, count, children }: ViewLinkProps) {
  const route = model.navigation.route.value;
  const number = count ?? countOf(model.conversations.counts.value, to);
  const isCurrent = isSameList({ ...route, only: undefined, sort: to.sort }, to);
  // Somebody waits for the reader, or for anybody.
  const isCalling = (to.view === "mine" || to.view === "unassigned" || to.view === "mentions") &&
    (number ?? 0) > 0;
  // An empty list says nothing.
  const isQuiet = number === 0 && to.view !== "open";
  return (
    <a
      class="view"
      href={formatRoute(to)}
      title={title}
      aria-current={isCurrent ? "page" : undefined}
      data-unread={flag(isCalling)}
    >
      <Icon name={icon} />
      <span class="truncate">{title}</span>
      {children}
      {number !== undefined && !isQuiet && <span class="num">{number}</span>}
    </a>
  );
}
