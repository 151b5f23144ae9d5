import { Avatar } from "./Avatar.tsx";
import { Dropdown } from "./Dropdown.tsx";
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

/** Your own picture in the rail: profile and sign-out, without script. */
export function RailMe({ user }: RailMeProps) {
  const available = user.availability === "available";
  const label = `${user.name}, ${user.availability}`;
  return (
    <Dropdown
      side="rail"
      label="You"
      triggerClass="rail-item"
      triggerLabel={label}
      trigger={
        <>
          <Avatar
            id={user.id}
            name={user.name}
            of="team"
            pictureUrl={user.pictureUrl}
            presence={available ? "on" : "away"}
          />
          <span class="rail-label" aria-hidden="true">Me</span>
        </>
      }
    >
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
    </Dropdown>
  );
}
