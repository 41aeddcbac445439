import type { Metadata } from "next";
import Link from "next/link";
import { Fragment } from "react";
import { PageHeader } from "../../_components/page-header.tsx";
import classes from "./_components/mathematics.module.css";
import type { Block, Inline } from "./_components/parse-document.ts";
import { type Excerpt, readDocument } from "./_components/read-document.ts";

export const metadata: Metadata = { title: "The mathematics" };
/** Document and code are those that the app was built with. */
export const dynamic = "force-static";

type Excerpts = ReadonlyMap<Inline, Excerpt>;

/** The document beside the code, lib/mlp/HOW-IT-WORKS.md, with the lines it leads to. */
export default async function MathematicsPage() {
  const { blocks, excerpts } = await readDocument();
  const [title, ...rest] = blocks;
  const sections = rest.filter((block) => block.kind === "heading" && block.level === 2);
  return (
    <article className={classes.document}>
      <PageHeader
        title={title.kind === "heading" ? title.text : ""}
        lead={
          <>
            Every formula with its shapes, its source and the lines of code that compute it. The same with one digit&apos;s own numbers:{" "}
            <Link href="/how">How it works</Link>.
          </>
        }
      />
      <nav aria-label="Contents" className={classes.contents}>
        <ul>{sections.map((section) => section.kind === "heading" && <ContentsEntry key={section.id} {...section} />)}</ul>
      </nav>
      {rest.map((block, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place
        <BlockView key={k} block={block} excerpts={excerpts} />
      ))}
    </article>
  );
}

function ContentsEntry({ id, text }: { id: string; text: string }) {
  return (
    <li>
      <a href={`#${id}`}>{text}</a>
    </li>
  );
}

function BlockView({ block, excerpts }: { block: Block; excerpts: Excerpts }) {
  switch (block.kind) {
    case "heading": {
      const Heading = block.level === 2 ? "h2" : "h3";
      return <Heading id={block.id}>{block.text}</Heading>;
    }
    case "code":
      return <Code className={classes.formula} text={block.text} />;
    case "paragraph":
      return (
        <p>
          <Words parts={block.parts} />
        </p>
      );
    case "list":
      return (
        <ul className={classes.list}>
          {block.items.map((item, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place
            <Item key={k} parts={item} excerpts={excerpts} />
          ))}
        </ul>
      );
  }
}

/** An item that leads to lines of code opens them. */
function Item({ parts, excerpts }: { parts: readonly Inline[]; excerpts: Excerpts }) {
  const shown = parts.flatMap((part) => excerpts.get(part) ?? []);
  if (shown.length === 0) {
    return (
      <li>
        <Words parts={parts} />
      </li>
    );
  }
  return (
    <li className={classes.opening}>
      <details>
        <summary>
          <Words parts={parts} />
        </summary>
        {shown.map(({ path, lines: [from, to], text }) => (
          <figure key={`${path} ${from}`}>
            <figcaption>
              {path}, lines {from} to {to}
            </figcaption>
            <Code className={classes.lines} text={text} />
          </figure>
        ))}
      </details>
    </li>
  );
}

function Words({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, k) => {
    const isCode = part.kind === "code" || part.kind === "link";
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: words are their place
      <Fragment key={k}>{isCode ? <code>{part.text}</code> : part.kind === "strong" ? <strong>{part.text}</strong> : part.text}</Fragment>
    );
  });
}

function Code({ className, text }: { className: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is wider than the screen it scrolls sideways, by keys too
    <pre className={className} tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}
