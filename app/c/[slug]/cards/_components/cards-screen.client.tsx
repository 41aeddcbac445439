"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { DEFAULT_CONSENT } from "../../../../../lib/card/draw-frame.ts";
import { sendForFile } from "../../../../_components/api-client.ts";
import { useCollections } from "../../../../_components/collections.client.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatPlural } from "../../../../_components/format.ts";
import { IconArrowRight, IconDownload } from "../../../../_components/icons.tsx";
import { useKeys } from "../../../../_components/keys.client.tsx";
import { PageHeader } from "../../../../_components/page-header.tsx";
import { buildPreview, buildRequest, type CardForm } from "./build-request.ts";
import { CardOptions } from "./card-options.client.tsx";
import { CardPreview } from "./card-preview.client.tsx";
import classes from "./cards-screen.module.css";
import { TemplateGallery } from "./template-gallery.client.tsx";
import { FIRST_CUSTOM, TEMPLATES } from "./templates.ts";

const FIRST_FORM: CardForm = {
  template: "digits",
  paper: "a4",
  copies: "1",
  seed: "1",
  dropOut: "none",
  consent: DEFAULT_CONSENT,
  characters: FIRST_CUSTOM.characters,
  repeats: String(FIRST_CUSTOM.repeats),
  boxMm: String(FIRST_CUSTOM.boxMm),
};

/** Cards: what do I print? */
export function CardsScreen({ slug }: { slug: string }) {
  const { reload } = useCollections();
  const [form, setForm] = useState(FIRST_FORM);
  const [sheet, setSheet] = useState(0);
  const [printing, setPrinting] = useState(false);
  const [printed, setPrinted] = useState<{ fileName: string; copies: number } | null>(null);
  const [error, setError] = useState<unknown>(null);

  const change = (part: Partial<CardForm>) => {
    setForm((old) => ({ ...old, ...part }));
    setSheet(0);
  };
  const newSeed = () => change({ seed: String(crypto.getRandomValues(new Uint32Array(1))[0] % 1_000_000) });

  const shown = useDeferredValue(form);
  const built = useMemo(() => buildRequest(shown), [shown]);
  const request = "request" in built ? built.request : null;
  const copies = request?.copies ?? 1;
  const [pagesPerCard, setPagesPerCard] = useState(1);
  const copy = Math.floor(sheet / pagesPerCard);
  const preview = useMemo(() => (request === null ? null : buildPreview(request, copy)), [request, copy]);
  const problems = "problems" in built ? built.problems : preview !== null && "problems" in preview ? preview.problems : {};
  const good = preview !== null && "card" in preview ? preview : null;
  // a preview that cannot be built leaves the last good one on the table, so that nothing jumps while someone types
  const last = useRef(good);
  if (good !== null) last.current = good;
  if (good !== null && good.pages.length !== pagesPerCard) setPagesPerCard(good.pages.length);
  const onTable = good ?? last.current;
  const sheets = copies * pagesPerCard;
  const turn = (by: number) => setSheet((old) => Math.min(sheets - 1, Math.max(0, old + by)));

  const print = async () => {
    if (request === null || good === null || printing) return;
    setPrinting(true);
    setError(null);
    try {
      const { blob, fileName } = await sendForFile(`/api/collections/${slug}/cards`, request, `inkform-${request.template}.pdf`);
      saveFile(blob, fileName);
      setPrinted({ fileName, copies: request.copies });
      void reload();
    } catch (caught) {
      setError(caught);
    } finally {
      setPrinting(false);
    }
  };

  useKeys("Cards", [
    ...TEMPLATES.map(({ id, name }, i) => ({ keys: [String(i + 1)], does: `${name} card`, run: () => change({ template: id }) })),
    { keys: ["d"], does: "Download the PDF", run: () => void print() },
    { keys: ["s"], does: "Another seed", run: newSeed },
    { keys: ["ArrowLeft"], does: "Previous sheet", run: () => turn(-1) },
    { keys: ["ArrowRight"], does: "Next sheet", run: () => turn(1) },
  ]);

  return (
    <div className={classes.screen}>
      <div className={classes.choices}>
        <PageHeader title="Cards" lead="Choose what people will write. Every card knows its own prompts, so nobody types them again." />
        <TemplateGallery value={form.template} onChange={(template) => change({ template })} />
        <CardOptions form={form} problems={problems} onChange={change} onNewSeed={newSeed} />
        <div className={classes.print}>
          <Button size="md" onClick={print} loading={printing} disabled={good === null} leftSection={<IconDownload size={18} />}>
            Download {formatPlural(copies, "card")} as PDF
          </Button>
          {error !== null && <ErrorNotice title="The cards were not made" error={error} onRetry={print} onClose={() => setError(null)} />}
          <div aria-live="polite">
            {printed !== null && error === null && (
              <div className={classes.printed}>
                <p>
                  <strong>{printed.fileName}</strong> is in your downloads. Print it at 100 %, have {printed.copies === 1 ? "it" : "them"}{" "}
                  filled in with a dark pen, then scan or photograph every page.
                </p>
                <Button component={Link} href={`/c/${slug}/scans`} variant="default" rightSection={<IconArrowRight size={18} />}>
                  On to Scans
                </Button>
              </div>
            )}
          </div>
        </div>
      </div>
      {onTable !== null && (
        <div className={classes.table}>
          <CardPreview stale={good === null} card={onTable.card} pages={onTable.pages} sheet={sheet} copies={copies} onTurn={turn} />
        </div>
      )}
    </div>
  );
}

function saveFile(blob: Blob, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // the click only starts the download: freeing the address at once would cancel it in some browsers
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
