import classes from "./file-rows.module.css";

/** What is to be said about a file, under its name; where the message begins with the name it is not said twice. */
export function FileMessage({ name, message }: { name: string; message: string }) {
  return (
    <div className={classes.words}>
      {message.startsWith(name) ? (
        <p>
          <strong>{name}</strong>
          {message.slice(name.length)}
        </p>
      ) : (
        <>
          <strong>{name}</strong>
          <p>{message}</p>
        </>
      )}
    </div>
  );
}
