"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { type PageView, pageViewSchema, scanViewSchema } from "../../../../../../lib/contracts/scans.ts";
import { getJson } from "../../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatCount } from "../../../../../_components/format.ts";
import { IconArrowLeft, IconArrowRight } from "../../../../../_components/icons.tsx";
import { useKeys } from "../../../../../_components/keys.client.tsx";
import { Loading } from "../../../../../_components/loading.tsx";
import { useGlyphImages } from "../../../../../_components/use-glyph-images.ts";
import { usePolling } from "../../../../../_components/use-polling.ts";
import { WorkProgress } from "../../../../../_components/work-progress.tsx";
import { PageState } from "../../_components/page-state.tsx";
import { CornersEditor } from "./corners-editor.client.tsx";
import { CutOverlay } from "./edit/cut-overlay.client.tsx";
import { editKeys } from "./edit/edit-keys.ts";
import { EditPanel } from "./edit/edit-panel.client.tsx";
import { useGlyphEdit } from "./edit/use-glyph-edit.ts";
import { FieldList } from "./field-list.client.tsx";
import { GlyphLoupe } from "./glyph-loupe.client.tsx";
import { findNeighbour, type PlacedGlyph, placeGlyphs } from "./page-glyphs.ts";
import classes from "./page-screen.module.css";
import { PageViewer, ZOOMS } from "./page-viewer.client.tsx";
import { ReadByHand } from "./read-by-hand.client.tsx";
import { SetAside } from "./set-aside.tsx";
import { SettlePage } from "./settle-page.client.tsx";
import { isBeingRead, SETTLED_BY_CHOICE, useMending } from "./use-mending.ts";
import { WriterCode } from "./writer-code.client.tsx";

const listSchema = z.object({ scans: z.array(scanViewSchema) });
const NO_GLYPHS: readonly PlacedGlyph[] = [];

