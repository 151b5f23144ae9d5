import { Avatar } from "./Avatar.tsx";
import { Icon } from "./Icon.tsx";

export interface RailMeProps {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly availability: "available" | "away";
    readonly pictureUrl: string | null;
  };
}

const MENU_ID = "rail-menu";

/** Your own picture in the rail with its menu: a native popover, so it opens and closes without script. */
export function RailMe({ user }: RailMeProps) {
  const available = user.availability === "available";
  const label = `${user.name}, ${user.availability}`;
  return (
    <>
      <button type="button" class="rail-item" popovertarget={MENU_ID} title={label}>
        <Avatar
          id={user.id}
          name={user.name}
          of="team"
          pictureUrl={user.pictureUrl}
          presence={available ? "on" : "away"}
        />
        <span class="rail-label" aria-hidden="true">Me</span>
        <span class="sr">{label}</span>
      </button>
      <div class="menu rail-menu" id={MENU_ID} popover="auto" role="group" aria-label="You">
        <div class="menu-head truncate">{user.email}</div>
        <a class="menu-item" href="/settings/profile">
          <Icon name="user" />Profile
        </a>
        <form method="post" action="/settings/profile?action=availability">
          <input type="hidden" name="availability" value={available ? "away" : "available"} />
          <button type="submit" class="menu-item">
            <span class="presence menu-presence" data-state={available ? "away" : "on"} />
            {available ? "Set yourself away" : "Become available"}
          </button>
        </form>
        <form method="post" action="/settings/profile?action=theme">
          <button type="submit" class="menu-item theme-dark" name="theme" value="dark">
            <Icon name="moon" />Dark
          </button>
          <button type="submit" class="menu-item theme-light" name="theme" value="light">
            <Icon name="sun" />Light
          </button>
        </form>
        <hr />
        <form method="post" action="/sign-out">
          <button type="submit" class="menu-item">
            <Icon name="arrow-right" />Sign out
          </button>
        </form>
      </div>
    </>
  );
}
