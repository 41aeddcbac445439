import { describeError } from "./api-client.ts";
import classes from "./error-notice.module.css";
import { IconCross, IconRetry, IconWarning } from "./icons.tsx";

/**
 * An error in the page where it belongs: it stays until it is closed, retried or its cause is gone. `title` says what did not
 * happen, the error's own detail says why, what is safe and what to do.
 */
export function ErrorNotice(props: { title: string; error: unknown; onRetry?: () => void; onClose?: () => void }) {
  const { title, error, onRetry, onClose } = props;
  return (
    <div className={classes.notice} role="alert">
      <IconWarning className={classes.mark} />
      <div className={classes.words}>
        <strong>{title}</strong>
        <p>{describeError(error)}</p>
        {onRetry && (
          <button type="button" className={classes.retry} onClick={onRetry}>
            <IconRetry size={15} /> Try again
          </button>
        )}
      </div>
      {onClose && (
        <button type="button" className={classes.close} onClick={onClose} aria-label={`Close: ${title}`}>
          <IconCross size={16} />
        </button>
      )}
    </div>
  );
}
