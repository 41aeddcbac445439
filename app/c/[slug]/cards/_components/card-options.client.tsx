"use client";

import { ActionIcon, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { DROP_OUT_COLORS } from "../../../../../lib/card/card-drawing.ts";
import { DEFAULT_CONSENT } from "../../../../../lib/card/draw-frame.ts";
import { IconRetry } from "../../../../_components/icons.tsx";
import type { CardForm, FormProblems } from "./build-request.ts";
import classes from "./card-options.module.css";

const PAPERS = [
  { value: "a4", label: "A4" },
  { value: "letter", label: "Letter" },
] as const;

const COLORS = [
  { value: "none", name: "Black" },
  { value: "red", name: "Red" },
  { value: "green", name: "Green" },
  { value: "blue", name: "Blue" },
] as const;

interface CardOptionsProps {
  readonly form: CardForm;
  readonly problems: FormProblems;
  readonly onChange: (change: Partial<CardForm>) => void;
  readonly onNewSeed: () => void;
}

export function CardOptions({ form, problems, onChange, onNewSeed }: CardOptionsProps) {
  return (
    <div className={classes.options}>
      {form.template === "custom" && (
        <>
          <TextInput
            className={classes.wide}
            label="Characters"
            value={form.characters}
            error={problems.characters}
            maxLength={64}
            spellCheck={false}
            autoComplete="off"
            styles={{ input: { fontFamily: "var(--mono)", letterSpacing: "0.08em" } }}
            onChange={(event) => onChange({ characters: event.currentTarget.value })}
          />
          <TextInput
            label="Of each"
            type="number"
            min={1}
            max={50}
            value={form.repeats}
            error={problems.repeats}
            onChange={(event) => onChange({ repeats: event.currentTarget.value })}
          />
          <TextInput
            label="Box in mm"
            type="number"
            min={6}
            max={30}
            step={0.5}
            value={form.boxMm}
            error={problems.boxMm}
            onChange={(event) => onChange({ boxMm: event.currentTarget.value })}
          />
        </>
      )}
      <TextInput
        label="Copies"
        description="Each shuffled anew"
        type="number"
        min={1}
        max={500}
        value={form.copies}
        error={problems.copies}
        onChange={(event) => onChange({ copies: event.currentTarget.value })}
      />
      <TextInput
        label="Seed"
        description="Same seed, same card"
        inputMode="numeric"
        value={form.seed}
        error={problems.seed}
        onChange={(event) => onChange({ seed: event.currentTarget.value })}
        rightSection={
          <ActionIcon variant="subtle" color="gray" onClick={onNewSeed} aria-label="Another seed" title="Another seed">
            <IconRetry size={16} />
          </ActionIcon>
        }
      />
      <div className={classes.wide}>
        <span className={classes.label} id="paper-label">
          Paper
        </span>
        <SegmentedControl
          fullWidth
          aria-labelledby="paper-label"
          data={[...PAPERS]}
          value={form.paper}
          onChange={(value) => onChange({ paper: value as CardForm["paper"] })}
        />
      </div>
      <div className={classes.wide}>
        <span className={classes.label} id="color-label">
          Box colour
        </span>
        <span className={classes.hint}>A light colour vanishes from a colour scan and leaves the ink alone</span>
        <SegmentedControl
          fullWidth
          aria-labelledby="color-label"
          withItemsBorders={false}
          data={COLORS.map(({ value, name }) => ({
            value,
            label: (
              <span className={classes.color}>
                <span className={classes.swatch} style={{ borderColor: DROP_OUT_COLORS[value] }} />
                {name}
              </span>
            ),
          }))}
          value={form.dropOut}
          onChange={(value) => onChange({ dropOut: value as CardForm["dropOut"] })}
        />
      </div>
      <Textarea
        className={classes.wide}
        label="Consent line"
        description={
          form.consent === DEFAULT_CONSENT ? (
            "Printed at the foot; leave it empty to print none"
          ) : (
            <button type="button" className={classes.link} onClick={() => onChange({ consent: DEFAULT_CONSENT })}>
              Take the usual wording again
            </button>
          )
        }
        autosize
        minRows={2}
        maxRows={4}
        maxLength={300}
        value={form.consent}
        error={problems.consent}
        onChange={(event) => onChange({ consent: event.currentTarget.value })}
      />
    </div>
  );
}
