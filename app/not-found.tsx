import Link from "next/link";
import { EmptyState } from "./_components/empty-state.tsx";

export default function NotFound() {
  return (
    <EmptyState
      title="No such page"
      text="Nothing has this address. If it came from a link to a page or a run, that one was deleted, or belongs to another data folder."
    >
      <Link href="/">To your collection</Link>
    </EmptyState>
  );
}
