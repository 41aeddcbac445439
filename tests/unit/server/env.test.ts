import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnv } from "../../../lib/server/env.ts";

describe("parseEnv", () => {
  it("has defaults, and takes an empty variable for an unset one", () => {
    const env = parseEnv({ PORT: "", DATABASE_URL: "", MNIST_DIR: "" });
    expect(env).toMatchObject({ port: 3000, host: "127.0.0.1", dataFolder: resolve("data"), root: process.cwd(), allowedHosts: [] });
    expect([env.databaseUrl, env.mnistFolder]).toEqual([undefined, undefined]);
  });

  it("makes paths absolute and names plain", () => {
    const env = parseEnv({ INKFORM_DATA: "x/y", INKFORM_ALLOWED_HOSTS: " Ink.example.org ,b ", DATABASE_URL: "postgres://u@h/d" });
    expect(env).toMatchObject({ dataFolder: resolve("x/y"), allowedHosts: ["ink.example.org", "b"], databaseUrl: "postgres://u@h/d" });
  });

  it.each([
    [{ PORT: "abc" }, /PORT is "abc": must be a port number/],
    [{ PORT: "70000" }, /PORT is "70000"/],
    [{ DATABASE_URL: "mysql://x" }, /DATABASE_URL is "mysql:\/\/x": must begin with postgresql:\/\//],
  ])("names the variable that does not fit: %j", (variables, message) => {
    expect(() => parseEnv(variables)).toThrow(message);
  });
});
