import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "../../(_components)/Dialog.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** A picture somebody sent, as large as it fits. Escape or a press beside it closes. */
export function PicturePreview({ model }: { readonly model: WorkspaceModel }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const file = model.preview.value;
  useEffect(() => dialog.current?.showModal(), []);
  const onClick = (event: MouseEvent) => {
    if (event.target === dialog.current) dialog.current?.close();
  };
  return (
    <Dialog
      id="picture"
      title={file?.name ?? "Picture"}
      size="wide"
      dialogRef={dialog}
      onClick={onClick}
      onClose={() => model.preview.value = null}
      footer={file && (
        <a class="button" data-kind="secondary" href={file.url} download={file.name}>Save</a>
      )}
    >
      {file && <img class="picture" src={file.url} alt={file.name} />}
    </Dialog>
  );
}
