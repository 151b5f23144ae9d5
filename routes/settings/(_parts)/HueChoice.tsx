import { Choice } from "@/islands/(_components)/Choice.tsx";
import { Tag } from "@/islands/(_components)/Tag.tsx";

/** Far enough apart to be told from each other in a row; a name that was never given a colour may have any. */
const HUES = [
  { hue: 20, name: "Red" },
  { hue: 50, name: "Orange" },
  { hue: 90, name: "Yellow" },
  { hue: 140, name: "Green" },
  { hue: 190, name: "Teal" },
  { hue: 230, name: "Sky" },
  { hue: 260, name: "Blue" },
  { hue: 300, name: "Purple" },
  { hue: 340, name: "Pink" },
] as const;

/** Which colour a tag's dot has. @param props `hue`: the one it has, in degrees; null for a new tag */
export function HueChoice({ hue }: { readonly hue: number | null }) {
  const isOther = hue === null || HUES.every((one) => one.hue !== hue);
  const other = { value: hue ?? "", name: hue === null ? "Any" : "As it is" };
  return (
    <fieldset class="field">
      <legend class="label">Colour</legend>
      <div class="cluster">
        {isOther && (
          <Choice kind="radio" name="hue" value={String(other.value)} checked>
            <Tag name={other.name} hue={hue} />
          </Choice>
        )}
        {HUES.map((one) => (
          <Choice
            key={one.hue}
            kind="radio"
            name="hue"
            value={String(one.hue)}
            checked={one.hue === hue}
          >
            <Tag name={one.name} hue={one.hue} />
          </Choice>
        ))}
      </div>
    </fieldset>
  );
}

/** The chosen colour as the core takes it: nothing where none was. */
export function hueOfForm(text: string): { readonly hue?: number } {
  return /^\d{1,3}$/.test(text) ? { hue: Number(text) } : {};
}
