import classes from "./loading.module.css";

/** While something loads: nothing for the first third of a second, since most answers are there by then; then a word. */
export function Loading({ what }: { what: string }) {
  return (
    <p className={classes.loading} role="status">
      Loading {what}
    </p>
  );
}
