import { z } from "zod";
import { idSchema, slugSchema } from "./common.ts";

/** The variable parts of addresses. */
export const slugParams = z.strictObject({ slug: slugSchema });
export const idParams = z.strictObject({ id: idSchema });
