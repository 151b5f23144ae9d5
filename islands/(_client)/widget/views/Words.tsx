import { linkify } from "../linkify.ts";

/** Text as it was written; web addresses open in a new window, without telling them where from. */
export function Words({ text }: { readonly text: string }) {
  return (
    <>
      {linkify(text).map((piece, i) =>
        piece.href === undefined
          ? piece.text
          : (
            <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          )
      )}
    </>
  );
}
