import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import type { State } from "../state.ts";
import { useWidget } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** Nothing can be done here, and why. */
export function Problem({ config, problem }: {
  readonly config: VisitorConfigJson;
  readonly problem: NonNullable<State["problem"]>;
}) {
  const { language: { texts }, onClose } = useWidget();
  return (
    <>
      <header class="pw-head">
        <div class="pw-ttl pw-ttl-first">
          <b>{config.title}</b>
        </div>
        <button
          type="button"
          class="pw-ib"
          aria-label={texts.close}
          onClick={onClose}
        >
          <Icon name="x" />
        </button>
      </header>
      <div class="pw-form">
        <p class="pw-intro" role="alert">
          {problem === "identity_required" ? texts.identityRequired : texts.gone}
        </p>
      </div>
    </>
  );
}
