import classes from "./how.module.css";

/** A formula in MathML, which every current browser draws by itself. */
export function Formula({ label, math }: { label: string; math: string }) {
  return (
    <div
      className={classes.formula}
      role="math"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, by keys too
      tabIndex={0}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constants of this folder; React has no types for MathML's elements
      dangerouslySetInnerHTML={{ __html: `<math displaystyle="true">${math}</math>` }}
    />
  );
}
