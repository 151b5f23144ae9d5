/** A text in which what was found is marked. */
export function Marked({ text, marks }: {
  readonly text: string;
  /** From, up to, in UTF-16 units; in order, apart from each other. */
  readonly marks: readonly (readonly [number, number])[];
}) {
  const ends = [0, ...marks.map(([, end]) => end)];
  return (
    <>
      {marks.map(([start, end], index) => (
        <>
          {text.slice(ends[index], start)}
          <mark key={start}>{text.slice(start, end)}</mark>
        </>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
}
