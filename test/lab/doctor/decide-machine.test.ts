import { describe, expect, it } from "vitest";
import {
  curlVerdict,
  diskVerdict,
  inotifyVerdict,
  memoryVerdict,
  nodeVerdict,
  npmVerdict,
  opensslVerdict,
} from "../../../hack/lab/doctor/decide-machine.ts";

const GiB = 2 ** 30;
const GB = 1e9;

it.each([
  ["v20.20.2", "v26.10.0", "v26.10.0", "ok"],
  ["v18.20.0", "v26.10.0", "v26.10.0", "blocker"],
  ["v20.20.2", "v24.21.0", "v26.10.0", "warn"],
  ["v26.11.0", "v26.11.0", "none", "warn"],
])("node %s for npm, %s for the lab, %s of its own: %s", (system, running, packaged, status) => {
  expect(nodeVerdict(system, running, packaged).status).toBe(status);
});

it.each([
  ["11.19.1", "ok"],
  ["9.2.0", "ok"],
  ["8.19.4", "warn"],
  ["none", "warn"],
])("npm %s: %s", (version, status) => {
  expect(npmVerdict(version).status).toBe(status);
});

it.each([
  ["curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13", "ok"],
  ["curl 8.7.1 (x86_64-apple-darwin24.0) libcurl/8.7.1 (SecureTransport) LibreSSL/3.3.6", "ok"],
  ["curl 7.54.0 (x86_64-apple-darwin17.0) libcurl/7.54.0 LibreSSL/2.0.20", "ok"],
  ["curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0 GnuTLS/3.8.3", "ok"],
  ["curl 7.51.0 (x86_64-apple-darwin16.0) libcurl/7.51.0 SecureTransport zlib/1.2.8", "warn"],
  ["curl 8.5.0 (x86_64) libcurl/8.5.0 zlib/1.3", "blocker"],
  [undefined, "blocker"],
])("%s: %s", (banner, status) => {
  expect(curlVerdict(banner).status).toBe(status);
});

it("names curl and its TLS", () => {
  expect(curlVerdict("curl 7.88.1 (x86_64) libcurl/7.88.1 OpenSSL/3.0.19").found).toBe(
    "curl 7.88.1 with OpenSSL/3.0.19",
  );
});

it("does without openssl, with a warning", () => {
  expect(opensslVerdict(undefined).status).toBe("warn");
  expect(opensslVerdict("OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19)")).toEqual({
    status: "ok",
    found: "OpenSSL 3.0.19",
  });
});

it.each([
  [{ instances: 512, watches: 524_288 }, "ok"],
  [{ instances: 511, watches: 524_288 }, "warn"],
  [{ instances: 512, watches: 524_287 }, "warn"],
  [{ instances: 128, watches: 16_384 }, "warn"],
  [{ instances: 127, watches: 524_288 }, "blocker"],
  [{ instances: 512, watches: 8_192 }, "blocker"],
  [undefined, "ok"],
])("inotify limits %j: %s", (limits, status) => {
  expect(inotifyVerdict(limits).status).toBe(status);
});

it.each([
  [6 * GiB, false, "ok"],
  [5.9 * GiB, false, "warn"],
  [4 * GiB, false, "warn"],
  [3.9 * GiB, false, "blocker"],
  [1 * GiB, true, "ok"],
])("%d bytes available, lab running %s: %s", (available, running, status) => {
  expect(memoryVerdict(available, running).status).toBe(status);
});

describe("free disk", () => {
  it.each([
    [6, "official", true, "ok"],
    [5.9, "official", true, "blocker"],
    [15, "registry-only", true, "ok"],
    [14.9, "registry-only", true, "blocker"],
    [3, "registry-only", false, "ok"],
    [2.9, "registry-only", false, "blocker"],
  ] as const)("%d GB, %s, building %s: %s", (free, supply, building, status) => {
    expect(diskVerdict({ "/cache": free * GB }, supply, building).status).toBe(status);
  });

  it("names the place that is short of it", () => {
    const verdict = diskVerdict({ "/cache": 50 * GB, "/var/lib/docker": GB }, "official", false);
    expect(verdict.found).toBe("50.0 GB in /cache, 1.0 GB in /var/lib/docker");
    expect(verdict.hint).toContain("6 GB must be free in /var/lib/docker: make room");
  });
});
