import type { Metadata } from "next";
import { ReportScreen } from "./_components/report-screen.client.tsx";

export const metadata: Metadata = { title: "Report" };

export default async function ReportPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ batch?: string | string[] }>;
}) {
  const [{ slug }, { batch }] = [await params, await searchParams];
  return <ReportScreen slug={slug} batch={typeof batch === "string" ? batch : null} />;
}
