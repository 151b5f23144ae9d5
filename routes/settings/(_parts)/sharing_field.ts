import type { Sharing } from "@/core/model/sharing.ts";
import { can, type Principal } from "@/core/mod.ts";
import type { Option } from "@/islands/(_components)/Select.tsx";

interface TeamName {
  readonly id: string;
  readonly name: string;
  readonly memberIds: readonly string[];
}

/** Whom somebody may share something with, as a form offers it: themselves, their teams, everybody. */
export function sharingOptions(
  principal: Principal & { readonly type: "user" },
  teams: readonly TeamName[],
): readonly Option[] {
  const own = teams.filter(({ memberIds }) =>
    memberIds.includes(principal.user.id) || can(principal, "workspace.manage")
  );
  return [
    { value: "private", label: "Only you" },
    ...own.map(({ id, name }) => ({ value: id, label: `Team ${name}` })),
    { value: "everyone", label: "Everybody" },
  ];
}

/** The option a sharing is. */
export function sharingValue(sharing: Sharing): string {
  return sharing.kind === "team" ? sharing.teamId : sharing.kind;
}

/** What a chosen option means. */
export function sharingOf(value: string): Sharing {
  return value === "private" || value === "everyone"
    ? { kind: value }
    : { kind: "team", teamId: value };
}

/** Who sees it, in a few words. @param isOwn it is the reader's */
export function sharingWords(
  sharing: Sharing,
  teams: readonly TeamName[],
): string {
  switch (sharing.kind) {
    case "private":
      return "Only you";
    case "everyone":
      return "Everybody";
    case "team":
      return teams.find(({ id }) => id === sharing.teamId)?.name ?? "A team that is gone";
  }
}
