import Link from "next/link";
import type { CollectionView } from "../../../../lib/contracts/collections.ts";
import { formatCount } from "../../../_components/format.ts";
import { LoopDrawing } from "../../../_components/loop-drawing.tsx";
import classes from "./loop.module.css";
import { buildStations } from "./stations.ts";

/** The collection's loop: six stations joined by one line of ink, each with its count and what waits there. */
export function Loop({ collection }: { collection: CollectionView }) {
  return (
    <ol className={classes.loop} aria-label="The loop">
      {buildStations(collection).map((station, order) => (
        <li key={station.name}>
          <Link href={station.address} className={classes.station}>
            <LoopDrawing state={station.count > 0 ? "done" : "ahead"} order={order} />
            <span className={classes.words}>
              <span className={classes.name}>{station.name}</span>
              <span className={classes.count} data-none={station.count === 0 || undefined}>
                {formatCount(station.count)}
              </span>
              <span className={classes.counted}>{station.counted}</span>
              {station.waits !== null && <span className={classes.waits}>{station.waits}</span>}
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
