/** For file pickers; the server looks at the bytes, never at the name. */
export const ACCEPTED =
  "image/jpeg,image/png,image/webp,image/tiff,application/pdf,image/heic,image/heif,.jpg,.jpeg,.png,.webp,.tif,.tiff,.pdf,.heic,.heif";

/** The same in words. */
export const ACCEPTED_WORDS = "JPEG, PNG, WebP, HEIC, and TIFF or PDF with any number of pages";
