import Link from "next/link";

/** No pieces of its own style: the framework preloads this screen's CSS with every other one. */
export default function NotFound() {
  return (
    <>
      <h1>No such page</h1>
      <p>Nothing has this address. If it came from a link, what it led to was deleted, or belongs to another data folder.</p>
      <p>
        <Link href="/">To your collection</Link>
      </p>
    </>
  );
}
