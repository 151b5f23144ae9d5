import type { ApiImport } from "../../core/model/api_admin.ts";
import { Button } from "./Button.tsx";
import type { IconName } from "./icon_names.ts";
import { Progress } from "./Progress.tsx";
import { Status } from "./Status.tsx";

export interface ImportRowProps {
  readonly one: ApiImport;
  /** Takes the forms. */
  readonly action: string;
}

interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly state?: "ok" | "warn" | "failed" | undefined;
}

const LOOKS: Readonly<Record<ApiImport["state"], Look>> = {
  waiting: { word: "Waits for its turn", icon: "clock" },
  running: { word: "Importing", icon: "refresh" },
  done: { word: "Done", icon: "check", state: "ok" },
  failed: { word: "Failed", icon: "alert", state: "failed" },
  canceled: { word: "Stopped", icon: "x" },
};

/** One import: how far it is, and what can be done about it. */
export function ImportRow({ one, action }: ImportRowProps) {
  const { id, folder, state, done, total, error } = one;
  const { word, icon, ...look } = LOOKS[state];
  const isOpen = state === "waiting" || state === "running";
  const canGoOn = state === "failed" || state === "canceled";
  const isRetrying = state === "running" && error !== null;
  const percent = state === "done" ? 100 : total ? (done ?? 0) / total * 100 : 0;
  return (
    <li class="box-row import-row">
      <div class="grow">
        <div class="import-head">
          <b class="truncate">{folder}</b>
          <Status icon={isRetrying ? "warning" : icon} state={isRetrying ? "warn" : look.state}>
            {isRetrying ? "Tries again" : word}
          </Status>
        </div>
        <Progress
          percent={percent}
          label={`Import of ${folder}`}
          state={state === "done" ? "ok" : isOpen ? undefined : "quiet"}
        />
        <small>{countsOf(one)}</small>
        {error !== null && <small class="import-error">{error}</small>}
      </div>
      {(isOpen || canGoOn) && (
        <form method="post" action={action}>
          <input type="hidden" name="id" value={id} />
          <Button size="small" type="submit" name="action" value={isOpen ? "cancel" : "resume"}>
            {isOpen ? "Stop" : "Go on"}
            <span class="sr">importing {folder}</span>
          </Button>
        </form>
      )}
    </li>
  );
}

function countsOf({ state, done, total, taken, failed }: ApiImport): string {
  if (state === "done" && total === 0) return "There was nothing to import";
  if (total === null) return state === "waiting" ? "Not begun" : "Looking what there is";
  const parts = [
    `${counted(done ?? 0)} of ${counted(total)} looked at`,
    `${counted(taken - failed)} brought in`,
    ...failed === 0 ? [] : [`${counted(failed)} unreadable, kept in the journal`],
  ];
  return parts.join(" · ");
}

/** The same on every machine: the server and the browser write it. */
function counted(count: number): string {
  return count.toLocaleString("en-US");
}
