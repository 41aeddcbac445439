import classes from "./draw.module.css";

/** One bar a class, the most probable marked by more than its colour. */
export function ProbabilityBars(props: { classNames: readonly string[]; probabilities: Float32Array | null; best: number | null }) {
  const { classNames, probabilities, best } = props;
  return (
    <ol
      className={classes.bars}
      aria-label="Probability of each class"
      style={{ gridTemplateColumns: `repeat(${classNames.length}, 1fr)` }}
    >
      {classNames.map((name, c) => {
        const p = probabilities?.[c] ?? 0;
        return (
          <li key={name} data-best={best === c || undefined} title={`${name}: ${(100 * p).toFixed(2)} %`}>
            <span className={classes.barValue}>{probabilities && p >= 0.005 ? `${Math.round(100 * p)}` : ""}</span>
            <span className={classes.barTrack}>
              <span className={classes.bar} style={{ transform: `scaleY(${p})` }} />
            </span>
            <span className={classes.barName}>{name}</span>
          </li>
        );
      })}
    </ol>
  );
}
