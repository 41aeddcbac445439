import type { Metadata } from "next";
import { DocumentPage } from "../_components/document/document-page.tsx";
import { OwnNumbers } from "./_components/own-numbers.client.tsx";

export const metadata: Metadata = { title: "How labels are estimated" };
/** Document and code are those that the app was built with. */
export const dynamic = "force-static";

/** lib/label/HOW-IT-WORKS.md. */
export default function LabelsPage() {
  return (
    <>
      <DocumentPage
        room="label"
        lead="In small steps, with the lines of code that compute each; at the end with the numbers of the collection last shown."
      />
      <OwnNumbers />
    </>
  );
}
