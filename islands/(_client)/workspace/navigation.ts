/** The address bar as state: where the agent is, and how they get elsewhere and back. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { formatRoute, parseRoute, type WorkspaceRoute } from "./workspace_route.ts";

/** The part of a browser's window that navigation uses. */
export interface NavigationHost {
  push(path: string): void;
  replace(path: string): void;
  back(): void;
  /** Calls `listener` with the address after the agent went back or forward. @returns what ends it. */
  onPop(listener: (url: URL) => void): () => void;
}

export class Navigation {
  readonly #route;
  #host: NavigationHost | null = null;
  /** How many steps of ours lie behind: `back` must not leave the app. */
  #depth = 0;

  readonly route: ReadonlySignal<WorkspaceRoute>;

  constructor(first: WorkspaceRoute) {
    this.#route = signal(first);
    this.route = this.#route;
  }

  /** In the browser only. @param onChange after the route changed by back or forward. */
  attach(host: NavigationHost, onChange: () => void): () => void {
    this.#host = host;
    return host.onPop((url) => {
      const route = parseRoute(url);
      if (route === null) return;
      this.#depth = Math.max(0, this.#depth - 1);
      this.#route.value = route;
      onChange();
    });
  }

  go(route: WorkspaceRoute): void {
    const path = formatRoute(route);
    if (path === formatRoute(this.#route.peek())) return;
    this.#route.value = route;
    this.#depth++;
    this.#host?.push(path);
  }

  /** Changes the address without a step to go back to. */
  replace(route: WorkspaceRoute): void {
    this.#route.value = route;
    this.#host?.replace(formatRoute(route));
  }

  /** To `route`, by the browser's own back when that is where it leads. */
  goBackTo(route: WorkspaceRoute): void {
    if (this.#depth > 0) this.#host?.back();
    else this.replace(route);
  }
}

/** The window's history. */
export function windowNavigation(): NavigationHost {
  return {
    push: (path) => history.pushState(null, "", path),
    replace: (path) => history.replaceState(null, "", path),
    back: () => history.back(),
    onPop(listener) {
      const onPop = () => listener(new URL(location.href));
      addEventListener("popstate", onPop);
      return () => removeEventListener("popstate", onPop);
    },
  };
}
