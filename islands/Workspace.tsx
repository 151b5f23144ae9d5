import { useMemo } from "preact/hooks";
import { createApi } from "./(_client)/workspace/api.ts";
import { browserModelPorts } from "./(_client)/workspace/browser_model_ports.ts";
import type { WorkspaceData } from "./(_client)/workspace/workspace_data.ts";
import { WorkspaceModel } from "./(_client)/workspace/workspace_model.ts";
import { WorkspaceScreen } from "./(_client)/workspace/WorkspaceScreen.tsx";

export interface WorkspaceProps {
  readonly data: WorkspaceData;
}

/** The inbox. Rendered whole by the server; alive in the browser. */
export default function Workspace({ data }: WorkspaceProps) {
  const model = useMemo(
    () =>
      new WorkspaceModel(
        data,
        browserModelPorts(createApi((...args) => fetch(...args)), data.me.id),
      ),
    [],
  );
  return <WorkspaceScreen model={model} />;
}
