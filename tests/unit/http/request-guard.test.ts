import { describe, expect, it } from "vitest";
import { createRequestGuard } from "../../../lib/server/http/request-guard.mjs";

const local = createRequestGuard({ host: "127.0.0.1" });
const get = (headers: Record<string, string>) => ({ method: "GET", headers });
const post = (headers: Record<string, string>) => ({ method: "POST", headers });

describe("createRequestGuard", () => {
  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost", "LOCALHOST:80"])("lets %s in", (host) => {
    expect(local(get({ host }))).toBeNull();
    expect(local(post({ host, origin: `http://${host}` }))).toBeNull();
    expect(local(post({ host }))).toBeNull();
  });

  it.each([
    "evil.com",
    "evil.com:3000",
    "127.0.0.1.evil.com",
    "localhost.evil.com:3000",
    "192.168.1.5:3000",
    "10.0.0.1",
    "localhost@evil.com",
    "localhost:3000:1",
    "",
    "[::1",
  ])("keeps the name %j out", (host) => {
    expect(local(get({ host }))).toMatch(/does not answer under|names no Host/);
  });

  it("keeps out a request without a Host", () => {
    expect(local({ method: "GET", headers: {} })).toMatch(/no Host/);
  });

  it.each(["http://evil.com", "null", "http://localhost:4000", "http://127.0.0.1:3000", "chrome-extension://abc", "file://", ""])(
    "keeps writing from the origin %j out",
    (origin) => {
      expect(local(post({ host: "localhost:3000", origin }))).toMatch(/another web site/);
    },
  );

  it("takes a proxy's https for the same origin", () => {
    expect(local(post({ host: "localhost:3000", origin: "https://localhost:3000" }))).toBeNull();
    expect(
      createRequestGuard({ host: "127.0.0.1", allowedHosts: ["ink.example.org"] })(
        post({ host: "ink.example.org", origin: "https://ink.example.org" }),
      ),
    ).toBeNull();
  });

  it("keeps out what other sites embed, lets in whoever follows a link", () => {
    const host = "localhost:3000";
    expect(local(get({ host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }))).toMatch(
      /another web site/,
    );
    expect(local(get({ host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }))).toMatch(
      /another web site/,
    );
    expect(local(get({ host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }))).toBeNull();
    expect(local(post({ host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }))).toMatch(
      /another web site/,
    );
    expect(local(get({ host, "sec-fetch-site": "same-origin" }))).toBeNull();
    expect(local(get({ host, "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }))).toBeNull();
  });

  it("answers, beyond this machine, any address by number and the names that were allowed", () => {
    const open = createRequestGuard({ host: "0.0.0.0", allowedHosts: ["ink.example.org"] });
    for (const host of ["192.168.1.5:3000", "[fe80::1]:3000", "ink.example.org", "localhost:3000"]) expect(open(get({ host }))).toBeNull();
    for (const host of ["evil.com", "0.0.0.0.evil.com"]) expect(open(get({ host }))).not.toBeNull();
    expect(createRequestGuard({ host: "my-box.local" })(get({ host: "my-box.local:3000" }))).toBeNull();
  });
});
