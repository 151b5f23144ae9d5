import type { AppType } from "@/core/mod.ts";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";

/** How a client is registered at its provider. */
export function AppGuide({ guide, title }: Pick<AppType, "guide" | "title">) {
  return (
    <aside class="stack aside" aria-label={`At ${title}`}>
      <div class="stack">
        <h2>At {title}</h2>
        <div class="box">
          {guide.map((step, i) => (
            <BoxRow key={step.title} title={`${i + 1}. ${step.title}`} text={step.text} />
          ))}
        </div>
      </div>
    </aside>
  );
}
