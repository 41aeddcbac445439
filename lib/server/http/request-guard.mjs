// Plain JavaScript with types in comments, because scripts/serve.mjs runs it before anything is built.
import { isIP } from "node:net";

/**
 * @typedef {object} GuardOptions
 * @property {string} host what the server listens on
 * @property {readonly string[]} [allowedHosts] further names, lower case (INKFORM_ALLOWED_HOSTS)
 */

/**
 * @typedef {object} GuardedRequest
 * @property {string} method
 * @property {Readonly<Record<string, string | string[] | undefined>>} headers as Node gives them, names in lower case
 */

/**
 * Refuses what other web sites could make the user's browser send here. The site has no passwords: whoever reaches it may do everything.
 * - A foreign Host: a site whose name is made to point to 127.0.0.1 after it was loaded (DNS rebinding) sends its own name.
 * - A foreign Origin or a cross-site Sec-Fetch-Site on anything that writes: a form or a script of another site (CSRF).
 * - A cross-site Sec-Fetch-Site on reading, but for following a link: another site's <img> or <script> that wants to know what is here.
 *
 * @param {GuardOptions} options
 * @returns {(request: GuardedRequest) => string | null} why a request is refused; null where it may pass.
 */
export function createRequestGuard({ host, allowedHosts = [] }) {
  const names = new Set(["localhost", "127.0.0.1", "[::1]", ...allowedHosts]);
  const everywhere = host === "0.0.0.0" || host === "::";
  if (!everywhere) names.add(bracket(host.toLowerCase()));
  // Beyond this machine: any address by number (no site's name can pose as one), names only as allowed.
  const isLoopback = ["localhost", "127.0.0.1", "::1"].includes(host);
  const mayCall = (/** @type {string} */ name) => names.has(name) || (!isLoopback && isIP(name.replace(/^\[|\]$/g, "")) !== 0);

  return ({ method, headers }) => {
    const given = headers.host;
    if (typeof given !== "string" || given === "") return "The request names no Host.";
    const name = hostName(given);
    if (name === null || !mayCall(name))
      return `This server does not answer under the name "${given.slice(0, 100)}". Open it as http://127.0.0.1 or http://localhost with its port; further names can be allowed with INKFORM_ALLOWED_HOSTS.`;
    const reads = method === "GET" || method === "HEAD" || method === "OPTIONS";
    const { origin } = headers;
    if (!reads && origin !== undefined && !sameOrigin(origin, given))
      return "This request comes from another web site, which may not change anything here. Open Inkform itself and try again.";
    if (headers["sec-fetch-site"] === "cross-site" && !(reads && isNavigation(headers)))
      return "This request comes from another web site. Open Inkform itself and try again.";
    return null;
  };
}

/** @param {string} address */
function bracket(address) {
  return address.includes(":") && !address.startsWith("[") ? `[${address}]` : address;
}

/**
 * Host header without its port, lower case; null where it is none.
 * @param {string} header
 */
function hostName(header) {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header);
  return match === null ? null : match[1].toLowerCase();
}

/**
 * @param {string | string[]} origin
 * @param {string} host the request's Host header
 */
function sameOrigin(origin, host) {
  if (typeof origin !== "string") return false;
  try {
    const url = new URL(origin);
    // A proxy in front may speak https: what counts is that it is the same name and port.
    return ["http:", "https:"].includes(url.protocol) && url.host === new URL(`${url.protocol}//${host}`).host;
  } catch {
    return false;
  }
}

/**
 * Somebody followed a link on another site: harmless, and wanted.
 * @param {GuardedRequest["headers"]} headers
 */
function isNavigation(headers) {
  return headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}
