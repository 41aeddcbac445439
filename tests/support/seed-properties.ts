import fc from "fast-check";

/**
 * Property tests draw the same cases in every run, so that a run says something of the change it is of. PROPERTY_SEED=random draws others,
 * PROPERTY_SEED=N those that a failure names.
 */
const { PROPERTY_SEED } = process.env;
if (PROPERTY_SEED !== "random") fc.configureGlobal({ seed: Number(PROPERTY_SEED ?? 20261126) });
