import { Tabs } from "@/islands/(_components)/Tabs.tsx";

/** The two pages about people: each of them, and their teams. */
export function PeopleTabs({ current, members, teams }: {
  readonly current: "members" | "teams";
  readonly members: number;
  readonly teams: number;
}) {
  return (
    <Tabs
      label="People"
      current={current}
      tabs={[
        { id: "members", label: "Members", count: members, href: "/settings/users" },
        { id: "teams", label: "Teams", count: teams, href: "/settings/teams" },
      ]}
    />
  );
}
