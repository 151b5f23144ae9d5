import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../(_components)/Button.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** A blink of the network is nobody's business; the second failed try is. */
const TELL_FROM_ATTEMPT = 2;

/** One quiet line while the server cannot be reached. It heals by itself. */
export function ConnectionBar({ model, onRetry }: {
  readonly model: WorkspaceModel;
  readonly onRetry: () => void;
}) {
  const isLost = useSignal(false);
  const seconds = useSignal(0);
  const link = model.link.value;
  const hasNetwork = model.hasNetwork.value;
  useEffect(() => {
    if (link.kind === "live") isLost.value = false;
    if (link.kind !== "waiting") return;
    if (link.attempt >= TELL_FROM_ATTEMPT) isLost.value = true;
    const count = () => {
      seconds.value = Math.max(0, Math.ceil((link.retryAt - model.ports.now()) / 1_000));
    };
    count();
    const timer = setInterval(count, 1_000);
    return () => clearInterval(timer);
  }, [link]);

  if (!isLost.value && hasNetwork) return null;
  return (
    <div class="banner connection">
      <Icon name="offline" />
      <span class="truncate" role="status">No connection. What you write is kept.</span>
      <span class="end meta num">
        {!hasNetwork
          ? "waiting for the network"
          : link.kind === "waiting"
          ? `again in ${seconds.value} s`
          : "trying"}
      </span>
      <Button kind="ghost" size="small" onClick={onRetry}>Try now</Button>
    </div>
  );
}
