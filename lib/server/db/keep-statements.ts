import { type PGlite, parse, protocol, type QueryOptions, type Results, type Transaction } from "@electric-sql/pglite";
import { KEPT_MARK } from "./kept.ts";

type Messages = Awaited<ReturnType<PGlite["execProtocolStream"]>>;
type Parsers = PGlite["parsers"];
type OwnParsers = NonNullable<QueryOptions["parsers"]>;

interface PreparedStatement {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  /** What its rows are. */
  readonly description: Messages;
}

export type TransactionQuery = (tx: Transaction, sql: string, parameters: readonly unknown[], options?: QueryOptions) => Promise<Results>;

const UNNAMED = "";
/** Of one connection. A filter makes its own text, of which there are more than anybody looks through. */
const MOST_KEPT = 100;

/**
 * Runs the statements of transactions. Those with `KEPT_MARK` are parsed and described once for each connection, and planned a few times until PostgreSQL keeps their plan: a
 * statement on a table with many indexes takes longer to plan than to run. PGlite's own `query` does all of it each time, in six rounds, and copies its several
 * hundred parsers for each answer.
 */
export function keepStatements(pglite: PGlite): TransactionQuery {
  const { serialize } = protocol;
  // The longest unused first.
  const kept = new Map<string, PreparedStatement>();
  let prepared = 0;
  const merged = new WeakMap<OwnParsers, Parsers>();
  const send = (messages: readonly Uint8Array[]): Promise<Messages> =>
    pglite.execProtocolStream(Buffer.concat(messages), { syncToFs: false });

  const prepare = async (sql: string, name: string): Promise<PreparedStatement> => {
    const messages = await send([serialize.parse({ name, text: sql }), serialize.describe({ type: "S", name }), serialize.sync()]);
    const description = messages.filter((message) => message.name === "rowDescription");
    return { name, parameterTypes: parse.parseDescribeStatementResults(messages), description };
  };
  const find = async (sql: string): Promise<PreparedStatement> => {
    if (!sql.startsWith(KEPT_MARK)) return prepare(sql, UNNAMED);
    const statement = kept.get(sql) ?? (await prepare(sql, `kept ${++prepared}`));
    kept.delete(sql);
    kept.set(sql, statement);
    if (kept.size > MOST_KEPT) {
      const [[unused, { name }]] = kept;
      kept.delete(unused);
      await send([serialize.close({ type: "S", name }), serialize.sync()]);
    }
    return statement;
  };
  const parsersOf = (own: OwnParsers | undefined): Parsers => {
    if (own === undefined) return pglite.parsers;
    const all = merged.get(own) ?? { ...pglite.parsers, ...own };
    merged.set(own, all);
    return all;
  };
  return (tx, sql, parameters, options) => {
    // It says so itself.
    if (tx.closed) return tx.query(sql, [...parameters], options);
    // The transaction has the connection for itself; this keeps its own statements from running into each other.
    return pglite.runExclusive(async () => {
      const { name, parameterTypes, description } = await find(sql);
      const values = parameters.map((value, i) => serializeValue(pglite, value, parameterTypes[i]));
      const messages = await send([serialize.bind({ statement: name, values }), serialize.execute({}), serialize.sync()]);
      const { parsers, ...others } = options ?? {};
      return parse.parseResults([...description, ...messages], parsersOf(parsers), others)[0];
    });
  };
}

function serializeValue({ serializers }: PGlite, value: unknown, type: number): string | null {
  if (value === null || value === undefined) return null;
  const serialize = serializers[type] as ((value: unknown) => string) | undefined;
  return serialize === undefined ? String(value) : serialize(value);
}
