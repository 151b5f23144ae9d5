import type { VisitorFace } from "@/core/model/visitor_api.ts";

/** A person's picture, else their initials. Only as an image with a name where nothing beside it says the name. */
export function FaceOf({ face, isNamed = false }: {
  readonly face: VisitorFace;
  readonly isNamed?: boolean;
}) {
  const label = isNamed ? {} : { "aria-hidden": true } as const;
  if (face.avatarUrl !== null) {
    return <img class="pw-face" src={face.avatarUrl} alt={isNamed ? face.name : ""} />;
  }
  return (
    <span
      class="pw-face pw-initials"
      {...isNamed && { role: "img", "aria-label": face.name }}
      {...label}
    >
      {initialsOf(face.name)}
    </span>
  );
}

export function Faces({ faces, isSmall = false }: {
  readonly faces: readonly VisitorFace[];
  readonly isSmall?: boolean;
}) {
  return (
    <span class={isSmall ? "pw-faces sm" : "pw-faces"}>
      {faces.map((face) => <FaceOf key={face.name} face={face} isNamed />)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""];
  return letters.map((word) => Array.from(word ?? "")[0] ?? "").join("").toUpperCase();
}