/** One page: the scan, its boxes over it, each box's glyph up close. */
export function PageScreen({ slug, pageId }: { slug: string; pageId: string }) {
  const router = useRouter();
  const {
    data: page,
    error,
    reload,
    replace,
  } = usePolling(`page ${pageId}`, (signal) => getJson(pageViewSchema, `/api/pages/${pageId}`, signal), {
    active: (view) => view.state === "waiting" || isBeingRead(view),
  });
  const mending = useMending(page);
  const { data: list } = usePolling(`scans ${slug}`, (signal) => getJson(listSchema, `/api/collections/${slug}/scans`, signal), {
    active: () => false,
  });
  const order = useMemo(() => list?.scans.flatMap((scan) => scan.pages.map((p) => p.id)) ?? [], [list]);
  const place = order.indexOf(pageId);
  const previous = place > 0 ? order[place - 1] : null;
  const next = place >= 0 && place < order.length - 1 ? order[place + 1] : null;

  const glyphs = useMemo(() => (page === null ? NO_GLYPHS : placeGlyphs(page)), [page]);
  const ids = useMemo(() => glyphs.map(({ glyph }) => glyph.id), [glyphs]);
  // the glyph the address names (a link from Review) is marked from the start
  const named = useSearchParams().get("glyph");
  const { images, version, error: imagesError } = useGlyphImages(ids);
  const [selected, setSelected] = useState<number | null>(null);
  useEffect(() => {
    const index = named === null ? -1 : ids.indexOf(named);
    if (index >= 0) setSelected(index);
  }, [named, ids]);
  const [zoomStep, setZoomStep] = useState(0);
  const writerInput = useRef<HTMLInputElement>(null);

  const goTo = (id: string | null) => id !== null && router.push(`/c/${slug}/scans/${id}`);
  const zoomBy = (by: 1 | -1) => setZoomStep((step) => Math.min(ZOOMS.length - 1, Math.max(0, step + by)));
  const move = (to: (from: number) => number) =>
    glyphs.length > 0 && setSelected((from) => (from === null ? 0 : Math.min(glyphs.length - 1, Math.max(0, to(from)))));
  const nextDoubt = () => {
    const start = (selected ?? -1) + 1;
    const found = [...glyphs.keys()].map((i) => (start + i) % glyphs.length).find((i) => glyphs[i].state === "doubt");
    if (found !== undefined) setSelected(found);
  };
  const edit = useGlyphEdit({ slug, page, glyphs, selected, select: setSelected, replace });
  const review = `/c/${slug}/review?page=${pageId}&state=all`;

  useKeys("Page", [
    { keys: ["n"], does: "Next page", run: () => goTo(next) },
    { keys: ["p"], does: "Previous page", run: () => goTo(previous) },
    { keys: ["ArrowRight"], does: "Next box", run: () => move((i) => i + 1) },
    { keys: ["ArrowLeft"], does: "Previous box", run: () => move((i) => i - 1) },
    { keys: ["ArrowDown"], does: "Box below", run: () => move((i) => findNeighbour(glyphs, i, "down")) },
    { keys: ["ArrowUp"], does: "Box above", run: () => move((i) => findNeighbour(glyphs, i, "up")) },
    { keys: ["d"], does: "Next box in doubt", run: nextDoubt },
    { keys: ["+", "="], shown: "+", does: "Larger", run: () => zoomBy(1) },
    { keys: ["-"], does: "Smaller", run: () => zoomBy(-1) },
    { keys: ["0"], does: "The whole page", run: () => setZoomStep(0) },
    { keys: ["w"], does: "Writer code", run: () => writerInput.current?.select() },
    { keys: ["Escape"], does: "Let go of the box", run: () => setSelected(null) },
    { keys: ["c"], does: "Correct the corners", run: () => mending.toggle() },
    { keys: ["e"], does: "Edit glyphs: label them, cut them anew", run: edit.toggle },
    { keys: ["r"], does: "Review this page's glyphs", run: () => router.push(review) },
  ]);
  useKeys("Editing glyphs", editKeys(edit, page));

  if (page === null) {
    if (error === null) return <Loading what="the page" />;
    return <ErrorNotice title="This page could not be loaded" error={error} onRetry={() => void reload()} />;
  }
  const reading = isBeingRead(page);
  const chosen = selected === null ? null : (glyphs[selected] ?? null);
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <div className={classes.title}>
          <p>
            <Link href={`/c/${slug}/scans`}>Scans</Link>
          </p>
          <h1>
            {page.fileName}
            {page.number > 1 && <span>, page {page.number}</span>}
            {page.parts > 1 && <span>, card {page.part}</span>}
          </h1>
        </div>
        <nav className={classes.turn} aria-label="Pages">
          <TurnLink slug={slug} id={previous} label="Previous page" icon={<IconArrowLeft size={18} />} />
          {place >= 0 && (
            <span>
              {formatCount(place + 1)} of {formatCount(order.length)}
            </span>
          )}
          <TurnLink slug={slug} id={next} label="Next page" icon={<IconArrowRight size={18} />} />
        </nav>
      </header>

      {error !== null && <ErrorNotice title="This may be old" error={error} onRetry={() => void reload()} />}
      {imagesError !== null && <ErrorNotice title="Some glyphs could not be loaded" error={imagesError} />}
      {page.reason !== null && !reading && <ErrorNotice title="This page was not read" error={new Error(page.reason.message)} />}
      {page.reading?.state === "failed" && (
        <ErrorNotice title="Reading it again changed nothing" error={new Error(page.reading.failure ?? "It failed without saying why.")} />
      )}
      {reading && (
        <div className={classes.progress} aria-live="polite">
          <WorkProgress
            label={`Reading this page again · ${page.reading?.message || "waiting for its turn"}`}
            fraction={page.reading?.fraction ?? 0}
          />
        </div>
      )}

      <div className={classes.body}>
        {mending.open && mending.corners !== null && <CornersEditor page={page} corners={mending.corners} onChange={mending.move} />}
        {page.widthPx > 0 && page.state !== "waiting" && !(mending.open && mending.corners !== null) && (
          <PageViewer
            page={page}
            glyphs={glyphs}
            selected={selected}
            onSelect={edit.shape === null ? setSelected : () => undefined}
            byPointing={!edit.on}
            zoom={ZOOMS[zoomStep]}
            onZoom={zoomBy}
          >
            {edit.shape !== null && <CutOverlay page={page} shape={edit.shape} onChange={edit.setShape} />}
          </PageViewer>
        )}
        <div className={classes.side}>
          {!reading && page.reason !== null && SETTLED_BY_CHOICE.has(page.reason.code) && (
            <SettlePage slug={slug} page={page} onStarted={replace} />
          )}
          {!reading && mending.open && (
            <ReadByHand
              page={page}
              corners={mending.corners}
              moved={mending.moved}
              onStarted={(view) => {
                mending.close();
                replace(view);
              }}
              {...(page.state === "read" && { onCancel: mending.close })}
            />
          )}
          {page.state === "read" && !mending.open && (
            <div className={classes.loupe} data-empty={chosen === null || undefined}>
              <GlyphLoupe placed={chosen} bytes={chosen === null ? null : (images.get(chosen.glyph.id) ?? null)} />
              {!reading && glyphs.length > 0 && <EditPanel edit={edit} />}
            </div>
          )}
          <div className={classes.facts}>
            <PageState page={page} />
            <PageFacts page={page} />
            <WriterCode ref={writerInput} pageId={page.id} writer={page.writer} onSaved={reload} />
            {page.state === "read" && (
              <Button component={Link} href={review} rightSection={<IconArrowRight size={18} />}>
                Review these glyphs
              </Button>
            )}
            {!mending.open && !reading && mending.possible && (
              <Button variant="default" onClick={mending.toggle}>
                {page.state === "read" ? "Correct the corners" : "Read it by hand"}
              </Button>
            )}
            {page.setAside.length > 0 && <SetAside labels={page.setAside} />}
          </div>
          {page.state === "read" && (
            <FieldList
              page={page}
              glyphs={glyphs}
              images={images}
              version={version}
              selectedField={chosen?.field.name ?? null}
              onSelect={setSelected}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function TurnLink({ slug, id, label, icon }: { slug: string; id: string | null; label: string; icon: ReactNode }) {
  if (id === null) {
    return (
      <span className={classes.turnLink} data-none aria-hidden="true">
        {icon}
      </span>
    );
  }
  return (
    <Link href={`/c/${slug}/scans/${id}`} className={classes.turnLink} aria-label={label} title={label}>
      {icon}
    </Link>
  );
}

function PageFacts({ page }: { page: PageView }) {
  const { template, card, registration } = page;
  if (template === null && registration === null) return null;
  return (
    <dl className={classes.list}>
      {template !== null && <Fact name="Template" value={template} />}
      {card !== null && <Fact name="Card" value={card} />}
      {registration !== null && (
        <>
          <Fact name="Turned" value={`${registration.rotationDeg.toFixed(1).replace("-", "\u2212")}°`} />
          <Fact name="Resolution" value={`${Math.round(registration.scale * 300)} dpi`} />
          <Fact name="Fit" value={`within ${registration.residualPx.toFixed(2)} px`} />
        </>
      )}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
