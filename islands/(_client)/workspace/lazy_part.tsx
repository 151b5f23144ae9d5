/** Parts of the page whose script is fetched when they are first needed. */
import { signal } from "@preact/signals";
import type { ComponentChildren, ComponentType, FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { Button } from "../../(_components)/Button.tsx";
import { Toast } from "../../(_components)/Toast.tsx";

export interface LazyPartOptions<P = object> {
  /** Stands in its place until it is there, and where no script runs. Nothing unless given. */
  readonly fallback?: ComponentChildren | ((props: P) => ComponentChildren);
  /** How it is said that it did not come: in its place, or over everything when it would have been a dialog. */
  readonly failure?: "inline" | "toast";
}

export interface LazyPart<P> extends FunctionComponent<P> {
  /** Fetches it, so that its first use is at once. When that fails its first use tries again. */
  preload(): void;
}

/**
 * A component with a script of its own, which the bundler makes of the dynamic import.
 * @param load such as `() => import("./MergeDialog.tsx").then((file) => file.MergeDialog)`
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { fallback = null, failure = "inline" }: LazyPartOptions<P> = {},
): LazyPart<P> {
  type State = { readonly kind: "waiting" | "failed" } | {
    readonly kind: "ready";
    readonly Loaded: ComponentType<P>;
  };
  // Stays "waiting" on the server, where no effect runs: what is shared there is the fallback.
  const state = signal<State>({ kind: "waiting" });
  let loading: Promise<void> | null = null;
  const fetchPart = () =>
    loading ??= load().then(
      (Loaded) => void (state.value = { kind: "ready", Loaded }),
      () => void (loading = null),
    );
  function Part(props: P) {
    const { value } = state;
    useEffect(() => {
      // No connection, or another version was installed: its files have other names.
      void fetchPart().then(() => {
        if (state.peek().kind === "waiting") state.value = { kind: "failed" };
      });
      return () => {
        if (state.peek().kind === "failed") state.value = { kind: "waiting" };
      };
    }, []);
    if (value.kind === "ready") return <value.Loaded {...props} />;
    if (value.kind === "waiting") {
      return <>{typeof fallback === "function" ? fallback(props) : fallback}</>;
    }
    return failure === "toast" ? <FailedDialog /> : <Failed />;
  }
  return Object.assign(Part, { preload: () => void fetchPart() });
}

function Failed() {
  return (
    <p class="part-failed" role="alert">
      This did not load. <Button kind="link" onClick={reload}>Reload</Button>
    </p>
  );
}

function FailedDialog() {
  return (
    <div class="toast-place">
      <Toast icon="alert" action={<Button kind="ghost" onClick={reload}>Reload</Button>}>
        <span class="truncate">This did not load. What you wrote is safe.</span>
      </Toast>
    </div>
  );
}

function reload(): void {
  location.reload();
}
