import type { Metadata } from "next";
import Link from "next/link";
import { DocumentPage } from "../_components/document/document-page.tsx";

export const metadata: Metadata = { title: "The mathematics" };
/** Document and code are those that the app was built with. */
export const dynamic = "force-static";

/** lib/mlp/HOW-IT-WORKS.md. */
export default function MathematicsPage() {
  return (
    <DocumentPage
      room="mlp"
      lead={
        <>
          Every formula with its shapes, its source and the lines of code that compute it. The same with one digit&apos;s own numbers:{" "}
          <Link href="/how">How it works</Link>.
        </>
      }
    />
  );
}
