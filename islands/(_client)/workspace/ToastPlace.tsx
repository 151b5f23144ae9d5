import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../../(_components)/Button.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { Toast } from "../../(_components)/Toast.tsx";
import type { ToastItem } from "./toast_store.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** What just happened, over everything, with the way back. */
export function ToastPlace({ model }: { readonly model: WorkspaceModel }) {
  return (
    <div class="toast-place">
      {model.toasts.items.value.map((item) => <OneToast key={item.id} model={model} item={item} />)}
    </div>
  );
}

function OneToast({ model, item }: {
  readonly model: WorkspaceModel;
  readonly item: ToastItem;
}) {
  const seconds = useSignal(secondsTo(item.endsAt, model.ports.now()));
  useEffect(() => {
    if (!item.hasCountdown) return;
    const timer = setInterval(() => {
      seconds.value = secondsTo(item.endsAt, model.ports.now());
    }, 250);
    return () => clearInterval(timer);
  }, [item]);
  return (
    <Toast
      icon={item.icon}
      action={item.action && (
        <Button kind="ghost" onClick={() => model.toasts.act(item.id)}>
          {item.action.label}
          {item.isUndo && <Kbd keys={["z"]} />}
        </Button>
      )}
    >
      <span class="truncate">
        {item.text}
        {item.hasCountdown && <span class="num" aria-hidden="true">{` in ${seconds.value} s`}
        </span>}
      </span>
    </Toast>
  );
}

function secondsTo(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1_000));
}
