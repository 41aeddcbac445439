// Plain JavaScript for the same reason as request-guard.mjs.

/**
 * Headers of every answer. COOP and COEP give the browser SharedArrayBuffer, which training in threads needs. Next puts its data into inline scripts, so that scripts
 * need 'unsafe-inline'; nothing is loaded from elsewhere, though.
 * @param {{ dev?: boolean }} [options] development needs eval and its own web socket.
 * @returns {Record<string, string>}
 */
export function securityHeaders({ dev = false } = {}) {
  const policy = {
    "default-src": "'self'",
    "script-src": `'self' 'unsafe-inline' 'wasm-unsafe-eval'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": `'self' blob: data:${dev ? " ws:" : ""}`,
    "worker-src": "'self' blob:",
    "frame-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
  };
  return {
    "content-security-policy": Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join("; "),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "geolocation=(), microphone=(), camera=(self)",
  };
}
