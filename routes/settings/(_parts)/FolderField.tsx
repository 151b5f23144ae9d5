import { TextField } from "@/islands/(_components)/TextField.tsx";

/** The folder of a snippet or a macro: one there is, or a new name. */
export function FolderField({ value, folders, error }: {
  readonly value: string;
  readonly folders: readonly string[];
  readonly error: string | undefined;
}) {
  return (
    <>
      <TextField
        name="folder"
        label="Folder"
        optional
        maxLength={60}
        list="folders"
        autocomplete="off"
        value={value}
        error={error}
      />
      <datalist id="folders">
        {folders.map((folder) => <option key={folder} value={folder} />)}
      </datalist>
    </>
  );
}

/** Every folder of what somebody sees, once. */
export function foldersOf(items: readonly { readonly folder: string }[]): readonly string[] {
  return [...new Set(items.map(({ folder }) => folder))].filter((folder) => folder !== "");
}
