import { useEffect, useState } from "preact/hooks";
import type { ApiImport } from "../core/model/api_admin.ts";
import { watchImports } from "./(_client)/settings/watch_imports.ts";
import { ImportRow } from "./(_components)/ImportRow.tsx";

export interface ImportListProps {
  readonly channelId: string;
  /** As they are when the page is made. */
  readonly imports: readonly ApiImport[];
  /** Takes the forms. */
  readonly action: string;
}

/** A channel's imports, newest first; with script they move as they are worked on. */
export default function ImportList({ channelId, imports, action }: ImportListProps) {
  const [all, setAll] = useState(imports);
  useEffect(
    () =>
      watchImports(channelId, imports, {
        fetch: (input, init) => fetch(input, init),
        openStream: (url) => new EventSource(url),
      }, setAll),
    [channelId],
  );
  return (
    <ul class="box import-list">
      {all.map((one) => <ImportRow key={one.id} one={one} action={action} />)}
    </ul>
  );
}
