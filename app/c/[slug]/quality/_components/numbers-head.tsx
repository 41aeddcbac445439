import classes from "./section.module.css";

/** A table's head: what its rows are, then columns of figures. */
export function NumbersHead({ title, columns }: { title: string; columns: readonly string[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">{title}</th>
        {columns.map((words) => (
          <th key={words} scope="col" className={classes.number}>
            {words}
          </th>
        ))}
      </tr>
    </thead>
  );
}
