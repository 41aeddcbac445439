import { Fragment, type ReactNode } from "react";
import { PageHeader } from "../../../_components/page-header.tsx";
import classes from "./document.module.css";
import type { Block, Inline } from "./parse-document.ts";
import { type Excerpt, readDocument } from "./read-document.ts";

type Excerpts = ReadonlyMap<Inline, Excerpt>;

/** A room's HOW-IT-WORKS.md, which lies beside its code, with the lines it leads to. @param room folder in lib */
export async function DocumentPage({ room, lead }: { room: string; lead: ReactNode }) {
  const { blocks, excerpts } = await readDocument(room);
  const [title, ...rest] = blocks;
  const sections = rest.filter((block) => block.kind === "heading" && block.level === 2);
  return (
    <article className={classes.document}>
      <PageHeader title={title.kind === "heading" ? title.text : ""} lead={lead} />
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
