const CORNERS = [
  [38, 34],
  [126, 34],
  [38, 164],
  [126, 164],
] as const;
const ROWS = [62, 84, 106, 128];
const COLUMNS = [40, 58, 76, 94, 112];

/** A card a little askew, held by a viewfinder. Decoration. */
export function ScanDrawing() {
  return (
    <svg viewBox="0 0 176 212" width={176} height={212} fill="none" aria-hidden="true" focusable="false">
      <g transform="rotate(-4 88 106)">
        <rect x="28" y="22" width="120" height="166" fill="var(--sheet)" stroke="var(--rule-strong)" />
        {CORNERS.map(([x, y]) => (
          <rect key={`${x} ${y}`} x={x} y={y} width="12" height="12" fill="var(--ink)" />
        ))}
        {ROWS.map((y) => COLUMNS.map((x) => <rect key={`${x} ${y}`} x={x} y={y} width="14" height="17" stroke="var(--rule-strong)" />))}
        <path
          d="M43 74c2-6 8-5 8 0s-7 4-8 0zM66 68l-2 9M80 68c4-1 6 2 3 4-2 1-5 5-4 5h7"
          stroke="var(--accent)"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      </g>
      <path
        d="M8 34V8h26M142 8h26v26M168 178v26h-26M34 204H8v-26"
        stroke="var(--accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
