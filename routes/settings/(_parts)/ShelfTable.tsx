import { Button } from "@/islands/(_components)/Button.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { Time } from "@/islands/(_components)/Time.tsx";
import type { Clock } from "../../(_shared)/read_preferences.ts";

export interface ShelfRow {
  readonly id: string;
  readonly name: string;
  /** Before the name: what is typed. */
  readonly shortcut?: string;
  /** What it says or does, in one line. */
  readonly words: string;
  readonly folder: string;
  readonly sharedWith: string;
  readonly usedCount: number;
  /** Epoch ms; null: never. */
  readonly usedAt: number | null;
  readonly isEditable: boolean;
}

export interface ShelfTableProps {
  /** Where they are: "/settings/snippets". */
  readonly base: string;
  /** "snippet", "macro". */
  readonly noun: string;
  readonly rows: readonly ShelfRow[];
  /** What was searched for. */
  readonly query: string;
  readonly clock: Clock;
}

/** Snippets or macros by folder, with how often each is used, and a search that needs no script. */
export function ShelfTable({ base, noun, rows, query, clock }: ShelfTableProps) {
  const folders = [...new Set(rows.map(({ folder }) => folder))];
  return (
    <>
      <form class="shelf-search" method="get" action={base} role="search">
        <div class="input-box">
          <Icon name="search" size={14} />
          <input
            class="input"
            type="search"
            name="q"
            aria-label={`Find a ${noun}`}
            placeholder="Name, folder or words"
            maxLength={100}
            value={query}
          />
        </div>
        <Button type="submit" size="large">Find</Button>
      </form>
      <div class="box">
        {rows.length === 0
          ? (
            <p class="shelf-none">
              {query === "" ? `No ${noun} yet.` : `No ${noun} with “${query}”.`}{" "}
              {query !== "" && <a href={base}>Show all</a>}
            </p>
          )
          : (
            <table class="table shelf" data-stack>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col" class="hide-m">Shared with</th>
                  <th scope="col" class="num hide-s">Used</th>
                  <th scope="col" class="hide-m">Last used</th>
                  <th scope="col">
                    <span class="sr">Actions</span>
                  </th>
                </tr>
              </thead>
              {folders.map((folder) => (
                <tbody key={folder}>
                  {folder !== "" && (
                    <tr class="shelf-folder">
                      <th scope="rowgroup" colSpan={5}>{folder}</th>
                    </tr>
                  )}
                  {rows.filter((row) => row.folder === folder).map((row) => (
                    <Row key={row.id} base={base} row={row} clock={clock} />
                  ))}
                </tbody>
              ))}
            </table>
          )}
      </div>
    </>
  );
}

function Row({ base, row, clock }: {
  readonly base: string;
  readonly row: ShelfRow;
  readonly clock: Clock;
}) {
  const { id, name, shortcut, words, sharedWith, usedCount, usedAt, isEditable } = row;
  return (
    <tr>
      <td>
        <span class="shelf-words">
          <span class="truncate">
            <b class="strong">{name}</b>
            {shortcut && <code>/{shortcut}</code>}
          </span>
          <small class="meta truncate" title={words}>{words}</small>
        </span>
      </td>
      <td class="hide-m">{sharedWith}</td>
      <td class="num hide-s">{timesWords(usedCount)}</td>
      <td class="hide-m">
        {usedAt === null ? <span class="meta">–</span> : <Time {...clock} at={usedAt} />}
      </td>
      <td class="act">
        {isEditable && (
          <LinkButton size="small" href={`${base}/${id}`}>
            Edit<span class="sr">{name}</span>
          </LinkButton>
        )}
      </td>
    </tr>
  );
}

function timesWords(count: number): string {
  return count === 0 ? "Not yet" : count === 1 ? "Once" : `${count} times`;
}
