import { formatDuration } from "./format.ts";
import classes from "./work-progress.module.css";

/**
 * Progress of long work: how far, how fast, how long still. `fraction` in [0, 1], null while it is not known yet; `rate` as it
 * should read ("41 000 glyphs/s").
 */
export function WorkProgress(props: { label: string; fraction: number | null; rate?: string; secondsLeft?: number | null }) {
  const { label, fraction, rate, secondsLeft } = props;
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  const facts = [
    percent === null ? null : `${percent} %`,
    rate ?? null,
    secondsLeft == null ? null : `${formatDuration(secondsLeft)} left`,
  ];
  return (
    <div className={classes.progress}>
      <div className={classes.line}>
        <span>{label}</span>
        <span className={classes.facts}>{facts.filter((fact) => fact !== null).join(" · ")}</span>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        data-unknown={percent === null || undefined}
      >
        <div className={classes.ink} style={percent === null ? undefined : { width: `${percent}%` }} />
      </div>
    </div>
  );
}
