const CELLS = ["001100", "001100", "000000", "001100", "001100", "001100"];

/** The mark: a registration fiducial whose white cells write an i, as printed in a card's corner. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 8 8" width={size} height={size} aria-hidden="true" focusable="false" shapeRendering="crispEdges">
      <rect width="8" height="8" fill="var(--ink)" />
      {CELLS.flatMap((row, y) =>
        [...row].map((cell, x) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed grid
          cell === "1" ? <rect key={`${x} ${y}`} x={x + 1} y={y + 1} width="1" height="1" fill="var(--paper)" /> : null,
        ),
      )}
    </svg>
  );
}
